"""The letters of map labels, as the front end's build has cut them."""

import json
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger()

RANGE = 256
LAST = 65536


@dataclass(frozen=True)
class Glyphs:
    """Which typefaces there are, and what their files hold altogether."""

    folder: Path
    stacks: frozenset[str]
    digest: str

    @classmethod
    def built(cls, folder: Path) -> "Glyphs | None":
        """What the last build left; None without one, and then a viewer writes with letters of its own."""
        try:
            contents = json.loads((folder / "contents.json").read_bytes())
        except FileNotFoundError:
            log.warning("front end not built", remedy="run script/bootstrap", expected=str(folder))
            return None
        return cls(folder, frozenset(contents["stacks"]), contents["digest"])

    def stack_of(self, asked: str) -> str | None:
        """The first typeface of a comma-separated list that is here, as MapLibre asks for several."""
        return next((name for name in asked.split(",") if name in self.stacks), None)

    def path(self, stack: str, first: int, *, is_packed: bool) -> Path:
        """The file of the letters from `first` on; it need not exist, for few of them are used anywhere."""
        return self.folder / stack / f"{first}-{first + RANGE - 1}.pbf{'.gz' if is_packed else ''}"


def is_range(first: int, last: int) -> bool:
    """True where both name a range that glyph files are cut into."""
    return first % RANGE == 0 and last == first + RANGE - 1 and 0 <= first < LAST
