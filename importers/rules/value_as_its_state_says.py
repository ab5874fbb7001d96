"""Zero, free and nothing said are three things: a number stands exactly where its kind is “value”."""

from collections.abc import Iterator

from importers.conditions import needs_field
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from importers.wording import in_every_language
from layers.core.words import Title

_STATE_OF = {"floors": "floors_state", "taks": "taks_state", "kaks": "kaks_state", "h_max_m": "h_state"}
_MISSING = Title("sayı yok, türü ise “{state}”", "there is no number, but its kind is “{state}”")
_TOO_MUCH = Title("sayı var, türü ise “{state}”", "there is a number, but its kind is “{state}”")
_UNSAID = Title("sayı var, türü yazılmamış", "there is a number without its kind")


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """One finding per pair that disagrees."""
    for name, state_name in _STATE_OF.items():
        state, is_there = record.text(state_name), record.number(name) is not None
        if is_there == (state == "value"):
            continue
        said = _UNSAID if state is None else _TOO_MUCH if is_there else _MISSING
        yield Trouble({"field": context.title_of(name), "told": in_every_language(said, {"state": state})})


RULE = Rule(
    id="value_as_its_state_says",
    title=Title("Sayı, türü neyi söylüyorsa o", "A number stands where its kind says so"),
    text=Title("{field}: {told}.", "{field}: {told}."),
    cause=Title(
        "Boş değer çoğu kez 0 diye dışa aktarılır; “serbest” ise sayı değildir.",
        "Empty values are often exported as 0; and “free” is no number.",
    ),
    remedy=Title(
        "Plan sayı veriyorsa türüne “value” yazın; vermiyorsa sayıyı silip türüne “free” ya da “not_applicable” yazın.",
        "Where the plan gives a number, write “value” as its kind; where it does not, clear the number and write "
        "“free” or “not_applicable”.",
    ),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_field("taks_state"),
)
