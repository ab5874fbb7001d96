"""Addresses of parcels and plans in words that people can read aloud; the profile says which."""

import uuid
from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from gisserver.service import service
from layers.answers.numbered_plans import number_of_plan
from layers.core.page_patterns import PagePattern
from layers.core.parcel_names import ParcelName, names_of
from layers.core.store import Connection

READABLE = ("parcels", "plans")
"""Layers whose features have such an address."""
NOWHERE = "-"
"""Stands for the neighbourhood of a parcel that lies in none."""
_SLASH = "%2F"
"""A slash within a number; encoded once more in the address, since servers decode it once too early."""


def page_words() -> tuple[str, ...]:
    """What readable addresses begin with."""
    patterns = service().profile.pages
    return f"/{patterns.parcel.word}", f"/{patterns.plan.word}"


def rule_of(pattern: PagePattern) -> str:
    """As Flask routes it."""
    return "/" + pattern.text.replace("{", "<").replace("}", ">")


def parts_of_parcel(name: ParcelName) -> dict[str, str]:
    """What the profile wants to be said of it."""
    profile = service().profile
    district = profile.district(name.district_id)
    said = {
        "district": _word(district.name if district else str(name.district_id)),
        "neighbourhood": _word(name.neighbourhood or ""),
        "block": name.block_no.replace("/", _SLASH),
        "parcel": name.parcel_no.replace("/", _SLASH),
    }
    return {part: said[part] for part in profile.pages.parcel.parts}


def page_of_parcel(name: ParcelName, *, is_whole: bool = False) -> str:
    """With the host, where it is whole."""
    return url_for("parcel.page", **parts_of_parcel(name), _external=is_whole)


def called(name: ParcelName) -> str:
    """In full, as a line of a list."""
    district = service().profile.district(name.district_id)
    place = ", ".join(filter(None, (district.name if district else None, name.neighbourhood)))
    return str(
        _("%(place)s: block %(block)s, parcel %(parcel)s", place=place, block=name.block_no, parcel=name.parcel_no)
    )


def page_of_plan(number: str, *, is_whole: bool = False) -> str:
    """Plans are called by their number alone."""
    return url_for("plan.page", number=number.replace("/", _SLASH), _external=is_whole)


def page_of_feature(connection: Connection, layer_id: str, uid: uuid.UUID) -> str | None:
    """The whole address; None where features of that layer have no page in words, or nobody knows that one."""
    if layer_id == "parcels":
        name = names_of(connection, [uid]).get(uid)
        return None if name is None else page_of_parcel(name, is_whole=True)
    number = number_of_plan(connection, uid) if layer_id == "plans" else None
    return None if number is None else page_of_plan(number, is_whole=True)


def said_in(named: Mapping[str, str]) -> Mapping[str, str]:
    """The parts of an address; names are folded, numbers as they are in the pool."""
    return {part: written.replace(_SLASH, "/") for part, written in named.items()}


def _word(name: str) -> str:
    return service().profile.fold(name).replace(" ", NOWHERE) or NOWHERE
