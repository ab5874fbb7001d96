"""A request as WSGI describes it."""

import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from asgiref.typing import HTTPScope

_WITHOUT_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_OVERRIDES = ("PATCH", "DELETE")
"""Some offices' proxies let only GET and POST pass."""


def environ_of(scope: "HTTPScope") -> "WSGIEnvironment":
    """PEP 3333, except for `wsgi.input`, which is added when the body is dealt with."""
    host, port = scope["server"] or ("localhost", None)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        # The server takes the body apart by length or by chunks and says where it ends.
        "wsgi.input_terminated": True,
    }
    if scope["client"] is not None:
        environ["REMOTE_ADDR"], remote_port = scope["client"]
        environ["REMOTE_PORT"] = str(remote_port)
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1").lower(), value.decode("latin-1"))
    meant = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE")
    if environ["REQUEST_METHOD"] == "POST" and meant in _OVERRIDES:
        environ["REQUEST_METHOD"] = meant
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    """With an underscore a header could pass itself off as another, such as X_Forwarded_For."""
    if "_" in name:
        return
    key = _WITHOUT_PREFIX.get(name, f"HTTP_{name.upper().replace('-', '_')}")
    if key in environ:
        value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
    environ[key] = value
