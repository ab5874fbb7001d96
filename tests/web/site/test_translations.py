"""The pages speak the languages of the profiles."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "gisserver/translations"
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def catalog(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def singular(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def forms(message: Message) -> tuple[str, ...]:
    """One for each number that the language tells apart."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def spoken() -> set[str]:
    """Every text that code and templates want translated."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options)
    return {singular(message) for _file, _line, message, _comments, _context in found}


@pytest.mark.parametrize("language", ["tr", "fr"])
def test_every_text_is_said_in_turkish_and_french(spoken, language):
    said = {singular(message.id) for message in catalog(language) if message.id and all(forms(message))}
    assert sorted(spoken - said) == [], "run script/words, then fill in the empty lines"


def test_no_translation_outlives_its_text(spoken):
    for language in ("tr", "fr"):
        said = {singular(message.id) for message in catalog(language) if message.id}
        assert sorted(said - spoken) == [], "run script/words"


@pytest.mark.parametrize("language", ["tr", "fr"])
def test_a_translation_fills_in_the_same_facts(language):
    for message in catalog(language):
        for form in filter(None, forms(message)) if message.id else ():
            assert sorted(_PLACEHOLDER.findall(form)) == sorted(_PLACEHOLDER.findall(singular(message.id)))


def test_a_turkish_reader_gets_turkish(client):
    page = client.get("/signin", headers={"Accept-Language": "tr-TR,tr;q=0.9,en;q=0.5"}).text
    assert '<html lang="tr">' in page
    assert "Giriş yap" in page
