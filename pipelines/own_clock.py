"""Whether it is our own clock that is wrong: then every certificate seems out of its time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.targets import host_of
from warc.exchange import FailureKind

_OUT_OF_TIME = frozenset({FailureKind.TLS_EXPIRED, FailureKind.TLS_NOT_YET_VALID})
UNTIMELY = frozenset(kind.value for kind in _OUT_OF_TIME)
IN_DOUBT = (
    "most servers live in another time: is this machine's clock wrong? "
    "No certificate is called expired for it"
)
_FAR = timedelta(days=1)
_FEWEST_DATES = 3
_FEWEST_CERTIFICATES = 10


class OwnClock:
    """Counts the hosts whose `Date` is not ours, and those whose certificates seem untimely.

    The certificates of hosts that are `known` to be out of time say nothing of our clock.
    """

    def __init__(self, known: Collection[str] = ()) -> None:
        self._known = known
        self._dates: dict[str, bool] = {}
        self._certificates: dict[str, bool] = {}

    def add(self, evidence: Evidence) -> None:
        """Note what one check saw of each host's time."""
        for hop in evidence.all_hops:
            host = host_of(hop.url)
            if hop.status is not None:
                self._dates[host] = _is_far(hop)
            if _is_secured(hop) and host not in self._known:
                self._certificates[host] = hop.failure in _OUT_OF_TIME

    @property
    def is_doubtful(self) -> bool:
        """Return whether the fault may be ours: most dates, or most of ten certificates, say so."""
        return _are_most(self._dates, _FEWEST_DATES) or _are_most(
            self._certificates, _FEWEST_CERTIFICATES
        )


def _is_secured(hop: Hop) -> bool:
    return hop.url.startswith("https:") and (hop.status is not None or hop.failure is not None)


def _are_most(said: dict[str, bool], fewest: int) -> bool:
    against = sum(said.values())
    return against >= fewest and 2 * against > len(said)


def _is_far(hop: Hop) -> bool:
    """Return whether the answer's `Date` is more than a day from ours; no date is not."""
    written = hop.header("date")
    try:
        date = parsedate_to_datetime(written) if written else hop.began
    except ValueError:
        return False
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return abs(aware - hop.began) > _FAR
