"""Headers and checks that every answer gets: CSRF, content policy, no sniffing."""

from collections.abc import Iterable

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from gisserver.access import actor, is_keyed
from layers.core.store import ANONYMOUS

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""Nobody else shows our pages in a frame."""


def policy_within(origins: Iterable[str]) -> str:
    """That of a page which these sites may show in a frame of theirs."""
    return " ".join((CONTENT_POLICY, *origins))


csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Sessions are cookies, so every write by one must carry the page's token."""
    csrf.init_app(app)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False

    @app.before_request
    def ask_for_token() -> None:
        is_watched = app.config["WTF_CSRF_ENABLED"] and request.endpoint is not None
        if is_watched and not _needs_no_token():
            csrf.protect(apply_exemptions=True)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        return response


def _needs_no_token() -> bool:
    """A key comes with the program that sends it; who has neither key nor session is told by the API to sign in."""
    return is_keyed() or (actor() == ANONYMOUS and request.path.startswith("/api/"))
