"""Hosts under which the known sites served the same pages."""

from __future__ import annotations

from pipelines.sites import SISTER_HOSTS

_PRESENT = "www.state.gov"  # each archive lay here in its day, and its pages link here


def host_aliases() -> tuple[tuple[str, ...], ...]:
    """Return pairs of hosts; two archives are not each other's aliases."""
    return tuple((_PRESENT, host) for host in sorted(SISTER_HOSTS) if host != _PRESENT)
