"""What to do where a text does not name one parcel."""

from flask_babel import gettext as _

from gisserver.service import service
from layers.search.hits import HitKind, SearchResult


def next_step(found: SearchResult) -> str:
    """What the search says, or, where it is sure of a place without a parcel, how to come to one."""
    place = found.sure
    if place is None or place.parcel_uid is not None:
        return found.note
    if place.kind is HitKind.ADDRESS:
        district = service().profile.district(place.district_id) if place.district_id is not None else None
        return str(
            _(
                "No parcel is recorded at this door. Choose it on the map, or ask the municipality of %(district)s.",
                district=district.name if district else "",
            )
        )
    if place.kind is HitKind.COORDINATE:
        return str(_("No parcel is recorded at this place. Choose one beside it on the map."))
    return str(_("This is not one parcel yet. Add a door number, or choose a parcel on the map."))
