"""Which language a reader gets: what they chose, what their browser asks, what the profile speaks first."""

from flask import Flask, g, request
from flask_babel import Babel, get_locale

from gisserver.service import service


def init_app(app: Flask) -> None:
    """A choice by ?lang= is remembered in a cookie, without an account."""
    Babel(app, locale_selector=_chosen, default_translation_directories="translations")

    @app.after_request
    def remember(response):  # type: ignore[no-untyped-def]
        asked = request.args.get("lang")
        if asked in service().profile.languages and response.mimetype == "text/html":
            response.set_cookie("lang", asked, max_age=365 * 86400, samesite="Lax", httponly=True)
        return response

    @app.context_processor
    def words() -> dict[str, object]:
        return {"language": str(get_locale() or "en"), "profile": service().profile}


def _chosen() -> str:
    offered = service().profile.languages
    for wish in (request.args.get("lang"), request.cookies.get("lang"), g.get("language")):
        if wish in offered:
            return str(wish)
    return request.accept_languages.best_match(offered) or offered[0]
