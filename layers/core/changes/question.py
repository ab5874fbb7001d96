"""Questions about changes: parsed once from a request, trusted from there on, and written back into links."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from layers.core.changes.parameters import HISTORY, VERSIONS_DEFAULT, VERSIONS_MOST, change_parameters
from layers.core.changes.span import Instant, Span, parse_instant
from layers.core.query import PAGE, FeatureQuery, ReadableLayer, Unsaid, WrongQuery
from layers.core.query.feature_query import whole_number
from layers.core.query.parameters import LARGEST_EPOCH, check_names
from layers.core.words import Title

_NO_MARK = Title(
    "“after” bir sayfa imi değil. Bir sayfanın “next” bağlantısını kullanın.",
    "“after” is no mark of a page. Follow the “next” link of a page.",
)


@dataclass(frozen=True)
class ChangesQuery:
    """What a reader asks of a layer's changes."""

    about: FeatureQuery
    """Which features, before or after, and how they are shown."""
    since: Instant
    until: Instant | None = None
    after: uuid.UUID | None = None
    """The feature beside which a page begins: changes are in the order of their lasting numbers."""

    @classmethod
    def parse(cls, arguments: Mapping[str, str], readable: ReadableLayer, unsaid: Unsaid = PAGE) -> "ChangesQuery":
        """WrongQuery names the parameter and what it takes."""
        check_names(arguments, change_parameters(readable))
        own = ("from", "to", "after")
        about = FeatureQuery.parse({name: arguments[name] for name in arguments if name not in own}, readable, unsaid)
        return cls(
            about=about,
            since=parse_instant(arguments.get("from"), "from"),
            until=parse_instant(arguments["to"], "to") if "to" in arguments else None,
            after=_mark(arguments["after"]) if "after" in arguments else None,
        )

    def arguments(self, span: Span, after: uuid.UUID | None = None) -> dict[str, str]:
        """What parse would read the same from, both ends fixed so that all pages tell of the same two states."""
        marked = {} if after is None else {"after": str(after)}
        return {"from": str(span.first), "to": str(span.last), **self.about.arguments, **marked}


@dataclass(frozen=True)
class HistoryQuery:
    """What a reader asks of one feature's life."""

    readable: ReadableLayer
    limit: int = VERSIONS_DEFAULT
    after: int = 0

    @classmethod
    def parse(cls, arguments: Mapping[str, str], readable: ReadableLayer) -> "HistoryQuery":
        """WrongQuery names the parameter and what it takes."""
        check_names(arguments, HISTORY)
        limit = whole_number(arguments, "limit", least=1)
        after = whole_number(arguments, "after", least=0)
        return cls(
            readable,
            limit=VERSIONS_DEFAULT if limit is None else min(limit, VERSIONS_MOST),
            after=0 if after is None else min(after, LARGEST_EPOCH),
        )


def _mark(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise WrongQuery("after", _NO_MARK) from None
