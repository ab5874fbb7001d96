"""The parcel a question is about, and the statements asked about it."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from layers.answers.answer import Share
from layers.core.prepared import prepared_rows
from layers.core.query.filters.literals import is_text
from layers.core.themes import LIMIT_M2, ConstraintTheme, ThemeKind
from sql import query

log = structlog.get_logger()


@cache
def statement(name: str) -> TextClause:
    """A named statement of sql/queries/answers.sql, parsed once: its parameters are found by a regular expression."""
    return text(query(f"answers.{name}"))


class CheckFailed(Exception):
    """The database could not make a comparison; the rest of the answer goes on without it."""


@dataclass(frozen=True)
class Ground:
    """A parcel's shape at an epoch, ready to be compared with the layers."""

    connection: Connection
    epoch: int
    shape: str
    """Hexadecimal EWKB in the storage CRS, exactly as published: no buffer, no simplification."""
    area_m2: float
    district_id: int
    border_m: float = 0.0
    themes: tuple[ConstraintTheme, ...] = ()
    is_well_drawn: bool = True
    """Nothing is compared with an outline that crosses itself."""
    is_careful: bool = False
    """Each look-up stands alone; otherwise the first that fails ends the answer, which is then asked anew with care."""

    def rows(self, name: str, **values: object) -> Sequence[Any]:
        """The rows of a named statement of sql/queries/answers.sql."""
        asked = {
            "epoch": self.epoch,
            "shape": self.shape,
            "district": self.district_id,
            "border": self.border_m,
            "kinds": [theme.key for theme in self.themes],
            "limits": [theme.limit_m2 for theme in self.themes],
            "whole": [theme.key for theme in self.themes if theme.kind is ThemeKind.WHOLE_AREA],
            "limit": LIMIT_M2,
            **values,
        }
        return prepared_rows(self.connection, f"answers.{name}", asked)

    @contextmanager
    def check(self, subject: str) -> Iterator[None]:
        """With care a savepoint: one broken layer must not silence the others. Raises CheckFailed."""
        if not self.is_careful:
            yield
            return
        try:
            with self.connection.begin_nested():
                yield
        except DBAPIError as cause:
            if cause.connection_invalidated:
                raise
            log.error("check failed", subject=subject, cause=str(cause.orig))
            raise CheckFailed(subject) from cause

    def share(self, area_m2: float) -> Share:
        """Percentages come from unrounded areas."""
        return Share(area_m2, area_m2 / self.area_m2 * 100 if self.area_m2 > 0 else 0.0)


def parcel_named(connection: Connection, name: str) -> uuid.UUID | None:
    """The uid that a uid or a ref means; refs of ended parcels included."""
    try:
        return uuid.UUID(name)
    except ValueError:
        if not is_text(name):
            return None
        found = connection.execute(statement("uid_of_ref"), {"ref": name}).scalar_one_or_none()
        return found if found is None else uuid.UUID(str(found))


def parcel_at(connection: Connection, lon: float, lat: float, srid: int) -> uuid.UUID | None:
    """The published parcel under a point."""
    values = {"lon": lon, "lat": lat, "srid": srid}
    found = connection.execute(statement("uid_at"), values).scalar_one_or_none()
    return found if found is None else uuid.UUID(str(found))
