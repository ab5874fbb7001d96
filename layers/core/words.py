"""Names in the languages a deployment speaks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """One name in Turkish and English; a profile may add its own language on top."""

    tr: str
    en: str

    def in_language(self, language: str) -> str:
        """English stands in for a language nobody has written yet."""
        return self.tr if language == "tr" else self.en
