"""A link's story as a page for a terminal: where it stands, why, and what proves it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from muniment.printable import printable
from muniment.words import WORDS
from pipelines.checks.evidence import Evidence, Incident
from pipelines.checks.hop import Hop, Via
from pipelines.decisions.model import Decision
from pipelines.link_state import Event, LinkState, State
from pipelines.store import Check, Citation, LinkHistory
from reports.decision_words import decision_words
from reports.standing import OUTCOMES, STANDING_WORDS, Standing
from warc.cdxj import timestamp
from warc.locator import Locator

WIDTH = 80
MOST_CHECKS = 20
MOST_CITATIONS = 20
_VIA = {
    Via.REDIRECT: "sent on to",
    Via.REFRESH: "the page sends its reader on to",
    Via.SCRIPT: "a script on the page sends its reader on to",
}
_FOR_PEOPLE = {
    State.NEW: "new",
    State.DEAD_GONE: "dead: gone",
    State.DEAD_SOFT: "dead: gone, though the server says OK",
    State.DEAD_UNREACHABLE: "dead: out of reach",
    State.BLOCKED: "blocked: could not look",
}
_WALLED = "The site turned us away before, so that this is no proof."
_EVENTS = {
    Event.RECOVERED: ", it works again",
    Event.RESURRECTED: ", back from the dead",
    Event.RESTORED: ", the earlier page is back",
    Event.UNBLOCKED: ", not turned away any more",
    Event.MOVED_BACK: ", not redirected there any more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStory:
    """What there is to tell of a link; `replay_base` ends with a slash.

    `course` has the state that each check led to, by the check's date; `rule` is the one that the
    present state stands under. `decisions` are all of reviewers on the link, the oldest first.
    """

    history: LinkHistory
    state: LinkState
    course: Mapping[datetime, LinkState]
    rule: str
    replay_base: str
    collection: str
    decisions: tuple[Decision, ...] = ()

    @property
    def last(self) -> Check | None:
        """Return the last check; None where there was none yet."""
        return self.history.checks[-1] if self.history.checks else None

    def replay_of(self, evidence: Evidence) -> str | None:
        """Return the address of the last captured answer; None where nothing was answered."""
        for hop in reversed(evidence.hops):
            if hop.response is not None:
                return self.capture(hop)
        return None

    def capture(self, hop: Hop) -> str:
        """Return the address at which the replay shows an answer."""
        return f"{self.replay_base}{timestamp(hop.began)}/{hop.url}"

    def record(self, at: Locator) -> str:
        """Return the address at which the replay shows a record as it lies in its file."""
        return f"{self.replay_base}record/{quote(at.file)}/{at.offset}"


def tell(story: LinkStory, width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of the page; addresses and file names are never broken."""
    yield printable(story.history.url)
    yield ""
    yield from _verdict(story, width)
    yield from _standing(story, width)
    yield from _decisions(story.decisions, width)
    if story.last is not None:
        yield from _checks(story, width)
        yield from _way(story, story.last.evidence, width)
    yield from _citations(story.history.citations, width)
    yield from _seeing(story)


def _verdict(story: LinkStory, width: int) -> Iterator[str]:
    last = story.last
    if last is None:
        yield from _text("This link was not asked yet; `muniment check` asks it.", "  ", width)
        return
    verdict = last.verdict
    stood = OUTCOMES[verdict.outcome].standing
    is_walled = story.state.state is State.BLOCKED and stood is Standing.BROKEN
    head = STANDING_WORDS[Standing.UNSEEN if is_walled else stood].upper()
    yield from _text(f"{head}: {printable(verdict.sentence)}", "  ", width)
    about = (
        f"Verdict: {_code(verdict.outcome, verdict.reason)}, confidence {verdict.confidence}, "
        f"by the rules {verdict.rules_version}."
    )
    yield from _text(about, "  ", width)
    yield from _text(f"Last checked {_time(last.checked)}.", "  ", width)
    if last.void:
        yield from _text(f"This check proves nothing: {printable(last.why_void)}.", "  ", width)
    elif is_walled:
        yield from _text(_WALLED, "  ", width)


