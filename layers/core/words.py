"""Names in the languages a deployment speaks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

_FURTHER = Path(__file__).parent.parent / "languages"


@dataclass(frozen=True)
class Title:
    """One name or sentence in Turkish and English; `layers/languages` has the other languages, by the English."""

    tr: str
    en: str

    @property
    def written(self) -> dict[str, str]:
        """Language -> name, in every language that anything is written in."""
        return {language: self.in_language(language) for language in languages_written()}

    def in_language(self, language: str) -> str:
        """English stands in for what nobody has written yet."""
        if language in BUILT_IN:
            return str(getattr(self, language))
        return further_languages().get(language, {}).get(self.en, self.en)


def named(names: Mapping[str, str], language: str, otherwise: str = "") -> str:
    """By language, as a profile names things; any other language stands in for a missing one."""
    return names.get(language) or next(iter(names.values()), otherwise)


BUILT_IN = tuple(field.name for field in fields(Title))
"""The languages that stand beside each other where something is named."""


def languages_written() -> tuple[str, ...]:
    """These and those of `layers/languages`."""
    return (*BUILT_IN, *further_languages())


@cache
def further_languages() -> Mapping[str, Mapping[str, str]]:
    """Language -> English -> its words; a folder for each, read once in a process."""
    return {folder.name: _words_of(folder) for folder in sorted(_FURTHER.iterdir()) if folder.is_dir()}


def _words_of(folder: Path) -> Mapping[str, str]:
    """Each is written once: two files with the same English would contradict each other one day."""
    words: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        own = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := own.keys() & words.keys():
            raise ValueError(f"{path} has words that another file of its folder has too: {sorted(twice)}")
        words |= own
    return words
