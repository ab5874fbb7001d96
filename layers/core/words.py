"""Names in the languages a deployment speaks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FURTHER = Path(__file__).parent.parent / "languages"


@dataclass(frozen=True)
class Title:
    """One name in Turkish and English; French stands beside them, or in a file of `layers/languages` as others do."""

    tr: str
    en: str
    fr: str | None = None

    @property
    def written(self) -> dict[str, str]:
        """Language -> name, of those that are written here."""
        return {language: name for language, name in vars(self).items() if name is not None}

    def in_language(self, language: str) -> str:
        """English stands in for what nobody has written yet."""
        return self.written.get(language) or further_languages().get(language, {}).get(self.en, self.en)


@cache
def further_languages() -> Mapping[str, Mapping[str, str]]:
    """Language -> English name -> its name; a file for each, read once in a process."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FURTHER.glob("*.toml"))}