def _standing(story: LinkStory, width: int) -> Iterator[str]:
    state = story.state
    yield from _heading("Where it stands")
    words = _words(state.state)
    since = f", since {state.since:%Y-%m-%d}" if state.since else ""
    yield from _text(f"{words.capitalize()}{since}.", "  ", width)
    yield from _text(printable(state.why), "  ", width)
    yield from _text(f"Rule: {story.rule}", "  ", width)
    if state.failures:
        first = f", the first on {state.first_failed:%Y-%m-%d}" if state.first_failed else ""
        yield from _text(f"Failing checks in a row: {state.failures}{first}.", "  ", width)
    if state.next_due is not None:
        yield from _text(f"Due to be asked again on {state.next_due:%Y-%m-%d}.", "  ", width)


def _decisions(decisions: Sequence[Decision], width: int) -> Iterator[str]:
    if decisions:
        yield from _heading("What reviewers decided")
    for one in decisions:
        yield from _text(printable(decision_words(one)), "  ", width)


def _checks(story: LinkStory, width: int) -> Iterator[str]:
    checks = story.history.checks
    yield from _heading(f"History: {_counted(len(checks), 'check')}")
    if len(checks) > MOST_CHECKS:
        left_out = len(checks) - MOST_CHECKS
        yield from _text(f"({left_out} earlier ones are left out; --json has all)", "  ", width)
    before = LinkState()
    for number, check in enumerate(checks):
        state = story.course.get(check.checked, before)
        if number >= len(checks) - MOST_CHECKS:
            yield from _check(check, _entered(before, state), width)
        before = state


def _entered(before: LinkState, state: LinkState) -> str:
    """Return the state that a check led to, and by what event; "" where it is as before."""
    if state.state is before.state:
        return ""
    return f"→ {_words(state.state)}{_EVENTS.get(state.event, '')}"


def _check(check: Check, entered: str, width: int) -> Iterator[str]:
    """Yield what a check said, the state it led to where that is another, and its proof."""
    words = STANDING_WORDS[OUTCOMES[check.verdict.outcome].standing]
    start = f"  {check.checked.astimezone(UTC):%Y-%m-%d %H:%M}  "
    yield from _text(f"{words}: {printable(check.verdict.sentence)}", start, width)
    margin = " " * len(start)
    if check.void:
        yield from _text(f"This proves nothing: {printable(check.why_void)}.", margin, width)
    if entered:
        yield from _text(entered, margin, width)
    proof = _proof(check.evidence)
    if proof is not None:
        yield f"{margin}proof: {proof.file}, byte {proof.offset}"


def _proof(evidence: Evidence) -> Locator | None:
    """Return the record of the answer that a check ended with, or of why there was none."""
    if evidence.incident is not None:
        return next(iter(evidence.incident.locators), None)
    last = evidence.last
    return (last.response or last.metadata) if last else None


def _words(state: State) -> str:
    return _FOR_PEOPLE.get(state, state.value)


def _way(story: LinkStory, evidence: Evidence, width: int) -> Iterator[str]:
    yield from _heading("The last check, request by request")
    if not evidence.all_hops and evidence.incident is None:
        yield from _text("Nothing was sent: the link is judged by its address alone.", "  ", width)
    for number, hop in enumerate(evidence.hops, 1):
        yield from _hop(story, hop, f"{number}.", width)
    if evidence.incident is not None:
        yield from _incident(story, evidence.incident, width)
    if evidence.earlier:
        tries = "try" if len(evidence.earlier) == 1 else f"{len(evidence.earlier)} tries"
        yield f"  The {tries} before, in the same run, ended with:"
    for hop in evidence.earlier:
        yield from _hop(story, hop, "-", width)
    if evidence.sibling is not None:
        yield "  A made-up address in the same folder, asked for comparison:"
        yield from _hop(story, evidence.sibling, "-", width)


