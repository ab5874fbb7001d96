"""An HTTP answer as the server's loop sends it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asgiref.typing import ASGISendCallable

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reply:
    """Status, headers and body, for the server and Flask alike."""

    status: HTTPStatus
    headers: Headers
    body: bytes

    async def send(self, send: "ASGISendCallable", *, is_head: bool) -> None:
        """All at once."""
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": b"" if is_head else self.body, "more_body": False})
