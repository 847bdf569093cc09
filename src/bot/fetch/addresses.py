"""Web addresses in one spelling each, and which numbers lie on the public internet."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from yarl import URL

from bot.config import MAX_URL_CHARS
from bot.errors import WebError

if TYPE_CHECKING:
    Address = IPv4Address | IPv6Address

_SCHEMES = ("http", "https")
PORTS = (80, 443)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What may stand in a path or query as it is; percent signs too, so that nothing is escaped twice.
_AS_IT_IS = "%/:=&?~+!$,;'@()*[]|"

# IANA's special-purpose registries (RFC 6890 and after). `is_global` of Python leaves some of
# these out: multicast, 192.0.0.8, relays and agents that answer for somebody else.
_SPECIAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's agent on each of its machines
        "169.254.0.0/16",  # link-local, and where clouds keep their keys
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# The rest of IPv6 is loopback, mapped, link-local, private, multicast or not given out.
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
# How a network without IPv4 reaches it: what counts is the IPv4 address inside.
_NAT64 = IPv6Network("64:ff9b::/96")


def public(address: Address) -> bool:
    """Whether it lies on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return public(address.ipv4_mapped)
    if address in _NAT64:
        return public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)


def literal(host: str) -> Address | None:
    """The number that a host in its one spelling is; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def parsed(address: str) -> URL:
    """A web address in its one spelling; a WebError says what is wrong with it."""
    if len(address) > MAX_URL_CHARS:
        raise WebError("That web address is too long.")
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        if parts.scheme not in _SCHEMES:
            raise WebError("Only addresses that begin with http:// or https:// can be opened.")
        if "@" in parts.netloc:
            raise WebError("Addresses with a name or password in them are not opened.")
        return _built(parts, _host(parts.hostname or ""), port)
    except ValueError:
        raise WebError("That is no web address that can be opened.") from None


def joined(base: URL, location: str) -> URL:
    """Where a redirect leads, relative or not; see `parsed`."""
    try:
        address = urljoin(str(base), location.strip())
    except ValueError:
        raise WebError("That is no web address that can be opened.") from None
    return parsed(address)


def check(url: URL, *, allow_private: bool) -> None:
    """A WebError for another port than the web's, and for a number that is not public."""
    if allow_private:
        return
    if url.port not in PORTS:
        raise WebError("Only the web's own ports, 80 and 443, are opened.")
    address = literal(url.raw_host or "")
    if address is not None and not public(address):
        raise private(str(address))


def private(host: str) -> WebError:
    """A server in somebody's own network is not for us to ask."""
    return WebError("{host} is not on the public internet, so it is not opened.", host=host)


def _built(parts: SplitResult, host: str, port: int | None) -> URL:
    where = f"[{host}]" if ":" in host else host
    if port is not None and port != (80 if parts.scheme == "http" else 443):
        where += f":{port}"
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    text = f"{parts.scheme}://{where}{_quoted(parts.path) or '/'}{query}"
    return URL(text, encoded=True)


def _quoted(text: str) -> str:
    """Bytes that a redirect's header had beyond ASCII come back as they were."""
    return quote(text, safe=_AS_IT_IS, errors="surrogateescape")


def _host(name: str) -> str:
    """A name in ASCII, or a number as everybody writes it; a ValueError if it is neither."""
    if not name or "%" in name:
        raise ValueError("no host, an escaped one, or one that means a network card")
    if ":" in name:
        return str(IPv6Address(name))
    ascii_name = (URL.build(scheme="http", host=name).raw_host or "").lower().removesuffix(".")
    if not _NAME.fullmatch(ascii_name):
        raise ValueError("not a name")
    if _NUMBER.fullmatch(ascii_name.rpartition(".")[2]):
        # What ends in a number is one to browsers and resolvers: 127.1, 0x7f.1, 2130706433.
        return str(IPv4Address(_four_bytes(ascii_name)))
    return ascii_name


def _four_bytes(number: str) -> bytes:
    try:
        return socket.inet_aton(number)
    except OSError:
        raise ValueError("not a number") from None
