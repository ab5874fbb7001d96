"""Where Debian keeps the PostgreSQL that the pool runs on."""

from dataclasses import dataclass
from pathlib import Path

from gisserver.cluster.trouble import PostgisMissing, ServerMissing


@dataclass(frozen=True)
class Installation:
    """One PostgreSQL version with its programs and extensions."""

    version: int = 15
    binaries: Path = Path("/usr/lib/postgresql/15/bin")
    extensions: Path = Path("/usr/share/postgresql/15/extension")

    def check(self) -> None:
        """Raise what is missing, with the command that installs it."""
        if not (self.binaries / "postgres").exists():
            raise ServerMissing(self.version, self.binaries)
        if not (self.extensions / "postgis.control").exists():
            raise PostgisMissing(self.version)

    def program(self, name: str) -> str:
        """The full path, so that no other version on the PATH is taken."""
        return str(self.binaries / name)
