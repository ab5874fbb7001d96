"""A source that suddenly holds far less is not believed: nobody looks at it before it ends what is published."""

from importers.broken import FarFewer
from importers.understand import Understood
from layers.core import pulls
from layers.core.store import Connection


def refuse_sudden_loss(connection: Connection, file: Understood) -> None:
    """Only whole states that the worker took by itself. Raises FarFewer."""
    source = file.profile.source(file.upload.source_id) if file.upload.source_id else None
    if source is None or not file.is_whole_state:
        return
    before = pulls.published(connection, file.layer.id, file.district_id)
    count = file.source.described.count
    if count < before * (1 - source.most_missing):
        raise FarFewer(count=count, before=before, share=round(100 * source.most_missing))
