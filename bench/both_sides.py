"""A district's parcels edited on both sides: in a file, and in the pool since that file was taken."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas
import shapely
from sqlalchemy import Connection, Engine, text

from bench.edited_state import halves, parcels_of, write
from layers.core.bundle_mark import MARK_FIELD, BundleMark, pool_mark

EDITS = 300
"""On each side."""
IN_CONFLICT = 20
CELL_M = 60
OPEN = text(
    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
    "VALUES (:district, 'parcels', 'measurement', pool.current_epoch(), 'accepted') RETURNING id"
)
CHANGE = text(
    "INSERT INTO inbox.change "
    "(changeset_id, district_id, kind, uid, ref, base_version, before, after, geom_before, geom_after) "
    "SELECT :changeset, district_id, CASE WHEN :ends THEN 'retire' ELSE 'update' END, uid, ref, version, a, "
    "CASE WHEN NOT :ends THEN a || CAST(:values AS jsonb) END, geom, "
    "CASE WHEN NOT :ends THEN ST_Multi(ST_GeomFromWKB(:shape, ST_SRID(geom))) END "
    "FROM pool.parcels, LATERAL (SELECT pool.attributes('parcels', to_jsonb(parcels)) AS a) AS kept WHERE ref = :ref"
)


@dataclass(frozen=True)
class BothSides:
    """The file, and what the pool is to become before it is checked."""

    file: Path
    records: int
    pool_edits: tuple[Mapping[str, object], ...]
    in_conflict: frozenset[str]
    """Refs of the features that both change, and not alike."""


Edit = Callable[[pandas.Series], pandas.Series | None]
"""A parcel with its edit; None where it ends."""


def both_sides(engine: Engine, district_id: int, file: Path) -> BothSides:
    """The same at each call: parcels far enough from the next edited one not to meet it."""
    parcels = parcels_of(engine, district_id).set_index("ref", drop=False)
    chosen = iter(_apart(parcels, 2 * EDITS - IN_CONFLICT))
    theirs, ours = _take(chosen, EDITS - IN_CONFLICT), _take(chosen, EDITS - IN_CONFLICT)
    contested = _take(chosen, IN_CONFLICT)
    in_file = {ref: THEIRS[number % len(THEIRS)] for number, ref in enumerate(theirs)}
    in_pool = {ref: OURS[number % len(OURS)] for number, ref in enumerate(ours)}
    for number, ref in enumerate(contested):
        in_file[ref], in_pool[ref] = CONTESTED[number % len(CONTESTED)]
    records = _file(engine, parcels, in_file, file)
    edits = tuple(_pool_edit(parcels.loc[ref], edit) for ref, edit in sorted(in_pool.items()))
    return BothSides(file, records, edits, frozenset(contested))


def open_changeset(connection: Connection, district_id: int, edits: Iterable[Mapping[str, object]]) -> int:
    """The pool's side as an accepted changeset; returns its number."""
    number = int(connection.execute(OPEN, {"district": district_id}).scalar_one())
    for edit in edits:
        connection.execute(CHANGE, {"changeset": number, **edit})
    return number


def _apart(parcels: geopandas.GeoDataFrame, count: int) -> list[str]:
    """Simple parcels, none of which is beside another chosen one."""
    shuffled = parcels.iloc[np.random.default_rng(6).permutation(len(parcels))]
    taken: list[str] = []
    grid: set[tuple[int, int]] = set()
    for ref, shape in zip(shuffled.index, shuffled.geometry, strict=True):
        cell = (int(shape.centroid.x // CELL_M), int(shape.centroid.y // CELL_M))
        beside = {(cell[0] + dx, cell[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if (
            150 < shape.area < CELL_M**2 / 4
            and len(shape.geoms) == 1
            and not beside & grid
            and _shrunk(shape, 0.8) is not None
        ):
            taken.append(ref)
            grid.add(cell)
        if len(taken) == count:
            return taken
    raise SystemExit(f"The district has only {len(taken)} parcels that are far enough apart.")


def _take(refs: Iterable[str], count: int) -> list[str]:
    return [ref for _, ref in zip(range(count), refs, strict=False)]


def _use(word: str) -> Edit:
    def edit(parcel: pandas.Series) -> pandas.Series:
        return _with(parcel, land_use_text=word)

    return edit


def _with(parcel: pandas.Series, **values: object) -> pandas.Series:
    edited = parcel.copy()
    for name, value in values.items():
        edited[name] = value
    return edited


def _smaller(parcel: pandas.Series, by: float = 0.4) -> pandas.Series:
    return _with(parcel, geom=_shrunk(parcel.geom, by))


def _smaller_still(parcel: pandas.Series) -> pandas.Series:
    return _smaller(parcel, 0.8)


def _ended(_parcel: pandas.Series) -> None:
    return None


def _shrunk(shape: shapely.MultiPolygon, by: float = 0.4) -> shapely.MultiPolygon | None:
    inner = shape.buffer(-by, join_style="mitre")
    return shapely.multipolygons([inner]) if inner.geom_type == "Polygon" and not inner.is_empty else None


THEIRS = (_use("Zeytin işliği"), _smaller, _ended)
OURS = (_use("Değirmen"), _smaller, _ended)
CONTESTED = (
    (_use("Zeytin işliği"), _use("Değirmen")),
    (_smaller, _smaller_still),
    (_ended, _use("Değirmen")),
    (_use("Zeytin işliği"), _ended),
    (halves, _use("Değirmen")),
)
"""What the file does, and what the pool does to the same parcel."""


def _file(
    engine: Engine, parcels: geopandas.GeoDataFrame, edits: Mapping[str, Callable[..., object]], file: Path
) -> int:
    made = []
    for ref, edit in edits.items():
        outcome = edit(parcels.loc[ref])
        made.extend(outcome if isinstance(outcome, list) else [] if outcome is None else [outcome.to_dict()])
    kept = parcels.drop(index=list(edits))
    whole = pandas.concat([kept, geopandas.GeoDataFrame(made, geometry="geom", crs=parcels.crs)])
    with engine.connect() as connection:
        newest = connection.execute(text("SELECT pool.current_epoch()")).scalar_one()
        mark = str(BundleMark(pool_mark(connection), newest))
    return write(whole.assign(**{MARK_FIELD: mark}), file)


def _pool_edit(parcel: pandas.Series, edit: Callable[..., pandas.Series | None]) -> Mapping[str, object]:
    edited = edit(parcel)
    shape = parcel.geom if edited is None else edited.geom
    values = "{}" if edited is None else f'{{"land_use_text": "{edited.land_use_text}"}}'
    return {"ref": parcel.ref, "ends": edited is None, "values": values, "shape": shapely.to_wkb(shape)}
