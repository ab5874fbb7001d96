"""`gis bundle`: a district's part of the pool as one GeoPackage, to be edited anywhere and sent back."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option, json_option
from gisserver.cli._trouble import WrongUse


@click.command("bundle")
@click.argument("district")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, metavar="FILE.gpkg")
@click.option("--language", help="Of titles and forms; default: the profile's first.")
@json_option
@data_option
def bundle(district: str, target: Path, language: str | None, as_json: bool, data: Path | None) -> None:
    """Write what DISTRICT edits: parcels, zones, its neighbours' parcels, code lists and a QGIS project with forms.

    Each record says of which publish it is. Sent back with `gis import`, the file is joined with what the pool has
    changed meanwhile.
    """
    from gisserver.bundle.write import Bundle, write_bundle
    from layers.core.store import Actor

    with opened(data) as deployment:
        found = deployment.profile.district_named(district)
        if found is None:
            known = ", ".join(sorted(one.name for one in deployment.profile.districts))
            raise WrongUse(f"The profile has no district {district!r}. There are: {known}.")
        actor = Actor("editor", found.id)
        words = language or deployment.profile.languages[0]
        folder = TemporaryDirectory(prefix=".bundle-", dir=target.parent)
        with deployment.store.reading(actor) as connection, folder as place:
            own = Path(place) / target.name
            wanted = Bundle(deployment.profile, found.id, actor.audience, words, target.name)
            mark = write_bundle(connection, deployment.registry, wanted, own)
            own.replace(target)
    size = target.stat().st_size
    told = {"file": str(target), "district": found.id, "epoch": mark.epoch, "size_bytes": size}
    line = f"{target}: {found.name}, epoch {mark.epoch}, {size / 1_000_000:,.1f} MB."
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else line)


COMMAND = bundle
