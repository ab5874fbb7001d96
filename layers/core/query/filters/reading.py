"""From the tree of a filter to typed terms: every name is known, every comparison makes sense."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from layers.core.crs import Crs
from layers.core.query.filters import sentences as say
from layers.core.query.filters.kinds import family_of, kind_of
from layers.core.query.filters.literals import boxed, instant, is_text, number, shape
from layers.core.query.filters.temporal import RELATIONS
from layers.core.query.filters.terms import (
    Arithmetic,
    Between,
    Comparison,
    Condition,
    Every,
    Folded,
    Like,
    OneOf,
    Property,
    Shape,
    Some,
    Span,
    Spatial,
    Temporal,
    Term,
    Truth,
    Unknown,
    Value,
    Without,
)
from layers.core.query.properties import GEOMETRY, ReadableLayer
from layers.core.query.wrong import WrongQuery
from layers.core.words import Title

COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
ARITHMETIC = ("+", "-", "*", "/", "%", "^", "div")
FOLDINGS = {"casei": "case", "accenti": "accents"}
SPATIAL = tuple(
    f"s_{name}" for name in ("intersects", "disjoint", "equals", "touches", "crosses", "within", "contains", "overlaps")
)
TEMPORAL = tuple(f"t_{name}" for name in RELATIONS)
_DEEPEST = 200
_NUMBERS = ("integer", "number")


def read_condition(tree: Any, text: str, crs: Crs, readable: ReadableLayer) -> Condition:
    """WrongQuery names the word that makes no sense and what could stand there."""
    return _Reading(text, crs, readable).condition(tree)


class _Reading:
    """One filter, for one reader of one layer."""

    def __init__(self, text: str, crs: Crs, readable: ReadableLayer) -> None:
        self._text = text
        self._crs = crs
        self._readable = readable
        self._depth = 0

    def condition(self, tree: Any) -> Condition:
        """What can be true or false."""
        if isinstance(tree, bool) or (isinstance(tree, dict) and "property" in tree):
            return Truth(self._expect(self._term(tree), "boolean"))
        operator, arguments = self._operation(tree)
        read = self._reader_of(operator)
        if read is None:
            raise self._wrong(operator, say.OPERATOR, known=", ".join(self._conditions()))
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(operator, say.DEPTH)
        found = read(operator, arguments)
        self._depth -= 1
        return found

    def _reader_of(self, operator: str) -> Callable[[str, Sequence[Any]], Condition] | None:
        if operator in COMPARISONS:
            return self._comparison
        if operator in SPATIAL:
            return self._spatial
        if operator in TEMPORAL:
            return self._temporal
        return self._conditions().get(operator)

    def _conditions(self) -> dict[str, Callable[[str, Sequence[Any]], Condition]]:
        return {
            "and": lambda _operator, parts: Every(tuple(self.condition(part) for part in parts)),
            "or": lambda _operator, parts: Some(tuple(self.condition(part) for part in parts)),
            "not": lambda operator, parts: Without(self.condition(*self._exactly(1, operator, parts))),
            "like": self._like,
            "between": self._between,
            "in": self._one_of,
            "isNull": self._unknown,
            **dict.fromkeys(COMPARISONS, self._comparison),
            **dict.fromkeys(SPATIAL, self._spatial),
            **dict.fromkeys(TEMPORAL, self._temporal),
        }

    def _comparison(self, operator: str, arguments: Sequence[Any]) -> Condition:
        left, right = self._alike(operator, *self._exactly(2, operator, arguments))
        return Comparison(cast(Any, operator), left, right)

    def _like(self, operator: str, arguments: Sequence[Any]) -> Condition:
        text, pattern = (self._term(part) for part in self._exactly(2, operator, arguments))
        return Like(self._expect(text, "string"), self._expect(pattern, "string"))

    def _between(self, operator: str, arguments: Sequence[Any]) -> Condition:
        if len(arguments) == 2 and isinstance(arguments[1], list):
            arguments = [arguments[0], *arguments[1]]
        term, low, high = self._exactly(3, operator, arguments)
        asked, lowest = self._alike(operator, term, low)
        return Between(asked, lowest, self._alike(operator, term, high)[1])

    def _one_of(self, operator: str, arguments: Sequence[Any]) -> Condition:
        term, choices = self._exactly(2, operator, arguments)
        if not isinstance(choices, list) or not choices:
            raise self._wrong(operator, say.EMPTY_LIST)
        pairs = [self._alike(operator, term, choice) for choice in choices]
        return OneOf(pairs[0][0], tuple(choice for _term, choice in pairs))

    def _unknown(self, operator: str, arguments: Sequence[Any]) -> Condition:
        (asked,) = self._exactly(1, operator, arguments)
        return Unknown(None if _is_the_shape(asked) else self._term(asked))

    def _spatial(self, operator: str, arguments: Sequence[Any]) -> Condition:
        left, right = (self._shape(part) for part in self._exactly(2, operator, arguments))
        relation = operator.removeprefix("s_")
        mixed = [side for side in (left, right) if side and side.geometry.geom_type == "GeometryCollection"]
        if mixed and relation not in ("intersects", "disjoint"):
            raise self._wrong(operator, say.COLLECTION)
        return Spatial(relation, left, right)

    def _shape(self, tree: Any) -> Shape | None:
        if _is_the_shape(tree):
            return None
        if not isinstance(tree, dict) or not ({"bbox", "coordinates", "geometries"} & set(tree)):
            raise self._wrong(_shown(tree), say.NO_SHAPE, name=GEOMETRY)
        found = boxed(tree["bbox"], self._crs) if "bbox" in tree else shape(tree, self._crs)
        if isinstance(found, Title):
            raise self._wrong(_shown(tree), found)
        return Shape(found, self._crs)

    def _temporal(self, operator: str, arguments: Sequence[Any]) -> Condition:
        left, right = (self._span(part) for part in self._exactly(2, operator, arguments))
        return Temporal(operator.removeprefix("t_"), left, right)

    def _span(self, tree: Any) -> Span:
        if isinstance(tree, dict) and "interval" in tree:
            start, end = self._exactly(2, "interval", tree["interval"])
            return Span(self._moment(start), self._moment(end), is_interval=True)
        moment = self._moment(tree)
        return Span(moment, moment, is_interval=False)

    def _moment(self, tree: Any) -> Term | None:
        if tree == "..":
            return None
        term = self._term({"date" if "T" not in tree else "timestamp": tree} if isinstance(tree, str) else tree)
        return self._expect(term, "date", "timestamp")

    def _alike(self, operator: str, left: Any, right: Any) -> tuple[Term, Term]:
        """Two terms of one kind; a day may be written as a text where a day is meant."""
        terms = [self._term(left), self._term(right)]
        kinds = [kind_of(term) for term in terms]
        for here, there in ((0, 1), (1, 0)):
            term = terms[here]
            if kinds[there] == "date" and isinstance(term, Value) and isinstance(term.value, str):
                terms[here] = self._instant("date", term.value)
                kinds[here] = "date"
        if family_of(kinds[0]) != family_of(kinds[1]):
            names = [say.KINDS[kind] for kind in kinds]
            raise self._wrong(_shown(right), say.KINDS_DIFFER, operator=operator, left=names[0], right=names[1])
        return terms[0], terms[1]

    def _term(self, tree: Any) -> Term:
        if isinstance(tree, dict):
            return self._compound(tree)
        if isinstance(tree, str):
            if not is_text(tree):
                raise self._wrong(_shown(tree), say.LETTERS)
            return Value(tree)
        if isinstance(tree, bool):
            return Value(tree)
        if isinstance(tree, int | float):
            found = number(tree)
            if found is None:
                raise self._wrong(_shown(tree), say.NUMBER)
            return Value(found)
        raise self._wrong(_shown(tree), say.NO_TERM)

    def _compound(self, tree: dict[str, Any]) -> Term:
        if "property" in tree:
            return self._property(tree["property"])
        for kind in ("date", "timestamp"):
            if kind in tree:
                return self._instant(kind, tree[kind])
        operator, arguments = self._operation(tree)
        if operator in ARITHMETIC:
            sides = [self._term(part) for part in self._exactly(2, operator, arguments)]
            left, right = (self._expect(side, *_NUMBERS) for side in sides)
            return Arithmetic(cast(Any, operator), left, right)
        if operator in FOLDINGS:
            (part,) = self._exactly(1, operator, arguments)
            return Folded(cast(Any, FOLDINGS[operator]), self._expect(self._term(part), "string"))
        raise self._wrong(operator, say.FUNCTION, known=", ".join((*FOLDINGS, *ARITHMETIC)))

    def _property(self, name: Any) -> Property:
        field = self._readable.property_named(name) if isinstance(name, str) else None
        if field is None:
            known = ", ".join((*self._readable.names, GEOMETRY))
            raise self._wrong(_shown(name), say.PROPERTY, known=known)
        return Property(field)

    def _instant(self, kind: str, written: Any) -> Value:
        found = instant(kind, written)
        if found is None:
            raise self._wrong(_shown(written), say.INSTANT)
        return Value(found)

    def _operation(self, tree: Any) -> tuple[str, Sequence[Any]]:
        if not isinstance(tree, dict) or not isinstance(tree.get("op"), str) or not isinstance(tree.get("args"), list):
            raise self._wrong(_shown(tree), say.NO_CONDITION)
        operator = tree["op"]
        return operator if operator == "isNull" else operator.lower(), tree["args"]

    def _exactly(self, wanted: int, operator: str, arguments: Any) -> Sequence[Any]:
        if not isinstance(arguments, list) or len(arguments) != wanted:
            raise self._wrong(operator, say.ARGUMENTS, wanted=wanted)
        return arguments

    def _expect(self, term: Term, *kinds: str) -> Term:
        if kind_of(term) not in kinds:
            wanted, found = say.KINDS[kinds[0]], say.KINDS[kind_of(term)]
            raise self._wrong(_name(term), say.KIND, wanted=wanted, found=found)
        return term

    def _wrong(self, word: str, sentence: Title, **facts: object) -> WrongQuery:
        """With the place of the word, where it stands in the filter as it was written."""
        place = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._text, re.IGNORECASE)
        if place is None:
            return WrongQuery("filter", sentence, at=None, word=word, place=say.NOWHERE, **facts)
        before = self._text[: place.start()]
        line, column = before.count("\n") + 1, place.start() - (before.rfind("\n") + 1) + 1
        return WrongQuery("filter", sentence, at=(line, column), word=word, place=say.place(line, column), **facts)


def _is_the_shape(tree: Any) -> bool:
    return isinstance(tree, dict) and tree.get("property") == GEOMETRY


def _name(term: Term) -> str:
    match term:
        case Property(field):
            return field.name
        case Value(value):
            return str(value)
        case Arithmetic(operator):
            return operator
        case Folded(ignoring):
            return next(name for name, meaning in FOLDINGS.items() if meaning == ignoring)


def _shown(tree: Any) -> str:
    """As much of it as a sentence can carry."""
    if isinstance(tree, str):
        return tree[:40]
    if isinstance(tree, float) and tree.is_integer() and abs(tree) < 1e15:
        return str(int(tree))
    if isinstance(tree, dict) and isinstance(tree.get("op"), str):
        return str(tree["op"])[:40]
    if isinstance(tree, dict) and len(tree) == 1:
        return _shown(next(iter(tree.values())))
    return str(tree.get("type", tree) if isinstance(tree, dict) else json.dumps(tree))[:40]
