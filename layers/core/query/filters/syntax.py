"""From the letters of a filter to a tree of operators; the only place that knows which library reads CQL2 text."""

import json
import re
from typing import Any, Literal

from cql2 import ParseError, parse_text

from layers.core.query.wrong import WrongQuery
from layers.core.words import Title

Language = Literal["cql2-text", "cql2-json"]
LANGUAGES: tuple[Language, ...] = ("cql2-text", "cql2-json")
LONGEST = 65_536
DEEPEST = 50
MOST_OPERATORS = 1_000
"""The parser's recursion ends the process at about 15,000."""

_LENGTH = Title(
    "Süzgeç {length} karakter; en çok {longest} olabilir. Sınırı bbox ile verin ya da süzgeci bölün.",
    "The filter has {length} characters; at most {longest} are read. Give an area by bbox, or ask in parts.",
)
_NESTING = Title(
    "Süzgeçte iç içe en çok {deepest} parantez, toplam en çok {operators} işleç olabilir. Daha kısa yazın; "
    "birçok değer için “alan IN (…)” kullanın.",
    "A filter may nest {deepest} brackets and use {operators} operators. Write it shorter; for many values use "
    "“field IN (…)”.",
)
_SYNTAX = Title(
    "Süzgeç {line}. satırın {column}. karakterinden sonra anlaşılamadı. Örnek: {example}",
    "The filter cannot be read at line {line}, character {column}. For instance: {example}",
)
_EXAMPLES: dict[Language, str] = {
    "cql2-text": "ref LIKE '12-%' AND version > 1",
    "cql2-json": '{"op": ">", "args": [{"property": "version"}, 1]}',
}
_TEXT = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_OPERATOR = re.compile(r"[=<>+*/^%-]|\b(?:not|like|in|is|div|between|and|or)\b", re.IGNORECASE)
_COORDINATE = re.compile(r"(?<=[(,])(?:\s*-?[\d.]+(?:e[+-]?\d+)?(?=[\s,)])){1,4}\s*(?=[,)])", re.IGNORECASE)
_PLACE = re.compile(r"(?:--> |line )(\d+)(?::| column )(\d+)")


def tree_of(text: str, language: Language) -> Any:
    """The filter as CQL2 JSON has it; WrongQuery says where it cannot be read."""
    if len(text) > LONGEST:
        raise WrongQuery("filter", _LENGTH, length=len(text), longest=LONGEST)
    if language == "cql2-json":
        _check_size(_STRING.sub('""', text), count_operators=False)
        return _tree_of_json(text)
    _check_size(_TEXT.sub("''", text), count_operators=True)
    try:
        return parse_text(text).to_json()
    except ParseError as error:
        raise _unreadable(str(error), language) from None


def _tree_of_json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        raise _unreadable(str(error), "cql2-json") from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _check_size(bare: str, *, count_operators: bool) -> None:
    """`bare` is the filter without what stands in quotes."""
    depth = deepest = 0
    for sign in bare:
        if sign in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ")]}":
            depth -= 1
    operators = len(_OPERATOR.findall(_without_coordinates(bare))) if count_operators else 0
    if deepest > DEEPEST or operators > MOST_OPERATORS:
        raise WrongQuery("filter", _NESTING, deepest=DEEPEST, operators=MOST_OPERATORS)


def _without_coordinates(bare: str) -> str:
    """Signs before the numbers of a list are no operators."""
    return _COORDINATE.sub("", bare)


def _unreadable(cause: str, language: Language) -> WrongQuery:
    place = _PLACE.search(cause)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    example = _EXAMPLES[language]
    return WrongQuery("filter", _SYNTAX, at=(line, column), line=line, column=column, example=example)
