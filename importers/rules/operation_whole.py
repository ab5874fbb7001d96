"""A subdivision or amalgamation happens whole or not at all."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """The sound records of an operation wait for the refused one."""
    for waiting in context.waiting:
        facts = {"parents": list(waiting.parent_refs), "refused_line": str(waiting.refused_line)}
        yield Trouble(facts, line=waiting.line, ref=waiting.ref)


RULE = Rule(
    id="operation_whole",
    title=Title("İşlem bütün olarak geçerli", "An operation is accepted whole"),
    text=Title(
        "Bu kayıt {parents} üzerindeki bir işlemin parçası; işlemin {refused_line}. satırı kabul edilmedi.",
        "This record is part of an operation on {parents}, of which line {refused_line} is refused.",
    ),
    cause=Title(
        "Bir işlemin parçalarından yalnızca bir kısmı alınamaz: zemin iki kez ya da hiç sayılmazdı.",
        "Part of an operation cannot be taken alone: ground would be counted twice or not at all.",
    ),
    remedy=Title("O satır düzelince bu kayıt da alınır.", "Once that line is corrected, this one is taken as well."),
    severities=REFUSED,
    kind=Kind.OUTCOME,
    check=check,
)
