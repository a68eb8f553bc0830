"""Checks read back from their WARC files: what the store says of them can be made again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from pipelines.checks.evidence import Evidence, assemble
from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.reception import may_pass
from warc.cdxj import CdxjIndex
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.files.record import Record
from warc.locator import Locator
from warc.metadata import ExchangeMetadata, decode, parse_fields
from warc.reader import iter_records
from warc.rebuild import exchange_at
from warc.writer import Written

RUN = "link checks of run "  # in the warcinfo's description, before the run's id
_RUN = re.compile(f"{RUN}(\\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCheck:
    """One check as its records show it.

    `is_whole`: nothing was left to do but to judge. `is_cut`: the process died on the way along
    redirects. Neither: the last answer might have been asked for once more.
    """

    evidence: Evidence
    is_whole: bool
    is_cut: bool


def checks_of_runs(
    collection: Collection, files: Iterable[Path]
) -> Iterator[tuple[str, list[ReadCheck]]]:
    """Yield each run's id with its checks, read from `files` in the order of their names.

    What is damaged is passed over: `muniment verify` names it. Raise OSError where a file cannot
    be read.
    """
    index = CdxjIndex(collection.indexes)
    named = ((_run_of(path), path) for path in files)
    for run_id, group in groupby(named, lambda one: one[0]):
        checks: dict[str, _Hops] = {}
        for _, path in group:
            for part in _parts(path):
                checks.setdefault(part.check_id, _Hops(part.url)).add(part, collection, index)
        found = [check.read() for check in checks.values() if check.hops]
        yield run_id, sorted(found, key=lambda one: (one.evidence.checked, one.evidence.url))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The records of one exchange and its place in its check."""

    check_id: str
    url: str
    place: tuple[int, int]
    written: Written


@dataclass(slots=True)
class _Hops:
    url: str
    hops: list[tuple[tuple[int, int], Hop]] = field(default_factory=list)

    def add(self, part: _Part, collection: Collection, index: CdxjIndex) -> None:
        at = part.written
        try:
            exchange = exchange_at(collection.archive, at.response, at.metadata, at.request, index)
        except DamagedError:
            return
        try:
            self.hops.append((part.place, read_hop(exchange, at, asked=self.url)))
        finally:
            exchange.response.close()

    def read(self) -> ReadCheck:
        hops = [hop for _, hop in sorted(self.hops, key=lambda one: one[0])]
        evidence = assemble(self.url, hops)
        last = hops[-1]
        visited = {hop.url for hop in evidence.hops}
        return ReadCheck(
            evidence=evidence,
            is_whole=last.next_url is None and not may_pass(last),
            is_cut=last.next_url is not None and last.next_url not in visited,
        )


def _run_of(path: Path) -> str:
    """Return the run whose checks a file holds, as its warcinfo says; "" where it does not."""
    for record in iter_records(path):
        if isinstance(record, Record) and record.type == "warcinfo":
            fields = dict(parse_fields(record.read()))
            found = _RUN.search(fields.get("description", ""))
            return found[1] if found else ""
        return ""
    return ""


def _parts(path: Path) -> Iterator[_Part]:
    """Yield the exchanges of a file; their records lie together, the metadata record last."""
    response: Locator | None = None
    request: Locator | None = None
    for record in iter_records(path):
        if isinstance(record, Damage) or record.type == "warcinfo":
            response = request = None
        elif record.type in ("response", "revisit"):
            response = record.locator
        elif record.type == "request":
            request = record.locator
        elif record.type == "metadata":
            part = _part(record, response, request)
            response = request = None
            if part is not None:
                yield part


def _part(record: Record, response: Locator | None, request: Locator | None) -> _Part | None:
    try:
        about: ExchangeMetadata = decode(record.read())
        fields = dict(about.fields)
        place = int(fields["checkAttempt"]), int(fields["checkHop"])
    except (ValueError, KeyError):
        return None
    return _Part(
        check_id=fields["checkId"],
        url=fields["checkUrl"],
        place=place,
        written=Written(
            response=response,
            request=request,
            metadata=record.locator,
            payload_digest=None,
            is_revisit=False,
            date=about.began,
        ),
    )
