"""From a sent file to a checked changeset, in the order it happens."""

import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from sqlalchemy import Connection, text

from importers.broken import BrokenFile
from importers.checking import Judged, judge
from importers.diff import give_refs, keep_changes, keep_kinship, match
from importers.findings import keep_findings
from importers.locate import Evidence, Located, locate
from importers.mapping import Columns, map_columns
from importers.normalise import Normalised, Observations, normalise
from importers.reader import Record
from importers.reading import Placement, Reading
from importers.report import report
from importers.rule import Context
from importers.sidebyside import Workbench
from importers.sources import Source, choose_source
from importers.staging import forget_personal, lay_beside, published_points, stage
from importers.unpack import unpack
from layers.core.epochs import current_epoch
from layers.core.inbox import Upload, locked_upload, original, refuse_under_review
from layers.core.layer import Layer
from layers.core.profile import Profile
from layers.core.registry import Registry
from sql import query

SAMPLE = 1_000
"""Records that decide where the file lies; each one is judged by the rules afterwards."""


@dataclass(frozen=True)
class Checked:
    """The file was understood; what it changes waits in a changeset."""

    upload_id: UUID
    changeset_id: int
    report: dict[str, Any]


@dataclass(frozen=True)
class Failed:
    """The file could not be used; what is wrong and what to do."""

    upload_id: UUID
    failure: dict[str, Any]


def check(connection: Connection, registry: Registry, profile: Profile, upload_id: UUID) -> Checked | Failed:
    """Check one upload inside the caller's transaction: all of it, or nothing but the reason why not."""
    upload = locked_upload(connection, upload_id)
    refuse_under_review(connection, upload_id)
    _forget_earlier_check(connection, upload_id)
    try:
        with connection.begin_nested(), tempfile.TemporaryDirectory(prefix="gis-import-") as folder:
            return _examine(connection, registry[upload.layer_id], profile, upload, Path(folder))
    except BrokenFile as broken:
        return fail(connection, upload_id, broken)


def fail(connection: Connection, upload_id: UUID, broken: BrokenFile) -> Failed:
    """Keep the reason beside the bytes."""
    failure = broken.as_failure()
    connection.execute(
        text(query("inbox.failed")), {"upload": upload_id, "failure": json.dumps(failure, ensure_ascii=False)}
    )
    return Failed(upload_id, failure)


def _examine(connection: Connection, layer: Layer, profile: Profile, upload: Upload, folder: Path) -> Checked:
    paths = unpack(upload.filename, original(connection, upload.id), folder)
    letters = frozenset(profile.fold_from)
    source = choose_source(paths, layer, letters, upload.source_layer, upload.filename)
    columns = map_columns(source.described.fields, layer, profile)
    outline = _outline(connection, upload.district_id)
    located = _locate(connection, layer, profile, upload, source, columns, outline)
    seen = Observations()
    records = normalise(source.records(), columns, located.placement, layer.shape, profile, seen)
    stage(connection, records, profile.storage_srid, abs(located.placement.reading.srid or 0))
    columns = forget_personal(connection, columns, seen.personal_columns)
    lay_beside(connection, layer, upload.district_id, is_whole_state=upload.is_whole_state)
    give_refs(connection, layer, upload.district_id)
    match(connection, upload.district_id, columns.carried)
    context = Context(
        layer=layer,
        fields=tuple(field for field in layer.fields if not field.is_derived),
        profile=profile,
        district_id=upload.district_id,
        outline=outline,
        side_by_side=Workbench(connection, layer, upload.district_id),
        encoding=source.described.encoding.name,
        is_encoding_guessed=source.described.encoding.is_guessed,
        repair=seen.repair,
        removed_columns=columns.removed,
        proposed_columns={c.header: c.target.field for c in columns.mapped if c.is_proposed},
        reprojection=located.placement.reading.name if located.placement.pipeline else None,
        accuracy_m=located.placement.accuracy_m,
        offset=located.offset,
    )
    judged = judge(connection, context, is_whole_state=upload.is_whole_state)
    return _keep(connection, layer, profile, upload, source, columns, located, judged)


def _locate(
    connection: Connection,
    layer: Layer,
    profile: Profile,
    upload: Upload,
    source: Source,
    columns: Columns,
    outline: shapely.Geometry | None,
) -> Located:
    """By a sample of the records as they stand, beside what is published under their names."""
    sample = list(itertools.islice(source.records(), SAMPLE))
    named = list(_as_sent(sample, columns, layer, profile))
    published = published_points(connection, layer, upload.district_id, named)
    shapes = np.array([record.geometry for record in sample], dtype=object)
    evidence = Evidence(outline, published)
    return locate(shapes, upload.declared_srid, source.described.crs, evidence, profile)


def _as_sent(sample: list[Record], columns: Columns, layer: Layer, profile: Profile) -> Iterator[Normalised]:
    unmoved = Placement(Reading.declared(profile.storage_srid), None, None)
    bare = (replace(record, geometry=None) for record in sample)
    return normalise(bare, columns, unmoved, layer.shape, profile, Observations())


def _keep(
    connection: Connection,
    layer: Layer,
    profile: Profile,
    upload: Upload,
    source: Source,
    columns: Columns,
    located: Located,
    judged: Judged,
) -> Checked:
    keep_findings(connection, upload.id, upload.district_id, judged.findings, profile.storage_srid)
    connection.execute(text(query("inbox.keep_records")), {"upload": upload.id, "district": upload.district_id})
    changeset_id = _add_changeset(connection, upload)
    keep_changes(connection, changeset_id, upload.district_id, located.placement.pipeline)
    keep_kinship(connection, changeset_id, upload.district_id, judged.operations)
    told = report(
        connection,
        layer,
        upload.district_id,
        changeset_id,
        source.described,
        columns,
        located,
        judged.findings,
        judged.operations,
    )
    connection.execute(
        text(query("inbox.checked")), {"upload": upload.id, "report": json.dumps(told, ensure_ascii=False)}
    )
    return Checked(upload.id, changeset_id, told)


def _add_changeset(connection: Connection, upload: Upload) -> int:
    made = connection.execute(
        text(query("changesets.add")),
        {
            "upload": upload.id,
            "district": upload.district_id,
            "layer": upload.layer_id,
            "title": upload.filename,
            "state": "checked",
            "base_epoch": current_epoch(connection),
            "reverts": None,
            "created_by": upload.sent_by,
        },
    )
    return int(made.scalar_one())


def _outline(connection: Connection, district_id: int) -> shapely.Geometry | None:
    stored = connection.execute(text(query("checks.outline")), {"district": district_id}).scalar_one()
    if stored is None:
        return None
    outline = shapely.from_wkb(bytes(stored))
    shapely.prepare(outline)
    return outline


def _forget_earlier_check(connection: Connection, upload_id: UUID) -> None:
    for name in ("inbox.forget_changesets", "inbox.forget_records", "inbox.forget_findings"):
        connection.execute(text(query(name)), {"upload": upload_id})
