"""`gis upload`: files that were sent, and what was found in them."""

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import Connection

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option, json_option
from gisserver.cli._reports import report_option, write_report
from gisserver.cli._trouble import Refused, WrongUse


@click.group("upload")
def upload() -> None:
    """Files that were sent, and what was found in them."""


@upload.command("list")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@json_option
@data_option
def list_(limit: int, as_json: bool, data: Path | None) -> None:
    """The newest files."""
    from layers.core import inbox_views
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        for one in inbox_views.uploads(connection, limit=limit):
            found = ", ".join(f"{count} {severity}" for severity, count in one.findings.items())
            line = f"{one.id} {one.received_at:%Y-%m-%d %H:%M} {one.filename}: {one.state}, {found}"
            click.echo(json.dumps(asdict(one), default=str, ensure_ascii=False) if as_json else line)


@upload.command("show")
@click.argument("upload_id", type=click.UUID)
@click.option("--language", type=click.Choice(["tr", "en"]), default="en", show_default=True, help="Of the findings.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Of findings.")
@report_option
@json_option
@data_option
def show(
    upload_id: uuid.UUID, language: str, limit: int, report: Path | None, as_json: bool, data: Path | None
) -> None:
    """How far it is, and what was found in it, worst first."""
    from layers.core import inbox_views
    from layers.core.progress import progress_of
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        found = inbox_views.upload(connection, upload_id)
        if found is None:
            raise WrongUse(f"There is no upload {upload_id}; `gis upload list` names them.")
        told = inbox_views.report(connection, upload_id)
        progress = progress_of(connection, upload_id)
        page = inbox_views.findings(connection, upload_id, inbox_views.FindingFilter(), limit=limit)
        if report:
            write_report(connection, deployment, upload_id, language, report)
    sentences = [f"{finding.severity}: {finding.sentence(language)}" for finding in page.findings]
    if as_json:
        about = {**asdict(found), **asdict(told), "progress": progress and asdict(progress)}
        click.echo(json.dumps({**about, "sentences": sentences}, default=str, ensure_ascii=False))
        return
    click.echo(
        f"{found.filename}: {found.state}{f', {progress.step} {progress.done}/{progress.total}' if progress else ''}"
    )
    for sentence in sentences:
        click.echo(f"  {sentence}")


@upload.command("refused")
@click.argument("upload_id", type=click.UUID)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def refused(upload_id: uuid.UUID, target: Path, data: Path | None) -> None:
    """Write its refused records to TARGET, a GeoPackage to be corrected and sent again as a part."""
    from layers.core.refused_file import refused_file, refused_file_bytes
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        if not refused_file_bytes(connection, upload_id):
            raise WrongUse(f"No record of upload {upload_id} is refused; `gis upload list` names all files.")
        with target.open("wb") as file:
            file.writelines(refused_file(connection, upload_id))


