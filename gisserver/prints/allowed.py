"""How much may be printed, by whom."""

from dataclasses import dataclass

from gisserver.prints.paper import NAMES
from layers.core.store import Actor

SMALLEST_SCALE, LARGEST_SCALE = 1_000_000, 50
MOST_FIGURES = 5_000
"""Things drawn by a person on one print."""
MOST_PICTURES = 8
"""Layers of other servers on one print."""
MOST_BYTES = 4_000_000
"""Of a request."""
FINEST = 300
"""Dots per inch of a picture."""
MOST_DOTS = 40_000_000


@dataclass(frozen=True)
class Allowed:
    """What one kind of reader may ask for."""

    papers: tuple[str, ...]
    sheets: int


OPEN_TO_ALL = Allowed(("A4", "A3"), 4)
SIGNED_IN = Allowed(NAMES, 60)


def allowed_for(actor: Actor) -> Allowed:
    """Large paper and long series are for people who can be asked about them."""
    return OPEN_TO_ALL if actor.account_id is None else SIGNED_IN
