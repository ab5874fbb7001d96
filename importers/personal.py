"""Columns that tell about people: recognised by their header or their content, never stored."""

import re
from collections.abc import Callable, Mapping

from layers.core.profile import Profile

LARGEST_SHARE = 0.2
"""Share of a column's values that pass the check of a national number before the column counts as personal."""

_SHORTEST = 8
"""No national number has fewer digits; most cells are shorter and need no closer look."""
_TRAILING_NUMBER = re.compile(r"\s*\d+$")


def is_personal_header(folded: str, profile: Profile) -> bool:
    """Headers come numbered (one owner after another) and cut to the ten letters a dBase table allows."""
    word = _TRAILING_NUMBER.sub("", folded)
    if word in profile.personal_columns or folded in profile.personal_columns:
        return True
    is_cut = len(folded.replace(" ", "")) >= 8 and len(folded) <= 10
    return is_cut and any(known.startswith(folded) for known in profile.personal_columns)


def looks_like_national_number(value: object, profile: Profile) -> bool:
    """By the check the profile names; where it names none, nothing does."""
    check = _CHECKS.get(profile.national_id_check)
    if check is None or value is None or (isinstance(value, str) and len(value) < _SHORTEST):
        return False
    if isinstance(value, float):
        return value.is_integer() and check(str(int(value)))
    return check(str(value).strip())


def _passes_tckn(text: str) -> bool:
    """Eleven digits: the tenth follows from the nine before it, the last from all ten."""
    if len(text) != 11 or not text.isascii() or not text.isdecimal() or text[0] == "0":
        return False
    digits = [int(sign) for sign in text]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


_CHECKS: Mapping[str, Callable[[str], bool]] = {"tckn": _passes_tckn}
