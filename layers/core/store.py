"""The one door to the database: readers cannot write, writers write once, both say who they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection as Connection  # what a transaction is, for those who do not speak SQL
from sqlalchemy import Engine, create_engine, text

from layers.core.layer import Audience
from layers.core.rested import look_at_rested

_SET_ACTOR = text(
    "SELECT set_config('gis.role', :role, true), set_config('gis.district', :district, true), "
    "set_config('gis.account', :account, true)"
)

NOT_PERMITTED = "42501"
"""PostgreSQL's code where a policy or a missing right refuses (insufficient_privilege)."""


@dataclass(frozen=True)
class Actor:
    """Who acts in a transaction; the row-level policies of the database read it."""

    role: str
    district_id: int | None = None
    account_id: int | None = None
    may_publish: bool = False
    """What this actor edits is published at once, where it may handle the district."""

    @property
    def audience(self) -> Audience:
        """What this actor may read; the same table as auth.audience() in the database."""
        if self.role in ("department", "administrator", "worker", "publisher"):
            return Audience.DEPARTMENT
        if self.role in ("planner", "editor", "approver"):
            return Audience.PLANNER
        return Audience.PUBLIC

    @property
    def is_department(self) -> bool:
        """May review, publish and see every district's inbox."""
        return self.role in ("department", "administrator")

    def may_handle(self, district_id: int) -> bool:
        """May work in that district's inbox; the database says the same."""
        if self.is_department or self.role == "worker":
            return True
        return self.role in ("editor", "approver", "publisher") and self.district_id == district_id


ANONYMOUS = Actor("anonymous")
WORKER = Actor("worker")


_CALLS = 2
"""Calls are short, so few connections serve them."""


class Store:
    """Transactions on one database."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine = _engine(url, pool_size)
        self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._calling = _engine(url, _CALLS, isolation_level="AUTOCOMMIT")

    @property
    def url(self) -> str:
        """Where a process apart finds the same database."""
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self, actor: Actor = ANONYMOUS) -> Iterator[Connection]:
        """One read-only snapshot: everything read inside belongs to the same epoch."""
        with self._reading.connect() as connection, connection.begin():
            _introduce(connection, actor)
            yield connection

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Connection]:
        """One transaction that commits at the end or leaves nothing."""
        with self.engine.begin() as connection:
            _introduce(connection, actor)
            yield connection

    @contextmanager
    def calling(self) -> Iterator[Connection]:
        """For one call of a function of the database that asks nothing about who calls: it commits by itself."""
        with self._calling.connect() as connection:
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
        self._calling.dispose()


def _engine(url: str, pool_size: int, **how: str) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, connect_args={"connect_timeout": 5}, **how)
    look_at_rested(engine)
    return engine


def cancel(connection: Connection) -> None:
    """End the statement that runs on a connection; may be called from another thread while it runs."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.cancel()


def _introduce(connection: Connection, actor: Actor) -> None:
    connection.execute(
        _SET_ACTOR,
        {
            "role": actor.role,
            "district": "" if actor.district_id is None else str(actor.district_id),
            "account": "" if actor.account_id is None else str(actor.account_id),
        },
    )


@contextmanager
def acting_as(connection: Connection, actor: Actor) -> Iterator[None]:
    """Change the actor inside a transaction, for instance to publish as the changeset's district.

    The settings belong to the transaction: where the body raises, rolling back to a savepoint restores them.
    """
    before = connection.execute(
        text(
            "SELECT current_setting('gis.role', true), current_setting('gis.district', true), "
            "current_setting('gis.account', true)"
        )
    ).one()
    _introduce(connection, actor)
    yield
    connection.execute(_SET_ACTOR, {"role": before[0], "district": before[1], "account": before[2]})
