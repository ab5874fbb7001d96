"""A street's name with and without the word that says what kind of street it is."""

from dataclasses import dataclass

from layers.core.profile import Profile


@dataclass(frozen=True)
class StreetName:
    """A folded name in its two parts."""

    core: str
    street_type: str | None

    @classmethod
    def of(cls, name_key: str, declared_type: str | None, profile: Profile) -> "StreetName":
        """The parts of a stored name; its own words win over the type column."""
        words = name_key.split()
        types = profile.search.street_types
        if len(words) > 1 and words[-1] in types:
            return cls(" ".join(words[:-1]), types[words[-1]])
        if len(words) > 1 and words[0] in types:
            return cls(" ".join(words[1:]), types[words[0]])
        declared = profile.fold(declared_type or "")
        return cls(name_key, types.get(declared, declared or None))


def keys_of(core: str, street_type: str | None, profile: Profile) -> list[str]:
    """Every folded form in which the pool may hold the street, so that one index lookup finds it."""
    types = profile.search.street_types
    words = {word for word, canonical in types.items() if street_type in (None, canonical)} | set(
        types.values() if street_type is None else [street_type]
    )
    return [core, *sorted(f"{core} {word}" for word in words), *sorted(f"{word} {core}" for word in words)]
