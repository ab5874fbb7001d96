"""What a district confirmed about a file serves its next file of the same kind, and the report says so."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, text

from importers.file_layers import FileLayer
from layers.core.columns import beside
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
    """What of it comes from an earlier file: which one, who confirmed it and when."""

    @property
    def without_system(self) -> "Said":
        """The rest of what was said."""
        remembered = {**(self.remembered or {}), "crs": False}
        is_left = remembered.get("columns") or remembered.get("source_layer")
        return replace(self, declared_crs=None, remembered=remembered if is_left else None)


def signature_of(sources: Iterable[FileLayer]) -> str:
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
    own = Said(upload.columns or {}, upload.declared_crs, upload.source_layer, signature)
    known = {"district": upload.district_id, "layer": upload.layer_id, "signature": signature}
    habit = connection.execute(text(query("habits.habit")), known).one_or_none()
    if habit is None or own.source_layer not in (None, habit.source_layer):
        return own
    both = Said(
        columns=beside(own.columns, habit.columns),
        declared_crs=own.declared_crs or DeclaredCrs.parse_optional(habit.declared_crs),
        source_layer=habit.source_layer,
        signature=signature,
    )
    known_by_habit = {
        "columns": both.columns != own.columns,
        "crs": both.declared_crs != own.declared_crs,
        "source_layer": both.source_layer != own.source_layer,
    }
    if not any(known_by_habit.values()):
        return own
    told = {"by": habit.confirmed_by, "at": habit.confirmed_at.isoformat(), "filename": habit.filename}
    return replace(both, remembered={**told, **known_by_habit})


def remember(connection: Connection, upload: Upload, said: Said) -> None:
    """Keep what the sender has said about this file, once it has led to a checked changeset.

    A system that somebody insists on stays with this file: what spoke against it may not be so in the next.
    """
    declared = None if said.declared_crs and said.declared_crs.is_insisted else said.declared_crs
    if not (upload.columns or upload.source_layer or (upload.declared_crs and declared)):
        return
    connection.execute(
        text(query("habits.remember")),
        {
            "upload": upload.id,
            "signature": said.signature,
            "columns": json.dumps(dict(said.columns), ensure_ascii=False),
            "declared_crs": str(declared) if declared else None,
            "source_layer": said.source_layer,
        },
    )
