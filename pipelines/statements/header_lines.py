"""Find the lines of a statement's header, and tell what each is by its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipelines.sites.template import Field
from pipelines.statements.dates import parse_date
from pipelines.statements.paragraphs import Block
from pipelines.statements.places import is_place
from pipelines.statements.speakers import Speaker, is_name, is_office, is_role, parse_speakers

_KNOWN_TYPES = frozenset(
    name.strip()
    for name in """media note; press statement; remarks; readout; notice to the press; report
    ; special briefing; daily press briefing; department press briefing; on-the-record briefing
    ; background briefing; press briefing; briefing; fact sheet; public schedule; biography
    ; daily appointments schedule; background note; interview; press availability; op-ed
    ; press conference; joint press availability; testimony; speech; statement; press release
    ; taken question; question taken; travel; announcement; notice; letter; article; message
    ; video remarks; transcript; toast; teleconference; roundtable; advisory; frequently asked
    questions; guidance; trip; travels; media advisory; written statement; other release
    ; on-the-record; on-the-record conference call; background conference call; event
    ; press guidance; daily briefing; congressional testimony; joint press conference
    """.replace("\n", " ").split(";")
)
_TYPE_STARTS = re.compile(
    r"(?i)(?:Video |Joint |Opening |Closing |Prepared |Welcoming |Dinner |Keynote )?"
    r"(?:Remarks|Interview|Press (?:Statement|Briefing|Conference|Availability|Release|Roundtable)"
    r"|Daily Press Briefing|Briefing|Testimony|Statement (?:by|to|before)|Fact Sheet|Readout"
    r"|Question Taken|Taken Question|On-the-Record|Background Briefing|Special Briefing"
    r"|Media (?:Note|Availability|Roundtable)|Address|Speech|Op-Ed|Toasts?|Town Hall)\b"
)
_VENUE = re.compile(
    r"(?:[\w.,'\u2019&\-]+ ){0,8}(?:Room|Building|Hall|Lobby|Auditorium|Palace|Ministry|Embassy"
    r"|Hotel|Headquarters|Center|Centre|Theat(?:er|re)|Airport|Residence|Library|Ballroom|House"
    r"|University|Department|Club|Institute|Church|School|College|Museum|Base|Forum)"
)
_SPOKEN = re.compile(r"[\d:]{1,5} ?[apAP]\.?[mM]|[A-Z][A-Z.,' \u2019\-]{2,40}(?: \([^)]*\))?:")
_LABEL_SEPARATORS = re.compile(r"[^a-z]+")
_LAYOUT_NAMES = frozenset({"templatefields", "top-meta", "article-meta", "row", "columns"})
_LONGEST_LINE = 260
_MOST_BLOCKS = 10
_HEADER_FIELDS = frozenset({Field.DATE, Field.TYPE, Field.OFFICE, Field.PLACE, Field.SPEAKERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a header.

    `group` tells which element it shares with which other lines; `speakers` are those that the
    line's bold type tells from their roles.
    """

    text: str
    field: Field | None = None
    group: int = 0
    speakers: tuple[Speaker, ...] = ()


def labelled_lines(root: LexborNode, parts: Sequence[tuple[str, Field]]) -> list[Line]:
    """Return the lines below `root`, cut at elements and `<br>`, with the field each is named."""
    lines: list[Line] = []
    words: list[str] = []
    current: LexborNode | None = None

    def cut() -> None:
        text = " ".join(words)
        words.clear()
        if text and current is not None:
            name, group = _label(current, root)
            lines.append(Line(text=text, field=_field_named(name, parts), group=group))

    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            pieces = (node.text_content or "").split()
            owner = _owner(node, root)
            if pieces and current is not None and owner.mem_id != current.mem_id:
                cut()
            if pieces:
                current = owner
                words.extend(pieces)
        elif node.tag in ("br", "p", "div", "li"):
            cut()
    cut()
    return lines


_INLINE = frozenset({"b", "strong", "i", "em", "font", "a", "u", "sup", "sub"})
_UNREAD_TAGS = frozenset({"script", "style", "h1"})


def _owner(text: LexborNode, root: LexborNode) -> LexborNode:
    """Return the element a text belongs to, emphasis looked through."""
    node = text.parent or root
    while node.tag in _INLINE and node.parent is not None and node.mem_id != root.mem_id:
        node = node.parent
    return node


def _label(node: LexborNode, root: LexborNode) -> tuple[str, int]:
    """Return the class or id that names a line, and the element that groups it."""
    while node.mem_id != root.mem_id and node.parent is not None:
        if node.tag in _UNREAD_TAGS:
            return "title-of-page", 0
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()
        if name and name not in _LAYOUT_NAMES:
            return name, node.parent.mem_id
        node = node.parent
    return "", 0


