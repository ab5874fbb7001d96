"""What a sender says about a file, in a form or in the metadata of a resumable upload: the same for both."""

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._layers import seen_layer
from gisserver.errors import Refused
from gisserver.service import service
from layers.core.columns import FieldTwice, UnknownField, parse_choices
from layers.core.declared_crs import DeclaredCrs, NotACrs
from layers.core.inbox import Sending
from layers.core.layer import Layer


def sending(said: Mapping[str, str], filename: str) -> Sending:
    """The file and its sender. Raises Refused."""
    return Sending(
        district_id=_district(said.get("district", "")),
        layer_id=seen_layer(said.get("layer", "") or "parcels").id,
        filename=filename,
        sent_by=actor().account_id,
        is_whole_state=said.get("whole_state") in ("1", "true", "yes"),
        declared_crs=crs(said.get("crs", "")),
        source_layer=said.get("source_layer", "").replace("\0", "") or None,
        columns=columns(said.get("columns", ""), seen_layer(said.get("layer", "") or "parcels")),
    )


def columns(written: str, layer: Layer) -> dict[str, str] | None:
    """`{"header": "field"}`, null for a column that is left out; None where nothing is said. Raises Refused."""
    if not written:
        return None
    try:
        return parse_choices(_object(written), layer)
    except UnknownField as unknown:
        raise Refused(_unknown(unknown), parameter="columns") from unknown
    except FieldTwice as twice:
        raise Refused(_twice(twice), parameter="columns") from twice


def _object(written: str) -> Mapping[str, Any]:
    try:
        said = json.loads(written)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Refused(_('“columns” is JSON such as {"header": "field"}.'), parameter="columns")
    return said


def _unknown(unknown: UnknownField) -> str:
    sentence: str = _(
        "“%(header)s”: there is no field “%(field)s”; there are %(known)s.",
        header=unknown.header,
        field=unknown.field,
        known=", ".join(unknown.known),
    )
    return sentence


def _twice(twice: FieldTwice) -> str:
    one, other = twice.headers
    sentence: str = _(
        "“%(one)s” and “%(other)s” cannot both be %(field)s. Choose one of them.",
        one=one,
        other=other,
        field=twice.target.field,
    )
    return sentence


def _district(named: str) -> int:
    """A district's people send for their own; the department says for whom."""
    own = actor().district_id
    if own is not None:
        return own
    district = service().profile.district_named(named)
    if district is None:
        raise Refused(_("Say in “district” whose file this is, by name or number."), parameter="district")
    return district.id


def crs(declared: str) -> DeclaredCrs | None:
    """As the report offers it; None where nothing is said. Raises Refused."""
    try:
        return DeclaredCrs.parse_optional(declared)
    except NotACrs as cause:
        raise Refused(
            _("“crs” is an EPSG code, for instance %(code)s.", code=service().profile.storage_srid), parameter="crs"
        ) from cause
