"""How often one address may try: counted in each process, by the address the proxy in front reports."""

from functools import cache
from ipaddress import ip_address

from flask import Flask, Response, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from gisserver.service import service

limiter = Limiter(get_remote_address, storage_uri="memory://")

WATCH = "60 per hour"
"""New addresses to watch at; an office behind one address seldom needs more."""
PRINT = "60 per hour"
"""Maps to be drawn; each takes seconds of the worker."""
PICTURE = "120 per minute"
"""Still pictures of the map; each takes up to a second, and who has no other map moves by them."""
LOOK = "240 per hour"
"""Files opened on the map; each takes a process apart for a moment."""
FOREIGN_LIST = "240 per hour"
"""Other servers asked what they have; counted apart from the features that are taken from them."""
FOREIGN_FEATURES = "120 per hour"
"""Layers taken from other servers feature by feature; each is up to twenty pages and a process apart."""
FOREIGN_TILE = "3000 per minute"
"""Tiles of other servers; a screen is a few dozen of them."""
DRAWING = "120 per minute"
"""Changes to shared drawings; somebody who draws makes one every second or two."""
SHORT_LINK = "60 per hour"
"""Addresses to be kept."""
CODE = "30 per minute"
"""Short codes and numbers tried that do not exist; those that do are not counted."""
SIGN_IN = "10 per minute"
"""Wrong passwords; right ones are not counted, so an office behind one address is not shut out."""


def answers() -> str:
    """A family or an office behind one address stays far below, a program that reads all does not."""
    return f"{service().settings.answers_per_minute} per minute"


def documents() -> str:
    """Signed ones, each of which takes a tenth of a second: a quarter of the answers."""
    return f"{max(service().settings.answers_per_minute // 4, 1)} per minute"


SEARCH = "3000 per minute"
"""Fifty a second: suggestions at every key of a whole office behind one address are far fewer."""


SEARCH_SCOPE = "search"
"""One count for finding, completing and the way back."""


def search_limit() -> str:
    """As the application has it."""
    return str(current_app.config.get("SEARCH_LIMIT", SEARCH))


def is_from_here() -> bool:
    """Programs of this machine are not counted; what a proxy hands on bears its caller's address."""
    return ip_address(get_remote_address()).is_loopback


def count_search(app: Flask, caller: str) -> bool:
    """Whether that address may ask now; counted together with what it asks of the application itself."""
    if ip_address(caller).is_loopback:
        return True
    return limiter.limiter.hit(_parsed(str(app.config.get("SEARCH_LIMIT", SEARCH))), caller, SEARCH_SCOPE)


@cache
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)


def init_app(app: Flask) -> None:
    """Attach the counters."""
    limiter.init_app(app)


def was_unknown(response: Response) -> bool:
    """Nothing is there."""
    return response.status_code == 404


def was_wrong(response: Response) -> bool:
    """A refused sign-in."""
    return response.status_code == 422
