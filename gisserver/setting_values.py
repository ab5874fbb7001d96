"""How the texts of settings are read; what cannot be read is a ValueError."""

import re
from pathlib import Path

READY_FORMATS = ("gpkg", "fgb", "parquet")
SECURITIES = ("starttls", "tls", "none")
_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def text(value: str) -> str:
    """Anything."""
    return value


def whole_number(value: str) -> int:
    """0 or more."""
    number = int(value)
    if number < 0:
        raise ValueError
    return number


def at_least_one(value: str) -> int:
    """1 or more."""
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def ready_formats(value: str) -> tuple[str, ...]:
    """Words among READY_FORMATS."""
    words = tuple(value.replace(",", " ").split())
    if not set(words) <= set(READY_FORMATS):
        raise ValueError
    return words


def secrets(value: str) -> tuple[str, ...]:
    """Pairs like source=secret, with spaces between."""
    words = tuple(value.split())
    if not all("=" in word for word in words):
        raise ValueError
    return words


def security(value: str) -> str:
    """How mail is carried."""
    if value not in SECURITIES:
        raise ValueError
    return value


def public_url(value: str) -> str:
    """An address that begins with http."""
    if not value.startswith(("http://", "https://")):
        raise ValueError
    return value


def origins(value: str) -> tuple[str, ...]:
    """Sites without a path, with spaces between."""
    origins = tuple(value.split())
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError
    return origins


def port(value: str) -> int:
    """A port of TCP."""
    number = int(value)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def yes_or_no(value: str) -> bool:
    """In several spellings."""
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ValueError


def folder(value: str) -> Path:
    """An absolute path; ~ is the home of who runs it."""
    return Path(value).expanduser().absolute()
