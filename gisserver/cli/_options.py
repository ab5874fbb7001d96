"""Options that several verbs share, and the settings they lead to."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from gisserver.settings import Settings

Verb = TypeVar("Verb", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")
number_argument = click.argument("number", type=int)


def data_option(verb: Verb) -> Verb:
    """Which deployment the verb is about."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="The deployment's data folder (GIS_DATA).",
    )(verb)


def settings_for(data: Path | None, **changes: Any) -> Settings:
    """The settings of the environment with what the command line says."""
    chosen = data.absolute() if data else None
    return Settings.load(os.environ).with_changes(data=chosen, **changes)
