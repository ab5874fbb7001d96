"""A mail server on this machine, which takes letters or refuses them as it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session


@dataclass
class Mailbox:
    """What came, and what is answered."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    """To the next letters, first come first; then they are taken."""
    unknown: set[str] = field(default_factory=set)
    """Addresses that nobody has."""
    came: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """A letter that comes to an address."""
        if address in self.unknown:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """A whole letter."""
        if self.answers:
            return self.answers.pop(0)
        self.came.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def _knows(_server: object, _session: object, _envelope: object, _mechanism: str, said: object) -> AuthResult:
    return AuthResult(success=(said.login, said.password) == (b"gis", b"secret"), handled=False)


@contextmanager
def taking_letters() -> Iterator[Mailbox]:
    """Listens until the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mailbox = Mailbox(port)
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, authenticator=_knows, auth_require_tls=False)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
