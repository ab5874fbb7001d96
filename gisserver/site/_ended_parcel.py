"""The page in place of a parcel that is no more: why, since when, and who took its ground."""

import uuid
from http import HTTPStatus

from flask import render_template

from gisserver.ended import ended_sentence
from gisserver.readable_pages import called, page_of_parcel
from gisserver.service import service
from layers.core.parcel_names import names_of
from layers.core.store import Connection
from layers.core.successors import ending


def ended_parcel_page(connection: Connection, uid: uuid.UUID, block: str, parcel: str) -> tuple[str, HTTPStatus]:
    """By the numbers that were asked for; one that has others now is its own successor."""
    why = ending(connection, service().registry["parcels"], uid)
    names = names_of(connection, {uid, *(heir.uid for heir in why.successors)})
    heirs = [name for name in names.values() if name.is_published]
    page = render_template(
        "ended.html",
        uid=uid,
        block=block,
        parcel=parcel,
        why=ended_sentence(f"{block}/{parcel}", why),
        heirs=[(heir.uid, called(heir), page_of_parcel(heir)) for heir in heirs],
    )
    return page, HTTPStatus.GONE
