"""A WSGI application behind an asynchronous server, in a bounded number of threads."""

from gisserver.wsgi.bridge import WsgiBridge
from gisserver.wsgi.later import LaterPieces

__all__ = ["LaterPieces", "WsgiBridge"]
