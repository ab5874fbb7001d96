"""A few values of each column, so that a person sees what it holds; never of a column about people."""

from collections.abc import Iterable, Mapping

from importers.mapping import Columns
from importers.personal import national_number
from importers.reader import Record
from layers.core.profile import Profile

SHOWN = 3
LONGEST = 60
MOST_COLUMNS = 200


def samples_of(
    sample: Iterable[Record], headers: Iterable[str], removed: Iterable[str], profile: Profile
) -> Mapping[str, list[str]]:
    """Header -> its first different values."""
    number = national_number(profile)
    gone = set(removed)
    found: dict[str, list[str]] = {header: [] for header in headers if header not in gone}
    found = dict(list(found.items())[:MOST_COLUMNS])
    for record in sample:
        for header, value in record.attributes.items():
            shown = found.get(header)
            if shown is None or len(shown) >= SHOWN or value is None or (number is not None and number.is_in(value)):
                continue
            text = " ".join(str(value).split())[:LONGEST]
            if text and text not in shown:
                shown.append(text)
    return found


def without_removed(samples: Mapping[str, list[str]], columns: Columns) -> Mapping[str, list[str]]:
    """Once all values have passed, a column may turn out to be about people."""
    return {header: values for header, values in samples.items() if header not in columns.removed}
