"""What the worker does: check files, each in a process of its own, publish what is too large for a request, export."""

import datetime
import logging
import os
import subprocess
import sys
from uuid import UUID

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import JobAborted
from sqlalchemy.exc import OperationalError

from gisserver.answer_batch import give_up
from gisserver.back_off import BackOff
from gisserver.check_upload import DONE, NOT_REACHABLE
from gisserver.downloads.making import Interrupted, Maker
from gisserver.downloads.ready import ready_shelf
from gisserver.exporting import export_when_due
from gisserver.mail.posting import FIRST_PAUSE_S as FIRST_MAIL_PAUSE_S
from gisserver.mail.posting import MOST_ATTEMPTS as MOST_MAIL_ATTEMPTS
from gisserver.mail.posting import NotSent, Post
from gisserver.print_map import give_up_print
from gisserver.pulling import NotPulled, pull_apart
from gisserver.settings import Settings
from gisserver.webhooks.telling import FIRST_PAUSE_S, NotTaken, Teller
from importers.broken import CheckInterrupted
from importers.pipeline import fail_waiting
from layers.answers.issued import forget_before
from layers.answers.self_check import keep_check, self_check
from layers.core import inbox, letters, print_jobs, pulls, shared_drawings, short_links, watching
from layers.core.after_publish import DOWNLOADS
from layers.core.epochs import PublishUnderWay
from layers.core.four_eyes import lost_decider
from layers.core.profile import load_profile
from layers.core.publish import StaleVersions
from layers.core.registry import Registry
from layers.core.review import publish_now, return_, wait_again
from layers.core.review_refused import BorderMoved, LostRole, RefusalsRemain, WrongState
from layers.core.scores.asking import COUNT, QUEUE
from layers.core.scores.counting import count_faults
from layers.core.store import WORKER, Actor, Store
from layers.core.tiles.export import ExportTrouble, job
from layers.search import batches

MOST_ATTEMPTS = 3
PRINT_SECONDS = 600
"""In which a print has to be drawn; an A0 sheet takes seconds, a long series minutes."""

_log = logging.getLogger(__name__)


class DatabaseAway(Exception):
    """The database does not answer; the job is tried again later."""


def build_app(url: str, store: Store, settings: Settings) -> App:
    """The queue and its tasks."""
    app = App(connector=PsycopgConnector(conninfo=url))
    again = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=5, retry_exceptions={DatabaseAway})

    @app.task(name="check_upload", retry=again, pass_context=True)
    def check_upload(context: JobContext, upload_id: str) -> None:
        _check(store, settings, UUID(upload_id), context.job.attempts)

    in_turn = RetryStrategy(wait=60, retry_exceptions={PublishUnderWay, OperationalError})

    @app.task(name="publish_changeset", retry=in_turn)
    def publish_changeset(changeset_id: int, account_id: int | None = None) -> None:
        _publish(store, Actor("department", account_id=account_id), changeset_id)

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="remove_expired_uploads")
    def remove_expired_uploads(timestamp: int) -> None:
        _remove_expired(store)

    later = RetryStrategy(wait=30, retry_exceptions={JobAborted, OperationalError})

    @app.task(name=job.TASK, queue=job.QUEUE, retry=later, pass_context=True)
    def export_tiles(context: JobContext) -> None:
        _export(store, settings, context)

    @app.task(name=DOWNLOADS, queue=job.QUEUE, retry=later, pass_context=True)
    def make_downloads(context: JobContext) -> None:
        _make_downloads(store, settings, context)

    @app.task(name=watching.TELL, queue=watching.QUEUE, retry=BackOff(NotTaken, first_s=FIRST_PAUSE_S))
    def tell_webhook(webhook_id: int) -> None:
        _teller(store, settings).tell(webhook_id)

    @app.task(name=watching.TEST, queue=watching.QUEUE)
    def test_webhook(webhook_id: int) -> None:
        _teller(store, settings).test(webhook_id)

    @app.periodic(cron="17 3 * * *")
    @app.task(name="remove_unused_watches")
    def remove_unused_watches(timestamp: int) -> None:
        with store.writing(WORKER) as connection:
            watching.remove_unused(connection)

    _add_pulls(app, store, settings)
    _keep_scores(app, store)
    _look_after_answers(app, store, settings)
    _add_lists_of_addresses(app, store, settings)
    _add_prints(app, store, settings)
    _add_letters(app, store, settings)
    return app


def _add_pulls(app: App, store: Store, settings: Settings) -> None:
    @app.periodic(cron="* * * * *")
    @app.task(name="call_sources", queue=pulls.QUEUE)
    def call_sources(timestamp: int) -> None:
        profile = load_profile(settings.profile_path)
        with store.writing(WORKER) as connection:
            pulls.call_due(connection, profile, _now())

    later = BackOff(NotPulled, first_s=60, most_attempts=6)

    @app.task(name=pulls.PULL, queue=pulls.QUEUE, retry=later, pass_context=True)
    def pull_source(context: JobContext, source_id: str) -> None:
        pull_apart(store, settings, source_id, context.job.attempts)


def _keep_scores(app: App, store: Store) -> None:
    """After each publish; also at times, for publishes that asked for nothing, as those of a sample do."""

    @app.periodic(cron="*/10 * * * *")
    @app.task(name=COUNT, queue=QUEUE)
    def count(timestamp: int | None = None) -> None:
        with store.writing(WORKER) as connection:
            count_faults(connection)


