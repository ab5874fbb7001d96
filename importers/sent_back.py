"""The columns by which a file of refused records is known when it comes back corrected."""

from collections.abc import Iterable

from importers.wording import LANGUAGES

FINDING_COLUMNS = {f"finding_{language}": language for language in LANGUAGES}
"""Column -> language of what was found; short enough for a dBase table."""


def is_sent_back(headers: Iterable[str]) -> bool:
    """Such a file is never the whole state of a district: the records that were right are not in it."""
    return FINDING_COLUMNS.keys() <= {header.lower() for header in headers}
