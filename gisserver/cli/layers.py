"""`gis layers`: what the pool can hold."""

import json
from dataclasses import asdict

import click

from layers.core.layer import Field, Layer
from layers.core.registry import Registry


@click.command("layers")
@click.option("--json", "as_json", is_flag=True, help="For programs, with every field.")
def show(as_json: bool) -> None:
    """List the layers with their shape, zooms and audience."""
    registry = Registry.of_folder()
    if as_json:
        click.echo(json.dumps([_described(layer) for layer in registry], ensure_ascii=False, indent=2))
        return
    for layer in registry:
        zooms = f"z{layer.tile_zooms.start}-{layer.tile_zooms.stop - 1}"
        click.echo(f"{layer.id:<18} {layer.shape:<16} {zooms:<8} {layer.audience.name.lower():<9} {layer.title.en}")


def _described(layer: Layer) -> dict[str, object]:
    return {
        "id": layer.id,
        "title": layer.title.written,
        "description": layer.description.written,
        "shape": str(layer.shape),
        "theme": layer.theme,
        "audience": layer.audience.name.lower(),
        "zooms": [layer.tile_zooms.start, layer.tile_zooms.stop - 1],
        "fields": [_field(field) for field in layer.fields],
    }


def _field(field: Field) -> dict[str, object]:
    return {**asdict(field), "title": field.title.written, "audience": field.audience.name.lower()}


COMMAND = show
