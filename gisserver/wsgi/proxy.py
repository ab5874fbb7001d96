"""What the proxy in front says of the address that callers know us by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from asgiref.typing import HTTPScope


def behind_proxy(application: "WSGIApplication") -> ProxyFix:
    """The application, told of the proxy's host and path."""
    return ProxyFix(application, x_host=1, x_prefix=1)


def told_of_proxy(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """A request as the application behind the proxy gets it."""
    behind_proxy(lambda _environ, _start: ())(environ, _start)  # changes it in place
    return environ


def caller_of(scope: "HTTPScope") -> str:
    """The address a request comes from, or the one that the proxy in front reports."""
    environ: WSGIEnvironment = {"REMOTE_ADDR": scope["client"][0] if scope["client"] else "127.0.0.1"}
    reported = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    if reported:
        environ["HTTP_X_FORWARDED_FOR"] = ",".join(reported)
    caller: str = told_of_proxy(environ)["REMOTE_ADDR"]
    return caller


def _start(*_: object) -> Callable[[bytes], object]:
    raise AssertionError("nobody is answered")
