"""Was it our own network? When so much fails at once that a run of checks proves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRules:
    """A run is void where `share` of its hosts fail transiently, if it asked `hosts` or more."""

    share: float = 0.2
    hosts: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSeen:
    """A host in one run: `silent` where every link of it failed transiently.

    `failed_before`: it did so when it was last asked too, so that it says nothing of our network.
    """

    host: str
    silent: bool
    failed_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """Whether a run proves anything: `void` is the sentence that says why not, "" where it does.

    `hosts` and `silent` count all hosts that were asked.
    """

    void: str
    hosts: int
    silent: int


def soundness(
    seen: Iterable[HostSeen], failed_controls: Sequence[str], rules: VoidRules
) -> Soundness:
    """Return what the hosts of a run, and the control URLs that failed, say of the run itself."""
    hosts = list(seen)
    telling = [host for host in hosts if not host.failed_before]
    silent = sum(host.silent for host in telling)
    void = ""
    if failed_controls:
        void = control_failed(failed_controls)
    elif len(telling) >= rules.hosts and silent >= rules.share * len(telling) and silent:
        void = (
            f"{silent} of {len(telling)} hosts that had not failed before failed at once, "
            f"{100 * rules.share:g} % or more: our own network may have been down"
        )
    return Soundness(void=void, hosts=len(hosts), silent=sum(host.silent for host in hosts))


def control_failed(urls: Sequence[str]) -> str:
    """Return the sentence on control URLs of which none opens."""
    return f"the control address {urls[0]} could not be opened"
