"""Reading events for one interest, a bounded number of publishes at a time."""

from dataclasses import dataclass

from sqlalchemy import Connection

from layers.core.epochs import current_epoch
from layers.core.events.event import Event, events_after, events_before
from layers.core.events.interest import Interest
from layers.core.profile import Profile
from layers.core.registry import Registry

AT_ONCE = 200
"""Publishes that are looked at by one read."""


@dataclass(frozen=True)
class Block:
    """Events, and how far the publishes have been looked at."""

    events: tuple[Event, ...]
    position: int
    is_last: bool
    """True where there is nothing beyond."""


def told_after(connection: Connection, interest: Interest, epoch: int, registry: Registry, profile: Profile) -> Block:
    """What is of interest among the next publishes, oldest first."""
    newest = current_epoch(connection)
    found = events_after(connection, epoch, AT_ONCE)
    is_last = len(found) < AT_ONCE
    position = max(newest, epoch) if is_last else found[-1].epoch
    return Block(_narrowed(connection, found, interest, registry, profile), position, is_last)


def told_before(connection: Connection, interest: Interest, epoch: int, registry: Registry, profile: Profile) -> Block:
    """What is of interest among the publishes before, newest first."""
    found = events_before(connection, epoch, AT_ONCE)
    is_last = len(found) < AT_ONCE
    return Block(_narrowed(connection, found, interest, registry, profile), found[-1].epoch if found else 0, is_last)


def _narrowed(
    connection: Connection, found: tuple[Event, ...], interest: Interest, registry: Registry, profile: Profile
) -> tuple[Event, ...]:
    seen = (interest.narrowed(connection, event, registry, profile) for event in found)
    return tuple(event for event in seen if event is not None)
