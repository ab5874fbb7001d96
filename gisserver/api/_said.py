"""What a sender says about a file, in a form or in the metadata of a resumable upload: the same for both."""

from collections.abc import Mapping

from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._layers import seen_layer
from gisserver.errors import Refused
from gisserver.service import service
from layers.core.declared_crs import DeclaredCrs, NotACrs
from layers.core.inbox import Sending


def sending(said: Mapping[str, str], filename: str) -> Sending:
    """The file and its sender. Raises Refused."""
    return Sending(
        district_id=_district(said.get("district", "")),
        layer_id=seen_layer(said.get("layer", "") or "parcels").id,
        filename=filename,
        sent_by=actor().account_id,
        is_whole_state=said.get("whole_state") in ("1", "true", "yes"),
        declared_crs=_crs(said.get("crs", "")),
        source_layer=said.get("source_layer", "").replace("\0", "") or None,
    )


def _district(named: str) -> int:
    """A district's people send for their own; the department says for whom."""
    own = actor().district_id
    if own is not None:
        return own
    district = service().profile.district_named(named)
    if district is None:
        raise Refused(_("Say in “district” whose file this is, by name or number."), parameter="district")
    return district.id


def _crs(declared: str) -> DeclaredCrs | None:
    try:
        return DeclaredCrs.parse_optional(declared)
    except NotACrs as cause:
        raise Refused(
            _("“crs” is an EPSG code, for instance %(code)s.", code=service().profile.storage_srid), parameter="crs"
        ) from cause
