"""A WSGI application behind an asynchronous server, in a bounded number of threads."""

from gisserver.wsgi.bridge import WsgiBridge

__all__ = ["WsgiBridge"]
