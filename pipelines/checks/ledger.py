"""The ledger of a run of checks: notes in its WARC files that say which records make which check.

An exchange proves itself. What no exchange shows is written here: links that were not asked
because their host had failed others, links that cannot be asked, the control URLs, when the run
began, and what it was worth. With them the store's checks can be made again exactly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from pipelines.checks.evidence import Evidence, Incident
from warc.locator import Locator
from warc.metadata import parse_fields
from warc.writer import WarcWriter

_RUN, _BEGAN, _CHECK, _CONTROL, _SETTLED = "checkRun", "began", "check", "control", "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One check: the metadata records of its requests, in the order of `Evidence.all_hops`.

    `incident` is what its host did to other links; its locators name the faults that prove it.
    `mishap` is a fault of our own code that ended it.
    """

    url: str
    checked: datetime
    records: tuple[Locator, ...] = ()
    incident: Incident | None = None
    mishap: str = ""

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """Return the entry of a check."""
        return cls(
            url=evidence.url,
            checked=evidence.checked,
            records=tuple(hop.metadata for hop in evidence.all_hops if hop.metadata is not None),
            incident=evidence.incident,
            mishap=evidence.mishap,
        )

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values; what is absent is left out."""
        value: dict[str, Any] = {"url": self.url, "checked": self.checked.isoformat()}
        if self.records:
            value["records"] = [[at.file, at.offset, at.length] for at in self.records]
        if self.incident:
            value["incident"] = self.incident.as_json()
        if self.mishap:
            value["mishap"] = self.mishap
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the entry that `as_json` wrote."""
        incident = value.get("incident")
        return cls(
            url=value["url"],
            checked=datetime.fromisoformat(value["checked"]),
            records=tuple(
                Locator(file=file, offset=offset, length=length)
                for file, offset, length in value.get("records", ())
            ),
            incident=Incident.from_json(incident) if incident else None,
            mishap=value.get("mishap", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a run was worth, as `check_runs` of the store has it; see there."""

    ended: datetime | None
    void: str = ""
    hosts: int = 0
    silent: int = 0
    is_controlled: bool = False
    doubted: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "ended": self.ended.isoformat() if self.ended else None,
            "void": self.void,
            "hosts": self.hosts,
            "silent": self.silent,
            "controlled": self.is_controlled,
            "doubted": list(self.doubted),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what `as_json` wrote."""
        return cls(
            ended=datetime.fromisoformat(value["ended"]) if value["ended"] else None,
            void=value["void"],
            hosts=value["hosts"],
            silent=value["silent"],
            is_controlled=value["controlled"],
            doubted=tuple(value["doubted"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One record of the ledger, read back; most have one kind of contents only."""

    run_id: str
    began: datetime | None = None
    checks: tuple[Entry, ...] = ()
    controls: tuple[Entry, ...] = ()
    settled: Settled | None = None


class Ledger:
    """Writes the notes of one run, each a metadata record of its own."""

    def __init__(self, writer: WarcWriter, run_id: str) -> None:
        self._writer = writer
        self.run_id = run_id

    def begin(self, began: datetime, rules_version: str) -> None:
        """Note when the run began, and by which rules its verdicts were first judged."""
        self._write(_BEGAN, [{"began": began.isoformat(), "rules": rules_version}])

    def add(self, checks: Iterable[Evidence]) -> None:
        """Note checks of links, one record for all of them."""
        self._write(_CHECK, [Entry.of(one).as_json() for one in checks])

    def add_controls(self, when: str, checks: Iterable[Evidence]) -> None:
        """Note what the control URLs answered, asked before the links or after them."""
        self._write(_CONTROL, [Entry.of(one).as_json() | {"when": when} for one in checks])

    def settle(self, settled: Settled) -> None:
        """Note what the run was worth; the last such note counts."""
        self._write(_SETTLED, [settled.as_json()])
        self._writer.sync()

    def _write(self, name: str, values: list[dict[str, Any]]) -> None:
        if values:
            lines = [(name, json.dumps(value, separators=(",", ":"))) for value in values]
            self._writer.write_note([(_RUN, self.run_id), *lines])


def read_note(block: bytes) -> Note | None:
    """Return the note in a metadata record's block; None where it is no (whole) one."""
    if not block.startswith(_RUN.encode()):
        return None
    values: dict[str, list[dict[str, Any]]] = {}
    try:
        (_, run_id), *lines = parse_fields(block)
        for name, text in lines:
            values.setdefault(name, []).append(json.loads(text))
        began = [datetime.fromisoformat(value["began"]) for value in values.get(_BEGAN, ())]
        settled = [Settled.from_json(value) for value in values.get(_SETTLED, ())]
        return Note(
            run_id=run_id,
            began=began[0] if began else None,
            checks=tuple(map(Entry.from_json, values.get(_CHECK, ()))),
            controls=tuple(map(Entry.from_json, values.get(_CONTROL, ()))),
            settled=settled[-1] if settled else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
