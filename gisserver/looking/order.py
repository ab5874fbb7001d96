"""What the process is asked, and what it answers beside the features themselves."""

from dataclasses import dataclass

from gisserver.one_line import OneLine


@dataclass(frozen=True)
class Order(OneLine):
    """A file that lies at a path for as long as it is looked at."""

    database_url: str
    profile: str
    path: str
    filename: str
    crs: str | None
    """As a person declares it."""
    language: str


@dataclass(frozen=True)
class Head(OneLine):
    """The first line of an answer; the second is the body, where the file could be read."""

    broken: str | None = None
    """The code of what is wrong with the file."""
    sentence: str = ""
    """What is wrong and what to do."""
    doubt: str | None = None
    """Why a place has to be chosen."""
    has_places: bool = False
