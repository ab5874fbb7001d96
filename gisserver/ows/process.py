"""MapServer as a process for each question: its rights, time and memory are those of this question and end with it."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from layers.core.store import Actor

PROGRAM = "mapserv"
PACKAGE = "cgi-mapserver"
_PLACES = ("/usr/bin", "/usr/lib/cgi-bin")
_PIECE = 1 << 16
_LONGEST_HEAD = 1 << 16
_MEMORY_BYTES = 1 << 30
_PATIENCE_S = 5.0
"""Seconds that a question waits for its turn: a map asks for many pictures at once."""
_MORE_THAN_THE_DATABASE_S = 20
"""Seconds for drawing and writing, beyond those of a statement."""

Watch = Callable[[Callable[[], object]], AbstractContextManager[None]]


class NotInstalled(Exception):
    """There is no MapServer on this machine."""


class NoPlace(Exception):
    """Others keep all processes busy."""


class NoAnswer(Exception):
    """The process ended, or was ended, without an answer."""


@dataclass(frozen=True)
class Question:
    """What the process is asked, by whom, and where it believes to be."""

    mapfile: Path
    query: str
    actor: Actor
    scheme: str
    host: str
    port: str
    path: str
    body: bytes = b""
    content_type: str = ""

    @property
    def cgi(self) -> dict[str, str]:
        """The request as CGI describes it; addresses in answers are made of it."""
        told = {
            "GATEWAY_INTERFACE": "CGI/1.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REQUEST_METHOD": "POST" if self.body else "GET",
            "QUERY_STRING": self.query,
            "SCRIPT_NAME": self.path,
            "SERVER_NAME": self.host,
            "SERVER_PORT": self.port,
        }
        secure = {"HTTPS": "on"} if self.scheme == "https" else {}
        body = {"CONTENT_LENGTH": str(len(self.body)), "CONTENT_TYPE": self.content_type} if self.body else {}
        return {**told, **secure, **body}


@dataclass(frozen=True)
class Answer:
    """The head of an answer, and its body as it comes."""

    status: int
    content_type: str
    pieces: Generator[bytes, None, None]


class MapServer:
    """A bounded number of processes."""

    def __init__(
        self, url: URL, folder: Path, most: int, query_seconds: int, *, patience_s: float = _PATIENCE_S
    ) -> None:
        self._url = url
        self._folder = folder
        self._query_seconds = query_seconds
        self._patience_s = patience_s
        self._free = threading.BoundedSemaphore(most)

    @property
    def program(self) -> str:
        """Raises NotInstalled."""
        found = shutil.which(PROGRAM, path=os.pathsep.join(_PLACES))
        if found is None:
            raise NotInstalled
        return found

    def answer(self, question: Question, watch: Watch) -> Answer:
        """Once its head is known; the process ends when the pieces have been read or are closed.

        Raises NotInstalled, NoPlace, NoAnswer.
        """
        program = self.program
        with ExitStack() as held:
            held.enter_context(self.place())
            output = held.enter_context(self._started(program, question, watch))
            status, content_type = _head(output)
            return Answer(status, content_type, _pieces(held.pop_all(), output))

    @contextmanager
    def place(self) -> Iterator[None]:
        """Raises NoPlace."""
        if not self._free.acquire(timeout=self._patience_s):
            raise NoPlace
        try:
            yield
        finally:
            self._free.release()

    @contextmanager
    def _started(self, program: str, question: Question, watch: Watch) -> Iterator[IO[bytes]]:
        seconds = self._query_seconds + _MORE_THAN_THE_DATABASE_S
        limits = ("/usr/bin/prlimit", f"--cpu={seconds}", f"--as={_MEMORY_BYTES}", "--core=0")
        pipe = subprocess.PIPE
        with subprocess.Popen(
            [*limits, program],
            env=self._environment(question),
            cwd=self._folder,
            stdin=pipe,
            stdout=pipe,
            bufsize=_PIECE,
        ) as process:
            late = threading.Timer(seconds, process.kill)
            late.start()
            try:
                with watch(process.kill):
                    yield _hand_over(process, question.body)
            finally:
                late.cancel()
                process.kill()

    def _environment(self, question: Question) -> Mapping[str, str]:
        """Nothing of our own environment: the process knows its question and its database."""
        return {
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "MAPSERVER_CONFIG_FILE": str(self._folder / "mapserver.conf"),
            "MS_MAPFILE": str(question.mapfile),
            **libpq_environment(self._url, question.actor, self._query_seconds),
            **question.cgi,
        }


def libpq_environment(url: URL, actor: Actor, seconds: int) -> dict[str, str]:
    """The connection as libpq takes it: who asks, as the row-level policies read it, read only and not for ever."""
    own = {name: value for name, value in url.query.items() if isinstance(value, str)}
    said = {
        "gis.role": actor.role,
        "gis.district": "" if actor.district_id is None else str(actor.district_id),
        "gis.account": "" if actor.account_id is None else str(actor.account_id),
        "default_transaction_read_only": "on",
        "statement_timeout": f"{seconds}s",
        "client_connection_check_interval": "1s",
    }
    options = " ".join([own.pop("options", ""), *(f"-c {name}={value}" for name, value in said.items())])
    parts = {
        "PGHOST": own.get("host") or url.host,
        "PGPORT": own.get("port") or url.port,
        "PGUSER": own.get("user") or url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": own.get("sslmode"),
        "PGOPTIONS": options.strip(),
    }
    return {name: str(value) for name, value in parts.items() if value is not None}


def _hand_over(process: "subprocess.Popen[bytes]", body: bytes) -> IO[bytes]:
    """A process that wants no more of the body says why in its answer."""
    if process.stdin is None or process.stdout is None:
        raise NoAnswer
    with suppress(BrokenPipeError), process.stdin as whole:
        whole.write(body)
    return process.stdout


def _pieces(held: ExitStack, output: IO[bytes]) -> Generator[bytes, None, None]:
    with held:
        while piece := output.read(_PIECE):
            yield piece


def _head(output: IO[bytes]) -> tuple[int, str]:
    """Status and content type, of the lines before the empty one. Raises NoAnswer."""
    status, content_type = 200, ""
    for _ in range(32):
        line = output.readline(_LONGEST_HEAD)
        if line in (b"\r\n", b"\n") and content_type:
            return status, content_type
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "content-type":
            content_type = value.strip()
        elif name.lower() == "status":
            status = int(value.split()[0])
        if not line:
            break
    raise NoAnswer
