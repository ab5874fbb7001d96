"""`gis import`: a district's file into the pool, by the same way as over the web."""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, assert_never

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option
from gisserver.cli._reports import report_option, write_report
from gisserver.cli._trouble import Refused, WrongUse
from gisserver.cli._waiting import shown_progress
from layers.core.declared_crs import DeclaredCrs, NotACrs

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from importers.pipeline import Checked
    from layers.core.inbox import Part, Receipt
    from layers.core.layer import Layer
    from layers.core.progress import Heard

FINDINGS_SHOWN = 20
_AT_A_TIME = 2
"""Districts of a list: while one waits for the database, another is read and checked."""


@dataclass(frozen=True)
class Order:
    """What the command line asks for."""

    files: tuple[Path, ...]
    layer: str
    district: str | None
    is_whole_state: bool
    crs: DeclaredCrs | None
    source_layer: str | None
    columns: tuple[str, ...]
    is_dry_run: bool
    is_submitted: bool
    is_published: bool
    leaves_out_refused: bool
    report: Path | None


@dataclass(frozen=True)
class Outcome:
    """What became of the file."""

    upload_id: str
    changeset_id: int
    state: str
    epoch: int | None
    report: dict[str, Any]
    findings: tuple[str, ...]
    also_checked_as: tuple[str, ...]
    """Other layers that the same file has changed; each is an upload of its own."""

    @property
    def refusals(self) -> int:
        """Findings that refuse a record."""
        return int(self.report["findings"]["refusal"])


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--layer", required=True, help="What the file holds; `gis layers` lists them.")
@click.option("--district", help="Whose file it is: name or number; without it a list is divided by its own column.")
@click.option("--whole-state", is_flag=True, help="What is absent from the file ends.")
@click.option("--crs", help="EPSG code, where the file says none or a wrong one; as the report offers it.")
@click.option("--source-layer", help="The layer to read, where the file has several.")
@click.option(
    "--map", "columns", multiple=True, metavar="HEADER=FIELD", help="What a column is; HEADER= leaves it out."
)
@click.option("--dry-run", is_flag=True, help="Check and report; keep nothing.")
@click.option("--submit", is_flag=True, help="Hand the changeset to the department.")
@click.option("--publish", is_flag=True, help="Submit, accept and publish it.")
@click.option("--leave-out-refused", is_flag=True, help="Go on without the records that are refused.")
@click.option("--language", type=click.Choice(["tr", "en"]), default="en", show_default=True, help="Of the findings.")
@report_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@data_option
def import_file(as_json: bool, language: str, data: Path | None, **asked: Any) -> None:
    """Check FILE and make it a changeset; exit code 1 where findings refuse it.

    Several files are taken as one; what belongs to a .shp, .tab or .mif is found beside it. A list (CSV or
    workbook) of the whole city needs no --district: each district's rows become a changeset of their own.
    """
    order = Order(
        files=asked["files"],
        layer=asked["layer"],
        district=asked["district"],
        is_whole_state=asked["whole_state"],
        crs=_declared_crs(asked["crs"]),
        source_layer=asked["source_layer"],
        columns=asked["columns"],
        is_dry_run=asked["dry_run"],
        is_submitted=asked["submit"] or asked["publish"],
        is_published=asked["publish"],
        leaves_out_refused=asked["leave_out_refused"],
        report=asked["report"],
    )
    with opened(data) as deployment:
        if order.district is None:
            _import_each(deployment, order, language, as_json=as_json)
        else:
            with shown_progress() as heard:
                outcome = _import(deployment, order, language, heard)
            _tell(outcome, order, as_json=as_json)


def _import_each(deployment: Deployment, order: Order, language: str, *, as_json: bool) -> None:
    """Two districts at a time, told in order; what one's rows lack holds nobody else back."""
    from importers.broken import BrokenFile
    from importers.by_district import NotByDistrict, by_district
    from layers.core.progress import unheard

    if len(order.files) != 1 or order.report:
        raise WrongUse("Say whose files these are with --district; only one list is divided, and without --report.")
    refused = []
    with TemporaryDirectory() as folder:
        try:
            lists = by_district(order.files[0], Path(folder), deployment.profile)
        except NotByDistrict as trouble:
            raise WrongUse(str(trouble)) from trouble
        except BrokenFile as trouble:
            raise Refused(trouble.sentence(language)) from trouble
        with ThreadPoolExecutor(_AT_A_TIME) as threads:
            begun = []
            for district in sorted(lists, key=lambda one: one.id):
                own = replace(order, files=(lists[district],), district=district.name)
                begun.append((district.name, own, threads.submit(_import, deployment, own, language, unheard)))
            for name, own, outcome in begun:
                click.echo(f"{name}:", err=as_json)
                try:
                    _tell(outcome.result(), own, as_json=as_json)
                except Refused as trouble:
                    click.echo(str(trouble), err=True)
                    refused.append(name)
    if refused:
        raise Refused(f"Not everything went through: {', '.join(refused)}. The other districts' rows did.")


def _tell(outcome: Outcome, order: Order, *, as_json: bool) -> None:
    click.echo(json.dumps(vars(outcome), ensure_ascii=False) if as_json else _in_words(outcome))
    if outcome.refusals and not order.leaves_out_refused:
        raise Refused(f"{outcome.refusals} findings refuse records; correct them or add --leave-out-refused.")


