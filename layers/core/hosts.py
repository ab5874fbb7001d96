"""Which hosts the service may call: by name, by scheme, and by the addresses that a name leads to."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from layers.core.words import Title

LONGEST_URL = 2_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowed(Exception):
    """This address is not called; why is said in a few words."""

    def __init__(self, words: Title) -> None:
        self.words = words
        super().__init__(words.en)


NO_ADDRESS = Title("kullanılabilir bir adres değil", "not an address that can be used")
NOT_SECURE = Title("yalnızca https olur", "only https is allowed")
NOT_NAMED = Title("bu makineye izin verilmemiş", "this host is not among those allowed")
PRIVATE = Title("iç ağdaki adreslere izin verilmemiş", "private addresses are not allowed")


@dataclass(frozen=True)
class Hosts:
    """As the operator allows them."""

    names: tuple[str, ...]
    """Names; ".example.org" is that name and all below it, "*" every name. Empty: none is called."""
    may_be_private: bool = False
    """Also addresses of one's own network, and there also without TLS."""

    @classmethod
    def named_in(cls, text: str, *, may_be_private: bool) -> "Hosts":
        """As a setting lists them, with commas between."""
        return cls(tuple(filter(None, (name.strip().lower() for name in text.split(",")))), may_be_private)

    def check(self, url: str) -> None:
        """Raises NotAllowed; the addresses of a name are looked at when it is called."""
        if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
            raise NotAllowed(NO_ADDRESS)
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            raise NotAllowed(NO_ADDRESS) from None
        if parts.scheme != "https" and not (parts.scheme == "http" and self.may_be_private):
            raise NotAllowed(NOT_SECURE)
        if not host or parts.username is not None or parts.fragment:
            raise NotAllowed(NO_ADDRESS)
        if not any(_is_named(host.rstrip("."), allowed) for allowed in self.names):
            raise NotAllowed(NOT_NAMED)
        if (written := _written(host)) is not None and not self._may_reach(written):
            raise NotAllowed(PRIVATE)

    def resolve(self, host: str, port: int) -> str:
        """The address to connect to, the same that was looked at. Raises NotAllowed, OSError."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not all(self._may_reach(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
            raise NotAllowed(PRIVATE)
        return addresses[0]

    def _may_reach(self, address: Address) -> bool:
        return self.may_be_private or all(
            one.is_global and not one.is_multicast for one in (address, *_inside(address))
        )


def _is_named(host: str, allowed: str) -> bool:
    if allowed == "*":
        return True
    return host == allowed.removeprefix(".") or (allowed.startswith(".") and host.endswith(allowed))


def _written(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _inside(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 one may be another spelling of."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
