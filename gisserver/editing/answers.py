"""What became of edits, as an answer of HTTP."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, url_for
from flask_babel import gettext as _

from gisserver.editing.desk import NotDone
from gisserver.editing.order import Became, Item, Outcome
from gisserver.editing.versions import version_tag
from gisserver.errors import NotHere, NotYet, NotYours, Overtaken, Refused
from layers.core.edits import Hindrance


class VersionGone(Refused):
    """The feature is no longer as it was when the caller read it."""

    status = HTTPStatus.PRECONDITION_FAILED


class VersionMissing(Refused):
    """The caller does not say which version the edit was made from."""

    status = HTTPStatus.PRECONDITION_REQUIRED


class AgainstRules(Refused):
    """The rules that a file has to pass refuse it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


def refuse_unless_done(outcome: Outcome, number: int | None) -> None:
    """Raises Refused; where several edits were sent, it says which one is meant."""
    told = {"edit": outcome.number} if number != 1 and outcome.number else {}
    match outcome.became:
        case Became.HINDERED if outcome.hindrance is not None:
            raise _hindered(outcome.hindrance, outcome.ref or "", told)
        case Became.OVERTAKEN:
            raise overtaken(outcome.ref or "", told)
        case Became.REFUSED:
            raise _against_rules(outcome)
        case Became.NOT_YOURS:
            raise NotYours(_("This belongs to another district, so the pool refuses the change."))
        case Became.WAITING:
            raise NotYet(_("Another publish has to end before this one. Try again in a minute."))
        case Became.AWAY:
            raise NotYet(_("The database cannot be reached at the moment. Try again in a minute."))
        case Became.BROKEN:
            raise NotDone


def _hindered(why: Hindrance, ref: str, told: dict[str, Any]) -> Refused:
    match why:
        case Hindrance.ABSENT:
            return NotHere(_("There is no feature of that name in this layer."), **told)
        case Hindrance.STALE:
            return overtaken(ref, told)
        case Hindrance.NO_VALIDATOR:
            sentence = _("Say in “If-Match” the ETag of the version you have changed, or * for whichever there is.")
            return VersionMissing(sentence, parameter="If-Match", **told)
        case Hindrance.EXISTS:
            sentence = _("“%(ref)s” is published already. Change that feature, or choose another ref.", ref=ref)
            return Overtaken(sentence, parameter="ref", **told)
        case Hindrance.RENAMED:
            sentence = _("The feature is called “%(ref)s” and keeps that name. End it and create a new one.", ref=ref)
            return AgainstRules(sentence, parameter="ref", **told)
        case Hindrance.MOVED:
            sentence = _("“%(ref)s” is another district's and stays so. End it there and create a new one.", ref=ref)
            return AgainstRules(sentence, parameter="district_id", **told)
        case Hindrance.TWICE:
            sentence = _("“%(ref)s” is edited twice. Put both edits into one.", ref=ref)
            return AgainstRules(sentence, **told)
    sentence = _("One request edits features of one district; say in “district_id” whose new ones are.")
    return AgainstRules(sentence, parameter="district_id", **told)


def overtaken(ref: str, told: dict[str, Any]) -> Refused:
    """The version that was changed is not the newest any more."""
    sentence = _("“%(ref)s” is no longer as it was when you read it. Read it again and repeat the edit.", ref=ref)
    return VersionGone(sentence, parameter="If-Match", **told)


def _against_rules(outcome: Outcome) -> Refused:
    refusals = [finding["sentence"] for finding in outcome.findings if finding["severity"] == "refusal"]
    sentence = " ".join(refusals[:3]) or str(_("What was found may not be published. Send it for review instead."))
    return AgainstRules(sentence, findings=list(outcome.findings))


def told_outcome(outcome: Outcome) -> Response:
    """What changes, and what was found."""
    about: dict[str, Any] = {"outcome": outcome.became}
    if outcome.changeset_id is not None:
        about["changeset"] = {"id": outcome.changeset_id, "href": address_of_changeset(outcome)}
    if outcome.epoch is not None:
        about["epoch"] = outcome.epoch
    items = [_item(item) for item in _in_order(outcome.items)]
    return jsonify({**about, "items": items, "findings": list(outcome.findings)})


def address_of_changeset(outcome: Outcome) -> str:
    """Where its review can be followed."""
    return url_for("changesets.changeset", changeset_id=outcome.changeset_id, _external=True)


def address_of_item(item: Item) -> str:
    """By its lasting number."""
    return url_for("items.item", layer_id=item.layer_id, feature_id=item.uid, _external=True)


def _in_order(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.number is None, item.number or 0, item.ref))


def _item(item: Item) -> dict[str, Any]:
    is_there = item.kind != "retire"
    return {
        "edit": item.number,
        "kind": item.kind,
        "collection": item.layer_id,
        "id": str(item.uid),
        "ref": item.ref,
        "href": address_of_item(item),
        "etag": f'"{version_tag(item.uid, item.version)}"' if is_there else None,
    }
