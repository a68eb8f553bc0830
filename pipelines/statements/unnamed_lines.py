"""Find the lines of a header that are the first lines of the body, and name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.sites.template import Field
from pipelines.statements.dates import parse_date
from pipelines.statements.header_lines import Line
from pipelines.statements.line_kinds import classify, is_known_type, is_venue
from pipelines.statements.paragraphs import Block
from pipelines.statements.places import is_country, is_place, is_site, may_be_place
from pipelines.statements.speakers import (
    Speaker,
    is_mission,
    is_name,
    is_organisation,
    parse_speakers,
)

_COMMA = re.compile(",")
_HEADING = re.compile(r"h[1-6]$")
_SPOKEN = re.compile(r"[\d:]{1,5} ?[apAP]\.?[mM]|[A-Z][A-Z.,' \u2019\-]{2,40}(?: \([^)]*\))?:")
_DEPARTMENT = re.compile(r"(?i)(?:the )?u\.s\. department of state")
_SIGNED_BY = re.compile(r"(?P<type>[A-Z][\w \-]{3,30}) by (?P<who>[A-Z].+)")
_BRIEFER = re.compile(r"(?:Briefers?|Speakers?|By): +(?=[A-Z])")
_SENTENCE_END = re.compile(r"[.!?:;][\"'\u2019\u201d)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|Jr|Sr|Md|Va|Mass|Conn|Fla|Calif|Ph\.D|Inc|St|Ave)\.\)?$")
_SMALL_WORDS = frozenset(
    """a an and as at by de del der di du for from in into la le of on or the to van via von with
    el al da do dos bin e en route""".split()  # noqa: SIM905 - easier read without quotes
)
_MOST_LOWER = 2  # lower-case words other than small ones: a clause has more
_LONGEST_LINE = 400
_MOST_BLOCKS = 12
LOOKED_AT = _MOST_BLOCKS + 1  # how many blocks of a body tell the lines of its header
_MOST_VENUE_LINES = 2
_STRONG = frozenset({Field.DATE, Field.TYPE, Field.OFFICE, Field.PLACE, Field.SPEAKERS})
_AUTHORS = frozenset({Field.OFFICE, Field.SPEAKERS, Field.NAME, Field.ROLE})
_SIGNED = _AUTHORS | {Field.TYPE}
_NOT_TITLES = frozenset({Field.DATE, Field.OFFICE, Field.SPEAKERS})
_AFTER_ROLES = (Field.NAME, Field.TYPE, Field.SPEAKERS)
_BEFORE_DATES = (Field.PLACE, Field.OFFICE)
_SETTLED = _STRONG - {Field.SPEAKERS}


def lines_of_blocks(blocks: Sequence[Block], title: str | None) -> tuple[list[Line], int]:
    """Return the unnamed header lines that a body begins with, and how many blocks they took.

    A block is of the header if none of its lines is prose and one is of a kind that the header
    has not had. Blocks of unknown lines are if such a block follows them. A date with other lines
    in one block ends the header: what follows is text, whatever it looks like.
    """
    lead = _Lead(title)
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        if not lead.take(block, number + 1):
            break
    if not lead.lines:
        return [], 0
    after = blocks[lead.taken :]
    is_heading_below = bool(after) and after[0].kind == "h1" and after[0].text == title
    return settled(lead.lines), lead.taken + is_heading_below


class _Lead:
    """The header lines found so far; those of unknown kind wait for one that is known."""

    def __init__(self, title: str | None) -> None:
        self.title = title
        self.lines: list[Line] = []
        self.taken = 0
        self._waiting: list[Line] = []
        self._in_table = False
        self._filled: set[Field] = set()

    def take(self, block: Block, number: int) -> bool:
        """Take a block; return whether the next may still be of the header."""
        is_title = block.text == self.title
        if not block.text or (is_title and not self.lines):
            self.taken = number if not self._waiting else self.taken
            return True
        is_table = block.row is not None and bool(self.lines) and not self._in_table
        self._in_table = block.row is not None
        is_title = is_title and Field.TYPE in self._filled
        lines = [] if is_title or block.bullet or is_table else _lines(block)
        if not self.lines:
            lines = [n for n in lines if n.text != self.title or n.field is Field.TYPE]
        if not lines:
            return False
        kinds = {line.field for line in lines if line.field} & _STRONG
        if not self._is_header(lines, kinds):
            self._waiting += lines
            unknown = sum(1 for line in self._waiting if line.field is None)
            return not kinds and len(lines) == 1 and unknown <= _MOST_VENUE_LINES
        self.lines += [*self._waiting, *lines]
        self._waiting = []
        self._filled |= {line.field for line in lines if line.field}
        self.taken = number
        return not (Field.DATE in kinds and len(lines) > 1)

    def _is_header(self, lines: Sequence[Line], kinds: set[Field]) -> bool:
        unknown = sum(1 for line in lines if line.field is None)
        again = {Field.SPEAKERS} | {line.field for line in self.lines[-1:]} & {Field.PLACE}
        is_new = len(lines) > 1 or not kinds <= self._filled - again
        return bool(kinds) and is_new and unknown <= len(lines) - unknown + 1


def _lines(block: Block) -> list[Line]:
    """Return a block's lines with the kinds their words tell; [] where one of them is prose."""
    spans = block.line_spans()
    if len(spans) > _MOST_BLOCKS or any(end - start > _LONGEST_LINE for start, end in spans):
        return []
    lines = [part for start, end in spans for part in _parts(_line(block, start, end))]
    if any(line.field not in _SETTLED and _is_prose(line.text) for line in lines):
        return []
    return lines


