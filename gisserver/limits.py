"""How often one address may try: counted in each process, by the address the proxy in front reports."""

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")

WATCH = "60 per hour"
"""New addresses to watch at; an office behind one address seldom needs more."""
SIGN_IN = "10 per minute"
"""Wrong passwords; right ones are not counted, so an office behind one address is not shut out."""


def init_app(app: Flask) -> None:
    """Attach the counters."""
    limiter.init_app(app)


def was_wrong(response: Response) -> bool:
    """A refused sign-in."""
    return response.status_code == 422
