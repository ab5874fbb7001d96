"""Names of fields in the words of another standard: the same features for readers who know that one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.core.words import named

_WORD = re.compile(r"[a-z][a-z0-9-]{1,30}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


class BadSchema(Exception):
    """What the profile says of another schema cannot be."""


@dataclass(frozen=True)
class OtherSchema:
    """One standard's names for what it knows of our layers; what it does not know is left out."""

    word: str
    titles: Mapping[str, str]
    uri: str
    """Where the standard is found."""
    names: Mapping[str, Mapping[str, str]]
    """Layer id -> our name of a field -> its name there."""

    def title(self, language: str) -> str:
        """Any language stands in for a missing one."""
        return named(self.titles, language, self.word)


def parse_schemas(tables: Mapping[str, Any]) -> tuple[OtherSchema, ...]:
    """The profile's tables `schemas.<word>`. Raises BadSchema."""
    return tuple(_schema(word, table) for word, table in tables.items())


def _schema(word: str, table: Mapping[str, Any]) -> OtherSchema:
    if not _WORD.fullmatch(word):
        raise BadSchema(f"schemas.{word}: a word of small letters, digits and dashes is needed.")
    layers = table.get("layers", {})
    if not layers:
        raise BadSchema(f"schemas.{word}.layers says nothing: which fields have a name there?")
    for layer, names in layers.items():
        wrong = next((name for name in names.values() if not _NAME.fullmatch(name) or name == "uid"), None)
        if wrong is not None:
            raise BadSchema(f"schemas.{word}.layers.{layer}: {wrong!r} is no name of a field.")
        if len(set(names.values())) < len(names):
            raise BadSchema(f"schemas.{word}.layers.{layer}: two fields have the same name.")
    return OtherSchema(word, table.get("title", {}), table.get("uri", ""), layers)
