"""Who publishes a pool, and what others may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


class BadPublisher(Exception):
    """What the profile says of the publisher or the licence cannot be."""


@dataclass(frozen=True)
class Publisher:
    """Whom to ask; what is empty is not told."""

    names: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    url: str = ""

    def name(self, language: str) -> str:
        """Any language stands in for a missing one."""
        return self.names.get(language) or next(iter(self.names.values()), "")


@dataclass(frozen=True)
class Licence:
    """Under which the open part of the pool is given."""

    title: str
    url: str


def parse_publisher(table: Mapping[str, Any]) -> Publisher:
    """The profile's table `publisher`. Raises BadPublisher."""
    publisher = Publisher(table.get("name", {}), table.get("email", ""), table.get("url", ""))
    if publisher.email and "@" not in publisher.email:
        raise BadPublisher(f"publisher.email {publisher.email!r} is no address.")
    if publisher.url:
        _check_url("publisher.url", publisher.url)
    return publisher


def parse_licence(table: Mapping[str, Any]) -> Licence | None:
    """The profile's table `licence`; None where it says nothing. Raises BadPublisher."""
    if not table:
        return None
    if not table.get("title"):
        raise BadPublisher("licence.title says how the licence is called.")
    _check_url("licence.url", table.get("url", ""))
    return Licence(table["title"], table["url"])


def _check_url(name: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadPublisher(f"{name} {url!r} must be a whole address, with https.")
