"""How much may be sent: one file's size, what waits for a district, what one account has begun."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.inbox.sending import Sending
from sql import query


class QuotaExceeded(Exception):
    """The file is not taken, or not now."""


class TooLarge(QuotaExceeded):
    """The file is larger than this service takes; send it in parts, or ask the department to load it."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(f"The file is larger than {limit_bytes // 1_000_000} MB.")


class TooMuchWaiting(QuotaExceeded):
    """Files of this district that were not checked yet leave no room for another."""

    def __init__(self, limit_bytes: int, waiting_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.waiting_bytes = waiting_bytes
        super().__init__(f"{waiting_bytes // 1_000_000} MB of this district wait already.")


class TooManyUnfinished(QuotaExceeded):
    """The account has begun as many files as it may without finishing one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"{limit} files were begun and not finished.")


@dataclass(frozen=True)
class Quota:
    """None is no limit."""

    file_bytes: int
    waiting_bytes: int | None = None
    """Of one district, until they are checked; of an unfinished file its whole announced size."""
    unfinished: int | None = None
    """Of one account."""

    def admit(self, connection: Connection, sending: Sending, size_bytes: int, *, is_unfinished: bool = False) -> None:
        """Until the end of the transaction nobody else of the district is admitted. Raises QuotaExceeded."""
        if size_bytes > self.file_bytes:
            raise TooLarge(self.file_bytes)
        if self.waiting_bytes is None and self.unfinished is None:
            return
        connection.execute(text(query("inbox.admit_one_at_a_time")), {"district": sending.district_id})
        waiting = connection.execute(
            text(query("inbox.waiting")), {"district": sending.district_id, "account": sending.sent_by}
        ).one()
        if self.waiting_bytes is not None and waiting.bytes + size_bytes > self.waiting_bytes:
            raise TooMuchWaiting(self.waiting_bytes, int(waiting.bytes))
        if is_unfinished and self.unfinished is not None and waiting.unfinished >= self.unfinished:
            raise TooManyUnfinished(self.unfinished)
