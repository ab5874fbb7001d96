"""`python -m gisserver.worker`: takes jobs from the queue until it is told to stop."""

import asyncio
import logging
import os
from contextlib import closing
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException

from gisserver.cluster import database_urls
from gisserver.settings import Settings
from gisserver.tasks import build_app
from layers.core import letters, print_jobs, pulls, watching
from layers.core.scores import asking as scores
from layers.core.store import Store
from layers.core.tiles.export import job

HEARTBEAT_SECONDS = 2.0
SILENT_SECONDS = 10.0
"""A worker that has said nothing for so long is dead; what it was doing is done again."""
RECEIVERS_AT_ONCE = 4
"""Webhooks that are told at a time: one that is slow to answer holds up three others at most."""
PULLS_AT_ONCE = 2
"""Sources that are pulled at a time: a slow one holds up one other at most."""

_log = logging.getLogger(__name__)


def main() -> None:
    """Work until SIGTERM; a job that has begun is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.load(os.environ)
    url = database_urls(settings).worker
    with closing(Store(url, pool_size=2)) as store:
        asyncio.run(_work(build_app(url, store, settings)))


async def _work(app: App) -> None:
    """Exports and a first count take minutes, receivers may be slow: they have places beside what people wait for."""
    async with app.open_async():
        beside = [
            asyncio.create_task(_retry_interrupted(app)),
            asyncio.create_task(
                _take_from(app, job.QUEUE, install_signal_handlers=False, shutdown_graceful_timeout=1.0)
            ),
            *(
                asyncio.create_task(
                    _take_from(
                        app, queue, concurrency=number, install_signal_handlers=False, shutdown_graceful_timeout=1.0
                    )
                )
                for queue, number in (
                    (watching.QUEUE, RECEIVERS_AT_ONCE),
                    (pulls.QUEUE, PULLS_AT_ONCE),
                    (print_jobs.QUEUE, 1),
                    (scores.QUEUE, 1),
                    (letters.QUEUE, 1),
                )
            ),
        ]
        try:
            await _take_from(app, "default")
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


async def _take_from(app: App, queue: str, **stopping: Any) -> None:
    await app.run_worker_async(
        name=queue,
        queues=[queue],
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=SILENT_SECONDS,
        fetch_job_polling_interval=2.0,
        delete_jobs="successful",
        **stopping,
    )


async def _retry_interrupted(app: App) -> None:
    """Jobs whose worker died are put back into the queue, by whichever worker notices first."""
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
                _log.warning("job %s (%s) was interrupted and is done again", job.id, job.task_name)
                await app.job_manager.retry_job(job)
        except ConnectorException:
            _log.warning("the database does not answer; interrupted jobs are looked for again later")
        await asyncio.sleep(HEARTBEAT_SECONDS)


if __name__ == "__main__":
    main()
