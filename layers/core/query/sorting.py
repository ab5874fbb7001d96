"""The order of an answer, and where in it a page begins: by key, so that no page costs more than the first."""

import base64
import binascii
import datetime
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, or_, true

from layers.core.layer import Field
from layers.core.query.filters.literals import is_text
from layers.core.query.properties import ReadableLayer
from layers.core.query.wrong import WrongQuery
from layers.core.words import Title

_LARGEST_ID = 2**62
_UNKNOWN = Title(
    "“{name}” alanına göre sıralanamaz. Sıralama alanları: {known}; büyükten küçüğe için başına - koyun.",
    "There is no field “{name}” to sort by. Known: {known}; put - before it for the largest first.",
)
_TWICE = Title("“{name}” sıralamada iki kez var. Birini silin.", "“{name}” is in the order twice. Leave one out.")
_NO_CURSOR = Title(
    "“{parameter}” bu sıralamanın bir sayfa imi değil. Bir sayfanın “next” ya da “prev” bağlantısını kullanın.",
    "“{parameter}” is no page mark of this order. Follow the “next” or “prev” link of a page.",
)


@dataclass(frozen=True)
class SortKey:
    """A field and its direction."""

    field: Field
    is_descending: bool

    def __str__(self) -> str:
        return f"-{self.field.name}" if self.is_descending else self.field.name


Order = tuple[SortKey, ...]


@dataclass(frozen=True)
class Cursor:
    """The sort values and the internal id of the feature beside which a page begins."""

    values: tuple[Any, ...]
    id: int


def parse_order(text: str, readable: ReadableLayer) -> Order:
    """Names with + or - before them; a plus sign in an address arrives as a space."""
    keys: list[SortKey] = []
    for part in text.split(","):
        sign, name = _sign_and_name(part.strip())
        field = readable.property_named(name)
        if field is None:
            raise WrongQuery("sortby", _UNKNOWN, name=name, known=", ".join(readable.names))
        if any(key.field == field for key in keys):
            raise WrongQuery("sortby", _TWICE, name=name)
        keys.append(SortKey(field, sign == "-"))
    return tuple(keys)


def _sign_and_name(part: str) -> tuple[str, str]:
    return (part[0], part[1:]) if part.startswith(("+", "-")) else ("+", part)


def order_text(order: Order) -> str:
    """As parse_order reads it."""
    return ",".join(str(key) for key in order)


def cursor_text(cursor: Cursor, order: Order) -> str:
    """Opaque to who gets it; nothing in it is trusted when it comes back."""
    values = [None if value is None else _plain(value) for value in cursor.values]
    written = json.dumps([order_text(order), values, cursor.id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def parse_cursor(text: str, order: Order, parameter: str) -> Cursor:
    """Every value is one that its field can have."""
    try:
        padded = text + "=" * (-len(text) % 4)
        named, values, number = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if (
            named != order_text(order)
            or not isinstance(values, list)
            or len(values) != len(order)
            or not _is_id(number)
        ):
            raise ValueError
        return Cursor(tuple(_value(value, key) for value, key in zip(values, order, strict=True)), number)
    except (ValueError, TypeError, KeyError, binascii.Error, InvalidOperation, RecursionError):
        raise WrongQuery(parameter, _NO_CURSOR, parameter=parameter) from None


def order_sql(order: Order, rows: FromClause, *, is_reversed: bool = False) -> list[ColumnElement[Any]]:
    """PostgreSQL's own places for nulls (last, or first from the largest), so that an index serves."""
    columns = _columns(order, rows)
    return [column.desc() if is_down != is_reversed else column.asc() for column, is_down, _is_nullable in columns]


def beyond(cursor: Cursor, order: Order, rows: FromClause, *, is_reversed: bool = False) -> ColumnElement[bool]:
    """Rows that come after the cursor, or before it in the reversed order."""
    columns = [(column, is_down != is_reversed, nullable) for column, is_down, nullable in _columns(order, rows)]
    values = (*cursor.values, cursor.id)
    alternatives = [
        and_(*(_same(columns[i][0], values[i]) for i in range(place)), _later(*columns[place], values[place]))
        for place in range(len(columns))
    ]
    return and_(_from(*columns[0], values[0]), or_(*alternatives))


def _columns(order: Order, rows: FromClause) -> list[tuple[ColumnElement[Any], bool, bool]]:
    keys = [(rows.c[key.field.name], key.is_descending, not key.field.is_required) for key in order]
    return [*keys, (rows.c.id, False, False)]


def _same(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _later(column: ColumnElement[Any], is_down: bool, is_nullable: bool, value: Any) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None) if is_down else false()
    if is_down:
        return and_(column < value)
    return or_(column > value, column.is_(None)) if is_nullable else and_(column > value)


def _from(column: ColumnElement[Any], is_down: bool, is_nullable: bool, value: Any) -> ColumnElement[bool]:
    """Says nothing new, but tells an index where to begin."""
    if value is None:
        return true() if is_down else column.is_(None)
    if is_down:
        return and_(column <= value)
    return true() if is_nullable else and_(column >= value)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) else str(value)


def _is_id(number: Any) -> bool:
    return type(number) is int and 0 <= number <= _LARGEST_ID


def _value(written: Any, key: SortKey) -> Any:
    if written is None and not key.field.is_required:
        return None
    kind = key.field.kind
    allowed: type[Any] = {"boolean": bool, "integer": int}.get(kind, str)
    if type(written) is not allowed:
        raise ValueError
    if kind == "number":
        return _finite(Decimal(written))
    if kind == "date":
        return datetime.date.fromisoformat(written)
    if kind == "string" and not is_text(written):
        raise ValueError
    return written


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValueError
    return number
