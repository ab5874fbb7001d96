"""Every night: random parcels answered, computed again by other means, issued, and verified from what was kept."""

import datetime
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, text

from layers.answers.answer import ZoningAnswer
from layers.answers.ask import zoning_answer
from layers.answers.brute_force import BruteForce, found_by, shapes_of
from layers.answers.issued import issue_in, issued_answer
from layers.answers.verify import Outcome, compared
from layers.core.epochs import current_epoch
from layers.core.profile import Profile
from layers.core.store import WORKER, Store
from sql import query

log = structlog.get_logger()

NIGHTLY = 200
"""Parcels each night; half of them lie at an edge, where there are as many."""


@dataclass(frozen=True)
class SelfCheck:
    """What one run found."""

    epoch: int
    seed: int
    asked: int
    seconds: float
    differing: tuple[str, ...]
    """Parcel and place of each difference."""
    began_at: datetime.datetime | None = None

    @property
    def is_good(self) -> bool:
        """Something was asked, and all of it was equal."""
        return self.asked > 0 and not self.differing


def self_check(store: Store, profile: Profile, seed: int, count: int = NIGHTLY) -> SelfCheck:
    """Nothing is written: what it issues is taken back."""
    began = time.perf_counter()
    with store.reading(WORKER) as connection:
        epoch = current_epoch(connection)
        uids = _chosen(connection, str(seed), count)
        answers = dict(_answers(connection, profile, uids))
        differing = [*_against_brute_force(connection, profile, answers)]
    with store.engine.connect() as connection, connection.begin() as taken_back:
        differing += _kept_and_verified(connection, profile, answers)
        taken_back.rollback()
    return SelfCheck(epoch, seed, len(uids), time.perf_counter() - began, tuple(differing))


def keep_check(connection: Connection, check: SelfCheck) -> None:
    """For the department's page."""
    if check.differing:
        log.error("answers differ from a computation without index", differing=check.differing[:20])
    row = {"epoch": check.epoch, "seed": check.seed, "asked": check.asked, "seconds": check.seconds}
    connection.execute(text(query("self_check.keep")), {**row, "differing": list(check.differing[:1000])})


def last_check(connection: Connection) -> SelfCheck | None:
    """The newest run; None before the first."""
    row = connection.execute(text(query("self_check.last"))).one_or_none()
    if row is None:
        return None
    return SelfCheck(row.epoch, row.seed, row.asked, row.seconds, tuple(row.differing), row.began_at)


def _chosen(connection: Connection, seed: str, count: int) -> list[uuid.UUID]:
    at_edges = connection.execute(text(query("brute_force.border_parcels")), {"seed": seed, "count": count // 2})
    chosen = dict.fromkeys(at_edges.scalars())
    anywhere = connection.execute(text(query("brute_force.random_parcels")), {"seed": seed, "count": count})
    chosen |= dict.fromkeys(anywhere.scalars())
    return [*chosen][:count]


def _answers(
    connection: Connection, profile: Profile, uids: Sequence[uuid.UUID]
) -> Iterator[tuple[uuid.UUID, ZoningAnswer]]:
    for uid in uids:
        answer = zoning_answer(connection, uid, profile)
        if isinstance(answer, ZoningAnswer):
            yield uid, answer


def _against_brute_force(
    connection: Connection, profile: Profile, answers: dict[uuid.UUID, ZoningAnswer]
) -> Iterator[str]:
    force = BruteForce.read(connection, profile)
    for uid, (district_id, shape) in shapes_of(connection, [*answers]).items():
        if not shape.is_valid:
            continue
        real = found_by(answers[uid])
        for theme, found in force.themes(shape, district_id).items():
            if real.get(theme) != found:
                yield f"{answers[uid].parcel.ref}: {theme}: {_said(real.get(theme))} instead of {_said(found)}"


def _said(found: Any) -> str:
    return repr(found).replace("<", "").replace(">", "")


def _kept_and_verified(
    connection: Connection, profile: Profile, answers: dict[uuid.UUID, ZoningAnswer]
) -> Iterator[str]:
    for uid, answer in answers.items():
        number = issue_in(connection, answer).number
        kept = issued_answer(connection, number)
        if kept is None:
            yield f"{answer.parcel.ref}: issued and not kept"
            continue
        outcome, paths = compared(kept.body, zoning_answer(connection, uid, profile, answer.epoch))
        if outcome is not Outcome.EQUAL:
            yield f"{answer.parcel.ref}: {outcome} at {', '.join(paths)}"
