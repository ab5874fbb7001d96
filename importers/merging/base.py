"""Which state of the pool a file was taken from."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from importers.broken import BasedOnAnotherPool, BasedOnLater, SeveralBases
from importers.merging.joined import Base
from layers.core.bundle_mark import BundleMark, pool_mark
from layers.core.epochs import current_epoch
from layers.core.inbox import Upload
from sql import query


def base_of(connection: Connection, upload: Upload, marks: Mapping[str, int]) -> Base:
    """By the marks in the records, else by what of the district was accepted before the file came.

    Raises SeveralBases, BasedOnAnotherPool, BasedOnLater.
    """
    said = {mark for written in marks if (mark := BundleMark.parse(written)) is not None}
    if not said:
        asked = {"upload": upload.id}
        return Base(int(connection.execute(text(query("merging.last_accepted")), asked).scalar_one()), is_said=False)
    if any(mark.pool != pool_mark(connection) for mark in said):
        raise BasedOnAnotherPool
    epochs = sorted({mark.epoch for mark in said})
    if len(epochs) > 1:
        raise SeveralBases(epochs=epochs)
    newest = current_epoch(connection)
    if epochs[0] > newest:
        raise BasedOnLater(epoch=epochs[0], newest=newest)
    since = {"upload": upload.id, "base": epochs[0]}
    undone = connection.execute(text(query("merging.undone_since")), since).scalars()
    return Base(epochs[0], is_said=True, undone=tuple(undone))
