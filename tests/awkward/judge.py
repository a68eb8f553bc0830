"""Hold a collection against what the server knows: what was asked, and what was sent for it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from awkward.members import Member, members
from awkward.server import Asked, Served

_BY_CUSTOM = {b"/favicon.ico", b"/sitemap.xml"}


@dataclass(slots=True)
class Judgement:
    """Counts by name, and in `faults` a sentence for everything that is not as it should be."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    faults: list[str] = field(default_factory=list)

    def hold(self, name: str, *, is_right: bool, fault: str) -> None:
        """Count a case of `name`, and a fault where it is not right."""
        self.counts[name] += 1
        if is_right:
            self.counts[f"{name}, right"] += 1
        else:
            self.faults.append(f"{name}: {fault}")


def judge(served: Served, collection: Path) -> Judgement:
    """Return what there is to say of the capture of `served` in `collection`."""
    judgement = Judgement()
    files = sorted((collection / "archive").iterdir())
    records = [record for path in files for record in members(path)]
    _coverage(served, records, judgement)
    _Exchanges(served, records, judgement).run()
    _form(records, judgement)
    _index(collection / "indexes", records, judgement)
    judgement.faults += [f"the server failed: {error!r}" for error in served.faults]
    return judgement


def _coverage(served: Served, records: list[Member], judgement: Judgement) -> None:
    asked = {each.target for each in served.log}
    recorded = {record.uri for record in records}
    for target in sorted(served.site.due):
        uri = served.url + target.decode("ascii")
        judgement.hold("URLs reachable", is_right=target in asked, fault=f"not asked: {uri}")
        judgement.hold("URLs in the WARC", is_right=uri in recorded, fault=f"no record: {uri}")
    for target in sorted(served.site.forbidden & asked):
        judgement.faults.append(f"asked although disallowed: {target.decode()}")
    for target in sorted(asked - served.site.due - _BY_CUSTOM):
        judgement.faults.append(f"asked although nothing leads there: {target!r}")


class _Exchanges:
    """Each request that was received against the records of it."""

    def __init__(self, served: Served, records: list[Member], judgement: Judgement) -> None:
        self._url = served.url
        self._judgement = judgement
        self._finals = {each.final: each for each in served.log}
        self._by_id = {record.get("WARC-Record-ID"): record for record in records}
        self._asked: dict[str, list[Asked]] = defaultdict(list)
        for each in served.log:
            self._asked[self._url + each.target.decode("latin-1")].append(each)
        self._requests = _by_uri(records, ("request",))
        self._answers = {
            record.get("WARC-Record-ID"): record
            for record in records
            if record.kind in ("response", "revisit")
        }
        self._about = {
            record.get("WARC-Concurrent-To"): record
            for record in records
            if record.kind == "metadata"
        }

    def run(self) -> None:
        """Pair what was asked with the requests recorded, in their order, and judge each pair."""
        for uri, asked in self._asked.items():
            requests = self._requests.pop(uri, [])
            for each in self._recorded(asked, len(requests)):
                if not requests:
                    self._judgement.faults.append(f"no request record: {uri}")
                    continue
                self._pair(uri, each, requests.pop(0))
            self._judgement.faults += [f"never received: {r.uri}" for r in requests]
        for uri in self._requests:
            self._judgement.faults.append(f"a request that was never received: {uri}")

    def _recorded(self, asked: list[Asked], due: int) -> Iterator[Asked]:
        """Leave out what a kept connection gave no answer to: that is asked anew, unrecorded.

        Bytes that begin no answer may there be what an earlier one left behind.
        """
        swallowed = len(asked) - due
        for each in asked:
            answered = each.final.lstrip(b"\r\n")[:4].upper() == b"HTTP"
            if swallowed > 0 and not each.is_first and not answered:
                swallowed -= 1
                self._judgement.counts["requests swallowed by kept connections"] += 1
            else:
                yield each

    def _pair(self, uri: str, asked: Asked, request: Member) -> None:
        hold = self._judgement.hold
        hold("requests", is_right=request.block == asked.request, fault=f"not as received: {uri}")
        answer = self._answers.get(request.get("WARC-Concurrent-To"))
        if not asked.final.strip(b"\r\n"):
            self._failure(uri, request, answer)
        elif answer is None:
            hold("responses", is_right=False, fault=f"no response record: {uri}")
        elif answer.kind == "revisit":
            self._revisit(uri, asked, answer)
        else:
            self._response(uri, asked, answer)

    def _failure(self, uri: str, request: Member, answer: Member | None) -> None:
        about = self._about.get(request.get("WARC-Record-ID"))
        is_right = answer is None and about is not None and b"failure:" in about.block
        self._judgement.hold("failures", is_right=is_right, fault=f"not recorded as such: {uri}")

    def _response(self, uri: str, asked: Asked, answer: Member) -> None:
        final = asked.final
        is_exact = answer.block == final
        fault = "" if is_exact else f"{uri}: {_difference(final, answer.block)}"
        if not is_exact and answer.block in self._finals:
            self._judgement.faults.append(f"misfiled: {uri}")
        self._judgement.hold("responses", is_right=is_exact, fault=fault)
        self._cut(uri, asked, answer)

    def _cut(self, uri: str, asked: Asked, answer: Member) -> None:
        stated, due = answer.get("WARC-Truncated"), asked.answer.truncated
        fault = f"{uri}: WARC-Truncated {stated}, not {due}"
        self._judgement.hold("cuts told", is_right=stated == due, fault=fault)

    def _revisit(self, uri: str, asked: Asked, revisit: Member) -> None:
        """A revisit is the head as sent, and leads to a record with the very same body."""
        final = asked.final
        original = self._by_id.get(revisit.get("WARC-Refers-To"))
        is_right = (
            final.startswith(revisit.block)
            and original is not None
            and original.kind == "response"
            and original.uri == revisit.get("WARC-Refers-To-Target-URI")
            and original.get("WARC-Date") == revisit.get("WARC-Refers-To-Date")
            and original.get("WARC-Payload-Digest") == revisit.get("WARC-Payload-Digest")
            and original.block.endswith(final[len(revisit.block) :])
        )
        self._judgement.hold("revisits", is_right=is_right, fault=f"does not stand for it: {uri}")


