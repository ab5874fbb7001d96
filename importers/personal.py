"""What tells about people: columns by their header, cells by the national numbers in them. None of it is stored."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from importers.reader import Record
from layers.core.profile import Profile

LARGEST_SHARE = 0.2
"""Share of a column's cells that hold a national number before the whole column counts as personal."""
HIDDEN = "•••"
"""In place of what may not be written; in a cell that comes back it stands for no value."""

_TRAILING_NUMBER = re.compile(r"\s*\d+$")


@dataclass(frozen=True)
class NationalNumber:
    """How a country's identity numbers are written, and how their own digits prove them."""

    length: int
    written: re.Pattern[str]
    """Anywhere in a text; whether it is one, `is_proven` tells."""
    is_proven: Callable[[Sequence[int]], bool]

    def is_in(self, value: Any) -> bool:
        """Whether a cell is such a number or holds one among other words."""
        text = _digits_of(value) if isinstance(value, int | float) else str(value)
        return len(text) >= self.length and any(self._proves(found) for found in self.written.finditer(text))

    def is_rivalled_by(self, value: Any) -> bool:
        """Whether a cell is nothing but a number of this length that the digits do not prove."""
        text = _digits_of(value) if isinstance(value, int | float) else str(value).strip()
        return len(text) == self.length and text.isdecimal() and not self.is_in(text)

    def _proves(self, found: re.Match[str]) -> bool:
        return self.is_proven([int(sign) for sign in found.group() if sign.isdecimal()])


def national_number(profile: Profile) -> NationalNumber | None:
    """By the check the profile names; where it names none, nothing is looked for."""
    return _KNOWN.get(profile.national_id_check)


def is_personal_header(folded: str, profile: Profile) -> bool:
    """Headers come numbered (one owner after another) and cut to the ten letters a dBase table allows."""
    word = _TRAILING_NUMBER.sub("", folded)
    if word in profile.personal_columns or folded in profile.personal_columns:
        return True
    is_cut = len(folded.replace(" ", "")) >= 8 and len(folded) <= 10
    return is_cut and any(known.startswith(folded) for known in profile.personal_columns)


def numberings(sample: Iterable[Record], profile: Profile) -> frozenset[str]:
    """Headers of columns that number something else: of such numbers one in a hundred looks proven by chance."""
    number = national_number(profile)
    if number is None:
        return frozenset()
    filled: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for record in sample:
        for header, value in record.attributes.items():
            if value is not None and value != "":
                filled[header] += 1
                others[header] += number.is_rivalled_by(value)
    return frozenset(header for header, count in others.items() if count > filled[header] / 2)


def without_national_numbers(told: Any, profile: Profile) -> Any:
    """What is told of a file, without the texts that hold such a number: headers and layer names may be somebody."""
    number = national_number(profile)
    return told if number is None else _hidden(told, number)


def cell_without_number(value: Any, profile: Profile) -> Any:
    """A cell as it may be written down: hidden whole where it holds such a number, as a number or among words."""
    number = national_number(profile)
    is_held = number is not None and value is not None and number.is_in(value)
    return HIDDEN if is_held else value


def _hidden(told: Any, number: NationalNumber) -> Any:
    if isinstance(told, str):
        return HIDDEN if number.is_in(told) else told
    if isinstance(told, Mapping):
        return {_hidden(str(key), number): _hidden(part, number) for key, part in told.items()}
    if isinstance(told, list | tuple):
        return [_hidden(part, number) for part in told]
    return told


def _digits_of(value: float) -> str:
    """A number kept as a number by a spreadsheet."""
    return str(int(value)) if float(value).is_integer() else ""


def _proves_tckn(digits: Sequence[int]) -> bool:
    """The tenth digit follows from the nine before it, the last from all ten."""
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[0] != 0 and digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


_KNOWN: Mapping[str, NationalNumber] = {
    # Together or as 3-3-3-2; not the decimals of a number, nor a part of a longer one.
    "tckn": NationalNumber(
        11,
        re.compile(r"(?<!\d)(?<!\d[.,])[1-9]\d\d[ \xa0-]?\d{3}[ \xa0-]?\d{3}[ \xa0-]?\d\d(?!\d|[.,]\d*[1-9])"),
        _proves_tckn,
    )
}
