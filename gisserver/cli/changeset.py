"""`gis changeset`: look at changesets and decide about them, as the department."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option, json_option, number_argument
from gisserver.cli._trouble import Refused, WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from layers.core.registry import Registry
    from layers.core.review import Changeset
    from layers.core.store import Actor

Decision = Callable[["Connection", "Registry", "Actor"], "Changeset"]

STATES = ("received", "checked", "submitted", "accepted", "returned", "published")


@click.group("changeset")
def changeset() -> None:
    """Look at changesets and decide about them, as the department."""


@changeset.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those that stand there.")
@click.option("--district", help="Only this district's: name or number.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@json_option
@data_option
def list_(state: str | None, district: str | None, limit: int, as_json: bool, data: Path | None) -> None:
    """The newest changesets."""
    from layers.core import review
    from layers.core.store import Actor

    with opened(data) as deployment:
        district_id = deployment.district_named(district).id if district else None
        with deployment.store.reading(Actor("department")) as connection:
            found = review.changesets(connection, state=state, district_id=district_id, limit=limit)
    for one in found:
        click.echo(_as_json(one) if as_json else _line(one))


@changeset.command("show")
@number_argument
@click.option("--language", type=click.Choice(["tr", "en"]), default="en", show_default=True, help="Of the findings.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Of findings.")
@json_option
@data_option
def show(number: int, language: str, limit: int, as_json: bool, data: Path | None) -> None:
    """What a changeset changes, what was found in it, and who decided what."""
    from layers.core import review
    from layers.core.review_refused import UnknownChangeset
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        try:
            found = review.changeset(connection, number)
        except UnknownChangeset as trouble:
            raise WrongUse(f"There is no changeset {number}.") from trouble
        kinds = review.kinds_of_change(connection, number)
        findings = review.finding_sentences(connection, number, language, limit)
        trace = review.trace(connection, number)
    if as_json:
        told = {**json.loads(_as_json(found)), "changes": kinds, "findings": findings, "trace": trace}
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    click.echo(_line(found))
    click.echo(", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "It changes nothing.")
    for sentence in (*findings, *trace):
        click.echo(f"  {sentence}")


@changeset.command("submit")
@number_argument
@click.option("--leave-out-refused", is_flag=True, help="Without the records that are refused.")
@json_option
@data_option
def submit(number: int, leave_out_refused: bool, as_json: bool, data: Path | None) -> None:
    """Hand it over for review."""
    from layers.core import review

    _decide(data, as_json, lambda c, _, actor: review.submit(c, actor, number, leave_out_refused=leave_out_refused))


@changeset.command("accept")
@number_argument
@click.option("--why", default="", help="Kept in its trace.")
@json_option
@data_option
def accept(number: int, why: str, as_json: bool, data: Path | None) -> None:
    """Agree to it."""
    from layers.core import review

    _decide(data, as_json, lambda c, _, actor: review.accept(c, actor, number, why=why))


@changeset.command("return")
@number_argument
@click.option("--why", required=True, help="What the district should do.")
@json_option
@data_option
def return_(number: int, why: str, as_json: bool, data: Path | None) -> None:
    """Hand it back to the district."""
    from layers.core import review

    _decide(data, as_json, lambda c, _, actor: review.return_(c, actor, number, why=why))


@changeset.command("publish")
@number_argument
@json_option
@data_option
def publish(number: int, as_json: bool, data: Path | None) -> None:
    """Make it public, however large it is."""
    from layers.core import review

    def decide(connection: "Connection", registry: "Registry", actor: "Actor") -> "Changeset":
        review.publish_now(connection, registry, actor, number)
        return review.changeset(connection, number)

    _decide(data, as_json, decide)


@changeset.command("revert")
@number_argument
@click.option("--why", default="", help="Kept in its trace.")
@json_option
@data_option
def revert(number: int, why: str, as_json: bool, data: Path | None) -> None:
    """Make a changeset that undoes a published one."""
    from layers.core import review

    _decide(data, as_json, lambda c, registry, actor: review.revert(c, registry, actor, number, why=why))


def _decide(data: Path | None, as_json: bool, decision: Decision) -> None:
    from layers.core.publish import StaleVersions
    from layers.core.review_refused import ReviewRefused, UnknownChangeset
    from layers.core.store import Actor

    actor = Actor("department")
    with opened(data) as deployment:
        try:
            with deployment.store.writing(actor) as connection:
                made = decision(connection, deployment.registry, actor)
        except UnknownChangeset as trouble:
            raise WrongUse("There is no changeset with that number.") from trouble
        except StaleVersions as stale:
            raise Refused(f"Somebody has changed these features since: {stale}.") from stale
        except ReviewRefused as refused:
            raise Refused(str(refused) or str(type(refused).__doc__)) from refused
    click.echo(_as_json(made) if as_json else _line(made))


def _line(found: "Changeset") -> str:
    epoch = f" epoch {found.epoch}" if found.epoch else ""
    return f"{found.id:>6} {found.state:<10} {found.layer_id} of {found.district_id}: {found.title}{epoch}"


def _as_json(found: "Changeset") -> str:
    return json.dumps(asdict(found), ensure_ascii=False, default=str)


COMMAND = changeset
