"""What the proxy in front says of the address that callers know us by."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


def behind_proxy(application: "WSGIApplication") -> ProxyFix:
    """The application, told of the proxy's host and path."""
    return ProxyFix(application, x_host=1, x_prefix=1)


def told_of_proxy(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """A request as the application behind the proxy gets it."""
    behind_proxy(lambda _environ, _start: ())(environ, _start)  # changes it in place
    return environ


def _start(*_: object) -> Callable[[bytes], object]:
    raise AssertionError("nobody is answered")
