"""An operation that is not certain, in the words of its doubts."""

from collections.abc import Mapping
from typing import Any

from importers.operations.operation import DOUBTS, Operation
from importers.wording import in_words
from layers.core.operations import TITLES
from layers.core.words import languages_written

MOST_NAMED = 8


def in_doubt(operation: Operation) -> Mapping[str, Any]:
    """Facts of a finding: what it looks like, between whom, why it is doubtful, and how its areas balance."""
    declared = [TITLES[kind].written for kind in operation.declared]
    facts = {**operation.balance.as_facts, "declared": declared, "kind": TITLES[operation.kind].written}
    why = {
        language: "; ".join(in_words(DOUBTS[doubt], facts, language) for doubt in operation.doubts)
        for language in languages_written()
    }
    lines = [f"#{line}" for line in sorted(operation.lines)]
    return {
        **facts,
        "parents": _named(operation.parent_refs) or "–",
        "children": _named(operation.child_refs) or _named(lines),
        "why": why,
    }


def _named(names: tuple[str, ...] | list[str]) -> list[str]:
    more = [f"+{len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
    return [*names[:MOST_NAMED], *more]
