"""What a district confirmed about a file serves its next file of the same kind, and the report says so."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from importers.sources import Source
from layers.core.declared_crs import DeclaredCrs
from layers.core.inbox import Upload
from sql import query


@dataclass(frozen=True)
class Said:
    """How a file is to be read as far as a person has said it, now or for an earlier file."""

    columns: Mapping[str, str]
    """Header -> field, as layers.core.columns.Choice is written; empty for a column left out on purpose."""
    declared_crs: DeclaredCrs | None
    source_layer: str | None
    signature: str
    remembered: Mapping[str, Any] | None = None
    """Who confirmed it when and for which file, where it comes from an earlier one."""


def signature_of(sources: Iterable[Source]) -> str:
    """Of the format, the headers and the declared system of each layer, in any order.

    The name of a layer counts only where there are several: an export names its one layer after the day.
    """
    layers = list(sources)
    parts = [
        [
            source.reader.id,
            sorted(source.described.fields),
            source.described.crs or "",
            source.described.name if len(layers) > 1 else "",
        ]
        for source in layers
    ]
    return hashlib.sha256(json.dumps(sorted(parts), ensure_ascii=False).encode()).hexdigest()


def said_about(connection: Connection, upload: Upload, signature: str) -> Said:
    """The sender's own words go before what is remembered."""
    known = {"district": upload.district_id, "layer": upload.layer_id, "signature": signature}
    row = connection.execute(text(query("habits.habit")), known).one_or_none()
    if row is None:
        return Said(upload.columns or {}, upload.declared_crs, upload.source_layer, signature)
    habit = row.understanding
    return Said(
        columns={**habit.get("columns", {}), **upload.columns} if upload.columns else habit.get("columns", {}),
        declared_crs=upload.declared_crs or DeclaredCrs.parse_optional(habit.get("declared_crs")),
        source_layer=upload.source_layer or habit.get("source_layer"),
        signature=signature,
        remembered={"by": row.confirmed_by, "at": row.confirmed_at.isoformat(), "filename": row.filename},
    )


def remember(connection: Connection, upload: Upload, said: Said) -> None:
    """Keep what the sender has said about this file, once it has led to a checked changeset."""
    if not (upload.columns or upload.declared_crs or upload.source_layer):
        return
    understanding = {
        "columns": dict(said.columns),
        "declared_crs": str(said.declared_crs) if said.declared_crs else None,
        "source_layer": said.source_layer,
    }
    connection.execute(
        text(query("habits.remember")),
        {
            "upload": upload.id,
            "signature": said.signature,
            "understanding": json.dumps(understanding, ensure_ascii=False),
        },
    )
