"""What verbs work with that read and change the pool: its store, its layers and its profile."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gisserver.cli._options import settings_for
from gisserver.cli._trouble import WrongUse

if TYPE_CHECKING:
    from gisserver.settings import Settings
    from layers.core.profile import District, Profile
    from layers.core.registry import Registry
    from layers.core.store import Store


@dataclass(frozen=True)
class Deployment:
    """An opened deployment."""

    settings: "Settings"
    store: "Store"
    registry: "Registry"
    profile: "Profile"

    def district_named(self, name: str) -> "District":
        """By name or number. Raises WrongUse."""
        found = self.profile.district_named(name)
        if found is None:
            raise WrongUse(f"The profile has no district {name!r}.")
        return found


@contextmanager
def opened(data: Path | None) -> Iterator[Deployment]:
    """The deployment in that data folder, for the length of one command."""
    # Imported here: `gis --help` should not wait for the database libraries.
    from gisserver.cluster import database_urls
    from layers.core.profile import load_profile
    from layers.core.registry import Registry
    from layers.core.store import Store

    settings = settings_for(data)
    profile = load_profile(settings.profile_path)
    with closing(Store(database_urls(settings).worker, pool_size=1)) as store:
        yield Deployment(settings, store, Registry.of_folder(), profile)
