"""Publishes as events: what each touched, and who is interested in it."""

from layers.core.events.event import Event, Touched, events_after, events_before
from layers.core.events.interest import Interest
from layers.core.events.parameters import EVENTS, PLACE
from layers.core.events.question import EventsQuery
from layers.core.events.telling import Block, told_after, told_before

__all__ = [
    "EVENTS",
    "PLACE",
    "Block",
    "Event",
    "EventsQuery",
    "Interest",
    "Touched",
    "events_after",
    "events_before",
    "told_after",
    "told_before",
]
