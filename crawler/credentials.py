"""User names and passwords given with the seeds: sent to their sites, recorded nowhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes, urlsplit

from crawler.addresses import site_of
from pipelines.urls import canonical


def credentials(seeds: Iterable[str]) -> dict[str, str]:
    """Return the `Authorization` by site of seeds like http://user:password@host/ (RFC 7617).

    A site is scheme and host with its port, up to the slash; no other is told the password.
    """
    given = {}
    for seed in seeds:
        user, at, _ = urlsplit(seed).netloc.rpartition("@")
        if at:
            name, _, password = user.partition(":")
            pair = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
            given[site_of(canonical(seed))] = f"Basic {b64encode(pair).decode('ascii')}"
    return given
