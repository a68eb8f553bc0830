"""Read the lines of a statement's header: by the names of their elements, then by content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.sites.template import Field
from pipelines.statements.dates import PartialDate, parse_date
from pipelines.statements.header_lines import Line
from pipelines.statements.line_kinds import (
    classify,
    is_known_type,
    is_like_a_type,
    is_venue,
)
from pipelines.statements.speakers import (
    Speaker,
    is_bureau,
    is_office,
    is_organisation,
    is_role,
    parse_speakers,
    unglue,
    without_release,
)

_FEWEST_FIELDS = 2


@dataclass(slots=True, kw_only=True)
class Header:
    """What a header says; None or empty where it does not. `unread` are lines of no known kind."""

    document_type: str | None = None
    speakers: list[Speaker] = field(default_factory=list)
    office: str | None = None
    venue: str | None = None
    place: str | None = None
    date: PartialDate | None = None
    date_text: str | None = None
    report: str | None = None
    prn: str | None = None
    unread: list[str] = field(default_factory=list)
    names_its_type: bool = False  # in an element of that name, not in a line that may be text

    def is_of_statement(self) -> bool:
        """Return whether things were found that pages of other kinds have not.

        Two of them, or a type of document in the element for it.
        """
        return self.names_its_type or self.fields_found() >= _FEWEST_FIELDS

    def fields_found(self) -> int:
        """Return how many of type, speakers, date, office and place were found."""
        found = (self.document_type, self.speakers, self.date_text, self.office, self.place)
        return sum(map(bool, found))


def read_header(lines: Sequence[Line]) -> Header:
    """Return the header its lines make; the first line of a kind counts, speakers add up."""
    reader = _Reader()
    for number, line in enumerate(lines):
        reader.take(line, lines[number + 1] if number + 1 < len(lines) else None)
    reader.finish()
    return reader.header


class _Reader:
    """Takes lines one by one; pairs names with roles whichever comes first."""

    def __init__(self) -> None:
        self.header = Header()
        self.waiting: list[tuple[int, int]] = []  # speakers without a role: index, group
        self.role: str | None = None  # a role whose name has not come yet
        self.takers: dict[Field, Callable[[str], None]] = {
            Field.TYPE: self._type,
            Field.OFFICE: self._office,
            Field.VENUE: self._venue,
            Field.PLACE: self._place,
            Field.DATE: self._date,
            Field.REPORT: self._report,
            Field.SPEAKERS: self._speakers,
            Field.PRN: self._prn,
            Field.TITLE: lambda _: None,
        }

    def take(self, line: Line, following: Line | None) -> None:
        """Take one line; `following` is the next."""
        kind = self._kind_of(line)
        if kind is None:
            self.header.unread.append(line.text)
        elif kind is Field.NAME:
            self._name(line)
        elif kind is Field.ROLE:
            self._role(line, following)
        else:
            self.header.speakers += line.speakers
            if not line.speakers:
                self.takers[kind](line.text)
            if kind is Field.TYPE and line.group:
                self.header.names_its_type |= is_like_a_type(line.text)

    @staticmethod
    def _kind_of(line: Line) -> Field | None:
        if line.field in (Field.REPORT, Field.TITLE, Field.PRN):
            return line.field
        if parse_date(line.text):
            return Field.DATE
        return line.field or classify(line.text)

    def finish(self) -> None:
        """Settle what was left over: an unknown line is the venue where a place or a room is."""
        header = self.header
        if self.role and not header.speakers:
            self._office(self.role)
        unread = header.unread
        if unread and not header.venue and (header.place or is_venue(unread[0])):
            header.venue = unread.pop(0)

    def _type(self, text: str) -> None:
        known = self.header.document_type
        if known is None or (is_known_type(text) and not is_known_type(known)):
            self.header.document_type = text

    def _office(self, text: str) -> None:
        self.header.office = self.header.office or without_release(text)

    def _venue(self, text: str) -> None:
        venue = self.header.venue
        self.header.venue = f"{venue}, {text}" if venue else text

    def _place(self, text: str) -> None:
        place = self.header.place
        if not place:
            self.header.place = text
        elif text not in place:
            self.header.place = f"{place}, {text}"

    def _date(self, text: str) -> None:
        if self.header.date is None:
            self.header.date = parse_date(text)
            self.header.date_text = text

    def _report(self, text: str) -> None:
        self.header.report = self.header.report or text

    def _prn(self, text: str) -> None:
        self.header.prn = self.header.prn or text

    def _speakers(self, text: str) -> None:
        speakers, office = parse_speakers(text)
        if office:
            self._office(office)
        if speakers:
            self._add(speakers)
        elif not office and self.waiting and is_role(text):
            self._role(Line(text=text), None)
        elif not office and is_organisation(text):
            self._office(text)
        elif not office:
            self._name(Line(text=text))

    def _add(self, speakers: Sequence[Speaker]) -> None:
        """Take the speakers of one line; a role of the last may stand in the next."""
        self.header.speakers += speakers
        if speakers[-1].role is None:
            self.waiting.append((len(self.header.speakers) - 1, 0))

    def _name(self, line: Line) -> None:
        text = line.text
        if is_bureau(text):
            self._office(text)
            return
        if "," in text or ";" in text:
            speakers, office = parse_speakers(text)
            if len(speakers) > 1 or (speakers and speakers[0].role):
                self.header.speakers += speakers
                self.header.office = self.header.office or office
                return
        self.header.speakers.append(Speaker(name=text.strip("[]"), role=self.role))
        if self.role is None:
            self.waiting.append((len(self.header.speakers) - 1, line.group))
        self.role = None

    def _role(self, line: Line, following: Line | None) -> None:
        role, *rest = unglue(line.text) or [line.text]
        if is_office(role) and not self.waiting:
            self._office(role)
            return
        if rest and is_office(rest[0]):
            self._office(rest[0])
        if not self.waiting:
            self.role = role
            return
        index = self._waiting_for(line.group, following)
        name = self.header.speakers[index].name
        self.header.speakers[index] = Speaker(name=name, role=role)

    def _waiting_for(self, group: int, following: Line | None) -> int:
        """Return whose role comes: of the same element where one is; in turn if roles follow."""
        beside = [at for at, (_, its_group) in enumerate(self.waiting) if its_group == group]
        candidates = beside if group and beside else range(len(self.waiting))
        goes_on = len(candidates) > 1 and following and self._kind_of(following) is Field.ROLE
        at = candidates[0 if goes_on else -1]
        return self.waiting.pop(at)[0]
