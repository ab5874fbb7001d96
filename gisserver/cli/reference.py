"""`gis reference`: make the reference pages anew."""

from pathlib import Path

import click


@click.command("reference")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("docs/reference"))
def write(folder: Path) -> None:
    """Write the reference pages of layers, rules, readers, settings, commands and endpoints."""
    from gisserver.reference import pages

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(pages())} pages in {folder}")


COMMAND = write
