"""How many features match: known at once, counted, or guessed by the planner."""

import json
from typing import Any

from sqlalchemy import Connection, Select, func, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

from layers.core.query.feature_query import FeatureQuery
from layers.core.query.selection import conditions
from layers.core.versions import rows_of
from sql import query as named_query


def counted(connection: Connection, query: FeatureQuery) -> int | None:
    """What the counters know without looking at features: of a layer, or of a district in it."""
    if query.as_of is not None or query.box is not None or query.time is not None or query.filter is not None:
        return None
    by_field = {wanted.field.name: wanted.value for wanted in query.equal}
    if not set(by_field) <= {"district_id"}:
        return None
    about = {"layer": query.readable.layer.id, "district": by_field.get("district_id")}
    return int(connection.execute(text(named_query("features.counted")), about).scalar_one())


def count_matches(connection: Connection, query: FeatureQuery) -> int:
    """By looking at all of them."""
    rows = rows_of(query.readable.layer, query.as_of)
    matching = select(func.count()).select_from(rows).where(*conditions(query, rows))
    return int(connection.execute(matching).scalar_one())


def guess_matches(connection: Connection, query: FeatureQuery) -> int:
    """From the planner's statistics: in no time, and often near."""
    rows = rows_of(query.readable.layer, query.as_of)
    return expected_rows(connection, select(rows.c.id).where(*conditions(query, rows)))


def expected_rows(connection: Connection, statement: Select[Any]) -> int:
    """How many rows the planner expects."""
    plan = connection.execute(_Explain(statement)).scalar_one()
    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return int(top["Plan Rows"])


class _Explain(Executable, ClauseElement):
    """EXPLAIN before a statement."""

    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Explain)
def _explain(element: _Explain, compiler: SQLCompiler, **named: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **named)}"
