"""One answer of a WFS: where its members begin and end, and what it says of the whole."""

from layers.core.stranger_xml import plain_parser

_MEMBER = ("member", "featureMember")
"""Of WFS 2.0, and of those before it."""
_HEAP = "featureMembers"
"""In some of those the members lie together in one."""


class WfsPage:
    """One answer: its beginning, its members as they stand there, and what it says of the whole."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.root = ""
        self.said: dict[str, str] = {}
        self.spans: list[tuple[int, int]] = []
        self.refusal: str | None = None
        self._depth = 0
        self._depth_of_members = 2
        self._start: int | None = None
        self._parse()

    @property
    def members(self) -> list[bytes]:
        """As they were sent."""
        return [self.body[start:end] for start, end in self.spans]

    @property
    def head(self) -> bytes:
        """All before the first member."""
        return self.body[: self.spans[0][0]] if self.spans else self.body

    @property
    def tail(self) -> bytes:
        """All behind the last member."""
        return self.body[self.spans[-1][1] :] if self.spans else b""

    @property
    def announced(self) -> int | None:
        """None where the server does not know."""
        said = self.said.get("numberMatched", "")
        return int(said) if said.isdigit() else None

    @property
    def namespaces(self) -> dict[str, str]:
        """What the members' names stand for."""
        return {name: value for name, value in self.said.items() if name.startswith("xmlns")}

    def _parse(self) -> None:
        self._parser = plain_parser()
        self._parser.StartElementHandler = self._began
        self._parser.EndElementHandler = self._ended
        self._parser.Parse(self.body, True)

    def _began(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        plain = name.rpartition(":")[2]
        if self._depth == 1:
            self.root, self.said = plain, attributes
        elif self._depth == 2 and plain == _HEAP:
            self._depth_of_members = 3
        elif self._depth == self._depth_of_members and (self._depth == 3 or plain in _MEMBER):
            self._start = self._parser.CurrentByteIndex
        if plain == "Exception" and self.refusal is None:
            self.refusal = attributes.get("exceptionCode", "?")

    def _ended(self, _name: str) -> None:
        if self._depth == self._depth_of_members and self._start is not None:
            end = self.body.index(b">", self._parser.CurrentByteIndex) + 1
            self.spans.append((self._start, end))
            self._start = None
        self._depth -= 1