@upload.command("repairs")
@click.argument("upload_id", type=click.UUID)
@click.option("--state", type=click.Choice(["proposed", "accepted", "declined"]), help="Only those that stand there.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@json_option
@data_option
def repairs_(upload_id: uuid.UUID, state: str | None, limit: int, as_json: bool, data: Path | None) -> None:
    """Shapes as the check would mend them; nothing is mended before somebody accepts it."""
    from layers.core.repairs import repairs
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        found = repairs(connection, upload_id, state=state, limit=limit)
    for one in found:
        line = (
            f"{one.id:>6} {one.state:<8} line {one.line}, {one.ref or '–'}: {one.rule}, "
            f"moves by {one.moved_m:.3f} m at most, area {one.area_change_m2:+.2f} m²"
        )
        click.echo(json.dumps(asdict(one), default=str, ensure_ascii=False) if as_json else line)


@upload.command("accept")
@click.argument("upload_id", type=click.UUID)
@click.option("--repair", "numbers", type=int, multiple=True, help="One repair, by its number; several times for more.")
@click.option("--rule", help="All repairs of this rule.")
@data_option
def accept(upload_id: uuid.UUID, numbers: tuple[int, ...], rule: str | None, data: Path | None) -> None:
    """Accept repairs: the file is checked again with these shapes laid over its own."""
    from layers.core.repairs import accept as take

    _decide(take, upload_id, numbers, rule, data)


@upload.command("decline")
@click.argument("upload_id", type=click.UUID)
@click.option("--repair", "numbers", type=int, multiple=True, help="One repair, by its number; several times for more.")
@click.option("--rule", help="All repairs of this rule that wait.")
@data_option
def decline(upload_id: uuid.UUID, numbers: tuple[int, ...], rule: str | None, data: Path | None) -> None:
    """Decline repairs, or take back that they were accepted: the shapes stay as they were sent."""
    from layers.core.repairs import decline as take

    _decide(take, upload_id, numbers, rule, data)


@upload.command("conflicts")
@click.argument("upload_id", type=click.UUID)
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@json_option
@data_option
def conflicts_(upload_id: uuid.UUID, limit: int, as_json: bool, data: Path | None) -> None:
    """What the pool and the file both changed since the file was taken, and not alike."""
    from layers.core.conflicts import conflicts
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.reading(Actor("department")) as connection:
        found = conflicts(connection, upload_id, limit=limit)
    for one in found:
        sides = f"pool {one.ours.value}, file {one.theirs.value}"
        line = f"{one.id:>6} {one.choice or 'waits':<6} {one.ref}, {one.part}: {sides}"
        click.echo(json.dumps(asdict(one), default=str, ensure_ascii=False) if as_json else line)


@upload.command("choose")
@click.argument("upload_id", type=click.UUID)
@click.argument("side", type=click.Choice(["ours", "theirs"]))
@click.option("--conflict", "numbers", type=int, multiple=True, help="One conflict, by its number; several for more.")
@click.option("--all", "is_for_all", is_flag=True, help="All that wait.")
@data_option
def choose(upload_id: uuid.UUID, side: str, numbers: tuple[int, ...], is_for_all: bool, data: Path | None) -> None:
    """Take a SIDE of conflicts: ours is the pool, theirs the file, which is checked again with that."""
    from layers.core import conflicts
    from layers.core.store import Actor

    if bool(numbers) == is_for_all:
        raise WrongUse("Name conflicts by --conflict, or take --all; `gis upload conflicts` lists them.")
    actor = Actor("department")

    def take(connection: Connection) -> int:
        if is_for_all:
            return conflicts.choose_all(connection, actor, upload_id, side)
        return conflicts.choose(connection, actor, upload_id, dict.fromkeys(numbers, side))

    _checked_at_once(take, upload_id, data)


def _decide(
    take: Callable[..., int], upload_id: uuid.UUID, numbers: tuple[int, ...], rule: str | None, data: Path | None
) -> None:
    from layers.core.repairs import Chosen
    from layers.core.store import Actor

    if bool(numbers) == bool(rule):
        raise WrongUse("Name repairs by --repair, or one rule by --rule; `gis upload repairs` lists both.")
    actor = Actor("department")
    chosen = Chosen(numbers or None, rule)
    _checked_at_once(lambda connection: take(connection, actor, upload_id, chosen), upload_id, data)


def _checked_at_once(take: Callable[[Connection], int], upload_id: uuid.UUID, data: Path | None) -> None:
    """The check that follows is done at once: there may be no worker where this is typed."""
    from importers.pipeline import check
    from layers.core import inbox
    from layers.core.conflicts import NothingToChoose
    from layers.core.repairs import NothingToDecide
    from layers.core.store import Actor

    with opened(data) as deployment, deployment.store.writing(Actor("department")) as connection:
        try:
            count = take(connection)
        except (NothingToDecide, NothingToChoose, inbox.UnknownUpload, inbox.AlreadyUnderReview) as trouble:
            raise Refused(str(type(trouble).__doc__)) from trouble
        if inbox.upload(connection, upload_id).state == "received":
            check(connection, deployment.registry, deployment.profile, upload_id)
    click.echo(f"{count} decided; `gis upload show {upload_id}` tells what is found now.")


COMMAND = upload
