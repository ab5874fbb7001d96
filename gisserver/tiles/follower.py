"""Hearing of publishes: one LISTEN connection per process."""

import select
import socket
import threading
import time
from collections.abc import Callable

import psycopg2
import structlog
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()

PATIENCE = 5.0
"""Seconds between two looks at a silent connection; a dead one is noticed by then."""


class EpochFollower:
    """Calls `on_publish` after every publish, from a thread of its own."""

    def __init__(self, url: URL, on_publish: Callable[[], None]) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._told = [on_publish]
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._woken, self._wake = socket.socketpair()
        self.is_listening = False
        """While False nobody may trust what was remembered: a publish may have gone unheard."""
        self.heard_at = float("-inf")
        """When the connection last proved to live, on the monotonic clock."""

    def tell_also(self, on_publish: Callable[[], None]) -> None:
        """After those who were told before."""
        self._told.append(on_publish)

    def start_once(self) -> None:
        """Begin to listen in this process; a forked process has to begin anew."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._follow, name="epoch-follower", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the thread; a second time does nothing."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._wake.send(b"!")
        if self._thread is not None:
            self._thread.join(timeout=2 * PATIENCE)
        self._wake.close()
        self._woken.close()

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg2.Error, SQLAlchemyError) as cause:
                log.warning("publishes go unheard, tiles come from the database", cause=str(cause).strip())
            finally:
                self.is_listening = False
            self._stopping.wait(1.0)

    def _listen(self) -> None:
        connection = psycopg2.connect(self._url, connect_timeout=5)
        try:
            connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
            with connection.cursor() as cursor:
                cursor.execute("LISTEN gis_epoch")
            # What was published before LISTEN took hold is caught up with before anything is trusted.
            self._tell()
            self.heard_at = time.monotonic()
            self.is_listening = True
            while not self._stopping.is_set():
                self._wait(connection)
        finally:
            connection.close()

    def _wait(self, connection: psycopg2.extensions.connection) -> None:
        ready, _, _ = select.select([connection, self._woken], [], [], PATIENCE)
        if self._stopping.is_set():
            return
        if not ready:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        self.heard_at = time.monotonic()
        connection.poll()
        if connection.notifies:
            connection.notifies.clear()
            self._tell()

    def _tell(self) -> None:
        for on_publish in self._told:
            on_publish()
