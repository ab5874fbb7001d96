"""The session's cookie: renewed by pages that somebody goes to, not by what a page asks for beside."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class CookieOfPages(SecureCookieSessionInterface):
    """An answer that was on its way when a form was sent would put the cookie back as it was before, and take away
    what the next page is to say of the form."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """A browser that does not say what it asks for has it renewed by everything."""
        is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
        return session.modified or (is_page and super().should_set_cookie(app, session))
