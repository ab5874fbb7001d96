"""What changed: between two states of the pool, and in the life of one feature."""

from layers.core.changes.decisions import Decision, decisions
from layers.core.changes.history import History, Relative, Turn, Version, read_history
from layers.core.changes.mementos import Memento, mementos, nearest, published_since, was_over
from layers.core.changes.net import Sides, count_net_changes, read_changes, read_page_of_changes
from layers.core.changes.output import change_line, change_names, change_text
from layers.core.changes.parameters import HISTORY, change_parameters
from layers.core.changes.question import ChangesQuery, HistoryQuery
from layers.core.changes.span import Span, span_of
from layers.core.changes.versions import feature_uid

__all__ = [
    "HISTORY",
    "ChangesQuery",
    "Decision",
    "History",
    "HistoryQuery",
    "Memento",
    "Relative",
    "Sides",
    "Span",
    "Turn",
    "Version",
    "change_line",
    "change_names",
    "change_parameters",
    "change_text",
    "count_net_changes",
    "decisions",
    "feature_uid",
    "mementos",
    "nearest",
    "published_since",
    "read_changes",
    "read_history",
    "read_page_of_changes",
    "span_of",
    "was_over",
]
