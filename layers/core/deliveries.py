"""What of a layer each district has brought, as of when, and where a theme of it was never looked at."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Geometry
from sqlalchemy import Connection, Row, select, text

from layers.core.crs import CRS84, epsg
from layers.core.epochs import Epoch
from layers.core.layer import Layer
from layers.core.profile import Profile
from layers.core.query.ground import cut_to_our_ground, shape_in_storage
from layers.core.themes import ThemeKind
from sql import query

_NEARLY_ALL = 0.995
"""Borders of districts and of surveys are drawn by different hands."""


@dataclass(frozen=True)
class Survey:
    """What is known of a theme within the ground and one district."""

    theme: str
    as_of: datetime.date | None
    """Of the oldest part; None where nobody has looked."""
    share: float | None
    """Of the ground, from 0 to 1; None where it is not measured."""
    is_under_review: bool = False

    @property
    def is_whole(self) -> bool:
        """Nothing is missing."""
        return self.as_of is not None and (self.share is None or self.share >= _NEARLY_ALL)


@dataclass(frozen=True)
class Delivery:
    """What one district has brought."""

    district_id: int
    features: int
    last: Epoch | None
    """The newest publish that changed the layer there."""
    surveys: tuple[Survey, ...]
    """Of each theme that any district knows."""


def last_change(connection: Connection, layer: Layer) -> Epoch | None:
    """The newest publish that changed the layer; None where nobody has brought anything yet."""
    row = connection.execute(text(query("deliveries.changed")), {"layer": layer.id}).one_or_none()
    return Epoch(row.epoch, row.published_at) if row else None


def deliveries(connection: Connection, layer: Layer, ground: Geometry, profile: Profile) -> tuple[Delivery, ...]:
    """Of each district that the ground meets, in the profile's order; `ground` is in degrees, longitude first."""
    outline = shape_in_storage(cut_to_our_ground(ground, CRS84, profile), CRS84, epsg(profile.storage_srid))
    about = {"layer": layer.id, "ground": connection.execute(select(outline)).scalar_one()}
    whole = [theme.key for theme in profile.themes if theme.kind is ThemeKind.WHOLE_AREA]
    districts = {**about, "districts": [district.id for district in profile.districts]}
    rows = connection.execute(text(query("deliveries.districts")), districts).all()
    themes = connection.execute(text(query("deliveries.themes")), {"layer": layer.id}).scalars().all()
    surveys = connection.execute(text(query("deliveries.surveys")), {**about, "whole": whole}).all() if themes else []
    known = {(row.district_id, row.theme): row for row in surveys}
    return tuple(_delivery(row, [(theme, known.get((row.district_id, theme))) for theme in themes]) for row in rows)


def _delivery(row: Row[Any], surveys: Sequence[tuple[str, Row[Any] | None]]) -> Delivery:
    last = Epoch(row.epoch, row.published_at) if row.epoch is not None else None
    return Delivery(
        row.district_id, row.features, last, tuple(_survey(theme, found, row.seen_m2) for theme, found in surveys)
    )


def _survey(theme: str, found: Row[Any] | None, seen_m2: float | None) -> Survey:
    if found is None:
        return Survey(theme, as_of=None, share=0.0)
    is_measured = bool(seen_m2) and found.surveyed_m2 is not None
    share = min(1.0, found.surveyed_m2 / seen_m2) if is_measured else None
    return Survey(theme, found.as_of, share, found.is_under_review)
