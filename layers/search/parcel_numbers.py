"""Block and parcel numbers in the ways people write them."""

import re
from collections.abc import Sequence

from layers.search.readings import ParcelReading
from layers.search.tokens import Kind, Token, joined

_SHAPES = (
    # B block word, P parcel word, N number; what the groups hold are the block and the parcel.
    re.compile(r"P(?P<parcel>N)B(?P<block>N)"),  # parsel 5 ada 1234
    re.compile(r"(?P<block>N)B(?P<parcel>N)P?"),  # 1234 ada 5 parsel
    re.compile(r"B(?P<block>N)P(?P<parcel>N)"),  # ada 1234 parsel 5
    re.compile(r"(?P<parcel>N)P(?P<block>N)B"),  # 5 parsel 1234 ada
    re.compile(r"B(?P<block>N)(?P<parcel>N)P?"),  # ada 1234 5
)
_LONE_PARCEL = re.compile(r"^(?P<parcel>N)P$|^P(?P<parcel_after>N)$")
NO_BLOCK = "0"
"""How a parcel is stored where the cadastre has no blocks."""


def parcel_reading(tokens: Sequence[Token], district_id: int | None) -> ParcelReading | None:
    """The parcel a text names with the profile's words, or as "1234/5" without any."""
    spoken = _with_words(_block_letters_as_numbers(tokens), district_id)
    if spoken is not None:
        return spoken
    if any(token.kind in (Kind.STREET_TYPE, Kind.DOOR, Kind.FLAT) for token in tokens):
        return None
    return _with_slash(tokens, district_id)


def _with_words(tokens: Sequence[Token], district_id: int | None) -> ParcelReading | None:
    telling = [token for token in tokens if token.kind in "NBP"]
    shape = "".join(token.kind for token in telling)
    if not set(shape) & set("BP"):
        return None
    for pattern in _SHAPES:
        if found := pattern.search(shape):
            block, parcel = telling[found.start("block")].key, telling[found.start("parcel")].key
            return ParcelReading(block.upper(), parcel.upper(), district_id, _neighbourhood(tokens))
    if found := _LONE_PARCEL.search(shape):
        parcel = next(token.key for token in telling if token.is_number)
        both = parcel.partition("/")
        block, parcel = (both[0], both[2]) if both[1] else (NO_BLOCK, parcel)
        return ParcelReading(block, parcel.upper(), district_id, _neighbourhood(tokens))
    return None


def _block_letters_as_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Some cadastres name blocks by letters: "section AB parcelle 12"."""
    return [
        Token(token.key, Kind.NUMBER)
        if before is not None and before.kind is Kind.BLOCK and token.kind is Kind.WORD and len(token.key) <= 2
        else token
        for before, token in zip((None, *tokens), tokens, strict=False)
    ]


def _with_slash(tokens: Sequence[Token], district_id: int | None) -> ParcelReading | None:
    numbers = [token for token in tokens if token.is_number]
    if len(numbers) == 1 and numbers[0].key.count("/") == 1:
        block, _, parcel = numbers[0].key.partition("/")
    elif len(numbers) == 2 and not any("/" in token.key for token in numbers):
        block, parcel = (token.key for token in numbers)
    else:
        return None
    if not parcel[:1].isdigit():
        return None
    return ParcelReading(block.upper(), parcel.upper(), district_id, _neighbourhood(tokens), is_bare=True)


def _neighbourhood(tokens: Sequence[Token]) -> str | None:
    return joined(token for token in tokens if token.kind is Kind.WORD) or None
