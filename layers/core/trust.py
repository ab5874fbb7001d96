"""Publishing what a trusted district submits, where nothing about it wants a second look."""

from sqlalchemy import Connection

from layers.core import attention, review
from layers.core.epochs import PublishUnderWay
from layers.core.profile import Profile
from layers.core.publish import Published, StaleVersions
from layers.core.registry import Registry
from layers.core.review_refused import ReviewRefused


def publish_if_trusted(
    connection: Connection, registry: Registry, profile: Profile, changeset_id: int, *, why: str
) -> Published | review.Enqueued | None:
    """None where it waits for the department as usual: the rule is an offer, never a hindrance."""
    found = review.changeset(connection, changeset_id)
    if found.district_id not in profile.review.trusted_districts:
        return None
    if found.upload_id is None or attention.warnings(connection, found.id):
        return None
    if attention.marks(connection, found.id, profile.review.attention, profile.timezone):
        return None
    try:
        with connection.begin_nested():
            return review.publish_as_agreed(connection, registry, found.id, why=why)
    except (StaleVersions, PublishUnderWay, ReviewRefused):
        return None
