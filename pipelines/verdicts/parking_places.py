"""Parking told by where a name leads: its name servers and address, with a page that says little.

After what the services document, and the lists of the MISP project for parked domains: only what
is theirs alone. Servers and addresses that hosts of real sites share are left out or say little.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from pipelines.checks.hop import Hop
from pipelines.verdicts.redirects import depth, site_of
from pipelines.verdicts.topic import is_topical

# Below these are the name servers of services that do nothing but park and sell names.
PARKING_SERVERS = (
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "above.com",
    "dan.com",
    "undeveloped.com",
    "afternic.com",
    "parklogic.com",
    "uniregistrymarket.link",
    "hugedomains.com",
    "domainmarket.com",
    "dsredirection.com",
    "dsredirects.com",
    "ztomy.com",
    "cashparking.com",
    "parkingspa.com",
    "parking1.ovh.net",
    "parking2.ovh.net",
    "expired.uniregistry-dns.com",
)
# Registrars that park, and look after the names of living sites as well.
SHARED_SERVERS = (
    "namebrightdns.com",
    "fabulous.com",
    "dns-parking.com",
    "dnsowl.com",
    "uniregistry-dns.com",
    "skenzo.com",
)
_RANGES = tuple(
    ip_network(written)
    for written in (
        "64.190.62.0/23",  # Sedo
        "91.195.240.0/23",  # Sedo
        "185.53.176.0/22",  # ParkingCrew
        "199.59.240.0/22",  # Bodis
        "103.224.182.0/23",  # Above
        "103.224.212.0/23",  # Above
        "208.91.196.0/23",  # Confluence
        "204.11.56.0/23",  # Confluence
    )
)
_OK = 200
_LITTLE = 400  # characters of prose: a page of a site says more
_LABELS = 2


def zone_in_doubt(hop: Hop, asked: str) -> str | None:
    """Return the site whose name servers would tell more of a page that says little; else None."""
    host = urlsplit(hop.url).hostname or ""
    if not says_little(hop, asked) or _is_address(host) or host.count(".") + 1 < _LABELS:
        return None
    return None if host.endswith(".localhost") else site_of(host)


def says_little(hop: Hop, asked: str) -> bool:
    """Return whether a page may be shown for a name that nobody uses.

    It has hardly any text, and none that names what the link asks for.
    """
    page = hop.page
    if page is None or hop.status != _OK or hop.next_url is not None:
        return False
    return page.prose_length <= _LITTLE and not (depth(asked) and is_topical(page, asked))


def parking_server(hop: Hop) -> tuple[str, bool] | None:
    """Return a name server of those who park, and whether all that it serves is parked."""
    for names, is_sure in ((PARKING_SERVERS, True), (SHARED_SERVERS, False)):
        for server in hop.name_servers:
            if any(server == name or server.endswith("." + name) for name in names):
                return server, is_sure
    return None


def parking_address(hop: Hop) -> str | None:
    """Return the address asked, where it is one of a parking service."""
    return hop.address if hop.address and _is_parking(hop.address) else None


@lru_cache(maxsize=1024)
def _is_parking(written: str) -> bool:
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return isinstance(address, IPv4Address) and any(address in one for one in _RANGES)


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
