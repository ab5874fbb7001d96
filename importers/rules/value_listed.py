"""Where a field takes certain words only, another word is shown with the one that was probably meant."""

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from importers.wording import in_every_language
from layers.core.allowed import Allowed
from layers.core.words import Title

_PROPOSAL = Title("“{meant}” mi demek istediniz? ", "Did you mean “{meant}”? ")

ALIKE = 70
"""Of 100: less alike is no proposal."""
MOST_NAMED = 12


def why_not(context: Context) -> NotRun | None:
    """Not every layer has such fields."""
    if any(allowed.is_listed for allowed in context.allowed.values()):
        return None
    return NotRun(Reason.NO_LISTED_FIELD)


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Listed by the layer, by the profile, or by the legend."""
    for name, allowed in context.allowed.items():
        if not allowed.is_listed:
            continue
        value, known = record.text(name), _known(allowed, context)
        if not value or not known or value in known:
            continue
        meant = _meant(value, known, allowed, context)
        facts = {"field": context.title_of(name), "value": value, "known": _named(known)}
        yield Trouble({**facts, "proposal": _proposal(meant)})


def _known(allowed: Allowed, context: Context) -> tuple[str, ...]:
    legend = context.profile.legends.get(context.layer.id, ()) if allowed.is_class else ()
    return (*allowed.one_of, *(entry.key for entry in legend))


def _meant(value: str, known: tuple[str, ...], allowed: Allowed, context: Context) -> str | None:
    fold = context.profile.fold
    words = {**{fold(word): word for word in known}, **{fold(word): key for word, key in allowed.means.items()}}
    if fold(value) in words:
        return words[fold(value)]
    found = process.extractOne(fold(value), words.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return words[found[0]] if found else None


def _named(known: tuple[str, ...]) -> list[str]:
    return [*known[:MOST_NAMED], *(["…"] if len(known) > MOST_NAMED else [])]


def _proposal(meant: str | None) -> Mapping[str, str] | str:
    if meant is None:
        return ""
    return in_every_language(_PROPOSAL, {"meant": meant})


RULE = Rule(
    id="value_listed",
    title=Title("Değer listede var", "The value is one of the list"),
    text=Title(
        "{field} için “{value}” bilinmiyor; bilinenler: {known}.",
        "“{value}” is not known for {field}; known are: {known}.",
    ),
    cause=Title(
        "Değer başka bir sözlükten gelmiş ya da yanlış yazılmış olabilir.",
        "Usually the value comes from another code list or is misspelt.",
    ),
    remedy=Title("{proposal}Bilinen değerlerden birini yazın.", "{proposal}Write one of the known values."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
