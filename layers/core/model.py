"""The columns that every pool table has, and how a layer declares its own."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    BigInteger,
    Boolean,
    Computed,
    Date,
    FetchedValue,
    Identity,
    Integer,
    MetaData,
    Numeric,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.types import TypeEngine

from layers.core.allowed import ANYTHING, Allowed
from layers.core.words import Title

_DESCRIPTION = "attribute"
LONGEST_TEXT = 500
"""Characters; an index takes no more, and no name needs them."""

_KINDS: dict[type[TypeEngine[Any]], str] = {
    Text: "string",
    Integer: "integer",
    BigInteger: "integer",
    Numeric: "number",
    Boolean: "boolean",
    Date: "date",
}


@dataclass(frozen=True)
class Attribute:
    """What a column says about itself."""

    title: Title
    kind: str
    unit: str | None
    audience: int
    is_required: bool
    is_derived: bool = False
    longest: int = LONGEST_TEXT
    allowed: Allowed = ANYTHING
    is_ordered: bool = False


def attribute(
    column_type: TypeEngine[Any] | type[TypeEngine[Any]],
    *,
    tr: str,
    en: str,
    unit: str | None = None,
    audience: int = 0,
    required: bool = False,
    longest: int = LONGEST_TEXT,
    allowed: Allowed = ANYTHING,
    ordered: bool = False,
) -> MappedColumn[Any]:
    """Declare a domain column; `audience` is the least reader who sees it (see layer.Audience).

    `ordered` promises an index, so that any number of features is sorted by the column at once.
    """
    made = column_type() if isinstance(column_type, type) else column_type
    described = Attribute(
        Title(tr, en),
        _KINDS[type(made)],
        unit,
        audience,
        required,
        longest=longest,
        allowed=allowed,
        is_ordered=ordered,
    )
    return mapped_column(made, nullable=not required, info={_DESCRIPTION: described})


def derived(
    column_type: TypeEngine[Any] | type[TypeEngine[Any]],
    *,
    tr: str,
    en: str,
    unit: str | None = None,
    ordered: bool = False,
) -> MappedColumn[Any]:
    """A domain column the database works out by itself, so that no file can contradict it."""
    made = column_type() if isinstance(column_type, type) else column_type
    described = Attribute(Title(tr, en), _KINDS[type(made)], unit, 0, False, is_derived=True, is_ordered=ordered)
    return mapped_column(made, server_default=FetchedValue(), info={_DESCRIPTION: described})


def folded(source: str) -> MappedColumn[Any]:
    """A column the database keeps: `source` folded by the profile's rules, for matching."""
    return mapped_column(Text, Computed(f"pool.fold({source})", persisted=True))


def leading_number(source: str) -> MappedColumn[Any]:
    """A column the database keeps: the number that `source` begins with, for sorting."""
    return mapped_column(Integer, Computed(f"substring({source} FROM '^[0-9]{{1,9}}')::integer", persisted=True))


def attribute_of(column: KeyedColumnElement[Any]) -> Attribute | None:
    """The declaration of a domain column, or None for a column every table has."""
    described: Attribute | None = column.info.get(_DESCRIPTION)
    return described


class Base(DeclarativeBase):
    """All mapped tables: what is published."""

    metadata = MetaData(schema="pool")


class Feature(Base):
    """A published feature: identity, owner, legal time, system time, shape in the storage CRS."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), server_default=text("gen_random_uuid()"))
    ref: Mapped[str] = mapped_column(Text)
    district_id: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[datetime.date | None] = mapped_column(Date)
    valid_to: Mapped[datetime.date | None] = mapped_column(Date)
    epoch_from: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(Integer)
    source_change_id: Mapped[int | None] = mapped_column(BigInteger)
    origin: Mapped[str] = mapped_column(Text)

    @declared_attr
    def geom(cls) -> Mapped[WKBElement]:
        """Typed with the storage CRS when the profile is applied, hence no SRID here."""
        return mapped_column(Geometry(srid=-1, spatial_index=False), nullable=False)
