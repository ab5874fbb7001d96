"""Publishes told as they happen."""

from gisserver.events.feed import EventFeed
from gisserver.events.stream import EventStream

__all__ = ["EventFeed", "EventStream"]
