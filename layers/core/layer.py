"""What a layer file declares."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import cast

from sqlalchemy import Table

from layers.core.allowed import ANYTHING, Allowed
from layers.core.levels import Level, span
from layers.core.model import Feature, attribute_of
from layers.core.words import Title


class Audience(IntEnum):
    """Who may read; each includes the ones before it."""

    PUBLIC = 0
    PLANNER = 1
    DEPARTMENT = 2


class Shape(StrEnum):
    """Geometry type of the layer's column, as PostGIS spells it."""

    POINT = "Point"
    LINES = "MultiLineString"
    POLYGONS = "MultiPolygon"


@dataclass(frozen=True)
class Field:
    """One typed column of a layer as the world sees it."""

    name: str
    title: Title
    kind: str
    """JSON type: string, integer, number, boolean or date."""
    unit: str | None
    audience: Audience
    is_required: bool
    is_derived: bool
    """True where the database works the value out; a file's value is not taken."""
    allowed: Allowed = ANYTHING
    is_ordered: bool = False
    """True where an index keeps the order: a table of any length is sorted by it at once."""


def labels_of(mvt_id: str) -> str:
    """The MVT layer of label points beside one of shapes: a shape cut into twelve tiles is named in one of them."""
    return f"{mvt_id}_labels"


@dataclass(frozen=True)
class Layer:
    """A published kind of feature: its table, its names, who sees it, at which zooms it is drawn."""

    id: str
    title: Title
    description: Title
    model: type[Feature]
    shape: Shape
    zooms: range
    """Zooms that show the features' own shapes; beyond the last one a client over-zooms it."""
    tile_fields: tuple[str, ...]
    label: str
    """The field shown where one line must name the feature."""
    theme: str
    """The heading of the layer list it stands under: cadastre, plan, address, network, base."""
    audience: Audience = Audience.PUBLIC
    is_exclusive: bool = False
    """True where two features of the layer may not cover the same ground (parcels)."""
    labels_from: int | None = None
    """Zoom from which tiles carry one point inside each feature for its text (`labels_of`); None for never."""
    label_fields: tuple[str, ...] = ()
    """What a label point carries."""
    levels: tuple[Level, ...] = ()
    """What is shown at lower zooms, in place of features or beside them."""
    former_ids: tuple[str, ...] = ()
    """Names the layer has had: links to the map that were made then still open."""

    def level_id(self, level: Level) -> str:
        """The MVT layer that shows a level of this layer."""
        return f"{self.id}_{level.id}"

    @property
    def tile_zooms(self) -> range:
        """Zooms that have tiles."""
        return span((self.zooms, *(level.zooms for level in self.levels)))

    @property
    def table(self) -> Table:
        """The published rows."""
        return cast(Table, self.model.__table__)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The domain columns in the order the model declares them."""
        return tuple(
            Field(
                name=column.name,
                title=described.title,
                kind=described.kind,
                unit=described.unit,
                audience=Audience(described.audience),
                is_required=described.is_required,
                is_derived=described.is_derived,
                allowed=described.allowed,
                is_ordered=described.is_ordered,
            )
            for column in self.table.columns
            if (described := attribute_of(column)) is not None
        )

    def fields_for(self, audience: Audience) -> tuple[Field, ...]:
        """The fields this reader may see; the others are as if absent."""
        return tuple(field for field in self.fields if field.audience <= audience)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
