"""A command whose verbs are the files of a folder."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from gisserver.cli._trouble import in_plain_words


class Verbs(click.Group):
    """Finds a verb by its file, and imports only the one that is asked for."""

    def __init__(self, name: str, package: str, **about: Any) -> None:
        super().__init__(name, **about)
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every file of the folder."""
        return sorted(self._modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The file's COMMAND."""
        name = self._modules().get(cmd_name)
        if name is None:
            return None
        module = import_module(f"{self._package}.{name}")
        command: click.Command = module.COMMAND
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Expected trouble is a sentence and an exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except Exception as trouble:
            said = in_plain_words(trouble)
            if said is None:
                raise
            raise said from trouble

    def _modules(self) -> Mapping[str, str]:
        """Verb -> module: an underscore is a hyphen, one at the end keeps a name off Python's own words."""
        names = (module.name for module in iter_modules(import_module(self._package).__path__))
        return {name.rstrip("_").replace("_", "-"): name for name in names if not name.startswith("_")}
