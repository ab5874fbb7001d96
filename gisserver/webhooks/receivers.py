"""Which receivers are allowed: by host, by scheme, and by the addresses that a name leads to."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_URL = 2_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowed(Exception):
    """This receiver is not told anything; why is said in a few words."""


@dataclass(frozen=True)
class Receivers:
    """As the operator allows them."""

    hosts: tuple[str, ...]
    """Names; ".example.org" is that name and all below it, "*" every name. Empty: there are no webhooks."""
    may_be_private: bool = False
    """Also addresses of one's own network, and there also without TLS."""

    def check(self, url: str) -> None:
        """Raises NotAllowed; addresses are looked at when something is sent."""
        if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
            raise NotAllowed("not an address of a receiver")
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            raise NotAllowed("not an address of a receiver") from None
        if parts.scheme != "https" and not (parts.scheme == "http" and self.may_be_private):
            raise NotAllowed("only https is allowed")
        if not host or parts.username is not None or parts.fragment:
            raise NotAllowed("not an address of a receiver")
        if not any(_is_named(host.rstrip("."), allowed) for allowed in self.hosts):
            raise NotAllowed("this host is not among those allowed")
        if (written := _written(host)) is not None and not self._may_reach(written):
            raise NotAllowed("private addresses are not allowed")

    def resolve(self, host: str, port: int) -> str:
        """The address to connect to, the same that was looked at. Raises NotAllowed, OSError."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not all(self._may_reach(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
            raise NotAllowed("private addresses are not allowed")
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
