"""Read who speaks, in which role, from the author lines of headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    "|Delegation|Liaison|Fellow|Professor|Analyst|Expert|Specialist|Historian|Executive|Moderator"
    "|Economist|Congress(?:wo)?man|Staff|Bureau|Office|(?:Dean|King|Queen|Prince|Emir|Member) of"
)
_ROLE = re.compile(rf"\b(?:{_ROLE_WORDS})\b(?!['\u2019]s\b)")
_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-Z\u00c0-\u00de\u0100-\u024f][\w\u2019'\-]*\.?)"
_PARTICLE = (
    r"(?:(?:de|del|der|van|von|bin|ibn|bint|al|el|ul|la|le|da|das|do|dos|di|du|ten|ter)\b"
    r"|(?:al|el|ul|as|ash|bin)-[A-Z][\w'\u2019]*)"
)
_QUOTED = r"[\u201c\"(]\w+[\u201d\")]"
_TITLE = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Gen|Lt|Col|Adm|Amb|Sen|Rep|Gov|Hon|Maj|Brig|Capt|Sgt|H\. ?E|The Honorable"
    r"|His Excellency|Her Excellency)\.?|Ambassador(?:[- ][Aa]t[- ][Ll]arge)?|Senator|Governor"
    r"|Congress(?:wo)?man|Representative|Admiral|General|Major|Colonel|Captain|Commander"
    r"|Lieutenant|Brigadier|Rear|Vice)"
)
_TITLES = re.compile(rf"(?:{_TITLE}\s+){{1,3}}")
_NAME = re.compile(
    rf"(?:{_TITLE}\s+){{0,3}}{_CAPITALISED}(?:\s+(?:{_CAPITALISED}|{_PARTICLE}|{_QUOTED})){{1,4}}"
    r"(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?"
)
_SITE = re.compile(
    r"^The\b|\b(?:Room|Building|Hall|Lobby|Auditorium|Palace|Ministry|Hotel|Headquarters|Cent(?:er|re)"
    r"|Theat(?:er|re)|Airport|Residence|Library|Ballroom|House|University|Club|Institute|School"
    r"|College|Museum|Base|Forum|Street|Avenue|Garden|Park|Square|Church|Presidency|Plaza|Court"
    r"|Mansion|Villa|Castle|Tower|Terminal|Chamber|Studio|Committee|Council|Association|Statement"
    r"|Group|Agency|Command|Administration|Corporation|Bank|Fund|Foundation|Organi[sz]ation|Union"
    r"|Commission|Delegation|Department|Division|Initiative|Program|Government|Nations|Capitol)$"
)
_ANONYMOUS = re.compile(
    r"\[[^\]]*\]|(?:A\s+)?Senior (?:State Department|Administration|U\.S\.)[^,;]*Officials?"
    r"(?: (?:One|Two|Three|Four|\d))?"
)
_AND = re.compile(r"^[Aa]nd\s+(?=[A-Z])|,?\s+and$")
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
# Words that end what somebody is secretary, envoy or director of, and no one's first name.
_ENDS_ROLE = re.compile(
    r"\b(?:Affairs|Environment|Security|Rights|Labor|Freedom|Justice|Issues|Resources|Response|Policy"
    r"|Operations|Programs|Diplomacy|Services|Relations|Reconciliation|Negotiations|Coordination"
    r"|Migration|Nonproliferation|Terrorism|Counterterrorism|Verification|Compliance|Treasury"
    r"|Defense|Commerce|Agriculture|Education|Energy|Health|State|Staff|Nations|Union|Persons"
    r"|Change|Growth|Peace|Planning|Management|Enforcement|Technology|Trade|[A-Z]{3,})(?= )"
)
_OFFICE = re.compile(
    r"(?:Acting\s+|(?:[A-Z][\w.'\u2019]* ){0,2})(?:Bureaus?|Offices?) (?:of|for|to)\b"
    r"|Bureaus?\b|Offices?\b|Embassy|Consulate|Directorate|Secretariat"
    r"|(?:U\.S\.|United States) (?:Mission|Embassy|Consulate|Agency|Delegation)|Permanent Mission"
    r"|(?:[A-Z]\w+ ){0,2}Foreign Press Centers?|Global Engagement Center|Department of|Mission to"
    r"|(?:The )?President['\u2019]s Emergency Plan\b"
)
_RELEASED = re.compile(r"(?i)(?:as )?(?:released|issued|prepared|published) by (?:the )?")
_BUREAU = re.compile(r"(?:Acting\s+)?(?:Bureaus?|Offices?)\b")
_MISSION = re.compile(
    r"(?:(?:The )?(?:U\.S\.|United States|American) )?(?:Embassy|Consulate|Mission(?! to))\b"
    r"|(?:U\.S\. )?Department of\b"
)
# Capitalised words with small ones between: what has more is a sentence.
_TITLE_CASE = re.compile(
    r"[A-Z]\S*(?:\s+(?:[A-Z\d&(\u00c0-\u024f/\u2013-][^\s]*|of|for|to|the|and|in|on|at|against|with|by"
    r"|from|de|la))*"
)
MAX_LINE = 400


def is_office(text: str) -> bool:
    """Return whether `text` names an office or bureau: "Office of the Spokesperson"."""
    text = without_release(text)
    return _OFFICE.match(text) is not None and _TITLE_CASE.fullmatch(text) is not None


def is_bureau(text: str) -> bool:
    """Return whether `text` names a bureau or office of a department, no embassy or agency."""
    return _BUREAU.match(text) is not None


def without_release(text: str) -> str:
    """Return an office's line without the "Released by the" before its name."""
    return _RELEASED.sub("", text) if text[:1] in "ARIPri" else text


