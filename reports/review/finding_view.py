"""One finding as its page shows it: joined from the store, the log, the records and the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipelines.checks.evidence import Incident
from pipelines.decisions.log import history as decisions_on
from pipelines.decisions.model import Basis, Decision, Scope
from pipelines.decisions.standing import Ruling, statuses
from pipelines.extraction import CHECK_PREFIX
from pipelines.link_state import WORKING, LinkState
from pipelines.replacements import living_copies, nearest_copy
from pipelines.states import link_trace
from pipelines.store import Citation, LinkHistory
from pipelines.verdicts.packs import PACKS
from reports.assembly import finding
from reports.definitions import ruled_on
from reports.findings import Citation as Cited
from reports.findings import Finding
from reports.quotation import CLOSE, OPEN, quotation
from reports.replacing import first_cited
from reports.review.decisions_shown import shown
from reports.review.desk import Desk
from reports.review.evidence_shown import frames
from reports.review.finding import (
    CitedIn,
    DecisionShown,
    FindingPage,
    FormValues,
    Place,
    ReplacementShown,
)
from reports.review.forms import CHOICES, Link
from reports.standing import OUTCOMES, Standing
from reports.state_words import STATE_WORDS
from warc.locator import Locator
from warc.replay.choice import address_of, href

MOST_CHECKS = 100
MOST_CITATIONS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A link as the store has it: its history, the state after each check, its finding.

    `finding` is None for a link that was never checked.
    """

    history: LinkHistory
    course: dict[datetime, LinkState]
    finding: Finding | None

    @property
    def state(self) -> LinkState:
        """Return the state that it is in."""
        return next(reversed(self.course.values()), LinkState())

    @property
    def link(self) -> Link:
        """Return what a decision has to know of it."""
        found = self.finding
        basis = found and Basis(
            outcome=found.outcome, reason=found.reason, final_url=found.final_url
        )
        return Link(url=self.history.url, host=self.history.host, basis=basis or None)


def known(desk: Desk, url: str) -> Known | None:
    """Return a link by its URL; None where it is not known."""
    history = desk.store.history(url)
    if history is None:
        return None
    course = dict(link_trace(desk.store, url, desk.lifecycle, now=desk.clock()))
    found: Finding | None = None
    if history.checks:
        state = next(reversed(course.values()), LinkState())
        found = ruled_on(finding(history, state), history.checks, PACKS[desk.pack])
    return Known(history=history, course=course, finding=found)


def view(desk: Desk, one: Known, place: Place, form: FormValues | None = None) -> FindingPage:
    """Return all that the page of a finding shows."""
    log = decisions_on(desk.store, one.history.url)
    page = _with_evidence(desk, one, _head(one, place))
    listed, ruling = _decided(desk, one, log)
    return replace(
        page,
        form=form or FormValues(),
        seen=max((entry.number for entry in log), default=0),
        ruling=ruling,
        decisions=listed,
        citations=tuple(_citations(desk, one.history.citations[:MOST_CITATIONS])),
        citations_left_out=max(0, len(one.history.citations) - MOST_CITATIONS),
        replacement=_replacement(desk, one, ruling),
    )


def _head(one: Known, place: Place) -> FindingPage:
    found, state = one.finding, one.state
    outcome = OUTCOMES.get(found.outcome) if found else None
    basis = one.link.basis
    return FindingPage(
        url=one.history.url,
        host=one.history.host,
        standing=found.standing if found else Standing.NOT_ASKED,
        sentence=found.sentence if found else "This link was not asked yet.",
        outcome=found.outcome if found else "",
        reason=found.reason if found else "",
        confidence=found.confidence if found else "",
        rules=one.history.checks[-1].verdict.rules_version if found else "",
        meaning=outcome.meaning if outcome else "",
        checked=found.checked if found else None,
        state=state.state.value,
        state_words=STATE_WORDS[state.state],
        since=state.since,
        why_state=state.why,
        failures=found.failures if found else 0,
        first_broken=found.first_broken if found else None,
        next_due=state.next_due,
        final_url=found.final_url if found else None,
        place=place,
        seen=0,
        choices=CHOICES,
        scopes=_scopes(one.history, basis),
    )


def _scopes(history: LinkHistory, basis: Basis | None) -> tuple[tuple[str, str, str], ...]:
    found = [(Scope.URL.value, "this link", history.url)]
    if history.host:
        found.append((Scope.HOST.value, "all links of its host", history.host))
    if basis is not None:
        found.append((Scope.REASON.value, "all links with its cause", basis.reason))
    return (*found, (Scope.PATTERN.value, "all addresses that fit a pattern (* and ?)", ""))


