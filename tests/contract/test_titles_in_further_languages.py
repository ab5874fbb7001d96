"""Where a profile speaks more than Turkish and English, the map and all that is said to people are whole in it."""

import ast
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

import pytest

from gisserver import site
from gisserver.formats import feature_formats
from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.query import ReadableLayer
from layers.core.registry import Registry
from layers.core.words import Title, further_languages

ROOT = Path(__file__).parents[2]
SAYING = (
    "importers/**/*.py",
    "layers/search/*.py",
    "layers/answers/*.py",
    "gisserver/reports/*.py",
    "gisserver/documents/*.py",
    "gisserver/answer_batch.py",
)
PROFILES = [load_profile(path) for path in sorted((ROOT / "profiles").glob("*.toml"))]
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


@pytest.mark.parametrize("language", further_languages())
def test_every_sentence_for_people_is_written_in_it(language):
    words = further_languages()[language]
    assert [(str(path), english) for path, english in sentences_in_code() if english not in words] == []


@pytest.mark.parametrize("language", further_languages())
def test_nothing_is_written_for_a_sentence_that_is_gone(language):
    known = {english for _, english in sentences_in_code()}
    written = {
        (path.stem, english)
        for path in (ROOT / "layers/languages" / language).glob("*.toml")
        for english in tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem != "names"
    }
    assert [one for one in sorted(written) if one[1] not in known] == []


def test_english_stands_in_for_what_nobody_has_written():
    assert Title("yok", "nobody has written this").in_language("fr") == "nobody has written this"


def test_blanks_to_fill_in_are_the_same_in_every_language():
    pairs = [pair for words in further_languages().values() for pair in words.items()]
    assert [(english, words) for english, words in pairs if blanks(english) != blanks(words)] == []


def sentences_in_code() -> Iterator[tuple[Path, str]]:
    """The English of each title that is written out where something is said of a file, a search or a parcel."""
    for path in sorted(path for pattern in SAYING for path in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Title"), args=[_, ast.Constant(str(english))]) if english:
                    yield path.relative_to(ROOT), english


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