def _difference(due: bytes, found: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(due, found, strict=False)) if a != b), None)
    at = min(len(due), len(found)) if at is None else at
    where = f"{len(due)} bytes sent, {len(found)} recorded, first differ at {at}"
    return f"{where}: {due[at : at + 40]!r} / {found[at : at + 40]!r}"


def _by_uri(records: list[Member], kinds: tuple[str, ...]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for record in records:
        if record.kind in kinds:
            found[record.uri].append(record)
    for of_one in found.values():
        of_one.sort(key=lambda record: record.get("WARC-Date") or "")
    return found


def _form(records: list[Member], judgement: Judgement) -> None:
    """Judge what any reader relies on: warcinfo first, block digests, the answer's warcinfo."""
    info = ""
    for record in records:
        if record.offset == 0:
            info = record.get("WARC-Record-ID") or ""
            is_info = record.kind == "warcinfo" and record.get("WARC-Filename") == record.file
            judgement.hold("files", is_right=is_info, fault=f"{record.file} has no warcinfo first")
        elif record.get("WARC-Warcinfo-ID") != info:
            judgement.faults.append(f"another file's warcinfo: {record.uri}")
        digest = base64.b32encode(hashlib.sha1(record.block, usedforsecurity=False).digest())
        is_right = record.get("WARC-Block-Digest") == f"sha1:{digest.decode('ascii')}"
        judgement.hold("block digests", is_right=is_right, fault=f"wrong: {record.uri}")


def _index(folder: Path, records: list[Member], judgement: Judgement) -> None:
    """Judge that the lines lead to every answer's record and say of it what it says itself."""
    answers = {(r.file, r.offset): r for r in records if r.kind in ("response", "revisit")}
    for path in sorted(folder.glob("*.cdxj")):
        lines = path.read_bytes().splitlines()
        if lines != sorted(lines):
            judgement.faults.append(f"{path.name} is not sorted")
        for line in lines:
            _, stamp, text = line.decode("utf-8").split(" ", 2)
            named = json.loads(text)
            record = answers.pop((named["filename"], int(named["offset"])), None)
            is_right = record is not None and _agrees(stamp, named, record)
            judgement.hold("index lines", is_right=is_right, fault=f"leads astray: {line!r}")
    judgement.faults += [f"not in the index: {record.uri}" for record in answers.values()]


def _agrees(stamp: str, named: dict[str, str], record: Member) -> bool:
    digits = "".join(filter(str.isdigit, record.get("WARC-Date") or ""))
    return (
        named["url"] == record.uri
        and int(named["length"]) == record.length
        and stamp == digits[:14]
        and f"sha1:{named['digest']}" == record.get("WARC-Payload-Digest")
        and (named["mime"] == "warc/revisit") == (record.kind == "revisit")
    )
