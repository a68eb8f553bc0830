"""The evidence of a check as the pages show it: its requests, their headers, their records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop, Via
from pipelines.link_state import LinkState
from pipelines.store import Check
from reports.review.finding import CheckShown, HopShown
from reports.standing import OUTCOMES
from reports.state_words import STATE_WORDS
from warc.cdxj import CdxjIndex, timestamp
from warc.damage import DamagedError
from warc.locator import Locator
from warc.random_access import capture_at
from warc.replay.choice import Address, View, href, record_href
from warc.replay.display import Showing, showing, status_words

MOST_HEADERS = 100
_VIA = {
    Via.REDIRECT: "sent on to",
    Via.REFRESH: "the page sends its reader on to",
    Via.SCRIPT: "a script on the page sends its reader on to",
}


@dataclass(frozen=True, kw_only=True)
class Evidences:
    """Where the records of one collection lie and open: `replay_base` has no slash at its end.

    `words` has those of the codes that say why there was no answer.
    """

    archive: Path
    indexes: Path
    replay_base: str
    words: Mapping[str, str]

    @cached_property
    def index(self) -> CdxjIndex:
        """Return the captures by address."""
        return CdxjIndex(self.indexes)

    def place(self, at: Locator | None) -> tuple[str, str | None]:
        """Return where a record lies in words, and the address that opens it."""
        if at is None:
            return "", None
        return f"{at.file}, byte {at.offset:,}", self.replay_base + record_href(at)

    def capture(self, began: datetime, url: str, view: View = View.FRAME) -> str:
        """Return the address at which the replay shows an answer."""
        address = Address(timestamp=timestamp(began.astimezone(UTC)), view=view, url=url)
        return self.replay_base + href(address)

    def answer(self, evidence: Evidence) -> Hop | None:
        """Return the last request that was answered."""
        return next((hop for hop in reversed(evidence.hops) if hop.response), None)

    def answer_href(self, evidence: Evidence) -> str | None:
        """Return the address of the last answer, with its dates around it."""
        hop = self.answer(evidence)
        return self.capture(hop.began, hop.url) if hop else None

    def framed(self, hop: Hop) -> str:
        """Return the address of an answer alone, for a frame."""
        return self.capture(hop.began, hop.url, View.PAGE)

    def hops(self, hops: tuple[Hop, ...]) -> tuple[HopShown, ...]:
        """Return requests in their order, with the headers of their answers."""
        return tuple(self.hop(hop, number) for number, hop in enumerate(hops, 1))

    def hop(self, hop: Hop, number: int = 1) -> HopShown:
        """Return one request."""
        place, opens = self.place(hop.response or hop.metadata)
        headers, fault = self._headers(hop)
        return HopShown(
            number=number,
            method=hop.method,
            url=hop.url,
            answered=self._answered(hop),
            began=hop.began,
            seconds=hop.elapsed,
            address=hop.address,
            headers=headers,
            headers_fault=fault,
            record_place=place,
            record_href=opens,
            answer_href=self.capture(hop.began, hop.url) if hop.response else None,
            led=_VIA[hop.via] if hop.via and hop.next_url else "",
            next_url=hop.next_url,
        )

    def _answered(self, hop: Hop) -> str:
        if hop.failure is None:
            return status_words(hop.status) or "an answer that is not HTTP"
        said = f" ({hop.detail})" if hop.detail else ""
        return f"no answer: {self.words.get(hop.failure, hop.failure)}{said}"

    def _headers(self, hop: Hop) -> tuple[tuple[tuple[str, str], ...], str]:
        if hop.response is None:
            return (), ""
        try:
            head = capture_at(self.archive, hop.response).headers
        except (OSError, DamagedError) as error:
            return (), f"its record cannot be read: {error}"
        read = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in head.headers]
        return tuple(read[:MOST_HEADERS]), ""

    def checks(
        self, checks: tuple[Check, ...], course: Mapping[datetime, LinkState]
    ) -> Iterator[CheckShown]:
        """Yield checks in their order, each with the state that it led to where it is another."""
        before = LinkState()
        for check in checks:
            state = course.get(check.checked, before)
            yield self._check(check, "" if state.state is before.state else state)
            before = state

    def _check(self, check: Check, entered: LinkState | str) -> CheckShown:
        verdict, evidence = check.verdict, check.evidence
        place, opens = self.place(_proof(evidence))
        return CheckShown(
            checked=check.checked,
            standing=OUTCOMES[verdict.outcome].standing,
            sentence=verdict.sentence,
            outcome=verdict.outcome.value,
            reason=verdict.reason,
            confidence=verdict.confidence,
            entered=STATE_WORDS[entered.state] if isinstance(entered, LinkState) else "",
            void=check.why_void if check.void else "",
            record_place=place,
            record_href=opens,
            answer_href=self.answer_href(evidence),
        )


def frames(hop: Hop) -> bool:
    """Return whether a browser shows this answer in a sandboxed frame, which has no viewers."""
    return showing(hop.content_type) is Showing.SANDBOXED


def _proof(evidence: Evidence) -> Locator | None:
    if evidence.incident is not None:
        return next(iter(evidence.incident.locators), None)
    last = evidence.last
    return (last.response or last.metadata) if last else None
