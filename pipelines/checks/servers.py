"""What a run has learned of each server: the address that proves it alive, and its last faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.checks.breaker import Reception
from pipelines.checks.evidence import Incident, IncidentKind
from pipelines.checks.hop import Hop
from pipelines.checks.patience import Patience

_MOST_FAULTS = 5  # three links, and the root twice
_NOT_THERE = 500  # an answer from here on proves less than the root would


@dataclass(slots=True)
class Server:
    """One origin."""

    origin: str
    known: str | None = None
    patience: Patience = field(default_factory=Patience)
    faults: Sequence[Hop] = ()

    @property
    def proof_url(self) -> str:
        """Return what to ask for a proof that the server is there."""
        return self.known or f"{self.origin}/"

    def took(self, hop: Hop, reception: Reception) -> None:
        """Note how the server took the request of `hop`."""
        if reception is not Reception.FINE:
            self.faults = (*self.faults, hop)[-_MOST_FAULTS:]
            return
        self.faults = ()
        if hop.status is not None:
            self.patience.add(hop.elapsed)
            if hop.status < _NOT_THERE:
                self.known = hop.url

    def incident(self, bad: Reception, links: int) -> Incident:
        """Return what the faults mean for other links; there is at least one."""
        last = self.faults[-1]
        throttled = bad is Reception.THROTTLED
        return Incident(
            host=self.origin.partition("://")[2],
            kind=IncidentKind.THROTTLED if throttled else IncidentKind.UNREACHABLE,
            links=links,
            since=self.faults[0].began,
            detail=last.detail or (last.failure.value if last.failure else f"status {last.status}"),
            locators=tuple(hop.metadata for hop in self.faults if hop.metadata is not None),
        )


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL that can be asked."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"
