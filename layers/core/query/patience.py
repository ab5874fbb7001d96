"""How long a question may take, and what is said of one that takes longer."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.errors import QueryCanceled
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, OperationalError

from layers.core.query import refusals as say
from layers.core.query.wrong import WrongQuery
from sql import query


class TooExpensive(Exception):
    """A question that was not answered within the time a question gets."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What to ask instead."""
        return say.EXPENSIVE.in_language(language).format(seconds=self.seconds)


def limit_time(connection: Connection, seconds: int) -> int:
    """For the rest of the transaction; returns the newest publish it sees."""
    return int(connection.execute(text(query("features.begin")), {"patience": f"{seconds}s"}).scalar_one())


def end_with_connection(connection: Connection) -> None:
    """For the rest of the transaction: a statement ends when the process that asked has ended."""
    connection.execute(text(query("features.watched")))


@contextmanager
def within_reason(seconds: int) -> Iterator[None]:
    """TooExpensive or WrongQuery in place of what the database says."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.orig, QueryCanceled):
            raise TooExpensive(seconds) from error
        raise
    except DataError as error:
        raise WrongQuery("filter", say.NOT_RECKONED) from error
