"""The process apart, kept warm: each web process has one, and hands it one order after the other."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from flask_babel import gettext as _

from gisserver.editing.order import DATABASE, PROFILE, Order, Outcome
from gisserver.errors import Refused

MOST_WAITING = 7
"""Requests, so that those who read are not left without threads."""
_COMMAND = (sys.executable, "-m", "gisserver.editing.child")


class TooManyEdits(Refused):
    """Others edit at the moment, and it takes its time."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotDone(Exception):
    """The process ended without an answer; its own words are in the log, and nothing of the order is left."""


class EditDesk:
    """Started with the first order, and again where it has ended."""

    def __init__(self, database_url: str, profile: Path, seconds: int) -> None:
        self._environment = {DATABASE: database_url, PROFILE: str(profile)}
        self._seconds = seconds
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._at_work = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def outcome(self, order: Order) -> Outcome:
        """Raises TooManyEdits, NotDone."""
        with self._place(), self._at_work:
            return Outcome.parse(self._answer(order.line))

    def close(self) -> None:
        """Let the process go; an order that is being worked on is finished or undone by the database."""
        with self._at_work:
            self._end()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise TooManyEdits(_("Others are editing at the moment. Try again in a few seconds."))
        try:
            yield
        finally:
            self._waiting.release()

    def _answer(self, line: str) -> str:
        """A process that ended of its own accord, because nobody had asked for long, has not begun with the order."""
        for _attempt in range(2):
            process = self._running()
            too_long = threading.Timer(self._seconds, process.kill)
            too_long.start()
            try:
                if answer := _said(process, line):
                    return answer
                has_not_begun = process.wait() == 0
            finally:
                too_long.cancel()
            self._end()
            if not has_not_begun:
                break
        raise NotDone

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            pipe, environment = subprocess.PIPE, {**os.environ, **self._environment}
            self._process = subprocess.Popen(
                _COMMAND, env=environment, stdin=pipe, stdout=pipe, text=True, encoding="utf-8"
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.communicate()


def _said(process: "subprocess.Popen[str]", line: str) -> str:
    """Nothing where nobody listens any more."""
    if process.stdin is None or process.stdout is None:
        return ""
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except BrokenPipeError:
        return ""
    return process.stdout.readline()
