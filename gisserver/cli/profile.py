"""`gis profile check`: is this file a city?"""

import click

from gisserver.settings import Settings
from layers.core.profile import Profile, ProfileError, load_profile
from layers.core.registry import Registry


@click.group("profile")
def profile() -> None:
    """Work with the file that makes a deployment one city and no other."""


@profile.command("check")
@click.argument("file")
def check(file: str) -> None:
    """Say what is wrong in a profile FILE (a path, or a name in profiles/), or what it declares."""
    found = load_profile(Settings(profile=file).profile_path)
    _refuse_unknown_names(found, Registry.of_folder())
    click.echo(f"{found.name}: storage EPSG:{found.storage_srid}, languages {', '.join(found.languages)}")
    click.echo(f"{len(found.districts)} districts, {len(found.themes)} constraint themes")
    for layer_id, fields in found.mappings.items():
        click.echo(f"column names for {layer_id}: {sum(len(words) for words in fields.values())} words")


def _refuse_unknown_names(found: Profile, registry: Registry) -> None:
    """A misspelt layer or field in the profile would otherwise never match anything."""
    for layer_id in (*found.mappings, *found.legends, *found.allowed):
        if layer_id not in registry:
            raise ProfileError(f"There is no layer {layer_id!r}; there are {', '.join(x.id for x in registry)}.")
    for table, layer_id, fields in (
        *(("mappings", layer_id, fields) for layer_id, fields in found.mappings.items()),
        *(("allowed", layer_id, fields) for layer_id, fields in found.allowed.items()),
    ):
        known = {field.name for field in registry[layer_id].fields} | {"ref", "valid_from", "valid_to"}
        for name in fields:
            if name not in known:
                raise ProfileError(
                    f"{table}.{layer_id}: there is no field {name!r}; there are {', '.join(sorted(known))}."
                )


COMMAND = profile
