"""Where a profile speaks more than Turkish and English, the map is whole in that language."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from gisserver import site
from gisserver.formats import feature_formats
from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.query import ReadableLayer
from layers.core.registry import Registry
from layers.core.words import Title, further_languages

PROFILES = [load_profile(path) for path in sorted((Path(__file__).parents[2] / "profiles").glob("*.toml"))]
SPOKEN = [(one, language) for one in PROFILES for language in one.languages if language not in ("tr", "en")]
NAMED = [f"{one.name}-{language}" for one, language in SPOKEN]


def test_a_profile_speaks_a_further_language():
    assert SPOKEN


@pytest.mark.parametrize(("profile", "language"), SPOKEN, ids=NAMED)
@pytest.mark.parametrize("layer", [*Registry.of_folder()], ids=lambda layer: layer.id)
def test_every_layer_and_field_has_a_name_in_it(profile, language, layer):
    fields = ReadableLayer(layer, Audience.DEPARTMENT, profile).properties
    values = (title for field in fields for title in field.allowed.titles.values())
    titles = [layer.title, layer.description, *(field.title for field in fields), *values]
    assert [title.en for title in titles if title.en not in further_languages()[language]] == []


@pytest.mark.parametrize(("profile", "language"), SPOKEN, ids=NAMED)
def test_every_class_of_its_legend_has_a_name_in_it(profile, language):
    entries = [entry for legend in profile.legends.values() for entry in legend]
    assert [entry.key for entry in entries if language not in entry.titles] == []


@pytest.mark.parametrize(("profile", "language"), SPOKEN, ids=NAMED)
def test_every_page_and_format_has_a_name_in_it(profile, language):
    modules = (import_module(f"{site.__name__}.{info.name}") for info in iter_modules(site.__path__))
    pages = [module.NAV.title for module in modules if getattr(module, "NAV", None)]
    titles = [*pages, *(one.title for one in feature_formats())]
    assert [title.en for title in titles if title.en not in further_languages()[language]] == []


def test_english_stands_in_for_what_nobody_has_written():
    assert Title("yok", "nobody has written this").in_language("fr") == "nobody has written this"


def test_blanks_to_fill_in_are_the_same_in_every_language():
    for names in further_languages().values():
        for english, name in names.items():
            assert {word for word in english.split() if "{" in word} == {word for word in name.split() if "{" in word}
