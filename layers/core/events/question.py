"""A question about publishes, parsed once from a request."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import shapely

from layers.core.crs import CRS84
from layers.core.events.interest import Interest
from layers.core.events.parameters import EVENTS, LIMIT_DEFAULT, LIMIT_MOST, PLACE
from layers.core.query import WrongQuery
from layers.core.query import refusals as say
from layers.core.query.boxes import NoBox, boxes
from layers.core.query.feature_query import whole_number
from layers.core.query.parameters import LARGEST_EPOCH, check_names
from layers.core.words import Title

_UNKNOWN_LAYER = Title(
    "“{name}” diye bir katman yok. Olanlar: {known}.", "There is no layer “{name}”. There are: {known}."
)
_LARGEST_DISTRICT = 2**31 - 1


@dataclass(frozen=True)
class EventsQuery:
    """Which publishes, and from where on."""

    interest: Interest
    after: int | None = None
    before: int | None = None
    limit: int = LIMIT_DEFAULT

    @classmethod
    def parse(cls, arguments: Mapping[str, str], seen: Collection[str]) -> "EventsQuery":
        """`seen` are the layers that the caller may see. WrongQuery names the parameter and what it takes."""
        check_names(arguments, EVENTS)
        district = whole_number(arguments, "district_id", least=0)
        interest = Interest(
            layers=_layers(arguments, seen),
            district_id=None if district is None else min(district, _LARGEST_DISTRICT),
            area_wkb=_area(arguments),
        )
        return cls._from(arguments, interest)

    @classmethod
    def parse_place(cls, arguments: Mapping[str, str], interest: Interest) -> "EventsQuery":
        """Where to begin, of an interest that is known already."""
        check_names(arguments, PLACE)
        return cls._from(arguments, interest)

    @classmethod
    def _from(cls, arguments: Mapping[str, str], interest: Interest) -> "EventsQuery":
        if "after" in arguments and "before" in arguments:
            raise WrongQuery("before", say.ONE_MARK)
        limit = whole_number(arguments, "limit", least=1)
        return cls(
            interest=interest,
            after=_epoch(arguments, "after"),
            before=_epoch(arguments, "before"),
            limit=LIMIT_DEFAULT if limit is None else min(limit, LIMIT_MOST),
        )


def _layers(arguments: Mapping[str, str], seen: Collection[str]) -> frozenset[str]:
    if "layer" not in arguments:
        return frozenset(seen)
    asked = arguments["layer"].split(",")
    for name in asked:
        if name not in seen:
            raise WrongQuery("layer", _UNKNOWN_LAYER, name=name[:40], known=", ".join(seen))
    return frozenset(asked)


def _area(arguments: Mapping[str, str]) -> bytes | None:
    if "bbox" not in arguments:
        return None
    try:
        numbers = tuple(float(part) for part in arguments["bbox"].split(","))
        area: bytes = shapely.to_wkb(shapely.union_all(boxes(numbers, CRS84)))
    except (ValueError, NoBox):
        raise WrongQuery("bbox", say.BOX, example="27.1,38.4,27.2,38.5") from None
    return area


def _epoch(arguments: Mapping[str, str], name: str) -> int | None:
    asked = whole_number(arguments, name, least=0)
    return None if asked is None else min(asked, LARGEST_EPOCH)