def leading_lines(block: Block) -> Iterator[tuple[int, int, set[Field]]]:
    """Yield where each line before the first of prose starts and ends, and its strong kinds."""
    for start, end in block.line_spans()[:_MOST_BLOCKS]:
        if end - start > _LONGEST_LINE:
            return
        parts = _parts(_line(block, start, end))
        is_prose = any(part.field not in _SETTLED and _is_prose(part.text) for part in parts)
        if is_prose:
            return
        yield start, end, {part.field for part in parts if part.field} & _STRONG


def _parts(line: Line) -> list[Line]:
    """Return the parts of a line that says two things: "Paris, May 1, 1998"."""
    if signed := _signed(line):
        return signed
    if line.field not in (None, Field.NAME, Field.OFFICE):
        return [line]
    for found in _COMMA.finditer(line.text):
        before, after = line.text[: found.start()], line.text[found.end() :].strip()
        for part, rest in ((after, before), (before, after)):
            field = classify(rest) if parse_date(part) else None
            if field in _BEFORE_DATES or (parse_date(part) and _DEPARTMENT.fullmatch(rest)):
                return [Line(text=rest, field=field), Line(text=part, field=Field.DATE)]
    return [line]


def _signed(line: Line) -> list[Line]:
    """Return the parts of "Press Statement by Jane Doe, Spokesman" or of "Briefer: Jane Doe"."""
    found = _SIGNED_BY.fullmatch(line.text)
    if found and is_known_type(found["type"]) and parse_speakers(found["who"])[0]:
        kinds = ((found["type"], Field.TYPE), (found["who"], Field.SPEAKERS))
        return [Line(text=text, field=field) for text, field in kinds]
    who = _BRIEFER.sub("", line.text, count=1) if _BRIEFER.match(line.text) else ""
    return [Line(text=who, field=Field.SPEAKERS)] if parse_speakers(who)[0] else []


def _is_prose(text: str) -> bool:
    """Return whether a line is part of a sentence or what somebody says, as no header line is."""
    if _SPOKEN.match(text) or (_SENTENCE_END.search(text) and not _ABBREVIATION.search(text)):
        return True
    words = text.split()
    if words[0][0].islower() and words[0] not in _SMALL_WORDS:
        return True
    if is_name(text.partition(",")[0]):
        return False
    lower = [word for word in words if word[0].islower() and word not in _SMALL_WORDS]
    return len(lower) > _MOST_LOWER


def _line(block: Block, start: int, end: int) -> Line:
    text = block.text[start:end]
    field = classify(text)
    if field in _SETTLED:
        return Line(text=text, field=field)
    bold = [(a, b) for a, b, kind in block.marks if kind == "strong" and start <= a < b <= end]
    speakers = _bold_names(block.text, bold, start, end)
    return Line(text=text, field=Field.SPEAKERS if speakers else field, speakers=speakers)


