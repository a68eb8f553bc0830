"""The replacement of a broken link: the copy of our own that shows what it led to."""

from __future__ import annotations

from datetime import date

from pipelines.extraction import CHECK_PREFIX
from pipelines.link_state import WORKING
from pipelines.replacements import days_between, living_copies, nearest_copy
from pipelines.store import LinkHistory
from reports.findings import Replacement
from warc.cdxj import CdxjIndex
from warc.locator import Locator
from warc.replay.choice import address_of, href

_FIRST_DAY = "0001-01-01"


def own_replacement(history: LinkHistory, index: CdxjIndex, replay_base: str) -> Replacement | None:
    """Return the copy of our own nearest to the first statement that cites the link."""
    alive = _alive(history)
    urls = dict.fromkeys((history.url, *alive.values()))
    entries = [entry for url in urls for entry in index.captures(url)]
    cited = first_cited(history)
    copy = nearest_copy(living_copies(entries, alive, CHECK_PREFIX), cited)
    if copy is None:
        return None
    return Replacement(
        url=replay_base.rstrip("/") + href(address_of(copy.entry)),
        date=copy.entry.date,
        days=None if cited is None else days_between(copy, cited),
        source=copy.source.value,
    )


def first_cited(history: LinkHistory) -> date | None:
    """Return the day of the first statement that cites the link; the earliest it can mean."""
    days = [day for one in history.citations if one.date and (day := _day(one.date))]
    return min(days, default=None)


def _day(text: str) -> date | None:
    """Return a day of ISO 8601, of year or month precision too; None for what is no date."""
    try:
        return date.fromisoformat(text + _FIRST_DAY[len(text) :])
    except ValueError:
        return None


def _alive(history: LinkHistory) -> dict[Locator, str]:
    """Return the last answers of the checks that came to a good end, each with its URL."""
    found: dict[Locator, str] = {}
    for check in history.checks:
        hops = check.evidence.hops
        if check.verdict.outcome in WORKING and hops and hops[-1].response:
            found[hops[-1].response] = hops[-1].url
    return found
