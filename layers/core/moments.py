"""Days and times as people write them."""

import datetime


def moment_of(written: str) -> datetime.datetime:
    """RFC 3339 time or a day; a day means its end, so that what was published on it counts. Raises ValueError."""
    if len(written) == 10:
        day = datetime.date.fromisoformat(written)
        return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
    parsed = datetime.datetime.fromisoformat(written)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=datetime.UTC)
