"""Sending what waits: one letter at a time, again and ever later until the mail server takes it."""

import logging
from dataclasses import dataclass
from typing import Self

from gisserver.mail.server import MailServer, Trouble
from gisserver.mail.writing import Writer
from gisserver.settings import Settings
from layers.core import letters
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

FIRST_PAUSE_S = 30
MOST_ATTEMPTS = 50
"""With pauses of an hour at most: about two days."""

_log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take it; it is tried again later."""


@dataclass(frozen=True)
class Post:
    """What sending takes."""

    store: Store
    writer: Writer
    server: MailServer | None

    @classmethod
    def of(cls, settings: Settings, store: Store) -> Self:
        """As the operator has set it."""
        profile = load_profile(settings.profile_path)
        root = (settings.public_url or settings.address).rstrip("/")
        writer = Writer(profile, Registry.of_folder(), root, settings.smtp_sender or "")
        return cls(store, writer, MailServer.of(settings))

    def send(self, notice_id: int, *, is_last: bool = False) -> None:
        """Raises NotSent."""
        with self.store.reading(WORKER) as connection:
            letter = letters.letter(connection, notice_id)
        if letter is None:
            return
        if self.server is None or not letter.is_wanted:
            with self.store.writing(WORKER) as connection:
                letters.unwanted(connection, notice_id)
            return
        trouble = self.server.send(self.writer.write(letter))
        is_final = is_last or trouble is Trouble.UNKNOWN_ADDRESS
        with self.store.writing(WORKER) as connection:
            if trouble is None:
                letters.sent(connection, notice_id)
            else:
                letters.failed(connection, notice_id, trouble, is_final=is_final)
        if trouble is not None:
            _log.warning("the letter for notice %s was not taken: %s", notice_id, trouble)
            if not is_final:
                raise NotSent(trouble)
