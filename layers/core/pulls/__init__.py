"""Pulls: addresses of districts from which the worker takes files by itself, when each is due, how each gets on."""

from layers.core.declared_source import DeclaredSource
from layers.core.pulls.standing import (
    PULL,
    QUEUE,
    Standing,
    UnknownSource,
    ask,
    call_due,
    came_from,
    failed,
    pause,
    published,
    settled,
    standing,
    standings,
    system_before,
)

__all__ = [
    "PULL",
    "QUEUE",
    "DeclaredSource",
    "Standing",
    "UnknownSource",
    "ask",
    "call_due",
    "came_from",
    "failed",
    "pause",
    "published",
    "settled",
    "standing",
    "standings",
    "system_before",
]
