"""Filters as CQL2 writes them, in text or JSON: read into typed terms, then said in SQL with bound values."""

from layers.core.query.filters.condition import Filter
from layers.core.query.filters.expression import condition_sql

__all__ = ["Filter", "condition_sql"]
