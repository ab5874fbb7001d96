"""A table of addresses with what was found beside each."""

import csv
import io
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.profile import Profile
from layers.core.store import Store
from layers.core.words import Title
from layers.search.find import find
from layers.search.hits import SearchResult
from sql import query

MOST_ROWS = 100_000
_AT_ONCE = 200
_UTF8 = "\ufeff"
_ADDED = ("found", "result", "lon", "lat", "parcel", "zone", "note")
_PARTS = ("neighbourhood", "street_name", "street_type", "door_no", "site", "block", "postal_code")
_NUMBERED = {"door_no"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NO_ADDRESS_COLUMN = Title(
    "Bu tabloda adres sütunu bulunamadı; başlıkları: {headers}. Sütunun adını “column” ile bildirin.",
    "No column of this table holds addresses; its headers: {headers}. Name the column with “column”.",
)
TOO_MANY_ROWS = Title(
    "Tabloda {most} satırdan çok var. Bölerek gönderin.", "The table has more than {most} rows. Send it in parts."
)
EMPTY_TABLE = Title("Tablo boş. İlk satırda başlıklar olmalı.", "The table is empty. Its first row must be headers.")
_STATES = {
    "sure": Title("kesin", "sure"),
    "choice": Title("seçilmeli", "choose"),
    "unsure": Title("denetlenmeli", "check"),
    "none": Title("bulunamadı", "not found"),
}


class UnusableTable(Exception):
    """The table cannot be answered; the message says what to do, in the asker's language."""


@dataclass(frozen=True)
class Asked:
    """The addresses of a table and all else of its rows."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    addresses: Sequence[str]


def asked_in(rows: Sequence[Sequence[str]], column: str | None, profile: Profile, language: str) -> Asked:
    """Which column holds the address: the one that is named, one that is called so, or the parts side by side."""
    if len(rows) < 2 or not any(cell.strip() for cell in rows[0]):
        raise UnusableTable(EMPTY_TABLE.in_language(language))
    if len(rows) > MOST_ROWS + 1:
        raise UnusableTable(TOO_MANY_ROWS.in_language(language).format(most=MOST_ROWS))
    headers, body = rows[0], rows[1:]
    places = _address_columns(headers, column, profile)
    if not places:
        told = ", ".join(headers)[:300]
        raise UnusableTable(NO_ADDRESS_COLUMN.in_language(language).format(headers=told))
    return Asked(headers, body, [_written(row, places) for row in body])


def _address_columns(headers: Sequence[str], column: str | None, profile: Profile) -> list[int]:
    folded = [profile.fold(header) for header in headers]
    if column is not None:
        return [at for at, header in enumerate(folded) if header == profile.fold(column)][:1]
    whole = [at for at, header in enumerate(folded) if header in profile.search.address_columns]
    if whole:
        return whole[:1]
    known = profile.mappings.get("addresses", {})
    parts = [next((at for at, header in enumerate(folded) if header in known.get(part, ())), None) for part in _PARTS]
    if parts[1] is None:
        return []
    district = next((at for at, header in enumerate(folded) if header in profile.search.district_columns), None)
    return [at for at in (*parts, district) if at is not None]


def _written(row: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(row[at].strip() for at in places if at < len(row) and row[at].strip())


def answered(store: Store, asked: Asked, profile: Profile, language: str, told: Callable[[int], None]) -> bytes:
    """The same table with what was found; `told` hears how many rows are done."""
    out = io.StringIO(_UTF8, newline="")
    out.seek(0, io.SEEK_END)
    table = csv.writer(out)
    table.writerow([*map(_harmless, asked.headers), *_ADDED])
    for start in range(0, len(asked.rows), _AT_ONCE):
        end = min(start + _AT_ONCE, len(asked.rows))
        with store.reading() as connection:
            found = [find(connection, address, profile, 1, language) for address in asked.addresses[start:end]]
            zones = _zones(connection, found)
        for row, result in zip(asked.rows[start:end], found, strict=True):
            cells = [*row, *[""] * (len(asked.headers) - len(row))]
            table.writerow([*map(_harmless, cells), *_added(result, zones, language)])
        told(end)
    return out.getvalue().encode()


def _added(result: SearchResult, zones: dict[uuid.UUID, str], language: str) -> Iterator[str]:
    sure = result.sure
    best = result.hits[0] if result.hits else None
    state = "sure" if sure else "choice" if result.is_ambiguous else "unsure" if best else "none"
    yield _harmless(f"{best.title}, {best.subtitle}" if best and state != "choice" else "")
    yield _STATES[state].in_language(language)
    is_placed = best is not None and state != "choice"
    yield f"{best.lon:.7f}" if best is not None and is_placed else ""
    yield f"{best.lat:.7f}" if best is not None and is_placed else ""
    parcel = sure.parcel_uid if sure else None
    yield str(parcel or "")
    yield _harmless(zones.get(parcel, "") if parcel else "")
    yield _harmless(result.note)


def _zones(connection: Connection, found: Sequence[SearchResult]) -> dict[uuid.UUID, str]:
    """What is planned on the sure parcels, with shares; only a zoning answer says what may be built."""
    uids = sorted({str(one.sure.parcel_uid) for one in found if one.sure and one.sure.parcel_uid})
    if not uids:
        return {}
    told: dict[uuid.UUID, list[str]] = {}
    for row in connection.execute(text(query("address_batches.zones_of_parcels")), {"uids": uids}):
        told.setdefault(row.uid, []).append(f"{row.use_label or row.use_key} {100 * row.share:.1f} %")
    return {uid: "; ".join(parts) for uid, parts in told.items()}


def _harmless(cell: str) -> str:
    """What came with a file is never a formula of whoever opens this one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
