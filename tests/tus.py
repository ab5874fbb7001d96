"""Sending files by tus 1.0: by tuspy where it goes well, byte by byte where it does not."""

import base64
import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from tusclient.client import TusClient
from tusclient.uploader import Uploader

from tests.http_server import Answer, Browser, raw

BODY = "application/offset+octet-stream"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Sender:
    """Somebody with a session, and the server they send to."""

    address: str
    identity: Mapping[str, str]
    """Headers: the session and the token of its pages."""

    @classmethod
    def of(cls, client: FlaskClient, address: str, page: str = "/signin") -> "Sender":
        """The session of a test client."""
        token = _TOKEN.search(client.get(page).text)
        cookie = client.get_cookie("gis")
        assert token
        assert cookie
        return cls(address, {"Cookie": f"gis={cookie.value}", "X-CSRFToken": token[1]})

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request in tus 1.0 unless something else is said."""
        with Browser(self.address) as browser:
            return browser.ask(
                path, method, body, **{"Tus_Resumable": "1.0.0", "Accept_Language": "en", **self.identity, **headers}
            )

    def announce(self, size: int, body: bytes | None = None, **said: str) -> str:
        """The path of a new sending."""
        more = {"Content_Type": BODY} if body is not None else {}
        answer = self.ask(
            "POST", "/api/uploads", body, Upload_Length=str(size), Upload_Metadata=metadata(**said), **more
        )
        assert answer.status == 201, answer
        return urlsplit(answer.headers["location"]).path

    def patch(self, path: str, offset: int, body: bytes, **headers: str) -> Answer:
        """The next bytes."""
        return self.ask("PATCH", path, body, **{"Content_Type": BODY, "Upload_Offset": str(offset), **headers})

    def offset(self, path: str) -> int:
        """How far it is."""
        return int(self.ask("HEAD", path).headers["upload-offset"])

    @contextmanager
    def patching(self, path: str, offset: int, length: int) -> Iterator:
        """A connection whose request has begun and whose body is to come."""
        with raw(self.address) as connection:
            headers = {
                "Host": "x",
                "Tus-Resumable": "1.0.0",
                "Content-Type": BODY,
                "Upload-Offset": str(offset),
                "Content-Length": str(length),
                **self.identity,
            }
            lines = [f"PATCH {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
            connection.sendall("\r\n".join(lines).encode())
            yield connection

    def by_tuspy(self, content: bytes, *, checksums: bool = False, piece: int = 40_000, **said: str) -> Uploader:
        """An uploader that has not begun."""
        client = TusClient(f"{self.address}/api/uploads", headers=dict(self.identity))
        return client.uploader(
            file_stream=io.BytesIO(content),
            chunk_size=piece,
            upload_checksum=checksums,
            metadata={"filename": "parcels.gpkg", **said},
        )


def metadata(**said: str) -> str:
    """As Upload-Metadata spells it."""
    given = {"filename": "parcels.gpkg", **said}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in given.items())


def checksum(body: bytes, algorithm: str = "sha1") -> str:
    """As Upload-Checksum spells it."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"


def upload_id(path: str) -> uuid.UUID:
    """The last part."""
    return uuid.UUID(path.rpartition("/")[2])
