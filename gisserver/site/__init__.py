"""The pages for people: one page per file; the folder is the list."""

from dataclasses import dataclass

from flask import Flask, url_for
from flask_babel import get_locale

import gisserver.site as here
from gisserver.access import actor
from layers.core.layer import Audience
from layers.core.registry import discover
from layers.core.words import Title


@dataclass(frozen=True)
class Navigation:
    """How a page stands in the site's navigation."""

    title: Title
    endpoint: str
    order: int
    roles: frozenset[str] | None = None
    """Who sees the entry; None for everybody."""


@dataclass(frozen=True)
class NavigationEntry:
    """An entry as this reader sees it."""

    title: str
    url: str
    endpoint: str


def init_app(app: Flask) -> None:
    """Attach every page and its navigation entry."""
    for bp in discover(here, "bp"):
        app.register_blueprint(bp)
    declared = sorted((nav for nav in discover(here, "NAV") if nav), key=lambda nav: nav.order)

    @app.context_processor
    def navigation() -> dict[str, object]:
        language = str(get_locale() or "en")
        return {
            "navigation": [
                NavigationEntry(nav.title.in_language(language), url_for(nav.endpoint), nav.endpoint)
                for nav in declared
                if nav.roles is None or actor().role in nav.roles
            ],
            "actor": actor(),
            "is_planner": actor().audience >= Audience.PLANNER,
        }
