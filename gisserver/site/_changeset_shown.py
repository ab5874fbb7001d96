"""What the page of a changeset shows: its changes as they are chosen, and what helps to decide."""

from dataclasses import astuple

from flask import request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api._layers import readable
from gisserver.attention_words import in_words
from gisserver.change_filter import change_filter
from gisserver.service import service
from gisserver.site._field_changes import field_changes
from gisserver.site._rules_told import rules_told
from layers.core import attention, changeset_views, comments
from layers.core.changeset_views import ChangesetSummary
from layers.core.four_eyes import hands_of
from layers.core.inbox_views import report
from layers.core.store import Connection


def changes_shown(connection: Connection, found: ChangesetSummary) -> dict[str, object]:
    """The list with its filter, and where the map begins."""
    layer = service().registry[found.layer_id]
    chosen = change_filter(request.args, layer, actor().audience)
    after = request.args.get("after", 0, type=int)
    page = changeset_views.changes(connection, found.id, chosen, after=after)
    extent = changeset_views.extent_of_changes(connection, found.id, chosen)
    language = str(get_locale())
    touched = changeset_views.fields_changed(connection, found.id)
    fields = [field for field in layer.fields_for(actor().audience) if field.name in touched]
    titles = _titles_of_rules(connection, found, language)
    rules = changeset_views.rules_of_changes(connection, found.id)
    return {
        "changes": [(change, _fields(found, change)) for change in page.changes],
        "findings_of": changeset_views.findings_of_changes(connection, found.id, [one.id for one in page.changes]),
        "after": page.after,
        "is_first_page": after == 0,
        "chosen": chosen,
        "asked": {**chosen.asked, **({"after": after} if after else {})},
        "matching": extent.count,
        "bounds": astuple(extent.box) if extent.box else None,
        "fields": [(field.name, field.title.in_language(language)) for field in fields],
        "rules": [(rule, titles.get(rule, rule), n) for rule, n in rules.items()],
    }


def review_shown(connection: Connection, found: ChangesetSummary) -> dict[str, object]:
    """What wants a second look, what was said, and which step this reader may take."""
    profile = service().profile
    marks = attention.marks(connection, found.id, profile.review.attention, profile.timezone) if found.size else ()
    said = comments.comments(connection, found.id)
    hands = hands_of(connection, found.id)
    return {
        "marks": [in_words(mark) for mark in marks],
        "comments": [one for one in said if one.change_id is None],
        "comments_of": {number: [one for one in said if one.change_id == number] for number in _about(said)},
        "to_be_returned": {one.change_id: one for one in comments.to_be_returned(connection, found.id)},
        "may_accept": hands.may_accept(actor()),
        "may_publish": hands.may_publish(actor()) if found.state == "accepted" else hands.accepter_may_publish,
        "accepter_decides": hands.accepter_decides,
        "longest": comments.LONGEST,
    }


def _about(said: tuple[comments.Comment, ...]) -> set[int]:
    return {one.change_id for one in said if one.change_id is not None}


def _titles_of_rules(connection: Connection, found: ChangesetSummary, language: str) -> dict[str, str]:
    """As the report of the file calls them."""
    told = report(connection, found.upload_id).report if found.upload_id else {}
    return {rule.id: rule.title for rule in rules_told(told, (), language)}


def _fields(found: ChangesetSummary, change: changeset_views.Change) -> object:
    layer = service().registry[found.layer_id]
    return field_changes(layer.fields_for(actor().audience), change, readable(layer), str(get_locale()))
