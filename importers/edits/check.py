"""From edits to a checked changeset: the steps that a file goes through, without a file to be opened."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from importers.checking import Judged, judge
from importers.crs.pipelines import Placement, placement
from importers.crs.reading import Reading
from importers.diff import give_refs, keep_changes, match
from importers.edits.records import columns_of, records_of
from importers.edits.resolve import Known, Resolved, resolve
from importers.findings import keep_findings
from importers.keep import add_changeset, counts, told_operations
from importers.mapping import Columns
from importers.normalise import Observations
from importers.operations.keep import keep_operations
from importers.rule import Context
from importers.sidebyside import Workbench
from importers.staging import lay_around, lay_beside, lay_ending, staging
from importers.surroundings import Surroundings
from importers.understand import outline_of
from layers.core.columns import receivable
from layers.core.edits import Action, CannotEdit, Edit, Hindrance, Wish
from layers.core.inbox import Sending, Upload, receive_edit, received_on, upload
from layers.core.layer import Layer
from layers.core.profile import Profile
from layers.core.progress import unheard
from layers.core.registry import Registry
from layers.core.store import Actor
from sql import query


@dataclass(frozen=True)
class CheckedEdits:
    """What was sent waits in a changeset, or is refused."""

    upload_id: UUID
    changeset_id: int
    known: Mapping[int, tuple[str, Known]]
    """Number of an edit -> layer and feature as it is published."""
    refused: frozenset[int]
    """Numbers of those that rules refuse."""


@dataclass(frozen=True)
class _Part:
    """What becomes of one layer."""

    layer: Layer
    judged: Judged
    columns: Columns
    counts: Mapping[str, int]


def check_edits(
    connection: Connection, registry: Registry, profile: Profile, actor: Actor, wish: Wish, body: bytes
) -> CheckedEdits:
    """Check edits inside the caller's transaction, which keeps them or does not.

    Raises CannotEdit, and what the database says to a district that is not the actor's.
    """
    by_layer = {layer: edits for layer in registry if (edits := [e for e in wish.edits if e.layer_id == layer.id])}
    resolved = {layer: resolve(connection, layer, edits) for layer, edits in by_layer.items()}
    first = next(iter(resolved))
    district_id = _district(chain.from_iterable(resolved.values()), wish.district_id)
    sending = Sending(district_id, first.id, wish.title, actor.account_id)
    sent = upload(connection, receive_edit(connection, sending, body))
    desk = _Desk(connection, profile, actor, sent, placement(Reading.of_srid(wish.srid), profile))
    parts = [desk.examined(layer, edits) for layer, edits in resolved.items()]
    report = _report(parts, desk.placement)
    told = {"upload": sent.id, "report": json.dumps(report, ensure_ascii=False)}
    connection.execute(text(query("inbox.checked")), told)
    known = {e.edit.number: (layer.id, e.known) for layer, edits in resolved.items() for e in edits if e.known}
    refused = frozenset(number for part in parts for number in part.judged.ledger.refused)
    return CheckedEdits(sent.id, desk.changeset_id, known, refused)


class _Desk:
    """Checks one layer after the other into one changeset."""

    def __init__(
        self, connection: Connection, profile: Profile, actor: Actor, sent: Upload, placement: Placement
    ) -> None:
        self._connection, self._profile, self._actor, self._sent = connection, profile, actor, sent
        self.placement = placement
        self.changeset_id = add_changeset(connection, sent)

    def examined(self, layer: Layer, resolved: Sequence[Resolved]) -> _Part:
        """The changes of a layer, with what was found."""
        connection, district_id = self._connection, self._sent.district_id
        columns = columns_of(receivable(layer, self._actor.audience))
        records, seen = records_of(resolved, columns, self.placement, layer, self._profile)
        with staging(connection, records, self._profile.storage_srid, self.placement.reading) as stage:
            stage()
        lay_beside(connection, layer, district_id)
        lay_ending(connection, layer, _ending(resolved))
        give_refs(connection, layer, district_id)
        match(connection, district_id, columns.carried, self._profile.limits)
        self._refuse_known([one.edit for one in resolved if one.known is None])
        lay_around(connection, layer, district_id, is_whole_state=False)
        judged = judge(connection, self._sent.id, self._context(layer, seen), unheard)
        self._keep(layer, judged)
        return _Part(layer, judged, columns, counts(connection))

    def _refuse_known(self, new: Sequence[Edit]) -> None:
        """A feature that is published already is not made anew, whether its ref was said or follows from its number."""
        known = self._connection.execute(text(query("diff.known_of")), {"lines": [edit.number for edit in new]}).first()
        if known is not None:
            edit = next(edit for edit in new if edit.number == known.line)
            raise CannotEdit(Hindrance.EXISTS, edit, known.ref)

    def _context(self, layer: Layer, seen: Observations) -> Context:
        district_id = self._sent.district_id
        return Context(
            layer=layer,
            fields=tuple(field for field in layer.fields if not field.is_derived),
            profile=self._profile,
            district_id=district_id,
            outline=outline_of(self._connection, district_id),
            side_by_side=Workbench(self._connection, district_id, self._profile.limits),
            nearby=Surroundings(self._connection, district_id),
            repair=seen.repair,
            withheld_cells=seen.withheld_cells,
            reprojection=self.placement.reading.name if self.placement.pipeline else None,
            accuracy_m=self.placement.accuracy_m,
            system=self.placement.reading.name,
            today=received_on(self._connection, self._sent.id),
        )

    def _keep(self, layer: Layer, judged: Judged) -> None:
        connection, sent = self._connection, self._sent
        keep_findings(connection, sent.id, sent.district_id, judged.ledger.findings, self._profile.storage_srid)
        connection.execute(text(query("inbox.keep_records")), {"upload": sent.id, "district": sent.district_id})
        other = layer if layer.id != sent.layer_id else None
        keep_changes(connection, self.changeset_id, sent.district_id, self.placement.pipeline, other)
        keep_operations(connection, self.changeset_id, sent.district_id, judged.operations, {})


def _ending(resolved: Sequence[Resolved]) -> list[UUID]:
    return [one.known.uid for one in resolved if one.known is not None and one.edit.action is Action.DELETE]


def _district(resolved: Iterable[Resolved], unsaid: int | None) -> int:
    """One request is of one district. Raises CannotEdit."""
    met: int | None = None
    for one in resolved:
        own = one.district_id if one.district_id is not None else unsaid
        if own is None or met not in (None, own):
            raise CannotEdit(Hindrance.SEVERAL_DISTRICTS, one.edit)
        met = own
    if met is None:
        raise ValueError("a wish without edits")
    return met


def _report(parts: Sequence[_Part], placement: Placement) -> dict[str, Any]:
    """As of a file, so that whoever reviews it reads the same."""
    total: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for part in parts:
        total.update(part.counts)
        severities.update(part.judged.ledger.by_severity)
    mapped = {column.header: column.target.field for part in parts for column in part.columns.mapped}
    return {
        "counts": total,
        "findings": severities,
        "rules": _outcomes(parts),
        "columns": {"mapped": mapped, "proposed": {}, "ignored": [], "removed": [], "held": {}, "converted": {}},
        "format": "edit",
        "source_layer": ", ".join(part.layer.id for part in parts),
        "crs": {
            "declared": placement.reading.name,
            "used": {"crs": None, "srid": placement.reading.srid, "name": placement.reading.name},
            "pipeline": placement.pipeline,
            "accuracy_m": placement.accuracy_m,
        },
        "encoding": {"name": "UTF-8", "is_guessed": False},
        "operations": told_operations([operation for part in parts for operation in part.judged.operations]),
    }


def _outcomes(parts: Sequence[_Part]) -> list[Mapping[str, Any]]:
    """Rule by rule, whatever layer found most."""
    by_rule: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for part in parts:
        for outcome in part.judged.ledger.outcomes():
            by_rule[outcome["id"]].append(outcome)
    return [_merged(outcomes) for outcomes in by_rule.values()]


def _merged(outcomes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    telling = min(outcomes, key=lambda outcome: ("found", "passed", "not_run").index(outcome["outcome"]))
    added = ("found", "were_there_before", "excepted", "kept")
    return {**telling, **{name: sum(outcome[name] for outcome in outcomes) for name in added}}
