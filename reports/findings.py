"""The values every report is made from: what was found of each link, and who cites it.

Pure values: whoever holds the history builds a `Report` and hands it to a renderer. Strings may
come from any page of the web and are never trusted; making them harmless is the renderers' part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from pipelines.decisions.standing import Ruling
from reports.standing import Standing, standing
from warc.locator import Locator

CONFIDENCES = ("high", "medium", "low")
REVIEWER = "reviewer"
CONFIRMED_STATES = ("dead", "usurped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place where a statement cites a link; `text` is the anchor, `href` as written."""

    statement_url: str
    statement_title: str | None = None
    statement_date: str | None = None  # ISO: year, month or day precision
    document_type: str | None = None
    bureau: str | None = None
    text: str | None = None
    sentence: str | None = None
    href: str | None = None

    @property
    def year(self) -> str | None:
        """Return the year of the statement."""
        return self.statement_date[:4] if self.statement_date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request on the way to the verdict: its status, or why there was no answer.

    `locator` is the answer's record, or where there was none the record that says why.
    """

    url: str
    status: int | None = None
    failure: str | None = None
    locator: Locator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """An archived copy that shows what a broken link once led to, or what a reviewer named.

    `days` lie between the copy and the first statement that cites the link; None where no
    statement has a date. `source` says whose copy it is: `own-check` or `own-capture`; of what a
    `reviewer` named, `date` is that of the decision and `days` None.
    """

    url: str
    date: datetime
    days: int | None
    source: str

    @property
    def words(self) -> str:
        """Return what stands before the address."""
        is_named = self.source == REVIEWER
        return "Replaced, says a reviewer" if is_named else f"Copy of {self.date:%Y-%m-%d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A checked link: the verdict, its evidence and the statements that cite it.

    `outcome` is a value of `pipelines.verdicts.verdict.Outcome`; `reason` its code and
    `sentence` the same in plain words. `first_broken` and `failures` tell the present unbroken
    series of failures. `replay` is the path of the captured answer below `Report.replay_base`;
    None where nothing was answered. `evidence` names further records than those of the hops.
    `event` is what brought the link into its `state` (`pipelines.link_state.Event`), at `since`.
    `ruled` is the standing by the report's definition, None where that is the outcome's own;
    `rulings` has the standing by every definition, by the name of its pack. `ruling` is the
    reviewer's decision in force, of which both know already.
    """

    url: str
    host: str
    outcome: str
    reason: str
    sentence: str
    confidence: str
    checked: datetime
    final_url: str | None = None
    hops: tuple[Hop, ...] = ()
    first_broken: datetime | None = None
    failures: int = 0
    state: str = "new"
    event: str = ""
    since: datetime | None = None
    citations: tuple[Citation, ...] = ()
    replay: str | None = None
    evidence: tuple[Locator, ...] = ()
    replacement: Replacement | None = None
    ruled: Standing | None = None
    rulings: Mapping[str, Standing] = field(default_factory=dict)
    ruling: Ruling | None = None

    @property
    def standing(self) -> Standing:
        """Return where the link stands for a reader, by the report's definition."""
        return self.ruled or standing(self.outcome)

    @property
    def is_broken(self) -> bool:
        """Return whether the link is broken on first sight, confirmed or not."""
        return self.standing is Standing.BROKEN

    @property
    def is_confirmed(self) -> bool:
        """Return whether the link failed long enough to be called dead, or a reviewer says so."""
        by_reviewer = self.ruling is not None and self.ruling.is_confirmed
        return self.is_broken and (by_reviewer or self.state.startswith(CONFIRMED_STATES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time the checks of a run took."""

    began: datetime
    ended: datetime

    @classmethod
    def covering(cls, findings: Iterable[Finding]) -> Self | None:
        """Return the time from the first check to the last; None where there is none."""
        times = [finding.checked for finding in findings]
        return cls(began=min(times), ended=max(times)) if times else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What "broken" means in a report: a definition pack, its version and what it says."""

    pack: str
    version: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousRun:
    """The run that a report is compared with: the outcome of each link then, by URL.

    `confirmed` are the URLs of the links that were called dead or usurped then. `standings` are
    those by the report's definition; empty where they are the outcomes' own.
    """

    run_id: str
    ended: datetime
    outcomes: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def standing(self, url: str) -> Standing | None:
        """Return where a link stood then; None where it was not known."""
        if url in self.standings or url not in self.outcomes:
            return self.standings.get(url)
        return standing(self.outcomes[url])


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """How many links stood where at the end of a run of checks.

    `void` says why a run proved nothing; its standings are those known before.
    """

    run_id: str
    ended: datetime
    standings: Mapping[Standing, int]
    void: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run's findings: all checked links, broken or not.

    `statements` and `pages` count what the run read; `replay_base` ends with a slash;
    `warnings` are sentences a reader must see first (a void run, a damaged file, a limit met).
    """

    collection: str
    run_id: str
    generated: datetime
    definition: Definition
    findings: tuple[Finding, ...]
    statements: int
    pages: int
    replay_base: str
    period: Period | None = None
    previous: PreviousRun | None = None
    trend: tuple[RunFigures, ...] = ()  # the oldest run first, this one last
    definitions: tuple[Definition, ...] = ()  # those that the findings' `rulings` are by
    warnings: tuple[str, ...] = ()

    @property
    def outcomes(self) -> Counter[str]:
        """Return the number of links by outcome."""
        return Counter(finding.outcome for finding in self.findings)

    @property
    def standings(self) -> Counter[Standing]:
        """Return the number of links by standing."""
        return Counter(finding.standing for finding in self.findings)


def reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` as people read them: broken first, the surest, the most cited."""
    ranks = {name: rank for rank, name in enumerate(Standing)}
    surety = {name: rank for rank, name in enumerate(CONFIDENCES)}
    return sorted(
        findings,
        key=lambda finding: (
            ranks[finding.standing],
            surety.get(finding.confidence, len(surety)),
            -len(finding.citations),
            finding.url,
        ),
    )
