"""A search inside one transaction, whose every question is answered at once."""

from collections.abc import Coroutine, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, TextClause, text

from layers.core.profile import Profile
from layers.search.gazetteer import Gazetteer
from layers.search.inquiry import Row
from layers.search.street_index import catch_up, known_gazetteer
from sql import query

Result = TypeVar("Result")


@cache
def _statement(name: str) -> TextClause:
    """Parsed once: its parameters are found by a regular expression."""
    return text(query(f"search.{name}"))


class Snapshot:
    """All answers belong to the epoch that the transaction sees."""

    def __init__(self, connection: Connection, profile: Profile) -> None:
        self._connection = connection
        self._profile = profile

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """As this process knows it; `has_caught_up` tells afterwards whether that was enough."""
        return known_gazetteer(self._connection.engine, self._profile) or catch_up(self._connection, self._profile)

    async def rows(self, name: str, values: Mapping[str, object]) -> Sequence[Row]:
        """Of a named statement."""
        return cast("Sequence[Row]", self._connection.execute(_statement(name), values).all())

    def has_caught_up(self) -> bool:
        """Whether streets were compared with names from before a publish that is seen here; now they are known."""
        if "gazetteer" not in self.__dict__:
            return False
        newest = int(self._connection.execute(_statement("epoch")).scalar_one())
        if newest <= self.gazetteer.epoch:
            return False
        self.gazetteer = catch_up(self._connection, self._profile)
        return True


def at_once(search: Coroutine[Any, Any, Result]) -> Result:
    """What it comes to where nobody has to wait for an answer."""
    try:
        search.send(None)
    except StopIteration as done:
        return cast(Result, done.value)
    search.close()
    raise RuntimeError("A search inside a transaction waited for something else.")
