"""A long PATCH that says where its bytes belong is taken as many short ones.

So no thread waits for a slow sender, and what has come is kept at once, whatever happens to the line or to us.
"""

import asyncio
import io
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from gisserver.wsgi.caller import Caller

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

BODY = "application/offset+octet-stream"
FIRST_BYTES = 64 * 1024
"""Who may not send is told so after these."""
PIECE_BYTES = 1 << 20
LONGEST_GATHERING = 1.0
"""Seconds after which what has come is handed on, however little it is."""


def may_be_cut(environ: "WSGIEnvironment") -> bool:
    """Not where a checksum is given: it is of the whole body."""
    return (
        environ["REQUEST_METHOD"] == "PATCH"
        and environ.get("CONTENT_TYPE") == BODY
        and environ.get("HTTP_UPLOAD_OFFSET", "").isdecimal()
        and "HTTP_UPLOAD_CHECKSUM" not in environ
    )


def short_patch(environ: "WSGIEnvironment", offset: str, piece: bytes) -> "WSGIEnvironment":
    """The same request with a part of the body."""
    short = {name: value for name, value in environ.items() if name != "HTTP_TRANSFER_ENCODING"}
    return {
        **short,
        "HTTP_UPLOAD_OFFSET": offset,
        "CONTENT_LENGTH": str(len(piece)),
        "wsgi.input": io.BytesIO(piece),
    }


async def pieces_of(caller: Caller) -> AsyncGenerator[bytes, None]:
    """The body in pieces; where the line is cut, first what had come. Raises ClientDisconnected, RequestTimeout."""
    loop = asyncio.get_running_loop()
    gathered = bytearray()
    enough, due = FIRST_BYTES, None
    coming = loop.create_task(caller.next_piece())
    try:
        while True:
            await asyncio.wait({coming}, timeout=None if due is None else max(due - loop.time(), 0))
            if coming.done():
                if coming.exception() is not None or not coming.result():
                    break
                gathered += coming.result()
                due = due or loop.time() + LONGEST_GATHERING
                coming = loop.create_task(caller.next_piece())
            if len(gathered) >= enough or (due is not None and loop.time() >= due):
                yield bytes(gathered)
                gathered.clear()
                enough, due = PIECE_BYTES, None
        if gathered:
            yield bytes(gathered)
        coming.result()
    finally:
        coming.cancel()
