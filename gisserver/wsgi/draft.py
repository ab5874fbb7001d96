"""An answer that is looked at before it is sent, if it is."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asgiref.typing import ASGISendEvent


class Draft:
    """Takes an answer in place of the caller."""

    is_gone = False

    def __init__(self) -> None:
        self.messages: list[ASGISendEvent] = []

    def send(self, messages: Sequence["ASGISendEvent"]) -> None:
        """Keep them."""
        self.messages += messages

    @property
    def is_good(self) -> bool:
        """Done, and nothing to say about it."""
        start = self.messages[0] if self.messages else None
        return start is not None and start["type"] == "http.response.start" and start["status"] == HTTPStatus.NO_CONTENT

    @property
    def headers(self) -> dict[str, str]:
        """By name, in small letters."""
        start = self.messages[0]
        found = start["headers"] if start["type"] == "http.response.start" else ()
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in found}
