"""What the words of listed fields mean: one place for cards, tables, choices, filters and bundles."""

from collections.abc import Sequence

from layers.core.allowed import ANYTHING
from layers.core.layer import Field, Layer
from layers.core.profile import Profile

Code = tuple[str | int, str]
"""A value and its title."""


def codes_of(layer: Layer, field: Field, profile: Profile, language: str) -> Sequence[Code]:
    """In the order of the list; of words that are free those that have a title."""
    if field.name == "district_id":
        return tuple((district.id, district.name) for district in profile.districts)
    allowed = profile.allowed.get(layer.id, {}).get(field.name, ANYTHING).over(field.allowed)
    if allowed.is_class:
        return tuple((entry.key, entry.title(language)) for entry in profile.legends.get(layer.id, ()))
    titles = {value: title.in_language(language) for value, title in allowed.titles.items()}
    return tuple((value, titles.get(value, value)) for value in allowed.one_of or titles)
