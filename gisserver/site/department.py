"""/department: what waits for a decision, what was published, what went wrong, who is behind."""

import datetime
from typing import Any

from flask import Blueprint, render_template

from gisserver.access import DEPARTMENT, actor, needs_role
from gisserver.attention_words import in_words
from gisserver.service import service
from gisserver.site import Navigation
from gisserver.site._at_a_glance import failing, first_line, overview, unread, waiting
from gisserver.site._system_told import parts
from gisserver.site.sources import shown
from layers.answers.self_check import last_check
from layers.core.activity import district_activity
from layers.core.attention import marks_of
from layers.core.changeset_views import changesets
from layers.core.exceptions import decided, exceptions
from layers.core.inbox_views import uploads
from layers.core.letters import failing as failing_letters
from layers.core.notices import count_unseen
from layers.core.scores.board import scoreboard
from layers.core.store import Connection
from layers.core.system_state import publishes_by_week
from layers.core.words import Title

bp = Blueprint("department", __name__)
NAV = Navigation(Title("Birim", "Department"), "department.page", 40, frozenset(DEPARTMENT))

COUNTED = "parcels"
"""The layer whose number of features stands for a district's size."""
WEEKS = 12
"""Of publishes."""


@bp.get("/department")
@needs_role(*DEPARTMENT)
def page() -> str:
    """One look at all districts."""
    profile = service().profile
    by_name = sorted(profile.districts, key=lambda district: profile.fold(district.name))
    districts = {district.id: district for district in by_name}
    now = datetime.datetime.now(datetime.UTC)
    with service().store.reading(actor()) as connection:
        queues, state = _queues(connection), parts(connection, now)
        sources, activity = shown(connection), district_activity(connection, tuple(districts), COUNTED)
        scores = {score.district_id: score for score in scoreboard(connection, districts)}
        waits = waiting(queues["submitted"], queues["accepted"], len(queues["asked_exceptions"]))
        fails = failing(sum(district.failures for district in activity), sources, state)
        return render_template(
            "department.html",
            **queues,
            first_line=first_line(waits, fails),
            matters=(*waits, *fails, unread(count_unseen(connection, actor()))),
            districts=districts,
            registry=service().registry,
            counted=service().registry[COUNTED],
            in_words=in_words,
            sources=sources,
            failing_letters=failing_letters(connection),
            answers_check=last_check(connection),
            overview=overview(activity, scores, now),
            weeks=publishes_by_week(connection, WEEKS, now, profile.timezone),
            system_parts=state,
        )


def _queues(connection: Connection) -> dict[str, Any]:
    """What waits, what was decided, what could not be read."""
    profile = service().profile
    submitted = changesets(connection, state="submitted", limit=100)
    return {
        "submitted": submitted,
        "marks": marks_of(connection, [one.id for one in submitted], profile.review.attention, profile.timezone),
        "accepted": changesets(connection, state="accepted", limit=20),
        "published": changesets(connection, state="published", limit=10),
        "failed": uploads(connection, state="failed", limit=10),
        "asked_exceptions": exceptions(connection, state="asked", limit=50),
        "decided_exceptions": decided(connection, limit=20),
    }
