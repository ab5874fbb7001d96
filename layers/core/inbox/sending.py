"""Who sends which file, and what they say about it."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, text

from layers.core.declared_crs import DeclaredCrs
from sql import query


@dataclass(frozen=True)
class Sending:
    """What is known of a file before its first byte."""

    district_id: int
    layer_id: str
    filename: str
    sent_by: int | None = None
    is_whole_state: bool = False
    declared_crs: DeclaredCrs | None = None
    source_layer: str | None = None
    columns: Mapping[str, str] | None = None
    """Header -> field; empty for a column left out."""

    @property
    def asked(self) -> dict[str, Any]:
        """What the sender wants of the check, beside the coordinates."""
        said = {"source_layer": self.source_layer, "columns": dict(self.columns) if self.columns else None}
        return {name: value for name, value in said.items() if value}


def begin(connection: Connection, sending: Sending, state: str) -> uuid.UUID:
    """An upload without bytes."""
    made: uuid.UUID = connection.execute(
        text(query("inbox.begin_upload")),
        {
            "district": sending.district_id,
            "layer": sending.layer_id,
            "sent_by": sending.sent_by,
            "filename": plain_name(sending.filename),
            "is_whole_state": sending.is_whole_state,
            "declared_crs": str(sending.declared_crs) if sending.declared_crs else None,
            "report": json.dumps({"asked": sending.asked} if sending.asked else {}, ensure_ascii=False),
            "state": state,
        },
    ).scalar_one()
    return made


def plain_name(filename: str) -> str:
    """The last part of a path of any system, printable, never longer than a file system takes."""
    name = PurePath(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[-200:] or "upload"
