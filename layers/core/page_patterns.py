"""How the readable addresses of parcels and plans are spelt in a deployment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARCEL_PARTS = frozenset({"district", "neighbourhood", "block", "parcel"})
PLAN_PARTS = frozenset({"number"})
_NEEDED = {"parcel": frozenset({"block", "parcel"}), "plan": PLAN_PARTS}
_KNOWN = {"parcel": PARCEL_PARTS, "plan": PLAN_PARTS}
_SEGMENT = re.compile(r"[a-z][a-z0-9-]*|\{(?P<part>[a-z]+)\}")


class BadPagePattern(Exception):
    """The profile's table `pages` cannot be."""


@dataclass(frozen=True)
class PagePattern:
    """Words and parts of an address from the widest to the finest, as "parcel/{district}/{block}/{parcel}"."""

    text: str

    @property
    def word(self) -> str:
        """What every such address begins with."""
        return self.text.partition("/")[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """What stands in braces, in its order."""
        return tuple(re.findall(r"\{([a-z]+)\}", self.text))


@dataclass(frozen=True)
class PagePatterns:
    """The table `pages` of a profile."""

    parcel: PagePattern = PagePattern("parcel/{district}/{neighbourhood}/{block}/{parcel}")
    plan: PagePattern = PagePattern("plan/{number}")


def parse_page_patterns(table: Mapping[str, Any]) -> PagePatterns:
    """Raises BadPagePattern."""
    if unknown := sorted(set(table) - set(_KNOWN)):
        raise BadPagePattern(f"pages.{unknown[0]} is not known; there are parcel and plan.")
    patterns = PagePatterns(**{name: _pattern(name, said) for name, said in table.items()})
    if patterns.parcel.word == patterns.plan.word:
        raise BadPagePattern(f"pages.parcel and pages.plan both begin with “{patterns.plan.word}”.")
    return patterns


def _pattern(name: str, said: object) -> PagePattern:
    pattern = PagePattern(str(said))
    first, *_ = segments = pattern.text.split("/")
    if first.startswith("{") or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise BadPagePattern(f"pages.{name} must be a word and parts like “{name}/{{part}}”, in small letters a to z.")
    parts, known, needed = set(pattern.parts), _KNOWN[name], _NEEDED[name]
    if parts - known or needed - parts or len(parts) != len(pattern.parts):
        raise BadPagePattern(
            f"pages.{name} must name {', '.join(sorted(needed))} and may name {', '.join(sorted(known - needed))}, "
            "each once."
            if known - needed
            else f"pages.{name} must name {', '.join(sorted(needed))}, once."
        )
    return pattern
