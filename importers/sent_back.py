"""The columns by which a file of refused records is known when it comes back corrected."""

from collections.abc import Iterable

from layers.core.words import BUILT_IN, languages_written


def finding_column(language: str) -> str:
    """Where what was found stands in that language; short enough for a dBase table."""
    return f"finding_{language}"


def finding_columns() -> frozenset[str]:
    """In whichever place the file was made."""
    return frozenset(finding_column(language) for language in languages_written())


def is_sent_back(headers: Iterable[str]) -> bool:
    """Such a file is never the whole state of a district: the records that were right are not in it."""
    return {finding_column(language) for language in BUILT_IN} <= {header.lower() for header in headers}
