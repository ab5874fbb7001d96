"""XML that a stranger wrote: nothing in it may name another document, or grow by what it declares."""

from xml.parsers import expat
from xml.parsers.expat import XMLParserType


class NamesOthers(ValueError):
    """A document type or an entity is declared."""


def plain_parser() -> XMLParserType:
    """For data, which also goes on to other readers: no document type at all."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def typed_parser() -> XMLParserType:
    """For what servers say of themselves: old ones begin with a document type, which nobody fetches."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_declared: object) -> None:
    raise NamesOthers("a stranger's document may not declare this")