def _bold_names(
    text: str, bold: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[Speaker, ...]:
    """Return the speakers of a line that sets names in bold and roles beside them in plain."""
    names = [text[a:b].strip(" ,") for a, b in bold]
    if not bold or any(not _may_be_name(name) for name in names):
        return ()
    before = text[start : bold[0][0]].strip(" ,")
    ends = [*(a for a, _ in bold[1:]), end]
    roles = [text[b:after].strip(" ,;") for (_, b), after in zip(bold, ends, strict=True)]
    if before and len(bold) == 1 and not roles[0]:
        roles = [before]
    elif before:
        return ()
    if not all(roles):
        return ()
    return tuple(Speaker(name=n, role=r) for n, r in zip(names, roles, strict=True) if n)


def _may_be_name(text: str) -> bool:
    """Return whether bold words may name a person; who set them knew better than their form."""
    is_one = text[:1].isupper() and "," not in text and not text.endswith((":", "."))
    return is_one or is_name(text)


def settled(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the kinds that their neighbours tell.

    Headers end "venue, place, date", whatever comes before.
    """
    order = _Order(list(lines))
    order.find_roles()
    order.find_place()
    order.find_venue()
    order.find_type()
    return [line for line in order.lines if line.field or not _DEPARTMENT.fullmatch(line.text)]


@dataclass(slots=True)
class _Order:
    lines: list[Line]

    def _has(self, *fields: Field) -> bool:
        return any(line.field in fields for line in self.lines)

    def _count(self, field: Field) -> int:
        return sum(1 for line in self.lines if line.field is field)

    def _name(self, at: int, field: Field) -> None:
        self.lines[at] = replace(self.lines[at], field=field, speakers=())

    def _authors_without(self, at: int) -> bool:
        """Return whether some other line than that one says who speaks."""
        return any(n != at and line.field in _AUTHORS for n, line in enumerate(self.lines))

    def find_roles(self) -> None:
        """Take a free line below a name for that person's role, if it cannot be the venue."""
        for n in range(1, len(self.lines) - 1):
            is_below = self.lines[n - 1].field is Field.NAME
            if is_below and self.lines[n].field is None and self.lines[n + 1].field in _AFTER_ROLES:
                self._name(n, Field.ROLE)

    def find_place(self) -> None:
        """Take the line before the date (the last, where the date is first) for the place."""
        if self._has(Field.PLACE) or not (self._has(Field.DATE) and self._has(*_SIGNED)):
            return
        at = next(n for n, line in enumerate(self.lines) if line.field is Field.DATE)
        before = at - 1 if at else len(self.lines) - 1
        line = self.lines[before]
        is_free = line.field is None or (line.field is Field.NAME and self._authors_without(before))
        is_free |= line.field is Field.TYPE and is_place(line.text) and self._count(Field.TYPE) > 1
        is_site = is_venue(line.text) or is_organisation(line.text)
        if is_free and may_be_place(line.text) and not is_site:
            self._name(before, Field.PLACE)

    def find_venue(self) -> None:
        """Take the free lines above the place for the venue, two at most."""
        places = [n for n, line in enumerate(self.lines) if line.field is Field.PLACE]
        if not places:
            return
        has_type = self._has(Field.TYPE)
        for n in range(places[-1] - 1, max(-1, places[-1] - 1 - _MOST_VENUE_LINES), -1):
            is_lowest = n == places[-1] - 1
            if not self._may_be_venue(n) or not (is_lowest or has_type or is_venue(self._text(n))):
                break
            self._name(n, Field.VENUE)

    def _text(self, at: int) -> str:
        return self.lines[at].text

    def _may_be_venue(self, at: int) -> bool:
        line = self.lines[at]
        if line.field in (None, Field.PLACE):
            return True
        if line.field is Field.NAME:
            return self._authors_without(at)
        if line.field is Field.ROLE:
            return self._authors_without(at) and self.lines[at - 1].field is not Field.NAME
        return line.field is Field.OFFICE and is_mission(line.text) and self._authors_without(at)

    def find_type(self) -> None:
        """Take the first line of no known kind for the type where no other line is."""
        if not self._has(Field.TYPE) and self._has(Field.PLACE, *_AUTHORS):
            free = (n for n, line in enumerate(self.lines) if line.field is None)
            at = next((n for n in free if _may_be_type(self.lines[n].text)), None)
            if at is not None:
                self._name(at, Field.TYPE)


def _may_be_type(text: str) -> bool:
    return not (is_venue(text) or ":" in text or _DEPARTMENT.fullmatch(text))


def title_of_lines(lines: Sequence[str]) -> str:
    """Return the title among bold lines that may say who speaks as well; "" where there is none."""
    return " ".join(
        line
        for line in lines
        if not (line.endswith(":") or is_known_type(line) or _DEPARTMENT.fullmatch(line))
        and classify(line) not in _NOT_TITLES
    )


def places_at_start(blocks: Sequence[Block]) -> tuple[list[Line], int]:
    """Return the venue and place that a body begins with, and how many blocks they took."""
    if len(blocks) > 1 and is_venue(blocks[0].text) and _SPOKEN.match(blocks[1].text):
        return [Line(text=blocks[0].text, field=Field.VENUE)], 1
    lines: list[Line] = []
    for number, block in enumerate(blocks[: _MOST_VENUE_LINES + 1]):
        added = block.lines()
        if block.bullet or _HEADING.match(block.kind) or any(map(_is_prose, added)):
            break
        lines += [Line(text=text, field=Field.VENUE) for text in added]
        if not lines or len(lines) > _MOST_VENUE_LINES + 1:
            break
        following = blocks[number + 1].text if number + 1 < len(blocks) else ""
        place = lines[-1].text
        if is_country(place) and following and not _is_prose(following):
            break  # a list of topics
        if is_place(place) and not _is_site_in(place, following):
            return [*lines[:-1], replace(lines[-1], field=Field.PLACE)], number + 1
    return [], 0


def _is_site_in(place: str, following: str) -> bool:
    """Return whether the next block says where "Camp David" or "United Nations" is."""
    return is_site(place) and is_place(following) and not is_country(following)