def _field_named(name: str, parts: Sequence[tuple[str, Field]]) -> Field | None:
    if name == "title-of-page":
        return Field.TITLE
    joined = _LABEL_SEPARATORS.sub("-", name)
    return next((known for part, known in parts if part in joined), None)


def lines_of_blocks(blocks: Sequence[Block], title: str | None) -> tuple[list[Line], int]:
    """Return the unnamed header lines that a body begins with, and how many blocks they took."""
    lines: list[Line] = []
    filled: set[Field] = set()
    taken = 0
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        if not block.text or (block.text == title and not lines):
            taken = number + 1
            continue
        found = _header_lines(block, filled)
        if not found:
            break
        lines += found
        filled.update(line.field for line in found if line.field)
        taken = number + 1
    return lines, taken if lines else 0


def _header_lines(block: Block, filled: set[Field]) -> list[Line]:
    """Return a block's lines if it is header: something only headers have, nothing it repeats."""
    spans = block.line_spans()
    if len(spans) > _MOST_BLOCKS or any(end - start > _LONGEST_LINE for start, end in spans):
        return []
    lines = [_line(block, start, end) for start, end in spans]
    known = [line.field for line in lines if line.field in _HEADER_FIELDS]
    unknown = len(lines) - len(known)
    if not known or unknown > len(known) + 1 or (len(lines) == 1 and known[0] in filled):
        return []
    return lines


def _line(block: Block, start: int, end: int) -> Line:
    text = block.text[start:end]
    field = classify(text)
    if field in (Field.DATE, Field.TYPE, Field.OFFICE, Field.PLACE):
        return Line(text=text, field=field)
    bold = [(a, b) for a, b, kind in block.marks if kind == "strong" and start <= a < b <= end]
    speakers = _bold_names(block.text, bold, start, end)
    return Line(text=text, field=Field.SPEAKERS if speakers else field, speakers=speakers)


def _bold_names(
    text: str, bold: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[Speaker, ...]:
    """Return the speakers of a line that sets names in bold and roles beside them in plain."""
    names = [text[a:b].strip(" ,") for a, b in bold]
    if not bold or any("," in name and not is_name(name) for name in names):
        return ()
    before = text[start : bold[0][0]].strip(" ,")
    ends = [*(a for a, _ in bold[1:]), end]
    roles = [text[b:after].strip(" ,;") for (_, b), after in zip(bold, ends, strict=True)]
    if before and len(bold) == 1 and not roles[0]:
        roles = [before]
    if not all(roles):
        return ()
    return tuple(Speaker(name=n, role=r) for n, r in zip(names, roles, strict=True) if n)


def places_at_start(blocks: Sequence[Block]) -> tuple[list[Line], int]:
    """Return the venue and place that a body begins with, and how many blocks they took."""
    lines: list[Line] = []
    if len(blocks) > 1 and _VENUE.fullmatch(blocks[0].text) and _SPOKEN.match(blocks[1].text):
        return [Line(text=blocks[0].text, field=Field.VENUE)], 1
    for number, block in enumerate(blocks[:3]):
        lines += [Line(text=text) for text in block.lines()]
        if not lines or len(lines) > 3 or len(lines[-1].text) > _LONGEST_LINE:  # noqa: PLR2004 - venue (two lines at most), place
            return [], 0
        if is_place(lines[-1].text):
            venues = [Line(text=line.text, field=Field.VENUE) for line in lines[:-1]]
            return [*venues, Line(text=lines[-1].text, field=Field.PLACE)], number + 1
    return [], 0


def classify(text: str) -> Field | None:
    """Return the field a line's own words tell; None for a venue and for whatever is unknown."""
    return next((kind for kind, fits in _TESTS if fits(text)), None)


def is_known_type(text: str) -> bool:
    """Return whether `text` is one of the Department's own names for types of document."""
    return text.casefold() in _KNOWN_TYPES


def _begins_like_a_type(text: str) -> bool:
    """Return whether a line starts as free-text types do; "Press Briefing Room" is a venue."""
    return _TYPE_STARTS.match(text) is not None and not text.endswith(("Room", "Area", "Center"))


def _names_with_roles(text: str) -> bool:
    return any(speaker.role for speaker in parse_speakers(text)[0])


_TESTS: tuple[tuple[Field, Callable[[str], object]], ...] = (
    (Field.DATE, parse_date),
    (Field.TYPE, is_known_type),
    (Field.OFFICE, is_office),
    (Field.PLACE, is_place),
    (Field.TYPE, _begins_like_a_type),
    (Field.SPEAKERS, _names_with_roles),
    (Field.NAME, is_name),
    (Field.ROLE, lambda text: is_role(text) and not text.endswith(".")),
)
