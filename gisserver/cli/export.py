"""`gis export`: features of a layer in one file for other programs, as the feature service writes them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option
from gisserver.cli._trouble import WrongUse
from layers.core.layer import Audience

if TYPE_CHECKING:
    from gisserver.formats import FeatureFormat
    from layers.core.query import ReadableLayer
    from layers.core.store import Actor

AUDIENCES = {audience.name.lower(): audience for audience in Audience}


@click.command("export")
@data_option
@click.argument("layer")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, metavar="FILE")
@click.option("--format", "word", help="As f= says it; default: by the ending of FILE.")
@click.option("--district", help="Name or number; only its own features.")
@click.option("--filter", help="A condition in CQL2.")
@click.option("--bbox", help="Only what touches the box: west,south,east,north in degrees.")
@click.option("--datetime", help="Only what is valid by law on that day, or in that span.")
@click.option("--epoch", help="The pool as it was after that publish.")
@click.option("--crs", help="For instance EPSG:4326; default: longitude and latitude.")
@click.option("--properties", help="Only these fields, with commas between.")
@click.option("--sortby", help="Fields to sort by, with - before one for the largest first.")
@click.option("--audience", type=click.Choice(list(AUDIENCES)), default="public", show_default=True, help="For whom.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one line when the file is finished.")
def export(
    data: Path | None,
    layer: str,
    target: Path,
    word: str | None,
    district: str | None,
    audience: str,
    as_json: bool,
    **asked: str | None,
) -> None:
    """Write the features of LAYER into one file.

    The file holds one epoch and appears under its name when it is whole. What the audience may not see is not in it.
    """
    from gisserver.formats import write_file
    from layers.core.epochs import current_epoch
    from layers.core.query import FeatureQuery, ReadableLayer, WrongQuery, at_epoch
    from layers.core.tiles.export.unfinished import unfinished

    declared = _format(word, target)
    with opened(data) as deployment:
        met = ReadableLayer(deployment.registry[layer], AUDIENCES[audience], deployment.profile)
        _check_audience(met)
        arguments = {name: value for name, value in asked.items() if value is not None}
        if district is not None:
            arguments["district_id"] = _district(deployment, district)
        try:
            query = FeatureQuery.parse(arguments, met, declared.unsaid(met))
            with deployment.store.reading(_actor(audience)) as connection, unfinished(target) as own:
                epoch = current_epoch(connection)
                query = at_epoch(query, epoch)
                write_file(declared, connection, query, own)
        except WrongQuery as wrong:
            raise WrongUse(wrong.sentence("en")) from wrong
    told = {"file": str(target), "layer": layer, "format": declared.word, "epoch": query.as_of or epoch}
    size = target.stat().st_size
    line = f"{target}: {layer} as {declared.title.en}, epoch {told['epoch']}, {size / 1_000_000:,.1f} MB."
    click.echo(json.dumps({**told, "size_bytes": size}, ensure_ascii=False) if as_json else line)


def _format(word: str | None, target: Path) -> "FeatureFormat":
    from gisserver.formats import whole_formats

    known = whole_formats()
    ending = target.suffix.removeprefix(".").lower()
    by_ending = {declared.suffix: declared for declared in known.values()}
    found = known.get(word) if word else by_ending.get(ending)
    if found is None:
        raise WrongUse(
            f"--format is one of: {', '.join(known)}. Without it FILE ends in one of: {', '.join(by_ending)}."
        )
    return found


def _check_audience(met: "ReadableLayer") -> None:
    least = met.layer.audience
    if met.audience < least:
        raise WrongUse(f"{met.layer.id} is for {least.name.lower()} readers. Add --audience {least.name.lower()}.")


def _actor(audience: str) -> "Actor":
    """Whom the database takes the reader for."""
    from layers.core.store import ANONYMOUS, Actor

    return ANONYMOUS if audience == "public" else Actor(audience)


def _district(deployment: Deployment, named: str) -> str:
    found = deployment.profile.district_named(named)
    if found is None:
        known = ", ".join(sorted(district.name for district in deployment.profile.districts))
        raise WrongUse(f"The profile has no district {named!r}. There are: {known}.")
    return str(found.id)


COMMAND = export
