"""The names of the images that drawings ask for; `gisserver/sprite.py` draws what a name says."""

from gisserver.drawings._part import Expression, Legend

HATCH = "hatch"
GATHERING = "gathering"
"""Arrows that meet: where people gather after a disaster."""

THIRDS = "thirds"
HALVES = "halves"
"""Circles cut across into three and two parts, with a line of text in each."""


def hatch_name(position: int, color: str) -> str:
    """A hatch for the legend's entry at that position.

    Neighbours in the legend differ in direction too, so that colour is not the only sign.
    """
    return f"{HATCH}/{position % 4}/{color}"


def sign_name(sign: str, color: str) -> str:
    """A point symbol in a colour."""
    return f"{sign}/{color}"


def by_hatch(field_name: str, legend: Legend, otherwise: str) -> Expression | str:
    """The legend's hatch of the feature."""
    if not legend.entries:
        return hatch_name(0, otherwise)
    pairs = [value for n, entry in enumerate(legend.entries) for value in (entry.key, hatch_name(n, entry.color))]
    return ["match", ["get", field_name], *pairs, hatch_name(0, otherwise)]


def is_sign(text: str) -> bool:
    """True of a name made here."""
    return text.partition("/")[0] in (HATCH, GATHERING, THIRDS, HALVES)
