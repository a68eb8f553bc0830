"""Tell what an unnamed line of a header is by its own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pipelines.sites.template import Field
from pipelines.statements.dates import parse_date
from pipelines.statements.places import is_place
from pipelines.statements.speakers import (
    MAX_LINE,
    is_name,
    is_office,
    is_role,
    parse_speakers,
)

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
    ; travel advisory; travel warning; travel alert; joint press statement; daily appointments
    ; video message; reward offer; conference call; intervention; readouts; remarks and q&a
    """.replace("\n", " ").split(";")
)
_TYPE_STARTS = re.compile(
    r"(?i)(?:Video |Joint |Opening |Closing |Prepared |Welcoming |Dinner |Keynote )?"
    r"(?:Remarks|Interview|Press (?:Statement|Briefing|Conference|Availability|Release|Roundtable)"
    r"|Daily Press Briefing|Briefing|Testimony|Statement (?:by|to|before|for)|Fact Sheet|Readout"
    r"|Question Taken|Taken Question|On-the-Record|Background Briefing|Special Briefing"
    r"|Media (?:Note|Availability|Roundtable)|Address|Speech|Op-Ed|Toasts?|Town Hall"
    r"|(?:Background )?Conference Call|Telephone Interview|Eulogy|Commencement)\b"
)
# "Telephonic Press Briefing", "Chairman's Statement": one to five words, the last a kind of text.
_TYPE_ENDS = re.compile(
    r"(?:[A-Z][\w.'\u2019\-]* ){1,4}"
    r"(?:Statements?|Briefings?|Remarks|Notes?|Readout|Advisory|Warning|Alert|Announcement|Message"
    r"|Column|Post|Communiqu[e\u00e9]|Calls?|Interview|Release|Schedule|Fact ?sheet|Sheet|Testimony"
    r"|Speech|Address|Paper|Update|Commentary|Memorandum|Response|Letter|Offer|Article|Op-Ed|Availability|Teleconference|Questions|Guidance|Notice"
    r"|Roundtable|Toasts?|Transcript|Declaration|Biography|Travel)"
)
_ROOMS_OF = ("Residence", "Room", "Hotel", "Building", "Auditorium", "Palace", "Hall", "Lobby")
_ROOMS = ("Room", "Area", "Center")
_PRN = re.compile(r"(?i)(?:PRN|No\.?|Number)?:? ?(?:19|20)\d\d/\d{1,5}")
_VENUE = re.compile(
    r"(?:[\w.,'\u2019&\-]+ ){0,8}(?:Room|Building|Hall|Lobby|Auditorium|Palace|Ministry|Embassy"
    r"|Hotel|Headquarters|Center|Centre|Theat(?:er|re)|Airport|Residence|Library|Ballroom|House"
    r"|University|Department|Club|Institute|Church|School|College|Museum|Base|Forum)"
    r"(?:,? Room [\w\-]+)?"
)


@lru_cache(maxsize=1024)  # a line is asked about where it may end the header, and where it is read
def classify(text: str) -> Field | None:
    """Return the field a line's own words tell; None for a venue and for whatever is unknown."""
    if len(text) > MAX_LINE:
        return None
    return next((kind for kind, fits in _TESTS if fits(text)), None)


def is_known_type(text: str) -> bool:
    """Return whether `text` is one of the Department's own names for types of document."""
    return text.casefold() in _KNOWN_TYPES


def is_like_a_type(text: str) -> bool:
    """Return whether `text` is a known type or worded as types are."""
    return is_known_type(text) or _begins_like_a_type(text) or _ends_like_a_type(text)


def is_venue(text: str) -> bool:
    """Return whether a line ends in a word for rooms and buildings."""
    return _VENUE.fullmatch(text) is not None


def _ends_like_a_type(text: str) -> bool:
    return _TYPE_ENDS.fullmatch(text) is not None


def _begins_like_a_type(text: str) -> bool:
    """Return whether a line starts as free-text types do; "Press Briefing Room" is a venue."""
    return _TYPE_STARTS.match(text) is not None and not text.endswith(_ROOMS)


def _is_role_alone(text: str) -> bool:
    """Return whether a line is a role; "Dean Acheson Auditorium" is a venue."""
    is_room = is_venue(text) and (" of " not in text or text.endswith(_ROOMS_OF))
    return is_role(text) and not is_room and not text.endswith(".")


def _names_with_roles(text: str) -> bool:
    return any(is_role(speaker.role or "") for speaker in parse_speakers(text)[0])


_TESTS: tuple[tuple[Field, Callable[[str], object]], ...] = (
    (Field.DATE, parse_date),
    (Field.PRN, _PRN.fullmatch),
    (Field.TYPE, is_known_type),
    (Field.PLACE, is_place),
    (Field.TYPE, _ends_like_a_type),
    (Field.OFFICE, is_office),
    (Field.TYPE, _begins_like_a_type),
    (Field.SPEAKERS, _names_with_roles),
    (Field.NAME, is_name),
    (Field.ROLE, _is_role_alone),
)
