"""What a link check saw, as a value: derived from exchanges alone, so it can be derived again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self

from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.siblings import sibling_url
from pipelines.checks.targets import TargetFault, read_target
from warc.exchange import Exchange
from warc.locator import Locator
from warc.writer import Written

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class IncidentKind(StrEnum):
    """Why a host was left alone."""

    UNREACHABLE = "unreachable"  # hangs, refusals and resets, one after the other
    THROTTLED = "throttled"  # 429 or Retry-After, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What one host did to several links in a row, so that the rest of them were not asked.

    `detail` is the last link's fault in words; `locators` name the records that prove it.
    """

    host: str
    kind: IncidentKind
    links: int
    since: datetime
    detail: str
    locators: tuple[Locator, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values in a stable order of keys."""
        return {
            "host": self.host,
            "kind": self.kind.value,
            "links": self.links,
            "since": self.since.isoformat(),
            "detail": self.detail,
            "locators": [[at.file, at.offset, at.length] for at in self.locators],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the incident that `as_json` wrote."""
        return cls(
            host=value["host"],
            kind=IncidentKind(value["kind"]),
            links=value["links"],
            since=datetime.fromisoformat(value["since"]),
            detail=value["detail"],
            locators=tuple(
                Locator(file=file, offset=offset, length=length)
                for file, offset, length in value["locators"]
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One check of one link.

    `url` is the link as asked for, its fragment included. `hops` are the requests of the last
    attempt in order, the last hop holding what its page says; `earlier` holds those of
    the attempts before it. No hop at all means that nothing was sent: `fault` says what is wrong
    with the URL, or `incident` what its host did to others. `sibling` is the answer for a made-up
    address in the same folder, where one was asked. `mishap` tells of a fault of our own code
    that ended the check.
    """

    url: str
    checked: datetime
    hops: tuple[Hop, ...] = ()
    earlier: tuple[Hop, ...] = ()
    fault: TargetFault | None = None
    incident: Incident | None = None
    sibling: Hop | None = None
    mishap: str = ""

    @property
    def all_hops(self) -> tuple[Hop, ...]:
        """Return every request of every attempt in order: what `read_evidence` was given."""
        return self.earlier + self.hops + ((self.sibling,) if self.sibling else ())

    @property
    def last(self) -> Hop | None:
        """Return the hop at which the check ended."""
        return self.hops[-1] if self.hops else None

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values in a stable order of keys; what is absent is left out."""
        value: dict[str, Any] = {"url": self.url, "checked": self.checked.isoformat()}
        if self.hops:
            value["hops"] = [hop.as_json() for hop in self.hops]
        if self.earlier:
            value["earlier"] = [hop.as_json() for hop in self.earlier]
        if self.fault:
            value["fault"] = self.fault.value
        if self.incident:
            value["incident"] = self.incident.as_json()
        if self.sibling:
            value["sibling"] = self.sibling.as_json()
        if self.mishap:
            value["mishap"] = self.mishap
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the evidence that `as_json` wrote."""
        fault, incident = value.get("fault"), value.get("incident")
        sibling = value.get("sibling")
        return cls(
            url=value["url"],
            checked=datetime.fromisoformat(value["checked"]),
            hops=tuple(Hop.from_json(hop) for hop in value.get("hops", ())),
            earlier=tuple(Hop.from_json(hop) for hop in value.get("earlier", ())),
            fault=TargetFault(fault) if fault else None,
            incident=Incident.from_json(incident) if incident else None,
            sibling=Hop.from_json(sibling) if sibling else None,
            mishap=value.get("mishap", ""),
        )


def read_evidence(
    url: str, exchanges: Iterable[tuple[Exchange, Written]], *, checked: datetime | None = None
) -> Evidence:
    """Return the evidence that the exchanges of one check make, oldest exchange first.

    Pure: the same exchanges read back from their WARC give the same evidence; each is read
    before the next one is taken. `checked` is the date of a check that sent nothing; otherwise
    the date is the first exchange's.
    """
    hops = [read_hop(exchange, written, asked=url) for exchange, written in exchanges]
    if not hops:
        target = read_target(url)
        fault = target if isinstance(target, TargetFault) else None
        return Evidence(url=url, checked=checked or _NEVER, fault=fault)
    return assemble(url, hops)


def assemble(url: str, hops: Sequence[Hop]) -> Evidence:
    """Return the evidence of one check from its hops: at least one, the oldest first.

    An attempt ends at the hop that leads nowhere further or that is not followed by the hop it
    leads to. A made-up address asked last is the `sibling`.
    """
    sibling: Hop | None = None
    if len(hops) > 1 and hops[-1].url == sibling_url(hops[0].url):
        sibling, hops = hops[-1], hops[:-1]
    starts = [
        index for index, hop in enumerate(hops) if index == 0 or hops[index - 1].next_url != hop.url
    ]
    earlier = tuple(hops[start - 1] for start in starts[1:])
    last = tuple(hops[starts[-1] :])
    began = hops[0].began
    return Evidence(url=url, checked=began, hops=last, earlier=earlier, sibling=sibling)
