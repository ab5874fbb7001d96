"""Why a feature is no more, in one sentence."""

from flask_babel import gettext as _

from gisserver.days import day_in_words
from gisserver.operation_names import name_of_operation
from layers.core.successors import Ending

MOST_NAMED = 8


def ended_sentence(name: str, found: Ending) -> str:
    """By which operation, when, and what it became; as much of it as is recorded."""
    words = {"id": name, "operation": name_of_operation(found.operation or ""), "heirs": _named(found)}
    if found.operation is not None and found.on is not None:
        words["on"] = day_in_words(found.on)
        if found.successors:
            return str(_("“%(id)s” has ended (%(operation)s, %(on)s); it became %(heirs)s.", **words))
        return str(_("“%(id)s” has ended (%(operation)s, %(on)s).", **words))
    if found.successors:
        return str(_("“%(id)s” has ended; it became %(heirs)s.", **words))
    return str(_("“%(id)s” has ended.", id=name))


def _named(found: Ending) -> str:
    names = [heir.ref for heir in found.successors]
    more = len(names) - MOST_NAMED
    return ", ".join([*names[:MOST_NAMED], *([_("%(count)s more", count=more)] if more > 0 else [])])
