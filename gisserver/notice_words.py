"""What a notice says, on the page and at the head of a letter."""

from collections.abc import Callable

from layers.core.notices import Notice
from layers.core.profile import Profile

Gettext = Callable[[str], str]


def headline(notice: Notice, profile: Profile, _: Gettext) -> str:
    """One sentence without a name of a person, a file or a reason: letters pass through many hands."""
    patterns: dict[str, str] = {
        "submitted": _("%(district)s has submitted changeset %(number)s"),
        "accepted": _("Changeset %(number)s of %(district)s is accepted"),
        "returned": _("Changeset %(number)s of %(district)s is returned"),
        "published": _("Changeset %(number)s of %(district)s is published"),
        "pull_failed": _("The source %(source)s of %(district)s cannot be pulled"),
    }
    district = profile.district(notice.district_id)
    facts = {
        "district": district.name if district else notice.district_id,
        "number": notice.changeset_id,
        "source": notice.source_id,
    }
    return patterns[notice.event] % facts


def next_step(notice: Notice, _: Gettext) -> str:
    """What the reader can do about it."""
    steps: dict[str, str] = {
        "submitted": _("It waits for the department's decision."),
        "accepted": _("The department agrees; it has not been published yet."),
        "returned": _("The page says why. Correct it and submit it again."),
        "published": _("It is on the map and in every answer from now on."),
        "pull_failed": _("It is tried again by itself. The page says what is wrong."),
    }
    return steps[notice.event]
