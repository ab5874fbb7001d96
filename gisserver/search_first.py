"""What anybody types, found and completed by the server's loop.

A thread, Flask and a transaction would cost several times what reading an address and looking up its door does. The
search is the same one (layers/search/find.py); only who answers its statements differs. How an answer looks is not
written here: it is the application's own with another list. A session, a key, a parameter that is seldom used, a
publish in mid-search: the application's.
"""

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from flask import Flask, Response, jsonify
from flask_babel import get_locale

from gisserver.api.search import LIMIT_DEFAULT, LIMIT_MOST, result_json
from gisserver.limits import count_search
from gisserver.lines import Lines, Listing
from gisserver.plain_requests import PlainRequest, standing
from gisserver.reply import Headers, Reply
from gisserver.wsgi.proxy import caller_of
from layers.core.profile import Profile
from layers.core.store import Store
from layers.search.find import search, suggestions
from layers.search.gazetteer import Gazetteer
from layers.search.hits import SearchResult
from layers.search.inquiry import Row
from layers.search.street_index import known_gazetteer

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

PATHS = ("/api/search", "/api/suggest")
_KNOWN = {"/api/search": {"q", "limit"}, "/api/suggest": {"q"}}
_NOTHING = SearchResult("", (), is_ambiguous=False, note="")


class OutOfTheOrdinary(Exception):
    """The application has to answer."""


@dataclass(frozen=True)
class _Form:
    """How answers to such requests look."""

    language: str
    headers: Headers


@dataclass(frozen=True)
class _Asked:
    """What is asked for."""

    path: str
    text: str
    limit: int


class SearchFirst:
    """How an answer looks is taken from the application once for each kind of request."""

    def __init__(self, app: Flask, lines: Lines, store: Store, profile: Profile) -> None:
        self._app = app
        self._lines = lines
        self._store = store
        self._profile = profile
        self._form = lru_cache(maxsize=512)(self._ask_application)

    async def answer(self, scope: "HTTPScope") -> Reply | None:
        """None where the application has to. Raises what is in lines.TROUBLE."""
        plain = PlainRequest.of(scope)
        gazetteer = known_gazetteer(self._store.engine, self._profile)
        if plain is None or gazetteer is None or scope["method"] != "GET":
            return None
        try:
            asked = _asked(scope)
            if not count_search(self._app, caller_of(scope)):
                return None
            form = self._form(asked.path, plain)
            result = await self._found(asked, gazetteer, form.language)
        except OutOfTheOrdinary:
            return None
        body = cast(Response, self._app.json.response(result_json(result))).get_data()
        return Reply(HTTPStatus.OK, (*form.headers, ("content-length", str(len(body)))), body)

    async def _found(self, asked: _Asked, gazetteer: Gazetteer, language: str) -> SearchResult:
        lines = _OneEpoch(self._lines, gazetteer)
        searching: Coroutine[Any, Any, SearchResult]
        if asked.path == "/api/search":
            searching = search(lines, asked.text, self._profile, asked.limit, language)
        else:
            searching = suggestions(lines, asked.text, self._profile, language)
        result = await searching
        await lines.make_sure()
        return result

    def _ask_application(self, path: str, plain: PlainRequest) -> _Form:
        with plain.context(self._app, path):
            self._app.preprocess_request()
            response = self._app.process_response(jsonify(result_json(_NOTHING)))
            return _Form(str(get_locale()), standing(response.headers))


class _OneEpoch:
    """Without a transaction every statement must know of the same publish, and the names of streets be as new."""

    def __init__(self, lines: Lines, gazetteer: Gazetteer) -> None:
        self._lines = lines
        self.gazetteer = gazetteer
        self._is_told = False

    async def rows(self, name: str, values: Mapping[str, object]) -> Sequence[Row]:
        """Of a named statement. Raises OutOfTheOrdinary."""
        listed = await self._lines.list(_listing(name), values)
        if listed.epoch != self.gazetteer.epoch:
            raise OutOfTheOrdinary
        self._is_told = True
        return listed.rows

    async def make_sure(self) -> None:
        """Where nothing was asked, the names of streets may be old. Raises OutOfTheOrdinary."""
        if not self._is_told:
            await self.rows("epoch", {})


@cache
def _listing(name: str) -> Listing:
    return Listing.of(f"search.{name}")


def _asked(scope: "HTTPScope") -> _Asked:
    """Raises OutOfTheOrdinary for whatever may be wrong in any way."""
    try:
        pairs = parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as cause:
        raise OutOfTheOrdinary from cause
    values = dict(pairs)
    limit = values.get("limit", str(LIMIT_DEFAULT))
    if (
        len(values) < len(pairs)
        or not values.keys() <= _KNOWN[scope["path"]]
        or not (limit.isascii() and limit.isdigit())
    ):
        raise OutOfTheOrdinary
    if not 1 <= int(limit) <= LIMIT_MOST:
        raise OutOfTheOrdinary
    return _Asked(scope["path"], values.get("q", ""), int(limit))
