"""Read who speaks, in which role, from the author lines of headers."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person as named on the page; `role` is None where the page gives none."""

    name: str
    role: str | None = None


_ROLE_WORDS = (
    "Secretary|Secretaries|Spokesperson|Spokesman|Spokeswoman|Director|Ambassador|Advis[eo]r"
    "|Counsell?or|Administrator|Envoy|Coordinator|Officer|Chief|Minister|President|Chair"
    "|Representative|Officials?|Chairman|Chairwoman|Commissioner|Commander|General|Admiral"
    "|Inspector|Negotiator|Attach[eé]|Attorney|Legal|Consul|Charg[eé]|Principal|Senior|Deputy"
    "|Acting|Special|Under|Assistant|Head|Manager|Senator|Governor|Mayor|Chancellor|Delegate"
    "|Delegation|Liaison|Fellow|Professor|Analyst|Expert|Specialist|Historian|Dean|Executive"
    "|Staff|Bureau|Office"
)
_ROLE = re.compile(rf"\b(?:{_ROLE_WORDS})\b")
_CAPITALISED = r"[A-Z\u00c0-\u00de\u0100-\u024f][\w\u2019'\-]*\.?"
_PARTICLE = r"(?:de|del|der|van|von|bin|al|el|la|da|dos)\b"
_QUOTED = r"[\u201c\"(]\w+[\u201d\")]"
_TITLE = r"(?:Dr|Mr|Mrs|Ms|Gen|Lt|Col|Adm|Amb|Sen|Rep|Hon|The Honorable)\.?"
_NAME = re.compile(
    rf"(?:{_TITLE}\s+)?{_CAPITALISED}(?:\s+(?:{_CAPITALISED}|{_PARTICLE}|{_QUOTED})){{1,4}}"
    r"(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?"
)
_SITE = re.compile(
    r"^The\b|\b(?:Room|Building|Hall|Lobby|Auditorium|Palace|Ministry|Hotel|Headquarters|Cent(?:er|re)"
    r"|Theat(?:er|re)|Airport|Residence|Library|Ballroom|House|University|Club|Institute|School"
    r"|College|Museum|Base|Forum|Street|Avenue|Garden|Park|Square|Church|Presidency|Plaza|Court"
    r"|Mansion|Villa|Castle|Tower|Terminal|Chamber|Studio|Committee|Council|Association|Statement)$"
)
_ANONYMOUS = re.compile(
    r"\[[^\]]*\]|(?:A\s+)?Senior (?:State Department|Administration|U\.S\.)[^,;]*Officials?"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|USN|USA|USAF|USMC)\.?")
_CONTINUES = re.compile(r"(?:and|&|for|of|to|on|the)\b")
_GLUED = re.compile(
    r"(?<=[a-z)])(?=(?:Bureau|Office|Embassy|U\.S\. (?:Mission|Embassy)) (?:of|for|to|in)\b)"
)
_ROLE_FIRST = re.compile(
    rf"(?P<role>(?:.*\b)?(?:{_ROLE_WORDS})(?: (?:of|for|to) [A-Z]\w+)?) (?P<name>.+)"
)
_LEADS_A_LIST = re.compile(r"\b(?:for|of)\b")
_TOPIC = re.compile(
    r"\b(?:Rights|Labor|Affairs|Security|Energy|Environment(?:al)?|Science|Scientific|Refugees"
    r"|Migration|Trade|Health|Policy|Law|Enforcement|Technology|Economic|Business|Human|Democracy"
    r"|Population|Oceans|Verification|Compliance|Nonproliferation|International|Public|Growth"
    r"|Global|Cultural|Educational|Central|South|East)\b"
)
_OFFICE = re.compile(
    r"(?:Acting\s+)?(?:Bureaus?|Offices?|Embassy|Consulate|Directorate|Secretariat"
    r"|U\.S\. (?:Mission|Embassy|Consulate|Agency|Delegation)|Permanent Mission"
    r"|Foreign Press Centers?|Department of|Mission to)\b"
)
MAX_LINE = 300


def is_office(text: str) -> bool:
    """Return whether `text` names an office or bureau: "Office of the Spokesperson"."""
    return _OFFICE.match(text) is not None


def is_role(text: str) -> bool:
    """Return whether `text` has a word that only roles have."""
    return _ROLE.search(text) is not None


def is_name(text: str) -> bool:
    """Return whether `text` reads as the name of one person, or as "[Senior … Official]"."""
    if len(text) > MAX_LINE:
        return False
    if _ANONYMOUS.fullmatch(text):
        return True
    return _NAME.fullmatch(text) is not None and not is_role(text) and not _SITE.search(text)


def unglue(text: str) -> list[str]:
    """Return "Acting Assistant SecretaryBureau of X" as its two parts; one part otherwise."""
    return [part.strip(" ,;") for part in _GLUED.split(text) if part.strip(" ,;")]


def parse_speakers(line: str) -> tuple[list[Speaker], str | None]:
    """Return the speakers of one author line, in order, and the office it ends with.

    Takes "A, role, B, role", "A and B", the role first ("Secretary of State A"), glued parts and
    anonymous officials. No speakers where the line names none.
    """
    if len(line) > MAX_LINE:
        return [], None
    parts = [part for glued in unglue(line) for part in _segments(glued)]
    office = parts.pop() if parts and is_office(parts[-1]) else None
    speakers: list[Speaker] = []
    for part in parts:
        _add(speakers, part)
    return speakers, office


def _segments(text: str) -> list[str]:
    """Split at commas and semicolons, but not within a list that a role or an office carries on."""
    segments: list[str] = []
    for piece in re.split(r"\s*[,;]\s*", text.strip()):
        if segments and (_SUFFIX.fullmatch(piece) or _carries_on(segments[-1], piece)):
            segments[-1] = f"{segments[-1]}, {piece}"
        elif piece:
            segments.extend(_two_names(piece))
    return segments


def _two_names(piece: str) -> list[str]:
    """Return "John Kerry and Sergei Lavrov" as two names."""
    names = piece.split(" and ")
    return names if len(names) > 1 and all(map(is_name, names)) else [piece]


def _carries_on(last: str, piece: str) -> bool:
    """Return whether `piece` belongs to the list in `last`: "… for Democracy, Human Rights"."""
    if _CONTINUES.match(piece):
        return True
    leads = _LEADS_A_LIST.search(last) and (is_role(last) or is_office(last))
    return bool(leads) and not is_role(piece) and _TOPIC.search(piece) is not None


def _add(speakers: list[Speaker], part: str) -> None:
    """Take `part` as one more name, or as the role of the last."""
    first = _ROLE_FIRST.fullmatch(part)
    if is_name(part):
        speakers.append(Speaker(name=part.strip("[]")))
    elif first and is_name(first["name"]) and (not speakers or speakers[-1].role):
        speakers.append(Speaker(name=first["name"], role=first["role"]))
    elif speakers:
        last = speakers[-1]
        speakers[-1] = Speaker(name=last.name, role=f"{last.role}, {part}" if last.role else part)
