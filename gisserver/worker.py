"""`python -m gisserver.worker`: checks what districts send and publishes what is too large for a request."""

import asyncio
import logging
import os
import subprocess
import sys
from contextlib import closing
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy

from gisserver.check_upload import DONE, NOT_REACHABLE
from gisserver.cluster import database_urls
from gisserver.settings import Settings
from importers.broken import CheckInterrupted
from importers.pipeline import fail
from layers.core.publish import StaleVersions
from layers.core.registry import Registry
from layers.core.review import RefusalsRemain, WrongState, publish_now, return_
from layers.core.store import WORKER, Actor, Store

HEARTBEAT_SECONDS = 2.0
SILENT_SECONDS = 10.0
"""A worker that has said nothing for so long is dead; what it was doing is done again."""
MOST_ATTEMPTS = 3

_log = logging.getLogger(__name__)


class DatabaseAway(Exception):
    """The database does not answer; the job is tried again later."""


def main() -> None:
    """Work until SIGTERM; a job that has begun is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.load(os.environ)
    url = database_urls(settings).worker
    with closing(Store(url, pool_size=2)) as store:
        asyncio.run(_work(build_app(url, store, settings)))


def build_app(url: str, store: Store, settings: Settings) -> App:
    """The queue and its tasks."""
    connector = PsycopgConnector(conninfo=url)
    app = App(connector=connector)
    again = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=5, retry_exceptions={DatabaseAway})

    @app.task(name="check_upload", retry=again, pass_context=True)
    def check_upload(context: JobContext, upload_id: str) -> None:
        _check(store, settings, UUID(upload_id), context.job.attempts)

    @app.task(name="publish_changeset", retry=again)
    def publish_changeset(changeset_id: int, account_id: int | None = None) -> None:
        _publish(store, Actor("department", account_id=account_id), changeset_id)

    return app


async def _work(app: App) -> None:
    async with app.open_async():
        again = asyncio.create_task(_retry_interrupted(app))
        try:
            await app.run_worker_async(
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENT_SECONDS,
                fetch_job_polling_interval=2.0,
                delete_jobs="successful",
            )
        finally:
            again.cancel()


async def _retry_interrupted(app: App) -> None:
    """Jobs whose worker died are put back into the queue, by whichever worker notices first."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            _log.warning("job %s (%s) was interrupted and is done again", job.id, job.task_name)
            await app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_SECONDS)


def _check(store: Store, settings: Settings, upload_id: UUID, attempts: int) -> None:
    ended = _run_check(settings, upload_id) if attempts < MOST_ATTEMPTS else "repeated interruption"
    if ended == DONE:
        return
    if ended == NOT_REACHABLE:
        raise DatabaseAway
    _log.error("checking upload %s ended with %s", upload_id, ended)
    with store.writing(WORKER) as connection:
        fail(connection, upload_id, CheckInterrupted(reference=str(upload_id)[:8]))


def _run_check(settings: Settings, upload_id: UUID) -> int:
    command = [sys.executable, "-m", "gisserver.check_upload", str(upload_id)]
    return subprocess.run(command, env={**os.environ, **settings.environment()}, check=False).returncode


def _publish(store: Store, actor: Actor, changeset_id: int) -> None:
    """A conflict hands the changeset back with the reason: nobody waits before a page for the answer."""
    try:
        with store.writing(actor) as connection:
            publish_now(connection, Registry.of_folder(), actor, changeset_id)
    except WrongState as found:
        _log.info("changeset %s is %s already", changeset_id, found.state)
    except (StaleVersions, RefusalsRemain) as refused:
        with store.writing(actor) as connection:
            return_(connection, actor, changeset_id, why=str(refused))


if __name__ == "__main__":
    main()
