"""Nobody is called broken because our own network is down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.own_network import OwnNetwork
from warc.exchange import Ending, FailureKind

DATE = datetime(2026, 1, 1, tzinfo=UTC)


def asked(host: int, failure: FailureKind | None) -> Evidence:
    url = f"http://{host}.test/"
    hop = Hop(url=url, method="GET", began=DATE, failure=failure, ending=Ending.NONE)
    return Evidence(url=url, checked=DATE, hops=(hop,))


def heard(*failures: FailureKind | None) -> OwnNetwork:
    network = OwnNetwork()
    for host, failure in enumerate(failures):
        network.add(asked(host, failure))
    return network


@pytest.mark.parametrize("kind", [FailureKind.DNS_TIMEOUT, FailureKind.CONNECT_UNREACHABLE])
def test_most_hosts_silent_is_more_likely_ours(kind: FailureKind) -> None:
    assert heard(*[kind] * 6, *[None] * 4).is_doubtful
    assert not heard(*[kind] * 5, *[None] * 5).is_doubtful


def test_a_few_silent_hosts_say_nothing() -> None:
    assert not heard(*[FailureKind.DNS_TIMEOUT] * 9).is_doubtful


@pytest.mark.parametrize(
    "kind",
    [FailureKind.CONNECT_REFUSED, FailureKind.DNS_NXDOMAIN, FailureKind.RESET, FailureKind.TIMEOUT],
)
def test_what_others_say_is_heard(kind: FailureKind) -> None:
    assert not heard(*[kind] * 20).is_doubtful


def test_a_host_that_answered_once_was_heard() -> None:
    network = heard(*[FailureKind.DNS_TIMEOUT] * 10)
    assert network.hosts == (10, 10)
    for host in range(5):
        network.add(asked(host, None))
    assert network.hosts == (5, 10)
    assert not network.is_doubtful


def test_addresses_that_are_never_asked_do_not_count() -> None:
    assert heard(*[FailureKind.ADDRESS_REFUSED] * 20).hosts == (0, 0)
