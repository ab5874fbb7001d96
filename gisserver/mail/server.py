"""The mail server that the operator names, and what may be wrong with it."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from typing import Self

from gisserver.settings import Settings

PATIENCE_S = 20.0
FINAL = 500
"""A server that answers this or more will not take it another time either."""


class Trouble(StrEnum):
    """Why a letter was not taken."""

    UNREACHABLE = "unreachable"
    NOT_SECURE = "not_secure"
    """No encryption, or a certificate that is not trusted."""
    NOT_LET_IN = "not_let_in"
    REFUSED = "refused"
    UNKNOWN_ADDRESS = "unknown_address"


class _NoEncryption(smtplib.SMTPException):
    """The server offers none, and the operator wants it."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """None where the operator wants no e-mail."""
        if settings.smtp_host is None:
            return None
        return cls(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_sender or "",
        )

    def send(self, message: EmailMessage) -> Trouble | None:
        """Hand one letter in; None where it was taken."""
        try:
            with self._connected() as connection:
                if self.user:
                    connection.login(self.user, self.password or "")
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            is_final = all(code >= FINAL for code, _said in refused.recipients.values())
            return Trouble.UNKNOWN_ADDRESS if is_final else Trouble.REFUSED
        except smtplib.SMTPAuthenticationError:
            return Trouble.NOT_LET_IN
        except (_NoEncryption, ssl.SSLError):
            return Trouble.NOT_SECURE
        except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
            return Trouble.UNREACHABLE
        except smtplib.SMTPException:
            return Trouble.REFUSED
        except OSError:
            return Trouble.UNREACHABLE
        return None

    def _connected(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_S, context=trusted)
        connection = smtplib.SMTP(self.host, self.port, timeout=PATIENCE_S)
        if self.security == "starttls":
            try:
                connection.ehlo_or_helo_if_needed()
                if not connection.has_extn("starttls"):
                    raise _NoEncryption
                connection.starttls(context=trusted)
            except OSError:
                connection.close()
                raise
        return connection
