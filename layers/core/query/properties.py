"""What one reader may see of a layer: the list that answers, filters, sorting and descriptions share."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from layers.core.allowed import Allowed
from layers.core.crs import Crs, epsg, offered
from layers.core.layer import Audience, Field, Layer
from layers.core.origins import ORIGINS
from layers.core.other_schema import OtherSchema
from layers.core.profile import Profile
from layers.core.words import Title

GEOMETRY = "geom"
"""The name under which filters and schemas speak of the shape."""


def _every_layers(
    name: str, kind: str, tr: str, en: str, *, is_derived: bool, is_required: bool = True, is_ordered: bool = False
) -> Field:
    return Field(name, Title(tr, en), kind, None, Audience.PUBLIC, is_required, is_derived, is_ordered=is_ordered)


_BEFORE = (
    _every_layers("ref", "string", "Kayıt adı", "Ref", is_derived=False, is_ordered=True),
    _every_layers("district_id", "integer", "İlçe", "District", is_derived=False, is_ordered=True),
)
_AFTER = (
    _every_layers("valid_from", "date", "Geçerlilik başlangıcı", "Valid from", is_derived=False, is_required=False),
    _every_layers("valid_to", "date", "Geçerlilik bitişi", "Valid to", is_derived=False, is_required=False),
    _every_layers("epoch_from", "integer", "Yayın numarası", "Published with", is_derived=True, is_ordered=True),
    _every_layers("version", "integer", "Sürüm", "Version", is_derived=True),
    replace(_every_layers("origin", "string", "Kaynak", "Origin", is_derived=True), allowed=Allowed(titles=ORIGINS)),
)


@dataclass(frozen=True, eq=False)
class ReadableLayer:
    """A layer as one kind of reader meets it in one city; made once, so that what is derived from it is too."""

    layer: Layer
    audience: Audience
    profile: Profile

    @cached_property
    def properties(self) -> tuple[Field, ...]:
        """In the order of an answer; what this reader may not see is as if absent."""
        return (*_BEFORE, *self.layer.fields_for(self.audience), *_AFTER)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the properties."""
        return tuple(field.name for field in self.properties)

    def property_named(self, name: str) -> Field | None:
        """None where there is none that this reader may see."""
        return next((field for field in self.properties if field.name == name), None)

    @cached_property
    def schemas(self) -> Mapping[str, OtherSchema]:
        """Word -> schema, of those that know this layer."""
        return {one.word: one for one in self.profile.schemas if self.layer.id in one.names}

    @cached_property
    def offered(self) -> tuple[Crs, ...]:
        """The systems in which questions may be put and answers be had."""
        return offered(self.profile)

    @property
    def storage(self) -> Crs:
        """The system the shapes are kept in."""
        return epsg(self.profile.storage_srid)
