"""What an outcome means to a reader: where a link stands, in words beside every code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a link stands for people who read a report; the order is that of the report."""

    BROKEN = "broken"
    UNSEEN = "could-not-look"  # neither broken nor fine
    MOVED = "moved"
    WORKS = "works"
    NOT_ASKED = "not-asked"
    SET_ASIDE = "set-aside"  # by a reviewer: in no share, whatever the program thinks


STANDING_WORDS = {
    Standing.BROKEN: "Broken",
    Standing.UNSEEN: "Could not look",
    Standing.MOVED: "Moved",
    Standing.WORKS: "Working",
    Standing.NOT_ASKED: "Not asked",
    Standing.SET_ASIDE: "Set aside by a reviewer",
}
# What is broken, in parts: by its state over time.
CONFIRMED = "of these confirmed dead"
FIRST_SIGHT = "of these on first sight"


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """An outcome in plain words, and the standing it gives a link."""

    label: str
    standing: Standing
    meaning: str


# The keys are the values of `pipelines.verdicts.verdict.Outcome`.
OUTCOMES = {
    "gone": OutcomeWords(
        "Gone",
        Standing.BROKEN,
        "The server says there is no such page, or there is no longer a host of that name.",
    ),
    "soft-gone": OutcomeWords(
        "Gone, says OK",
        Standing.BROKEN,
        "The server reports success, yet the text or the address it leads to says the page is "
        "not there.",
    ),
    "parked": OutcomeWords(
        "Parked",
        Standing.BROKEN,
        "The name has been taken over by a parking service or is offered for sale.",
    ),
    "tls": OutcomeWords(
        "Certificate fault",
        Standing.BROKEN,
        "No secure connection: the certificate is expired, self-signed or made for another host.",
    ),
    "transient": OutcomeWords(
        "Failing",
        Standing.BROKEN,
        "No usable answer: a timeout, a refused or cut connection, or an error of the server. "
        "It may come back.",
    ),
    "blocked": OutcomeWords(
        "Could not look",
        Standing.UNSEEN,
        "The site would not show the page to this program. People may well see it.",
    ),
    "unsure": OutcomeWords(
        "Not certain",
        Standing.UNSEEN,
        "There are signs that the page is not there, or not safe to open, but they may mean "
        "little. People see more.",
    ),
    "moved": OutcomeWords(
        "Moved", Standing.MOVED, "Redirected for good to another address, which works."
    ),
    "ok": OutcomeWords("Works", Standing.WORKS, "The page answers."),
    "unsupported": OutcomeWords(
        "Not a web link",
        Standing.NOT_ASKED,
        "A mail address, a telephone number, a script or a malformed address: nothing was asked.",
    ),
    "excluded": OutcomeWords(
        "Left out",
        Standing.NOT_ASKED,
        "Left out by a rule, or an address that must not be asked: nothing was sent.",
    ),
}


def standing(outcome: str) -> Standing:
    """Return where a link of `outcome` stands; raise ValueError for a code nobody explains."""
    words = OUTCOMES.get(outcome)
    if words is None:
        raise ValueError(f"an outcome without words: {outcome!r}")
    return words.standing


def is_broken(outcome: str) -> bool:
    """Return whether `outcome` counts as broken on first sight."""
    return standing(outcome) is Standing.BROKEN
