"""A source that gives another system than last time is looked at by a person: its numbers may be mislabelled."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Only files that the worker took by itself: whoever sends one by hand has chosen its system."""
    if context.system_before not in (None, context.system):
        yield Trouble({"before": context.system_before, "system": context.system})


RULE = Rule(
    id="system_as_before",
    title=Title("Kaynağın koordinat sistemi değişmemiş", "The source keeps its coordinate system"),
    text=Title(
        "Bu kaynağın önceki dosyası {before} olarak okunmuştu; bu dosya {system} olarak okundu.",
        "The last file of this source was read as {before}; this one was read as {system}.",
    ),
    cause=Title(
        "İlçenin programında ya da hizmetinde sistem değiştirilmiş olabilir; bazen yalnızca etiketi değişir.",
        "The district's program or service may have been set to another system; sometimes only its label changes.",
    ),
    remedy=Title(
        "Önce ve sonra görünümünde yerlerin doğru olduğuna bakın; doğruysa gönderin.",
        "See in before and after that everything lies where it should; if so, submit it.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
