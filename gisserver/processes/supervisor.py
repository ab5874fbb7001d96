"""Keeps the database, the web server and the worker running until it is told to stop."""

import os
import signal
import threading
import time
from dataclasses import replace

from gisserver.cluster import Cluster, ClusterError
from gisserver.processes.child import Child
from gisserver.processes.commands import Commands, child_environment
from gisserver.processes.database import Say
from gisserver.processes.ending import end
from gisserver.processes.identity import Identity
from gisserver.processes.readiness import is_ready
from gisserver.processes.state import State, StateFile
from gisserver.processes.trouble import KeepsDying, NotReady
from gisserver.settings import Settings

PATIENCE = 20.0
"""Seconds a child has for finishing what it does."""

_START_LIMIT = 120.0
_LOOK = 0.5
_DATABASE_LOOK = 5.0


class Supervisor:
    """One run of the service's processes."""

    def __init__(self, settings: Settings, commands: Commands, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._file = StateFile(settings.data)
        self._state = own_state(settings)
        self._stopping = threading.Event()
        self._next_database_look = 0.0
        self._trouble = ""
        environment = child_environment(settings)
        self._children = [Child(role, command, environment, settings.data) for role, command in commands.items()]

    def heed_signals(self) -> None:
        """From here on Ctrl-C and `gis down` end the run in good order."""
        for demand in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(demand, lambda *_: self._stopping.set())

    def run(self) -> None:
        """Start the children, say when they answer, tend them; returns when told to stop."""
        try:
            self._wait_until_ready()
            while not self._stopping.wait(_LOOK):
                self._tend()
                self._tend_database()
        finally:
            self._end_children()

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + _START_LIMIT
        while not self._stopping.is_set():
            self._tend()
            if all(child.is_steady for child in self._children) and is_ready(self._settings.address):
                self._note(is_ready=True)
                self._say(f"Ready at {self._settings.address}")
                return
            if time.monotonic() > give_up:
                raise NotReady(self._settings.address, self._children[0].log)
            self._stopping.wait(0.1)

    def _tend(self) -> None:
        for child in self._children:
            try:
                if child.tend():
                    self._note(self._state.is_ready)
            except KeepsDying as trouble:
                self._bear(trouble)

    def _bear(self, trouble: KeepsDying) -> None:
        """At the start it ends the run; later the others go on, since the cause may pass."""
        if not self._state.is_ready:
            raise trouble
        self._say(f"{trouble} It is tried again every minute.")

    def _tend_database(self) -> None:
        """The private server has no other keeper; an existing one has its own."""
        now = time.monotonic()
        if self._settings.database_url or now < self._next_database_look:
            return
        self._next_database_look = now + _DATABASE_LOOK
        cluster = Cluster(self._settings.data)
        try:
            if not cluster.is_running():
                self._say("The database server has ended; starting it again.")
                cluster.start()
            self._trouble = ""
        except ClusterError as trouble:
            if self._trouble != str(trouble):
                self._trouble = str(trouble)
                self._say(self._trouble)

    def _note(self, is_ready: bool) -> None:
        running = {child.role: child.identity for child in self._children if child.identity is not None}
        self._state = replace(self._state, children=running, is_ready=is_ready)
        self._file.write(self._state)

    def _end_children(self) -> None:
        self._say("Stopping …")
        end(list(self._state.children.values()), self._settings.data, PATIENCE)
        for child in self._children:
            child.bury()


def own_state(settings: Settings) -> State:
    """This process as the supervisor, with no children yet."""
    own = Identity.of(os.getpid())
    if own is None:
        raise RuntimeError("A living process has an entry in /proc.")
    return State(own, settings.address)
