"""What is out of the ordinary about a changeset, each with its number, in the reader's language."""

from babel.dates import format_datetime
from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _

from layers.core.attention import Mark, Oddity


def in_words(mark: Mark) -> str:
    """A sentence, and some of the features it is about."""
    figures = {"number": _figure(mark.number), "limit": _figure(mark.limit), "of": _figure(mark.of)}
    clock = format_datetime(mark.clock, "d MMM y HH:mm", locale=get_locale()) if mark.clock else ""
    sentence = _pattern(mark.oddity) % {**figures, "clock": clock}
    if not mark.refs:
        return sentence
    return f"{sentence} ({', '.join(mark.refs)}{' …' if mark.number > len(mark.refs) else ''})"


def _pattern(oddity: Oddity) -> str:
    patterns: dict[Oddity, str] = {
        Oddity.ENDINGS: _(
            "%(number)s features end without a successor; the district has %(of)s. Marked from %(limit)s on."
        ),
        Oddity.ENDINGS_SHARE: _(
            "%(of)s features end without a successor: %(number)s %% of what the district has. "
            "Marked from %(limit)s %% on."
        ),
        Oddity.SIZES: _(
            "%(number)s areas are of an odd size; the one farthest off has %(of)s m², the limit is %(limit)s m²."
        ),
        Oddity.GROWTH: _(
            "%(number)s areas grow or shrink to %(limit)s times their size or more, one of them %(of)s times."
        ),
        Oddity.AMOUNT: _("%(number)s changes; this district usually sends %(of)s. Marked from %(limit)s times on."),
        Oddity.FAR: _("%(number)s of %(of)s changes lie more than %(limit)s m from all others."),
        Oddity.HOUR: _("Handed in at %(clock)s: not on a working day between %(limit)s and %(of)s o'clock."),
    }
    return patterns[oddity]


def _figure(number: float | None) -> str:
    return str(format_decimal(round(number or 0, 1), locale=get_locale()))
