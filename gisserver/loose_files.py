"""The files of a form: one as it is, several as the one upload that they are together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from gisserver.errors import Refused
from layers.core.inbox import NamedTwice, Part, as_one, plain_name


def chosen_files() -> tuple[FileStorage, ...]:
    """Those of this request; a browser sends a file without a name where none was chosen."""
    return tuple(file for file in request.files.getlist("file") if file.filename)


@contextmanager
def taken_as_one(files: Sequence[FileStorage]) -> Iterator[Part]:
    """At least one file. Raises Refused."""
    try:
        with as_one([Part(plain_name(file.filename or ""), file.stream) for file in files]) as file:
            yield file
    except NamedTwice as cause:
        raise Refused(
            _("Two of the files are called “%(name)s”. Send one of them.", name=cause.name), parameter="file"
        ) from cause
