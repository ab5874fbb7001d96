"""Parcels of others beside a district: to be seen while its own are edited, and not to be changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from sql import query

AROUND_M = 100


def around_district(connection: Connection, district_id: int) -> Sequence[Row[Any]]:
    """Ref, number, district and shape (WKB, storage CRS) of each."""
    return connection.execute(text(query("bundle.around")), {"district": district_id, "metres": AROUND_M}).all()
