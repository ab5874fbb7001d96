"""Trying again later, each time later still."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

LONGEST_PAUSE_S = 3_600


class BackOff(BaseRetryStrategy):
    """After each failure three times as long, an hour at most."""

    def __init__(self, trouble: type[Exception], *, first_s: int, most_attempts: int | None = None) -> None:
        self._trouble = trouble
        self._first_s = first_s
        self._most_attempts = most_attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """None for what surprises us, and where it has been tried often enough."""
        is_over = self._most_attempts is not None and job.attempts >= self._most_attempts
        if is_over or not isinstance(exception, self._trouble):
            return None
        return RetryDecision(retry_in={"seconds": min(self._first_s * 3 ** min(job.attempts, 8), LONGEST_PAUSE_S)})
