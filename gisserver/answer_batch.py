"""One list of addresses in a process of its own: read apart, looked up row by row, kept as a table."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from uuid import UUID

from gisserver.cluster import database_urls
from gisserver.settings import Settings
from importers.apart.cells import NOT_A_TABLE
from layers.core.profile import Profile, load_profile
from layers.core.store import WORKER, Connection, Store
from layers.core.words import Title
from layers.search.batch_table import MOST_ROWS, UnusableTable, answered, asked_in
from layers.search.batches import Batch, batch_of, finish, sent_bytes, tell_progress

UNREADABLE = Title(
    "Bu dosya tablo olarak okunamıyor. CSV ya da Excel (xlsx) olarak kaydedip yeniden gönderin.",
    "This file cannot be read as a table. Save it as CSV or Excel (xlsx) and send it again.",
)
INTERRUPTED = Title(
    "Bu liste tamamlanamadı. Yeniden gönderin; yinelenirse daha küçük parçalar hâlinde gönderin.",
    "This list could not be finished. Send it again; if that repeats, in smaller parts.",
)
_PATIENCE_S = 120


def main() -> None:
    """Answer the list named on the command line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.load(os.environ)
    with closing(Store(database_urls(settings).worker, pool_size=2)) as store:
        answer(store, load_profile(settings.profile_path), UUID(sys.argv[1]))


def answer(store: Store, profile: Profile, batch_id: UUID) -> None:
    """A list that cannot be used ends with the reason; one that is gone or answered is left alone."""
    with store.reading(WORKER) as connection:
        batch, sent = batch_of(connection, batch_id), sent_bytes(connection, batch_id)
    if batch is None or sent is None:
        return
    state, note, result = "done", "", None
    try:
        result = _answered(store, profile, batch, _rows(batch, sent, profile))
    except UnusableTable as unusable:
        state, note = "failed", str(unusable)
    with store.writing(WORKER) as connection:
        finish(connection, batch_id, state, note, result)


def give_up(connection: Connection, batch_id: UUID) -> None:
    """Tell the owner of a list whose process ended in the middle."""
    batch = batch_of(connection, batch_id)
    if batch is not None:
        finish(connection, batch_id, "failed", INTERRUPTED.in_language(batch.language), None)


def _answered(store: Store, profile: Profile, batch: Batch, rows: list[list[str]]) -> bytes:
    asked = asked_in(rows, batch.column_name, profile, batch.language)

    def told(done: int) -> None:
        with store.writing(WORKER) as connection:
            tell_progress(connection, batch.id, done, len(asked.rows))

    told(0)
    return answered(store, asked, profile, batch.language, told)


def _rows(batch: Batch, sent: bytes, profile: Profile) -> list[list[str]]:
    """Only a process without rights opens the file."""
    with tempfile.TemporaryDirectory(prefix="gis-batch-") as folder:
        path = Path(folder) / f"sent{Path(batch.file_name).suffix.lower() or '.csv'}"
        path.write_bytes(sent)
        words = [sys.executable, "-m", "importers.apart.cells", str(path), profile.fold_from, str(MOST_ROWS + 2)]
        bare = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            read = subprocess.run(words, env=bare, capture_output=True, check=False, timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired as cause:
            raise UnusableTable(UNREADABLE.in_language(batch.language)) from cause
    if read.returncode != 0:
        if read.returncode != NOT_A_TABLE:
            logging.getLogger(__name__).error("list %s: %s", batch.id, read.stderr.decode(errors="replace")[-500:])
        raise UnusableTable(UNREADABLE.in_language(batch.language))
    return [json.loads(line) for line in read.stdout.splitlines()]


if __name__ == "__main__":
    main()
