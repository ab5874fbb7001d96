"""What the words of listed fields mean, for people and for the choices of a form."""

from collections.abc import Iterable, Iterator, Sequence

from layers.core.allowed import ANYTHING
from layers.core.layer import Audience, Field, Layer
from layers.core.profile import Profile

CodeRow = tuple[str, str, str, str]
"""Layer, field, value, title."""


def code_rows(layers: Iterable[Layer], profile: Profile, audience: Audience, language: str) -> Iterator[CodeRow]:
    """In the order of layers, fields and the lists themselves."""
    for layer in layers:
        for field in layer.fields_for(audience):
            for value, title in codes_of(layer, field, profile, language):
                yield layer.id, field.name, value, title


def codes_of(layer: Layer, field: Field, profile: Profile, language: str) -> Sequence[tuple[str, str]]:
    """Value and title; empty where any word may stand."""
    allowed = profile.allowed.get(layer.id, {}).get(field.name, ANYTHING).over(field.allowed)
    legend = profile.legends.get(layer.id, ())
    titles = {entry.key: entry.title(language) for entry in legend}
    if allowed.is_class:
        return tuple(titles.items())
    return tuple((value, titles.get(value, value)) for value in allowed.one_of)
