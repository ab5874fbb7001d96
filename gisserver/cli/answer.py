"""`gis answer`: what may be built on a parcel."""

import json
import uuid
from pathlib import Path

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option
from gisserver.cli._trouble import WrongUse


@click.command("answer")
@data_option
@click.argument("parcel")
@click.option("--language", help="Of the sentences; default: the profile's first.")
@click.option("--json", "as_json", is_flag=True, help="The canonical answer, for programs.")
def answer(data: Path | None, parcel: str, language: str | None, as_json: bool) -> None:
    """Say what the plan says about PARCEL (its ref or uid)."""
    from layers.answers.answer import EndedParcel
    from layers.answers.ask import zoning_answer
    from layers.answers.canonical import to_json
    from layers.answers.ground import parcel_named
    from layers.answers.sentences import sentences
    from layers.core.store import ANONYMOUS

    with opened(data) as deployment, deployment.store.reading(ANONYMOUS) as connection:
        uid: uuid.UUID | None = parcel_named(connection, parcel)
        found = zoning_answer(connection, uid, deployment.profile) if uid else None
        if found is None:
            raise WrongUse(f"There is no parcel {parcel!r}.")
        if isinstance(found, EndedParcel):
            raise WrongUse(f"{found.ref} has ended; it became {', '.join(heir.ref for heir in found.successors)}.")
        if as_json:
            click.echo(json.dumps(to_json(found), ensure_ascii=False, indent=2))
            return
        profile = deployment.profile
        page = sentences(found, language or profile.languages[0], profile.timezone)
    click.echo("\n".join((page.headline, *page.lines)))
    for constraint in page.constraints:
        click.echo(f"{constraint.theme}: {constraint.word}. {constraint.sentence}")
    click.echo(f"{page.data}\n{page.disclaimer}")


COMMAND = answer
