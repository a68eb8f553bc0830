"""The wire as the settings ask for it."""

from __future__ import annotations

import ipaddress
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from muniment.config import ConfigError, Network
from muniment.runs import utcnow
from warc.http.addresses import AddressPolicy
from warc.http.request import ConnectTo, Limits

if TYPE_CHECKING:
    from warc.wire import Wire


def make_wire(network: Network, limits: Limits) -> Wire:
    """Return a client for these settings; raise ConfigError for a setting that makes no sense."""
    from ssl import SSLError

    from warc.http.resolver import DnsResolver
    from warc.wire import Wire

    try:
        return Wire(
            resolver=DnsResolver(nameserver(network)),
            policy=policy(network),
            limits=limits,
            connect_to=connections(network),
            ca_file=network.ca_file,
            proxy=network.proxy or None,
            clock=utcnow,
        )
    except SSLError as error:
        raise ConfigError(f"ca_file: {network.ca_file} holds no certificate in PEM") from error


def policy(network: Network) -> AddressPolicy:
    """Return which addresses may be asked."""
    try:
        return AddressPolicy(allowed=tuple(ipaddress.ip_network(r) for r in network.allow_ranges))
    except ValueError as error:
        raise ConfigError(f"allow_ranges: {error}") from error


def connections(network: Network) -> tuple[ConnectTo, ...]:
    """Return the `connect_to` settings, parsed."""
    try:
        return tuple(ConnectTo.parse(text) for text in network.connect_to)
    except ValueError as error:
        raise ConfigError(f"connect_to: {error}") from error


def nameserver(network: Network) -> tuple[str, int] | None:
    """Return the DNS server to ask, None for the system's."""
    if not network.resolver:
        return None
    host, colon, port = network.resolver.rpartition(":")
    if not colon:
        host, port = network.resolver, "53"
    try:
        ipaddress.ip_address(host.strip("[]"))
        return host.strip("[]"), int(port)
    except ValueError as error:
        raise ConfigError(
            f"resolver: {network.resolver!r} is not an address like 9.9.9.9:53"
        ) from error


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end, on uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        import asyncio

        asyncio.run(work)
    else:
        uvloop.run(work)
