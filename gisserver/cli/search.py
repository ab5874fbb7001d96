"""`gis search`: what the search box would find."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option


@click.command("search")
@data_option
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True)
@click.option("--language", help="Of titles and notes; default: the profile's first.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def search(data: Path | None, text: str, limit: int, language: str | None, as_json: bool) -> None:
    """Find TEXT: an address, block and parcel, neighbourhood, street, place, plan number or coordinates."""
    from layers.core.store import ANONYMOUS
    from layers.search.find import find

    with opened(data) as deployment, deployment.store.reading(ANONYMOUS) as connection:
        spoken = language or deployment.profile.languages[0]
        result = find(connection, text, deployment.profile, limit, spoken)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False, default=str))
        return
    for hit in result.hits:
        click.echo(f"{hit.kind.value:<13} {hit.title} – {hit.subtitle}  ({hit.lat:.6f}, {hit.lon:.6f})")
    if result.note:
        click.echo(result.note)


COMMAND = search
