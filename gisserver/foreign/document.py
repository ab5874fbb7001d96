"""An XML document that a stranger wrote: names without prefixes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from layers.core.stranger_xml import typed_parser


@dataclass
class Element:
    """One element and what is inside."""

    name: str
    said: Mapping[str, str]
    words: str = ""
    inside: "list[Element]" = field(default_factory=list)

    def all(self, name: str) -> "Iterator[Element]":
        """Those of that name, at any depth."""
        for one in self.inside:
            if one.name == name:
                yield one
            yield from one.all(name)

    def direct(self, name: str) -> str:
        """The words of the first element of that name directly inside."""
        return next((one.words.strip() for one in self.inside if one.name == name), "")

    def has(self, name: str) -> bool:
        """Whether one of that name is directly inside."""
        return any(one.name == name for one in self.inside)


MOST_DEPTH = 60


def parsed(document: bytes) -> Element:
    """Its root. Raises ExpatError, ValueError."""
    open_ones = [Element("", {})]
    parser = typed_parser()

    def began(name: str, said: dict[str, str]) -> None:
        if len(open_ones) > MOST_DEPTH:
            raise ValueError("too deep")
        made = Element(name.rpartition(":")[2], said)
        open_ones[-1].inside.append(made)
        open_ones.append(made)

    def heard(words: str) -> None:
        open_ones[-1].words += words

    parser.buffer_text = True
    parser.StartElementHandler = began
    parser.EndElementHandler = lambda _name: open_ones.pop()
    parser.CharacterDataHandler = heard
    parser.Parse(document, True)
    return open_ones[0].inside[0]
