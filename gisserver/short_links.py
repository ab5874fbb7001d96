"""Where a short address leads, looked at again before anybody is sent there."""

from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.errors import NotHere
from gisserver.own_paths import own_path
from gisserver.readable_pages import page_words
from gisserver.service import service
from layers.core.short_links import LONGEST, kept_path


def path_of(code: str) -> str:
    """The path of one of our pages. Raises NotHere."""
    with service().store.reading(actor()) as connection:
        path = own_path(kept_path(connection, code), LONGEST, page_words())
    if path is None:
        raise NotHere(
            _(
                "There is no short link “%(code)s”. Compare it with where you have it from: it has nine signs.",
                code=code[:40],
            )
        )
    return path
