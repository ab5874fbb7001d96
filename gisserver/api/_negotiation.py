"""Which format an answer is in: what `f` says, else what Accept prefers, else GeoJSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from flask_babel import gettext as _

from gisserver.errors import Refused
from gisserver.formats import FeatureFormat, Shown
from layers.core.query import WrongQuery
from layers.core.query.refusals import CHOICE

_DOCUMENTS = ("json", "html")
"""What descriptions are to be had as."""


class NotAcceptable(Refused):
    """None of the media types asked for is written here."""

    status = HTTPStatus.NOT_ACCEPTABLE


@dataclass(frozen=True)
class Chosen:
    """A format under the name that was asked for."""

    format: FeatureFormat
    media_type: str

    @property
    def content_type(self) -> str:
        """Texts say how their letters are written."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


def chosen(offered: Sequence[FeatureFormat]) -> Chosen:
    """The first of those offered where the caller does not mind. Raises WrongQuery, NotAcceptable."""
    found = _by_word(offered) if "f" in request.args else _by_accept(offered)
    profile = request.args.get("profile")
    if found.format.profiles and profile not in (None, *found.format.profiles):
        other = next((one for one in offered if profile in one.profiles), found.format)
        return Chosen(other, found.media_type)
    return found


def by_word_or_accept(offered: Mapping[str, str]) -> str:
    """The media type of a document that is not made of features: words of `f` with what they mean, first the usual."""
    asked = request.args.get("f")
    if asked is not None and asked not in offered:
        raise WrongQuery("f", CHOICE, name="f", known=", ".join(offered))
    if asked is not None:
        return offered[asked]
    types = [*offered.values()]
    wanted = request.accept_mimetypes
    best = wanted.best_match(types) if wanted else types[0]
    if best is None:
        raise NotAcceptable(_("The answer is to be had as %(known)s.", known=", ".join(types)))
    return best


def wants_page() -> bool:
    """Whether what is JSON for programs is to be laid out for a person. Raises WrongQuery."""
    asked = request.args.get("f")
    if asked is None:
        return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
    if asked not in _DOCUMENTS:
        raise WrongQuery("f", CHOICE, name="f", known=", ".join(_DOCUMENTS))
    return asked == "html"


def _by_word(offered: Sequence[FeatureFormat]) -> Chosen:
    asked = request.args["f"]
    for declared in offered:
        if declared.word == asked:
            return Chosen(declared, declared.media_type)
    raise WrongQuery("f", CHOICE, name="f", known=", ".join(declared.word for declared in offered))


def _by_accept(offered: Sequence[FeatureFormat]) -> Chosen:
    by_type: dict[str, FeatureFormat] = {}
    # Who takes any text is a program rather than a person.
    for declared in sorted(offered, key=lambda one: isinstance(one.how, Shown)):
        for media_type in (declared.media_type, *declared.also):
            by_type.setdefault(media_type, declared)
    wanted = request.accept_mimetypes
    best = wanted.best_match(by_type) if wanted else offered[0].media_type
    if best is None:
        raise NotAcceptable(_("The answer is to be had as %(known)s.", known=", ".join(by_type)))
    return Chosen(by_type[best], best)
