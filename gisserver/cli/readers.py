"""`gis readers`: which formats are read."""

import json

import click


@click.command("readers")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show(as_json: bool) -> None:
    """List the formats that a district may send."""
    from importers.file_layers import known_readers

    for reader in known_readers():
        if as_json:
            told = {"id": reader.id, "title": reader.title.written, "suffixes": list(reader.suffixes)}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{reader.id:<12} {reader.title.en:<18} {', '.join(reader.suffixes)}")


COMMAND = show
