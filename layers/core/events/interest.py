"""What of the publishes somebody wants to hear: some layers, a district, a piece of ground, a parcel."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import shapely
from shapely import Geometry
from sqlalchemy import ColumnElement, Connection, FromClause, false, func, select, true

from layers.core.changes import Span, count_net_changes
from layers.core.crs import CRS84, epsg
from layers.core.events.event import Event, Touched
from layers.core.profile import Profile
from layers.core.query.ground import cut_to_our_ground, shape_in_storage
from layers.core.registry import Registry


@dataclass(frozen=True)
class Interest:
    """Two that are equal hear the same."""

    layers: frozenset[str]
    """Those that the listener may see and wants to hear of."""
    district_id: int | None = None
    area_wkb: bytes | None = None
    """In degrees, longitude first."""
    feature_uid: uuid.UUID | None = None
    """The feature, and whatever descends from it."""

    @cached_property
    def area(self) -> Geometry | None:
        """The piece of ground."""
        return None if self.area_wkb is None else shapely.from_wkb(self.area_wkb)

    @property
    def is_exact(self) -> bool:
        """True where it takes a look at the features themselves."""
        return self.area_wkb is not None or self.feature_uid is not None

    def narrowed(self, connection: Connection, event: Event, registry: Registry, profile: Profile) -> Event | None:
        """The event as far as it is of interest, counted anew; None where it is not."""
        if self.district_id is not None and event.district_id not in (self.district_id, None):
            return None
        near = [one for one in event.touched if one.layer_id in self.layers and self._may_meet(one)]
        if self.is_exact or (self.district_id is not None and event.district_id is None):
            near = [*self._counted(connection, event, near, registry, profile)]
        return replace(event, touched=tuple(near)) if near else None

    def _may_meet(self, touched: Touched) -> bool:
        return self.area is None or touched.bbox is None or self.area.intersects(shapely.box(*touched.bbox))

    def _counted(
        self, connection: Connection, event: Event, near: list[Touched], registry: Registry, profile: Profile
    ) -> Iterator[Touched]:
        for one in near:
            span = Span(event.epoch - 1, event.epoch)
            counts = count_net_changes(
                connection, registry[one.layer_id], span, lambda rows: [*self._conditions(rows, profile)]
            )
            if counts:
                yield replace(
                    one,
                    added=counts.get("added", 0),
                    modified=counts.get("modified", 0),
                    removed=counts.get("removed", 0),
                )

    def _conditions(self, rows: FromClause, profile: Profile) -> Iterator[ColumnElement[bool]]:
        yield true()
        if self.district_id is not None:
            yield rows.c.district_id == self.district_id
        if self.area is not None:
            yield _meets(rows.c.geom, self.area, profile)
        if self.feature_uid is not None:
            yield rows.c.uid.in_(select(func.pool.line_of_descent(self.feature_uid)))


def _meets(geom: ColumnElement[str], area: Geometry, profile: Profile) -> ColumnElement[bool]:
    ours = cut_to_our_ground(area, CRS84, profile)
    if ours.is_empty:
        return false()
    return func.ST_Intersects(geom, shape_in_storage(ours, CRS84, epsg(profile.storage_srid)))