def _declared_crs(spelled: str | None) -> DeclaredCrs | None:
    try:
        return DeclaredCrs.parse_optional(spelled)
    except NotACrs as cause:
        raise WrongUse(f"--crs {spelled}: write 32633, -32633, 32633+33 or 32633/mm.") from cause


def _import(deployment: Deployment, order: Order, language: str, heard: "Heard") -> Outcome:
    """One transaction: the file with all that becomes of it, or nothing."""
    from importers.pipeline import Checked, Failed, check
    from layers.core.store import Actor

    with deployment.store.writing(Actor("department")) as connection:
        receipt = _receive(connection, deployment, order)
        result = check(connection, deployment.registry, deployment.profile, receipt.upload_id, heard)
        match result:
            case Failed():
                said = result.failure["text"][language]
            case Checked():
                outcome = _go_on(connection, deployment, order, result, language)
                if order.report:
                    write_report(connection, deployment, result.upload_id, language, order.report)
                said = None
            case _:
                assert_never(result)
        if order.is_dry_run:
            connection.get_transaction().rollback()  # type: ignore[union-attr]  # writing() has begun one
    if said is not None:
        raise Refused(said)
    return outcome


def _receive(connection: "Connection", deployment: Deployment, order: Order) -> "Receipt":
    from layers.core.columns import FieldTwice, UnknownField
    from layers.core.inbox import NamedTwice, Quota, Sending, TooLarge, as_one, receive
    from layers.core.registry import UnknownLayer

    district = deployment.profile.district_named(order.district or "")
    if district is None:
        known = ", ".join(district.name for district in deployment.profile.districts)
        raise WrongUse(f"The profile has no district {order.district!r}; it has {known}.")
    quota = Quota(deployment.settings.upload_limit_mb * 1_000_000)
    try:
        with _opened(order.files) as parts, as_one(parts) as file:
            sending = Sending(
                district_id=district.id,
                layer_id=deployment.registry[order.layer].id,
                filename=file.name,
                is_whole_state=order.is_whole_state,
                declared_crs=order.crs,
                source_layer=order.source_layer,
                columns=_columns(order, deployment.registry[order.layer]),
            )
            return receive(connection, sending, file.stream, quota)
    except (UnknownLayer, TooLarge, NamedTwice, UnknownField, FieldTwice) as trouble:
        raise WrongUse(str(trouble)) from trouble


def _columns(order: Order, layer: "Layer") -> dict[str, str] | None:
    """A header may hold the sign as well, a field never does."""
    from layers.core.columns import parse_choices

    said = {}
    for written in order.columns:
        header, sign, field = written.rpartition("=")
        if not sign:
            raise WrongUse(f"--map {written}: write HEADER=FIELD.")
        said[header] = field
    return parse_choices(said, layer) if said else None


@contextmanager
def _opened(files: Iterable[Path]) -> Iterator["list[Part]"]:
    """The files named and what belongs to them."""
    from layers.core.inbox import Part, with_companions

    named = {path.resolve(): name for file in files for name, path in with_companions(file).items()}
    if not named:
        raise WrongUse("The folder is empty.")
    with ExitStack() as open_files:
        yield [Part(name, open_files.enter_context(path.open("rb"))) for path, name in named.items()]


def _go_on(
    connection: "Connection", deployment: Deployment, order: Order, checked: "Checked", language: str
) -> Outcome:
    """As far as asked; refused records stop it unless they are left out."""
    from layers.core import review
    from layers.core.inbox import of_same_file
    from layers.core.store import Actor

    actor = Actor("department")
    found = review.changeset(connection, checked.changeset_id)
    may_go_on = order.leaves_out_refused or not checked.report["findings"]["refusal"]
    if order.is_submitted and may_go_on and checked.has_changes:
        review.submit(connection, actor, found.id, leave_out_refused=True)
        if order.is_published:
            review.accept(connection, actor, found.id)
            review.publish_now(connection, deployment.registry, actor, found.id)
        found = review.changeset(connection, found.id)
    return Outcome(
        upload_id=str(checked.upload_id),
        changeset_id=found.id,
        state="tried" if order.is_dry_run else found.state,
        epoch=found.epoch,
        report=checked.report,
        findings=review.finding_sentences(connection, found.id, language, FINDINGS_SHOWN),
        also_checked_as=tuple(one.layer_id for one in of_same_file(connection, checked.upload_id)),
    )


def _in_words(outcome: Outcome) -> str:
    counts, columns = outcome.report["counts"], outcome.report["columns"]
    lines = [
        f"{counts['records']} records: {counts['inserted']} new, {counts['updated']} changed, "
        f"{counts['unchanged']} unchanged, {counts['refused']} refused; {counts['retired']} features end.",
        f"Coordinates: {outcome.report['crs']['used']['name']}. "
        f"Columns ignored: {_listed(columns['ignored'])}; removed: {_listed(columns['removed'])}.",
        *outcome.findings,
    ]
    told = sum(outcome.report["findings"].values())
    if told > len(outcome.findings):
        lines.append(f"… and {told - len(outcome.findings)} more: gis changeset show {outcome.changeset_id}")
    where = f", epoch {outcome.epoch}" if outcome.epoch else ""
    if outcome.also_checked_as:
        lines.append(f"The file was also checked as {_listed(list(outcome.also_checked_as))}: see the district's page.")
    is_trial = outcome.state == "tried"
    lines.append(
        "This was a trial: nothing is kept."
        if is_trial
        else f"Changeset {outcome.changeset_id} is {outcome.state}{where}."
    )
    return "\n".join(lines)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


COMMAND = import_file
