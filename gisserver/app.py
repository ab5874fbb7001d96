"""The application factory: settings in, WSGI application out; and what the server in front of it calls."""

import os
from functools import partial
from pathlib import Path

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from gisserver import access, api, assets, language, limits, problems, security, site
from gisserver.cluster import database_urls
from gisserver.downloads.places import DownloadPlaces
from gisserver.editing.desk import EditDesk
from gisserver.entry import Entry
from gisserver.events import EventFeed
from gisserver.items_first import ItemsFirst
from gisserver.lines import Lines
from gisserver.metrics import Metrics
from gisserver.ows.process import MapServer
from gisserver.pages_first import PagesFirst
from gisserver.prints.kept import KeptPictures
from gisserver.search_first import SearchFirst
from gisserver.service import Service
from gisserver.session_cookie import CookieOfPages
from gisserver.settings import Settings
from gisserver.tiles.cache import TileCache
from gisserver.wsgi import WsgiBridge
from gisserver.wsgi.proxy import behind_proxy
from layers.core.events import Block, Interest, told_after
from layers.core.profile import Profile, load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

THREADS = 15
"""For requests, in each web process. With the one that hears of publishes they are as many as the pool has
connections, so that nobody waits for one."""

PAGE_LINES = 2
SEARCH_LINES = 2
"""Connections for each: a page of a thousand, or a name that nobody has, takes long and holds up no tile."""


class PlainJson(DefaultJSONProvider):
    """Keys in the order written, letters as they are."""

    sort_keys = False
    ensure_ascii = False


def create_app(settings: Settings, database_url: str | None = None) -> Flask:
    """Build one service. Nothing is connected before the first request asks for it."""
    app = Flask("gisserver", root_path=str(Path(__file__).parent))
    store = Store(database_url or database_urls(settings).web)
    registry = Registry.of_folder()
    lines = Lines(store.engine.url)
    tiles = TileCache(store, lines, registry, settings.tile_cache_mb * 1024 * 1024)
    profile = load_profile(settings.profile_path)
    places = DownloadPlaces(settings.downloads)
    events = EventFeed(partial(_told_after, store, registry, profile), settings.event_listeners)
    tiles.follower.tell_also(events.hear)
    mapserver = MapServer(store.engine.url, settings.data / "ows", settings.mapserver_processes, settings.query_seconds)
    edits = EditDesk(store.url, profile.path, settings.edit_seconds)
    app.extensions["gisserver"] = Service(
        settings, profile, registry, store, lines, tiles, Metrics(), places, events, mapserver, edits, KeptPictures()
    )
    app.config.update(
        SECRET_KEY=settings.session_key(),
        MAX_CONTENT_LENGTH=settings.upload_limit_mb * 1024 * 1024,
        SESSION_COOKIE_NAME="gis",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a file over a poor line takes hours
    )
    app.json = PlainJson(app)
    app.session_interface = CookieOfPages()
    language.init_app(app)
    access.init_app(app)
    security.init_app(app)
    limits.init_app(app)
    assets.init_app(app)
    problems.init_app(app)
    api.init_app(app)
    site.init_app(app)
    app.wsgi_app = behind_proxy(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _told_after(store: Store, registry: Registry, profile: Profile, interest: Interest, epoch: int) -> Block:
    """What listeners may see was decided when they came."""
    with store.reading(WORKER) as connection:
        return told_after(connection, interest, epoch, registry, profile)


def entry_of(app: Flask) -> Entry:
    """The application with its public tiles, features and searches answered before it."""
    built: Service = app.extensions["gisserver"]
    items = ItemsFirst(app, built.lines, built.registry)
    for_pages, for_searches = (Lines(built.store.engine.url, number) for number in (PAGE_LINES, SEARCH_LINES))
    pages = PagesFirst(app, for_pages, built.registry)
    searches = SearchFirst(app, for_searches, built.store, built.profile)
    lines = (built.lines, for_pages, for_searches)
    return Entry(WsgiBridge(app, THREADS), built.tiles, items, pages, searches, lines, built.metrics)


def entry() -> Entry:
    """What each web process calls at its start."""
    return entry_of(create_app(Settings.load(os.environ, Path(".env"))))
