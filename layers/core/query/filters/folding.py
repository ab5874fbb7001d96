"""CASEI and ACCENTI with the letters of the profile: İ and I are capitals of one letter, whatever the locale."""

from collections.abc import Callable
from functools import partial
from typing import Any
from unicodedata import decomposition

from sqlalchemy import ColumnElement, Text, collate, func, literal, literal_column

from layers.core.profile import Profile

_LETTERS_OF_ALL = "und-x-icu"
_MARKS = "[\u0300-\u036f]"

Folding = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def folding_of(profile: Profile, ignoring: str) -> Folding:
    """What to do with both sides of a comparison."""
    table = dict(zip(profile.fold_from, profile.fold_to, strict=True))
    return partial(_small, without_case(table)) if ignoring == "case" else partial(_bare, without_accents(table))


def without_case(table: dict[str, str]) -> dict[str, str]:
    """The capitals that plain lowering would not bring to their small letter, and what becomes of them.

    Where a language has a letter whose capital is the capital of another (ı and i), both become one.
    """
    return {letter: small for letter, plain in table.items() if (small := _lowered(letter, plain)) != letter}


def without_accents(table: dict[str, str]) -> dict[str, str]:
    """The letters that do not come apart into a plain one and a mark."""
    return {
        letter: plain.upper() if letter.isupper() else plain
        for letter, plain in table.items()
        if not decomposition(letter) and letter.lower() != plain
    }


def _lowered(letter: str, plain: str) -> str:
    if letter.upper().lower() == letter:
        return letter
    small = letter.lower()
    return small if small.upper() == letter else plain


def _small(table: dict[str, str], text: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.lower(collate(_exchanged(table, text), _LETTERS_OF_ALL), type_=Text)


def _bare(table: dict[str, str], text: ColumnElement[Any]) -> ColumnElement[Any]:
    apart = func.normalize(_exchanged(table, text), literal_column("NFD"))
    return func.regexp_replace(apart, _MARKS, "", "g", type_=Text)


def _exchanged(table: dict[str, str], text: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.translate(text, literal("".join(table), Text), literal("".join(table.values()), Text), type_=Text)
