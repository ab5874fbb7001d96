"""`gis reference`: make the reference pages anew."""

from pathlib import Path

import click


@click.command("reference")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("docs/reference"))
def write(folder: Path) -> None:
    """Write the reference pages of layers, rules, readers, settings, commands and endpoints."""
    from gisserver.cli import GIS
    from gisserver.reference import pages

    folder.mkdir(parents=True, exist_ok=True)
    written = pages(GIS)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(written)} pages in {folder}")


COMMAND = write