def _hop(story: LinkStory, hop: Hop, number: str, width: int) -> Iterator[str]:
    start = f"  {number} "
    yield f"{start}{hop.method} {printable(hop.url)}"
    margin = " " * len(start)
    answered = str(hop.status) if hop.status else "an answer that is not HTTP"
    if hop.failure is not None:
        said = f" ({printable(hop.detail)})" if hop.detail else ""
        answered = f"no answer: {WORDS.get(hop.failure, hop.failure)}{said}"
    at = f" from {hop.address}" if hop.address else ""
    yield from _text(
        f"{answered}{at}, {_time(hop.began, seconds=True)}, after {hop.elapsed:.2f} s",
        margin,
        width,
    )
    if hop.next_url is not None and hop.via is not None:
        yield f"{margin}{_VIA[hop.via]} {printable(hop.next_url)}"
    proof = hop.response or hop.metadata
    if proof is not None:
        yield from _record(story, proof, margin)
    if hop.name_servers:
        names = ", ".join(printable(name) for name in hop.name_servers)
        yield from _text(f"name servers of the site then: {names}", margin, width)
        if hop.metadata is not None:
            yield f"{margin}noted: {hop.metadata.file}, byte {hop.metadata.offset}"


def _record(story: LinkStory, at: Locator, margin: str) -> Iterator[str]:
    yield f"{margin}proof: {at.file}, byte {at.offset}"
    yield f"{margin}       {story.record(at)}"


def _incident(story: LinkStory, incident: Incident, width: int) -> Iterator[str]:
    since = _time(incident.since, seconds=True)
    yield from _text(
        f"Not asked (further): {incident.host} failed {incident.links} times in a row since "
        f"{since}, the last time with: {printable(incident.detail)}.",
        "  ",
        width,
    )
    for at in incident.locators:
        yield from _record(story, at, "  ")


def _citations(citations: Sequence[Citation], width: int) -> Iterator[str]:
    if not citations:
        yield from _heading("Cited by no statement (any more)")
        return
    pages = len({citation.statement_url for citation in citations})
    yield from _heading(f"Cited by {_counted(pages, 'statement')}")
    for citation in citations[:MOST_CITATIONS]:
        parts = (citation.date or "no date", citation.document_type, citation.title)
        yield from _text("  ".join(printable(part) for part in parts if part), "  ", width, 14)
        yield f"    {printable(citation.statement_url)}"
        if citation.sentence or citation.text:
            quoted = printable(citation.sentence or citation.text or "")
            yield from _text(f"“{quoted}”", "    ", width)
        if citation.href != citation.statement_url and citation.text and citation.sentence:
            yield from _text(f"The words of the link: “{printable(citation.text)}”", "    ", width)
    if len(citations) > MOST_CITATIONS:
        more = len(citations) - MOST_CITATIONS
        yield from _text(f"and in {more} more places; --json has all", "  ", width)


def _seeing(story: LinkStory) -> Iterator[str]:
    answer = story.replay_of(story.last.evidence) if story.last else None
    if story.last is None or not (answer or story.last.evidence.all_hops):
        return
    yield from _heading("To see it for yourself")
    yield f"  muniment replay --collection {story.collection}"
    if answer:
        yield "  then open, in a browser, what was answered:"
        yield f"  {printable(answer)}"
    else:
        yield "  then open, in a browser, the proofs above: nothing was answered."


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _text(text: str, start: str, width: int, hang: int | None = None) -> Iterator[str]:
    """Yield `text` after `start`, going on below its beginning, or `hang` columns in."""
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=start,
        subsequent_indent=" " * (len(start) if hang is None else hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _code(outcome: str, reason: str) -> str:
    return outcome if outcome == reason else f"{outcome} ({reason})"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _time(moment: datetime, *, seconds: bool = False) -> str:
    return f"{moment.astimezone(UTC):{'%Y-%m-%d %H:%M:%S' if seconds else '%Y-%m-%d %H:%M'}} UTC"