def _look_after_answers(app: App, store: Store, settings: Settings) -> None:
    @app.periodic(cron="41 2 * * *")
    @app.task(name="check_answers")
    def check_answers(timestamp: int) -> None:
        check = self_check(store, load_profile(settings.profile_path), timestamp)
        with store.writing(WORKER) as connection:
            keep_check(connection, check)

    @app.periodic(cron="23 3 * * *")
    @app.task(name="forget_answers")
    def forget_answers(timestamp: int) -> None:
        with store.writing(WORKER) as connection:
            forget_before(connection, _now().date() - datetime.timedelta(days=settings.answer_days))


def _add_lists_of_addresses(app: App, store: Store, settings: Settings) -> None:
    @app.task(name=batches.TASK)
    def answer_batch(batch_id: str) -> None:
        _answer_batch(store, settings, UUID(batch_id))

    @app.periodic(cron="27 3 * * *")
    @app.task(name="remove_old_batches")
    def remove_old_batches(timestamp: int) -> None:
        with store.writing(WORKER) as connection:
            batches.remove_old(connection)


def _add_prints(app: App, store: Store, settings: Settings) -> None:
    @app.task(name=print_jobs.TASK, queue=print_jobs.QUEUE)
    def print_map(print_id: str) -> None:
        _print_map(store, settings, UUID(print_id))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="remove_old_prints")
    def remove_old_prints(timestamp: int) -> None:
        with store.writing(WORKER) as connection:
            print_jobs.remove_old_prints(connection)
            short_links.remove_unused(connection)
            shared_drawings.remove_unused(connection, settings.drawing_days)


def _add_letters(app: App, store: Store, settings: Settings) -> None:
    later = BackOff(NotSent, first_s=FIRST_MAIL_PAUSE_S, most_attempts=MOST_MAIL_ATTEMPTS)

    @app.task(name=letters.TASK, queue=letters.QUEUE, retry=later, pass_context=True)
    def send_letter(context: JobContext, notice_id: int) -> None:
        Post.of(settings, store).send(notice_id, is_last=context.job.attempts >= MOST_MAIL_ATTEMPTS)


def _teller(store: Store, settings: Settings) -> Teller:
    return Teller.of(settings, store, Registry.of_folder(), load_profile(settings.profile_path))


def _check(store: Store, settings: Settings, upload_id: UUID, attempts: int) -> None:
    ended = _run_check(settings, upload_id) if attempts < MOST_ATTEMPTS else "repeated interruption"
    if ended == DONE:
        return
    if ended == NOT_REACHABLE:
        raise DatabaseAway
    _log.error("checking upload %s ended with %s", upload_id, ended)
    with store.writing(WORKER) as connection:
        fail_waiting(connection, upload_id, CheckInterrupted(reference=str(upload_id)[:8]))


def _run_check(settings: Settings, upload_id: UUID) -> int:
    command = [sys.executable, "-m", "gisserver.check_upload", str(upload_id)]
    return subprocess.run(command, env={**os.environ, **settings.environment()}, check=False).returncode


def _answer_batch(store: Store, settings: Settings, batch_id: UUID) -> None:
    command = [sys.executable, "-m", "gisserver.answer_batch", str(batch_id)]
    ended = subprocess.run(command, env={**os.environ, **settings.environment()}, check=False).returncode
    if ended:
        _log.error("the list of addresses %s ended with %s", batch_id, ended)
        with store.writing(WORKER) as connection:
            give_up(connection, batch_id)


def _print_map(store: Store, settings: Settings, print_id: UUID) -> None:
    """In a process of its own: its memory is given back, and one that takes too long can be ended."""
    command = [sys.executable, "-m", "gisserver.print_map", str(print_id)]
    try:
        ended = subprocess.run(
            command, env={**os.environ, **settings.environment()}, check=False, timeout=PRINT_SECONDS
        ).returncode
    except subprocess.TimeoutExpired:
        ended = None
    if ended != 0:
        _log.error("the print %s ended with %s", print_id, ended)
        with store.writing(WORKER) as connection:
            give_up_print(connection, print_id)


def _publish(store: Store, actor: Actor, changeset_id: int) -> None:
    """A conflict hands the changeset back with the reason: nobody waits before a page for the answer."""
    try:
        with store.writing(actor) as connection:
            if gone := lost_decider(connection, actor.account_id):
                wait_again(connection, changeset_id, why=f"{gone} no longer decides for the department.")
                return
        with store.writing(actor) as connection:
            publish_now(connection, Registry.of_folder(), actor, changeset_id)
    except WrongState as found:
        _log.info("changeset %s is %s already", changeset_id, found.state)
    except LostRole as lost:
        with store.writing(actor) as connection:
            wait_again(connection, changeset_id, why=str(lost))
    except (StaleVersions, RefusalsRemain, BorderMoved) as refused:
        with store.writing(actor) as connection:
            return_(connection, actor, changeset_id, why=str(refused))


def _remove_expired(store: Store) -> None:
    with store.writing(WORKER) as connection:
        if removed := inbox.remove_expired(connection):
            _log.info("%s uploads that nobody went on sending are removed", removed)


def _export(store: Store, settings: Settings, context: JobContext) -> None:
    """Nobody waits for the files: trouble is noted, and the next publish asks again."""

    def stop_when_told(_done: int, _of: int) -> None:
        if context.should_abort():
            raise JobAborted

    try:
        export_when_due(store, settings, load_profile(settings.profile_path), _now(), stop_when_told)
    except ExportTrouble as trouble:
        _log.error("the files of tiles stay as they are: %s", trouble)


def _make_downloads(store: Store, settings: Settings, context: JobContext) -> None:
    maker = Maker(store, settings, ready_shelf(settings), _now, lambda: bool(context.should_abort()))
    try:
        maker.run()
    except Interrupted:
        raise JobAborted from None


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