def _with_evidence(desk: Desk, one: Known, page: FindingPage) -> FindingPage:
    checks, evidences = one.history.checks, desk.evidences
    told = tuple(evidences.checks(checks, one.course))
    page = replace(
        page,
        checks=tuple(reversed(told[-MOST_CHECKS:])),
        checks_left_out=max(0, len(told) - MOST_CHECKS),
    )
    last = next((check for check in reversed(checks) if not check.void), None)
    last = last or (checks[-1] if checks else None)
    if last is None:
        return page
    evidence = last.evidence
    answer = evidences.answer(evidence)
    return replace(
        page,
        hops=evidences.hops(evidence.hops),
        earlier_hops=evidences.hops(evidence.earlier),
        sibling=evidences.hop(evidence.sibling) if evidence.sibling else None,
        incident=_incident(evidence.incident),
        answer_href=evidences.answer_href(evidence),
        frame_href=evidences.framed(answer) if answer and frames(answer) else None,
    )


def _incident(incident: Incident | None) -> str:
    if incident is None:
        return ""
    since = f"{incident.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return (
        f"Not asked (further): {incident.host} failed {incident.links} times in a row since "
        f"{since}, the last time with: {incident.detail}."
    )


def _decided(
    desk: Desk, one: Known, log: Sequence[Decision]
) -> tuple[tuple[DecisionShown, ...], DecisionShown | None]:
    """Return the decisions on a link, the latest first, and the one in force, a rule perhaps."""
    ruling = _ruling(desk, one, log)
    rule = ruling.decision if ruling and ruling.decision.scope is not Scope.URL else None
    became = statuses((*log, *desk.on_subjects([rule.subject] if rule else ())), desk.clock())
    holding = _holding(ruling)
    listed = tuple(shown(each, became, in_force=holding) for each in reversed(log))
    return listed, shown(ruling.decision, became) if ruling else None


def _ruling(desk: Desk, one: Known, log: Sequence[Decision]) -> Ruling | None:
    found = one.finding
    if found is None:
        return None
    rulings = desk.rulings(log)
    return rulings.on(found.url, found.host, found.outcome, found.reason, found.final_url)


def _holding(ruling: Ruling | None) -> frozenset[str]:
    if ruling is None:
        return frozenset()
    parts: Iterable[Decision | None] = (ruling.decision, ruling.replaced)
    return frozenset(part.id for part in parts if part is not None)


def _citations(desk: Desk, citations: Sequence[Citation]) -> Iterable[CitedIn]:
    captured = _captured(desk, {one.statement_url for one in citations})
    for one in citations:
        before, anchor, after = _parts(one)
        date = captured.get(one.statement_url)
        yield CitedIn(
            statement_url=one.statement_url,
            title=one.title,
            date=one.date,
            document_type=one.document_type,
            bureau=one.bureau,
            before=before,
            anchor=anchor,
            after=after,
            href_written=one.href,
            statement_href=desk.evidences.capture(date, one.statement_url) if date else None,
        )


def _captured(desk: Desk, urls: set[str]) -> dict[str, datetime]:
    marks = ", ".join("?" * len(urls))
    rows = desk.store.read(
        f"SELECT url, max(captured) FROM statements WHERE url IN ({marks}) GROUP BY url",  # noqa: S608 - marks
        urls,
    )
    return {url: datetime.fromisoformat(captured) for url, captured in rows}


def _parts(one: Citation) -> tuple[str, str, str]:
    cited = Cited(statement_url=one.statement_url, text=one.text, sentence=one.sentence)
    before, mark, rest = quotation(cited).partition(OPEN)
    anchor, _, after = rest.partition(CLOSE)
    return (before, anchor, after) if mark else (before, "", "")


def _replacement(desk: Desk, one: Known, ruling: DecisionShown | None) -> ReplacementShown | None:
    if ruling and ruling.replacement:
        words = f"Chosen by {ruling.author} on {ruling.made:%Y-%m-%d}"
        return ReplacementShown(url=ruling.replacement, words=words, source="reviewer")
    if one.finding is None or not one.finding.is_broken:
        return None
    index = desk.evidences.index
    alive: dict[Locator, str] = {
        check.evidence.hops[-1].response: check.evidence.hops[-1].url
        for check in one.history.checks
        if check.verdict.outcome in WORKING
        and check.evidence.hops
        and check.evidence.hops[-1].response
    }
    entries = [
        entry
        for url in dict.fromkeys((one.history.url, *alive.values()))
        for entry in index.captures(url)
    ]
    copy = nearest_copy(living_copies(entries, alive, CHECK_PREFIX), first_cited(one.history))
    if copy is None:
        return None
    return ReplacementShown(
        url=desk.evidences.replay_base + href(address_of(copy.entry)),
        words=f"Our own copy of {copy.entry.date:%Y-%m-%d}",
        source=copy.source.value,
    )
