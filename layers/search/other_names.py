"""What else a street is called: by people, or before it was renamed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from layers.core.profile import Profile
from layers.search.street_names import StreetName

_BETWEEN = re.compile(r"[;,|]|\s/\s")
"""Not a bare slash, which numbers of streets have."""
_MOST = 12
"""Of one street."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name beside the official one."""

    core: str
    """Folded, without its type."""
    kind: str | None
    """Canonical type word of the profile; None where the name has none, and any may be written with it."""
    shown: str
    """As it was written; empty where that is not known."""

    @classmethod
    def of(cls, written: str, profile: Profile) -> "OtherName":
        """Its parts."""
        named = StreetName.of(profile.fold(written), None, profile)
        return cls(named.core, named.street_type, written.strip())


def other_names(written: Sequence[str] | None, profile: Profile) -> tuple[OtherName, ...]:
    """The names in texts that each hold one or several."""
    said = (name for several in written or () for name in _BETWEEN.split(several))
    names = {name.core: name for name in (OtherName.of(one, profile) for one in said) if name.core}
    return tuple(names.values())[:_MOST]
