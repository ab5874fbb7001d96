"""Names in the languages a deployment speaks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """One name in Turkish and English, and in French where somebody has written it."""

    tr: str
    en: str
    fr: str | None = None

    @property
    def written(self) -> dict[str, str]:
        """Language -> name, of those that are written."""
        return {language: name for language, name in vars(self).items() if name is not None}

    def in_language(self, language: str) -> str:
        """English stands in for a language nobody has written yet."""
        return self.written.get(language, self.en)
