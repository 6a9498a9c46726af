"""Which network address may be asked for a web address, so that a link never reaches into the house.

An address that somebody typed in the admin makes this server open a connection. Without a guard it would be a way
to look at what only the server can reach: its own ports, the database's machine, the cloud's metadata (SSRF).
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

PORTS = {"http": 80, "https": 443}
#: NAT64 (RFC 6052): the last 32 bits are an IPv4 address.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """This address is not asked; ``problem`` is the code of the reason."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Door:
    """Where to knock: network addresses that were looked at, and what to ask for there."""

    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]
    target: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self._host}"

    @property
    def authority(self) -> str:
        """What the header ``Host`` says: the port, too, where it is not the usual one."""
        return self._host if self.port == PORTS[self.scheme] else f"{self._host}:{self.port}"

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


class Gatekeeper:
    """Let through http and https at their usual ports, to hosts all of whose addresses are public.

    With ``any_port`` other ports are let through, too, with ``allows_internal`` also addresses inside the house.
    """

    def __init__(self, *, any_port: bool = False, allows_internal: bool = False):
        self.any_port = any_port
        self.allows_internal = allows_internal

    def admit(self, url: str) -> Door:
        """Return the door to knock at; raises ``Refused``."""
        parts = self._parts(url)
        host = parts.host.strip("[]").rstrip(".").lower()
        addresses = self.addresses_of(host)
        if not addresses:
            raise Refused("no_host")
        # One private address among several is enough: which one is taken would be the attacker's choice.
        if not all(map(self.is_public, addresses)):
            raise Refused("private_network")
        return Door(parts.scheme, host, self.port(parts), tuple(addresses), parts.request_uri)

    def check_spelling(self, url: str) -> None:
        """Look at an address without asking a name server; raises ``Refused`` for what can be told already."""
        host = self._parts(url).host.strip("[]").rstrip(".").lower()
        numeric = resolved(host, socket.AI_NUMERICHOST)
        inside = host == "localhost" or host.endswith(".localhost") or not all(map(self.is_public, numeric))
        if inside and not self.allows_internal:
            raise Refused("private_network")

    def _parts(self, url: str) -> Url:
        try:
            parts = parse_url(url)
        except LocationParseError:
            raise Refused("malformed") from None
        if parts.scheme not in PORTS or not parts.host or parts.auth or len(parts.host) > 253:
            raise Refused("malformed")
        if parts.port not in {None, PORTS[parts.scheme]} and not self.any_port:
            raise Refused("unusual_port")
        return parts

    def port(self, parts: Url) -> int:
        return parts.port or PORTS[parts.scheme]

    def addresses_of(self, host: str) -> list[str]:
        """Ask the name server once; the connection is made to what it answered and never asks again."""
        return resolved(host)

    def is_public(self, address: str) -> bool:
        return self.allows_internal or is_public(address)


def resolved(host: str, flags: int = 0) -> list[str]:
    """Return the network addresses of a host; none if there are none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the open internet, also the one hidden inside an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            hidden = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden:
            return is_public(str(hidden))
        if ip.is_site_local:  # given up in RFC 3879, but still routed inside some houses
            return False
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not closed and not ip.is_unspecified
