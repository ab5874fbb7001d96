"""A word for an operation that nobody knows is told, with those that are known."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.operations import DECLARABLE, TITLES
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Once for each word, at its first line."""
    known = [TITLES[kind].written for kind in DECLARABLE]
    for word, line in context.unknown_operations.items():
        yield Trouble({"word": word, "known": known}, line=line)


RULE = Rule(
    id="operation_word_known",
    title=Title("İşlemin adı biliniyor", "The word for the operation is known"),
    text=Title(
        "“{word}” bilinen bir işlem değil; işlem zeminden anlaşılmaya çalışıldı.",
        "“{word}” is no known operation; what it is was told from the ground.",
    ),
    cause=Title("Sözcük yanlış ya da kısaltılarak yazılmış olabilir.", "The word may be misspelt or shortened."),
    remedy=Title("Bilinenler: {known}.", "Known are: {known}."),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)
