"""`gis settings`: every setting, what it does and what it is now."""

import json
from dataclasses import fields
from typing import Any

import click

from gisserver.cli._options import settings_for
from gisserver.settings import Settings, variable

_SECRET = ("secret_key", "database_url", "source_secrets", "smtp_password")


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_all(as_json: bool) -> None:
    """List every GIS_* variable with its value and its meaning; secrets are not shown."""
    settings = settings_for(None)
    rows = [
        (variable(setting), _shown(settings, setting.name), setting.metadata["help"]) for setting in fields(Settings)
    ]
    if as_json:
        click.echo(json.dumps({name: {"value": value, "help": meaning} for name, value, meaning in rows}))
        return
    for name, value, meaning in rows:
        click.echo(f"{name} = {value}")
        click.echo(click.wrap_text(meaning, initial_indent="    ", subsequent_indent="    "))


COMMAND = list_all


def _shown(settings: Settings, name: str) -> Any:
    value = getattr(settings, name)
    if value in (None, ()):
        return ""
    if name in _SECRET:
        return "(set)"
    return value if isinstance(value, bool | int | str) else str(value)