def is_mission(text: str) -> bool:
    """Return whether an office is a building too, in which things are said: "U.S. Embassy Kyiv"."""
    return _MISSION.match(text) is not None


def is_role(text: str) -> bool:
    """Return whether `text` has a word that only roles have."""
    return _ROLE.search(text) is not None


def is_name(text: str) -> bool:
    """Return whether `text` reads as the name of one person, or as "[Senior … Official]"."""
    if len(text) > MAX_LINE:
        return False
    if _ANONYMOUS.fullmatch(text):
        return True
    titles = _TITLES.match(text)
    bare = text[titles.end() :] if titles else text
    return _NAME.fullmatch(text) is not None and not is_role(bare) and not _SITE.search(text)


def is_organisation(text: str) -> bool:
    """Return whether a byline names no person: "Global Engagement Center", a role alone."""
    head = text.partition(",")[0]
    return not is_name(head) and bool(is_role(head) or _SITE.search(head))


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
    line = _AND.sub("", line)
    parts = [part for glued in unglue(line) for part in _segments(glued)]
    is_last = bool(parts) and (is_bureau(parts[-1]) or (len(parts) == 1 and is_office(line)))
    office = parts.pop() if is_last else None
    speakers: list[Speaker] = []
    for part in parts:
        _add(speakers, part)
    return speakers, office


def _segments(text: str) -> list[str]:
    """Split at commas and semicolons, but not within a list that a role or an office carries on."""
    segments: list[str] = []
    pieces = re.split(r"\s*[,;]\s*", text.strip())
    for piece in _with_names_apart(pieces):
        if segments and (_SUFFIX.fullmatch(piece) or _carries_on(segments[-1], piece)):
            segments[-1] = f"{segments[-1]}, {piece}"
        elif piece:
            segments.extend(_two_names(piece))
    return segments


def _with_names_apart(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces, "Secretary of State and Ash Carter" as two where his role follows."""
    for written, following in zip(pieces, [*pieces[1:], ""], strict=True):
        piece = written
        if written.startswith("and ") and _begins_anew(written[4:], following):
            piece = written[4:]
        role, _, name = piece.rpartition(" and ")
        if is_role(role) and is_role(following) and _is_named_last(name):
            yield from (role, name)
        else:
            yield piece


def _begins_anew(piece: str, following: str) -> bool:
    """Return whether "and" before `piece` adds a person, no more of the role before."""
    return _named_last(piece) is not None or (_is_named_last(piece) and is_role(following))


def _two_names(piece: str) -> list[str]:
    """Return "John Kerry and Sergei Lavrov" as two names, each with the role before it if any."""
    names = piece.split(" and ")
    if len(names) > 1 and all(map(is_name, names)):
        return names
    before, _, last = piece.rpartition(" and ")
    return [before, last] if before and _named_last(before) and _named_last(last) else [piece]


def _carries_on(last: str, piece: str) -> bool:
    """Return whether `piece` belongs to the list in `last`: "… for Democracy, Human Rights"."""
    if _CONTINUES.match(piece):
        return True
    leads = _LEADS_A_LIST.search(last) and (is_role(last) or is_office(last))
    return bool(leads) and not is_role(piece) and _TOPIC.search(piece) is not None


def _add(speakers: list[Speaker], part: str) -> None:
    """Take `part` as one more name, or as the role of the last."""
    if is_name(part):
        speakers.append(Speaker(name=part.strip("[]")))
    elif (not speakers or speakers[-1].role) and (named := _named_last(part)):
        speakers.append(named)
    elif speakers:
        last = speakers[-1]
        speakers[-1] = Speaker(name=last.name, role=f"{last.role}, {part}" if last.role else part)


def _named_last(part: str) -> Speaker | None:
    """Return who is named behind a role: "Under Secretary for Political Affairs Jane Doe"."""
    first = _ROLE_FIRST.fullmatch(part)
    if first and _is_named_last(first["name"]):
        return Speaker(name=first["name"], role=first["role"])
    for found in _ENDS_ROLE.finditer(part):
        role, name = part[: found.end()], part[found.end() + 1 :]
        if _is_named_last(name) and is_role(role):
            return Speaker(name=name, role=role)
    return None


def _is_named_last(text: str) -> bool:
    """Return whether what follows a role is a name; "Adviser for Disability Rights" has none."""
    return is_name(text) and not (_TOPIC.search(text) or _ENDS_ROLE.match(text))
