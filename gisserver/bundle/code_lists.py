"""What the words of listed fields mean, for people and for the choices of a form."""

from collections.abc import Iterable, Iterator

from gisserver.codes import codes_of
from layers.core.layer import Audience, Layer
from layers.core.profile import Profile

CodeRow = tuple[str, str, str, str]
"""Layer, field, value, title."""


def code_rows(layers: Iterable[Layer], profile: Profile, audience: Audience, language: str) -> Iterator[CodeRow]:
    """In the order of layers, fields and the lists themselves."""
    for layer in layers:
        for field in layer.fields_for(audience):
            for value, title in codes_of(layer, field, profile, language):
                yield layer.id, field.name, str(value), title
