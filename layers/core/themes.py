"""Kinds of plan constraint that every answer must speak about, and how each is looked at here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from layers.core.words import named

LIMIT_M2 = 0.005
"""Less common ground than this rounds to nothing: the borders touch. A theme may declare a larger limit."""


class BadTheme(Exception):
    """The profile says something about a theme that cannot be."""


class ThemeKind(StrEnum):
    """What an area of a theme means for a parcel."""

    SPATIAL = "spatial"
    """It counts where it takes ground."""
    WHOLE_AREA = "whole_area"
    """It holds for the whole district that it is recorded for, wherever its outline runs."""
    TEXT_ONLY = "text_only"
    """It stands in a text and is drawn nowhere; the answer says which article to read."""


@dataclass(frozen=True)
class ConstraintTheme:
    """One of them."""

    key: str
    titles: Mapping[str, str]
    kind: ThemeKind = ThemeKind.SPATIAL
    article: Mapping[str, str] = field(default_factory=dict)
    """What to read where the theme is text only, by language."""
    limit_m2: float = LIMIT_M2
    """Less common ground than this is told as touching."""

    def title(self, language: str) -> str:
        """The theme's name; any language stands in for a missing one."""
        return named(self.titles, language)


def parse_themes(titles: Mapping[str, Mapping[str, str]], rules: Mapping[str, Any]) -> tuple[ConstraintTheme, ...]:
    """The tables [themes] and [theme_rules] of a profile; BadTheme says what is wrong in them."""
    for key in rules:
        if key not in titles:
            raise BadTheme(f"theme_rules.{key}: [themes] has no {key}.")
    return tuple(_parse(key, named, rules.get(key, {})) for key, named in titles.items())


def _parse(key: str, titles: Mapping[str, str], rules: Mapping[str, Any]) -> ConstraintTheme:
    if unknown := rules.keys() - {"kind", "article", "limit_m2"}:
        raise BadTheme(f"theme_rules.{key}: kind, article and limit_m2 are known, not {', '.join(sorted(unknown))}.")
    try:
        kind = ThemeKind(rules.get("kind", ThemeKind.SPATIAL))
    except ValueError as cause:
        raise BadTheme(f"theme_rules.{key}.kind must be one of {', '.join(ThemeKind)}.") from cause
    article = rules.get("article", {})
    if (kind is ThemeKind.TEXT_ONLY) != bool(article):
        raise BadTheme(f"theme_rules.{key}: a theme has an article to read if, and only if, it is text_only.")
    limit_m2 = float(rules.get("limit_m2", LIMIT_M2))
    if limit_m2 < LIMIT_M2:
        raise BadTheme(f"theme_rules.{key}.limit_m2 must be {LIMIT_M2} at least: less rounds to nothing.")
    return ConstraintTheme(key, titles, kind, article, limit_m2)
