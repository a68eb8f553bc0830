"""What a statement of the replica says about itself: the facts the tests expect to be found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from replica.chronology import Slot
from replica.prose import COUNTRIES, TOPICS, Country, Topic

HOST = "2009-2017.state.gov"
SPOKESPERSON = "Office of the Spokesperson"
DRL = "Bureau of Democracy, Human Rights, and Labor"
SEED_TITLE = "Joint Statement on the U.S.-Mexico Bilateral High Level Dialogue on Human Rights"

Speaker = tuple[str, str | None]


class Section(StrEnum):
    """A part of the site with an index of its own; the value is the index's folder."""

    PRESS = "/r/pa/prs/ps"
    REMARKS = "/secretary/remarks"
    BRIEFINGS = "/r/pa/prs/dpb"
    RIGHTS = "/j/drl/rls"


class Kind(StrEnum):
    """How a body is built."""

    STATEMENT = "statement"
    NOTE = "note"
    JOINT = "joint"
    READOUT = "readout"
    NOTICE = "notice"
    FACTS = "facts"
    REMARKS = "remarks"
    AVAILABILITY = "availability"  # questions and answers beside a foreign minister
    BRIEFING = "briefing"
    SEED = "seed"


_TYPES = {
    Kind.STATEMENT: "Press Statement",
    Kind.NOTE: "Media Note",
    Kind.JOINT: "Media Note",  # a joint statement is a title, not a type
    Kind.READOUT: "Readout",
    Kind.NOTICE: "Notice to the Press",
    Kind.FACTS: "Fact Sheet",
    Kind.REMARKS: "Remarks",
    Kind.AVAILABILITY: "Remarks",
    Kind.BRIEFING: "Daily Press Briefing",
    Kind.SEED: "Media Note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement page; `date` is ISO, absent fields are None."""

    number: int
    item_id: int
    day: date
    section: Section
    kind: Kind
    path: str
    title: str
    office: str | None
    venue: str | None
    place: str | None
    speakers: tuple[Speaker, ...]
    topic: Topic
    country: Country

    @property
    def url(self) -> str:
        return f"http://{HOST}{self.path}"

    @property
    def document_type(self) -> str:
        return _TYPES[self.kind]

    @property
    def date(self) -> str:
        return self.day.isoformat()

    @property
    def long_date(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"


_PATTERN = (
    *[(Section.PRESS, Kind.STATEMENT)] * 3,
    *[(Section.PRESS, Kind.NOTE)] * 3,
    (Section.PRESS, Kind.JOINT),
    *[(Section.PRESS, Kind.READOUT)] * 2,
    (Section.PRESS, Kind.NOTICE),
    (Section.PRESS, Kind.FACTS),
    *[(Section.REMARKS, Kind.REMARKS)] * 3,
    (Section.REMARKS, Kind.AVAILABILITY),
    *[(Section.BRIEFINGS, Kind.BRIEFING)] * 3,
    (Section.RIGHTS, Kind.REMARKS),
    (Section.RIGHTS, Kind.NOTE),
)
_SPOKEN = {Kind.STATEMENT, Kind.REMARKS, Kind.AVAILABILITY, Kind.BRIEFING}
_PLACES = ("Washington, DC", "Washington, D.C.", "Washington DC", "Washington, DC")
_TITLES = {
    Kind.STATEMENT: (
        "On the Occasion of {country}\u2019s National Day",
        "Progress on {topic} in {country}",
        "Statement on {topic} \u2013 {country}",
    ),
    Kind.NOTE: (
        "U.S.-{people} {meeting} Concludes in {capital}",
        "United States and {country} Expand Work on {topic}",
        "Exhibition & Lectures on {topic} Open in {capital}",
    ),
    Kind.JOINT: ("Joint Statement on the U.S.-{people} {meeting}",),
    Kind.READOUT: (
        "Secretary {secretary}\u2019s Meeting With {people} Foreign Minister {minister}",
        "Secretary {secretary}\u2019s Call With {people} Foreign Minister {minister}",
    ),
    Kind.NOTICE: (
        "Secretary {secretary} to Host the U.S.-{people} {meeting}",
        "Assistant Secretary Bellweather Travels to {capital}, {country}",
    ),
    Kind.FACTS: ("U.S. Assistance to {country}: {topic}",),
    Kind.REMARKS: (
        "Remarks at the {meeting}",
        "Opening Remarks on {topic} in {country}",
    ),
    Kind.AVAILABILITY: ("Press Availability With {people} Foreign Minister {minister}",),
}


def secretary(day: date) -> str:
    """Return who was Secretary of State that day, in the replica's history."""
    return "Eleanor M. Whitcombe" if day < date(2013, 2, 1) else "Daniel R. Ashgrove"


def spokesperson(day: date) -> Speaker:
    """Return who gave the briefing that day."""
    if day.day % 5 == 0:
        return "Laura Penhallow", "Deputy Spokesperson"
    return "Nathan Corwin", "Spokesperson"


def statement_at(slot: Slot, *, seed: int, is_seed: bool) -> Statement:
    """Return the statement in this slot: always the same for the same numbers."""
    if is_seed:
        return _seed_statement(slot)
    section, kind = _PATTERN[slot.number * 7 % len(_PATTERN)]
    rng = Random(f"{seed}:{slot.number}:facts")
    topic, country = rng.choice(TOPICS), rng.choice(COUNTRIES)
    place, venue = _where(rng, kind, country)
    return Statement(
        number=slot.number,
        item_id=slot.item_id,
        day=slot.day,
        section=section,
        kind=kind,
        path=_path(section, slot),
        title=_title(rng, kind, slot, topic, country),
        office=_office(section, kind),
        venue=venue,
        place=place,
        speakers=_speakers(section, kind, slot.day, country),
        topic=topic,
        country=country,
    )


def _seed_statement(slot: Slot) -> Statement:
    return Statement(
        number=slot.number,
        item_id=slot.item_id,
        day=slot.day,
        section=Section.PRESS,
        kind=Kind.SEED,
        path=_path(Section.PRESS, slot),
        title=SEED_TITLE,
        office=SPOKESPERSON,
        venue=None,
        place="Washington, DC",
        speakers=(),
        topic=TOPICS[0],
        country=Country("Mexico", "Mexican", "Mexico City", ""),
    )


def _path(section: Section, slot: Slot) -> str:
    if section is Section.RIGHTS:
        return f"{section}/rm/{slot.day.year}/{slot.item_id}.htm"
    folder = str(section)
    if section is Section.REMARKS and slot.day < date(2013, 2, 1):
        folder = "/secretary/20092013whitcombe/rm"  # where remarks go when a Secretary leaves
    return f"{folder}/{slot.day:%Y/%m}/{slot.item_id}.htm"


def _title(rng: Random, kind: Kind, slot: Slot, topic: Topic, country: Country) -> str:
    if kind is Kind.BRIEFING:
        return f"Daily Press Briefing - {slot.day:%B} {slot.day.day}, {slot.day.year}"
    return rng.choice(_TITLES[kind]).format(
        country=country.name,
        people=country.people,
        capital=country.capital,
        minister=country.minister,
        topic=topic.name,
        meeting=topic.meeting,
        secretary=secretary(slot.day).rsplit(" ", 1)[1],
    )


def _office(section: Section, kind: Kind) -> str | None:
    if section is Section.RIGHTS:
        return DRL
    return None if kind in _SPOKEN else SPOKESPERSON


def _where(rng: Random, kind: Kind, country: Country) -> tuple[str | None, str | None]:
    """Return place and venue."""
    if kind is Kind.AVAILABILITY:
        return f"{country.capital}, {country.name}", "Ministry of Foreign Affairs"
    if kind is Kind.REMARKS:
        return rng.choice(_PLACES), rng.choice((None, "Treaty Room", "Benjamin Franklin Room"))
    if rng.random() < 0.08:
        return None, None
    return rng.choice(_PLACES), None


def _speakers(section: Section, kind: Kind, day: date, country: Country) -> tuple[Speaker, ...]:
    if kind is Kind.BRIEFING:
        return (spokesperson(day),)
    if kind not in _SPOKEN:
        return ()
    if section is Section.RIGHTS:
        return (("Thomas Bellweather", "Assistant Secretary"),)
    speaker = (secretary(day), "Secretary of State")
    if kind is Kind.AVAILABILITY:
        return speaker, (country.minister, f"{country.people} Foreign Minister")
    return (speaker,)
