"""Who is asking: local accounts, the session cookie, keys of programs, what a page requires."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, g, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access.accounts import account_of_session
from gisserver.access.keys import NotAKey, holder_of, shown_key
from gisserver.errors import NotYours, SignInFirst, wants_json
from gisserver.service import service
from layers.core.store import ANONYMOUS, Actor

P = ParamSpec("P")
R = TypeVar("R")


def init_app(app: Flask) -> None:
    """Every request knows its actor before it runs."""

    @app.before_request
    def introduce() -> None:
        key = shown_key(request.authorization)
        g.is_keyed = key is not None
        g.actor = _from_session() if key is None else _from_key(key)


def actor() -> Actor:
    """The actor of this request; anonymous without a session."""
    return cast(Actor, g.get("actor", ANONYMOUS))


def is_keyed() -> bool:
    """The caller shows a key, which no other site can make a browser send along; a session's cookie it can."""
    return bool(g.get("is_keyed", False))


def needs_role(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Let only these roles in; others are asked to sign in or told whom the page is for."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*arguments: P.args, **named: P.kwargs) -> R | Response:
            if actor() == ANONYMOUS:
                if wants_json() or request.path.startswith("/api"):
                    raise SignInFirst(_("Sign in first."))
                return redirect(url_for("signin.page", next=request.full_path))
            if actor().role not in roles:
                raise NotYours(_("Your account is not meant for this page. Ask the department for the right."))
            return view(*arguments, **named)

        return guarded

    return guard


EDITORS = ("editor", "approver", "department", "administrator")
DEPARTMENT = ("department", "administrator")
SIGNED_IN = ("planner", *EDITORS)


def _from_key(key: str) -> Actor:
    authorization = request.authorization
    try:
        with service().store.reading() as connection:
            holder = holder_of(connection, key, authorization) if authorization else None
    except NotAKey as cause:
        raise SignInFirst(_("This key opens nothing here. Ask the department for a new one.")) from cause
    if holder is None:
        return ANONYMOUS
    g.account = holder.account
    return holder.actor


def _from_session() -> Actor:
    account_id = session.get("account")
    if account_id is None:
        return ANONYMOUS
    with service().store.reading() as connection:
        account = account_of_session(connection, account_id, session.get("no", 0))
    if account is None:
        session.clear()
        return ANONYMOUS
    g.account = account
    return account.actor
