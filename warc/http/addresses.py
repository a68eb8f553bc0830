"""Which addresses may be asked: only those of the public internet, unless allowed by range."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Self

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA special-purpose address registries, and the metadata services of the clouds. The first
# range that holds an address names it, so the narrow ones come first.
_REFUSED_4 = tuple(
    (IPv4Network(network), words)
    for network, words in (
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("100.100.100.200/32", "a cloud's metadata service"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("192.0.0.192/32", "a cloud's metadata service"),
        ("0.0.0.0/32", "unspecified"),
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("255.255.255.255/32", "broadcast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_REFUSED_6 = tuple(
    (IPv6Network(network), words)
    for network, words in (
        ("fd00:ec2::/32", "a cloud's metadata service"),
        ("fd20:ce::/32", "a cloud's metadata service"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("64:ff9b:1::/48", "private"),
        ("2001:db8::/32", "for documentation"),
        ("2001::/23", "reserved"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
# Networks that carry an IPv4 address, and how many bits lie right of it (RFC 4291, 6052, 3056).
_EMBEDDING = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Refuse every address that is not of the public internet and not in `allowed`."""

    allowed: tuple[Network, ...] = ()

    @classmethod
    def allowing(cls, *ranges: str) -> Self:
        """Return the policy that allows `ranges` too; raise ValueError where one is no range."""
        return cls(tuple(ip_network(text, strict=False) for text in ranges))

    def refusal(self, address: str) -> str | None:
        """Return in plain words why `address` may not be asked; None where it may.

        An IPv6 address that carries an IPv4 address (mapped, translated, 6to4, NAT64) is judged
        by the one it carries, since that is where the packets would go.
        """
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address} is not an IP address"
        if self._is_allowed(parsed):
            return None
        carried = _carried(parsed)
        if carried is None:
            words = _kind(parsed)
        elif self._is_allowed(carried):
            return None
        else:
            words = _kind(carried)
        return f"{address} is {words}" if words else None

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self.allowed)


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    for network, shift in _EMBEDDING:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _kind(address: Address) -> str | None:
    """Return what makes `address` special; None for one of the public internet."""
    if isinstance(address, IPv4Address):
        return next((words for network, words in _REFUSED_4 if address in network), None)
    special = next((words for network, words in _REFUSED_6 if address in network), None)
    return special or (None if address in _GLOBAL_6 else "reserved")
