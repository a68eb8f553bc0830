"""A feed (Atom, RFC 4287) of the links that were called dead or came back, the latest first.

An entry is an event of a link's life: its id is made of the collection, the URL, the event and
the check that brought it, its date is that check's. So it is the same in every report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from pipelines.link_state import Event
from reports.csv import time
from reports.decision_words import decision_words
from reports.findings import Finding, Report
from reports.from_pages import is_web, xml_text

MOST_ENTRIES = 500
_NAMESPACE = "http://www.w3.org/2005/Atom"
_IN_IRI = ":/?@!$&'()*+,;=~%-._"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_WORDS = {
    Event.DIED: "Dead",
    Event.USURPED: "Taken over",
    Event.RESURRECTED: "Back from the dead",
    Event.RESTORED: "Back from the dead",
}


def render(report: Report) -> Iterator[str]:
    """Yield the feed; its date is that of its latest event, so that it changes with them only."""
    events = sorted(
        ((one.since, one) for one in report.findings if one.event in _WORDS and one.since),
        key=lambda event: (-event[0].timestamp(), event[1].url),
    )[:MOST_ENTRIES]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<feed xmlns="{_NAMESPACE}">\n'
    updated = events[0][0] if events else _oldest(report)
    for element in _head(report, updated):
        yield tostring(element, encoding="unicode") + "\n"
    for since, finding in events:
        yield tostring(_entry(report, finding, since), encoding="unicode") + "\n"
    yield "</feed>\n"


def _head(report: Report, updated: datetime) -> Iterator[Element]:
    name = report.collection
    yield _with_text("id", _id(name))
    yield _with_text("title", f"Links of {name}: newly dead, and back from the dead")
    yield _with_text("updated", time(updated) or "")
    author = Element("author")
    author.append(_with_text("name", "Muniment"))
    yield author
    yield _with_text("generator", "Muniment")
    yield _with_text("subtitle", f"By the definition {report.definition}")


def _oldest(report: Report) -> datetime:
    """Return the date of a feed without events: the first check of the run it tells of."""
    return report.period.began if report.period else report.generated


def _entry(report: Report, finding: Finding, since: datetime) -> Element:
    entry = Element("entry")
    identity = _id(report.collection, finding.url, finding.event, time(since) or "")
    entry.append(_with_text("id", identity))
    words = _WORDS[Event(finding.event)]
    entry.append(_with_text("title", f"{words}: {finding.url}"))
    entry.append(_with_text("updated", time(since) or ""))
    # A reader opens this: only what a browser may be led to.
    captured = f"{report.replay_base}{finding.replay}" if finding.replay else ""
    for relation, url in (("alternate", finding.url), ("related", captured)):
        if is_web(url):
            SubElement(entry, "link", {"rel": relation, "href": _iri(url)})
    content = _with_text("content", "\n".join(_details(finding)))
    content.set("type", "text")
    entry.append(content)
    return entry


def _details(finding: Finding) -> Iterator[str]:
    yield finding.sentence
    if finding.failures:
        yield f"Failures in a row: {finding.failures}"
    if finding.replacement:
        yield f"{finding.replacement.words}: {finding.replacement.url}"
    if finding.ruling:
        yield decision_words(finding.ruling.decision)
    yield f"Statements that cite it: {len({one.statement_url for one in finding.citations})}"


def _id(*parts: str) -> str:
    known = "\n".join(("muniment", *parts)).encode("utf-8", "replace").decode("utf-8")
    return f"urn:uuid:{uuid5(NAMESPACE_URL, known)}"


def _iri(url: str) -> str:
    """Return `url` with everything escaped that no IRI may hold (RFC 3987 section 2.2)."""
    before, hash_, fragment = _LONE_PERCENT.sub("%25", xml_text(url)).partition("#")
    return quote(before, safe=_IN_IRI) + hash_ + quote(fragment, safe=_IN_IRI)


def _with_text(name: str, text: str) -> Element:
    element = Element(name)
    element.text = xml_text(text)
    return element
