"""The `gis` command: the folder is the list of verbs, each file declares COMMAND."""

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import NoReturn

import click

from gisserver.cli._trouble import in_plain_words


class Verbs(click.Group):
    """Finds a verb by its file, and imports only the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every file of this folder."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The file's COMMAND."""
        name = _modules().get(cmd_name)
        if name is None:
            return None
        module = import_module(f"{__name__}.{name}")
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


def _modules() -> dict[str, str]:
    """Verb -> module: an underscore is a hyphen, one at the end keeps a name off Python's own words."""
    names = (module.name for module in iter_modules(__path__))
    return {name.rstrip("_").replace("_", "-"): name for name in names if not name.startswith("_")}


GIS = Verbs(
    "gis",
    help="One spatial database for a metropolitan municipality and its districts.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> NoReturn:
    """Exit codes: 0 done, 1 findings refuse it, 2 wrong use, 3 not reachable."""
    GIS(prog_name="gis")
    sys.exit(0)
