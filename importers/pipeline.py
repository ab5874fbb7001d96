"""From a sent file to a checked changeset, in the order it happens."""

import json
import logging
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from importers.apart.room import reading_room
from importers.broken import BrokenFile, CheckInterrupted
from importers.bundle_sent import other_layers
from importers.checking import judge
from importers.cycles import rarely_sought
from importers.diff import give_refs, give_refs_by_code, match
from importers.handing_over import hand_over
from importers.keep import forget_earlier_check, keep
from importers.merging.base import base_of
from importers.merging.joining import join
from importers.normalise import Observations
from importers.personal import without_national_numbers
from importers.repairs import accepted_repairs, lay_over
from importers.rule import Context
from importers.sent_file import SentFile
from importers.sidebyside import Workbench
from importers.staging import forget_personal, lay_around, lay_base, lay_beside, lay_district, staging
from importers.sudden_loss import refuse_sudden_loss
from importers.surroundings import Surroundings
from importers.understand import Understood, understand
from layers.core import pulls
from layers.core.inbox import Upload, locked_upload, receive_beside, received_on, refuse_under_review, upload
from layers.core.profile import Profile
from layers.core.progress import Diary, Heard, Step, begin_progress, counted, unheard
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from sql import query

_WAITING = ("received", "checking")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """The file was understood; what it changes waits in a changeset."""

    upload_id: UUID
    changeset_id: int
    report: dict[str, Any]

    @property
    def has_changes(self) -> bool:
        """The pool does not hold all of it already."""
        return any(self.report["counts"][name] for name in ("inserted", "updated", "retired"))


@dataclass(frozen=True)
class Failed:
    """The file could not be used; what is wrong and what to do."""

    upload_id: UUID
    failure: dict[str, Any]


def check(
    connection: Connection, registry: Registry, profile: Profile, upload_id: UUID, heard: Heard = unheard
) -> Checked | Failed:
    """Check one upload inside the caller's transaction: all of it, or nothing but the reason why not.

    What else a bundle has changed is checked with it, as an upload of its own.
    """
    heard(Step.OPENING, 0, 0)
    sent = locked_upload(connection, upload_id)
    with reading_room() as room:
        opened = SentFile(connection, profile, sent, room)
        outcome, beside = _check_layer(connection, registry, opened, sent, heard)
        for layer_id in beside:
            _check_beside(connection, registry, opened, layer_id)
    return outcome


def _check_layer(
    connection: Connection, registry: Registry, opened: SentFile, sent: Upload, heard: Heard = unheard
) -> tuple[Checked | Failed, tuple[str, ...]]:
    """What came of the layer that the upload is for, and which others the file brings back."""
    refuse_under_review(connection, sent.id)
    forget_earlier_check(connection, sent.id)
    try:
        with connection.begin_nested(), rarely_sought():
            file = understand(connection, registry[sent.layer_id], sent, opened)
            refuse_sudden_loss(connection, file)
            checked = _examine(connection, file, heard)
            hand_over(connection, registry, opened.profile, sent, checked.changeset_id)
            return checked, tuple(other_layers(file.in_file, file.layer))
    except BrokenFile as broken:
        kept = type(broken)(**without_national_numbers(broken.facts, opened.profile))
        return fail(connection, sent.id, kept), ()


def _check_beside(connection: Connection, registry: Registry, opened: SentFile, layer_id: str) -> None:
    """Kept only where it says something that the pool does not hold: nobody reads that nothing has changed."""
    with connection.begin_nested() as attempt:
        beside = receive_beside(connection, opened.upload.id, layer_id)
        if beside is None:
            return
        outcome, _ = _check_layer(connection, registry, opened, locked_upload(connection, beside))
        if isinstance(outcome, Checked) and not outcome.has_changes and not outcome.report["counts"]["refused"]:
            attempt.rollback()


def _examine(connection: Connection, file: Understood, heard: Heard) -> Checked:
    file, context = lay_out(connection, file, heard)
    judged = judge(connection, file.upload.id, context, heard)
    heard(Step.WRITING, 0, 0)
    changeset_id, report = keep(connection, file, judged)
    return Checked(file.upload.id, changeset_id, report)


def lay_out(connection: Connection, file: Understood, heard: Heard = unheard) -> tuple[Understood, Context]:
    """The records on the workbench, matched with what is published; the file with what only showed on the way."""
    seen = Observations()
    records = counted(file.records(seen), Step.READING, file.source.described.count, heard)
    with staging(connection, records, file.profile.storage_srid, file.located.placement.reading) as stage:
        if file.is_whole_state:
            lay_district(connection, file.layer, file.district_id)
        stage()
    laid = lay_over(connection, file.upload.id)
    file = replace(file, columns=forget_personal(connection, file.columns, seen.personal_columns))
    heard(Step.COMPARING, 0, 0)
    give_refs_by_code(connection, file.layer, file.district_id)
    lay_beside(connection, file.layer, file.district_id)
    base = base_of(connection, file.upload, seen.marks)
    lay_base(connection, file.layer, file.district_id, base.epoch)
    give_refs(connection, file.layer, file.district_id)
    joined = join(connection, file.upload, base, file.columns.carried, file.profile)
    match(connection, file.district_id, file.columns.carried, file.profile.limits)
    lay_around(connection, file.layer, file.district_id, is_whole_state=file.is_whole_state)
    side_by_side = Workbench(connection, file.district_id, file.profile.limits, repeats_pool=base.is_said)
    nearby = Surroundings(connection, file.district_id)
    context = file.context(side_by_side, nearby, seen, received_on(connection, file.upload.id))
    return file, replace(
        context,
        accepted_repairs=accepted_repairs(connection, laid),
        joined=joined,
        system_before=pulls.system_before(connection, file.upload.id),
    )


def check_waiting(store: Store, registry: Registry, profile: Profile, upload_id: UUID) -> Checked | Failed | None:
    """Check an upload that waits for it; None where that was done already. Never raises because of the file."""
    with store.writing(WORKER) as connection:
        if upload(connection, upload_id).state not in _WAITING:
            return None
        connection.execute(text(query("inbox.mark_checking")), {"upload": upload_id})
        begin_progress(connection, upload_id)
    try:
        with store.writing(WORKER) as connection:
            if _is_done_meanwhile(connection, upload_id):
                return None
            return check(connection, registry, profile, upload_id, Diary(store, upload_id))
    except OperationalError:
        raise  # the database, not the file: the worker tries again
    except Exception:
        reference = str(upload_id)[:8]
        _log.exception("checking upload %s failed (%s)", upload_id, reference)
        with store.writing(WORKER) as connection:
            return fail_waiting(connection, upload_id, CheckInterrupted(reference=reference))


def fail_waiting(connection: Connection, upload_id: UUID, broken: BrokenFile) -> Failed | None:
    """Keep why it could not be checked; None where it was, all the same."""
    return None if _is_done_meanwhile(connection, upload_id) else fail(connection, upload_id, broken)


def _is_done_meanwhile(connection: Connection, upload_id: UUID) -> bool:
    """The process of a worker that is thought to be dead may live on; the upload is held until commit."""
    return locked_upload(connection, upload_id).state not in _WAITING


def fail(connection: Connection, upload_id: UUID, broken: BrokenFile) -> Failed:
    """Keep the reason beside the bytes."""
    failure = broken.as_failure()
    connection.execute(
        text(query("inbox.failed")), {"upload": upload_id, "failure": json.dumps(failure, ensure_ascii=False)}
    )
    return Failed(upload_id, failure)
