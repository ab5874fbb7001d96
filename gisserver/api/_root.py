"""Where the service is, as the caller reached it."""

from flask import url_for


def root() -> str:
    """Without a slash at its end; what the proxy in front says counts."""
    return url_for("landing.landing", _external=True).removesuffix("/api")
