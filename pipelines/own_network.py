"""Whether it is our own network that is down, rather than everybody else's."""

from __future__ import annotations

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.targets import host_of
from warc.exchange import FailureKind

# What a machine without a network sees; a refusal, a reset or "no such name" comes from others.
_UNHEARD = frozenset(
    {
        FailureKind.DNS_SERVFAIL,
        FailureKind.DNS_REFUSED,
        FailureKind.DNS_MALFORMED,
        FailureKind.DNS_TRUNCATED,
        FailureKind.DNS_UNREACHABLE,
        FailureKind.DNS_TIMEOUT,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.CONNECT_UNREACHABLE,
        FailureKind.PROXY,
    }
)
UNHEARD = frozenset(kind.value for kind in _UNHEARD)
# What no answer stands behind: none of it is believed once a control URL does not open either.
UNANSWERED = frozenset({*(kind.value for kind in FailureKind), "redirect-to-nxdomain"})
_FEWEST = 10


class OwnNetwork:
    """Counts the hosts of which nothing at all was heard."""

    def __init__(self) -> None:
        self._heard: dict[str, bool] = {}

    def add(self, evidence: Evidence) -> None:
        """Note what one check heard of each host it asked."""
        for hop in evidence.all_hops:
            if hop.failure is not FailureKind.ADDRESS_REFUSED:
                host = host_of(hop.url)
                self._heard[host] = self._heard.get(host, False) or _is_heard(hop)

    @property
    def hosts(self) -> tuple[int, int]:
        """Return of how many hosts nothing was heard, and how many were asked."""
        return sum(not heard for heard in self._heard.values()), len(self._heard)

    @property
    def is_doubtful(self) -> bool:
        """Return whether the fault may be ours: of ten hosts or more, most are silent."""
        silent, asked = self.hosts
        return asked >= _FEWEST and 2 * silent > asked


def _is_heard(hop: Hop) -> bool:
    return hop.failure not in _UNHEARD
