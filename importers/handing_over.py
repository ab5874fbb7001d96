"""What a source gives may go to the department by itself, where the profile says so and nothing speaks against it."""

from layers.core import review
from layers.core.inbox import Upload
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.review_refused import NothingToSubmit, RefusalsRemain
from layers.core.store import Actor, Connection
from layers.core.trust import publish_if_trusted


def hand_over(connection: Connection, registry: Registry, profile: Profile, upload: Upload, changeset_id: int) -> None:
    """As an editor of the district would; what is refused, or changes nothing, stays with the district."""
    source = profile.source(upload.source_id) if upload.source_id else None
    if source is None or not source.submits:
        return
    try:
        review.submit(connection, Actor("editor", upload.district_id), changeset_id, why=source.id)
    except (RefusalsRemain, NothingToSubmit):
        return
    publish_if_trusted(connection, registry, profile, changeset_id, why=source.id)
