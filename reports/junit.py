"""The links as JUnit XML, for the machines that build and test: a broken link is a failure.

What could not be looked at, was not asked or was set aside by a reviewer is skipped: neither
passed nor failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from reports.changes import Change, changes
from reports.csv import hop_words, time
from reports.decision_words import decision_words
from reports.findings import Finding, Report, reading_order
from reports.from_pages import xml_text
from reports.overview import broken_links
from reports.standing import OUTCOMES, Standing

_SKIPPED = (Standing.UNSEEN, Standing.NOT_ASKED, Standing.SET_ASIDE)
_MOST_CITATIONS = 10


def render(report: Report) -> Iterator[str]:
    """Yield one suite with a case for each link, the class being its host."""
    suite = _suite(report)
    attributes = {name: suite.get(name, "") for name in ("tests", "failures", "errors", "skipped")}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _open(Element("testsuites", attributes))
    yield _open(suite)
    yield tostring(_properties(report), encoding="unicode") + "\n"
    for finding in reading_order(report.findings):
        yield tostring(_case(report, finding), encoding="unicode") + "\n"
    yield "</testsuite>\n</testsuites>\n"


def _open(element: Element) -> str:
    return tostring(element, encoding="unicode").removesuffix(" />") + ">\n"


def _suite(report: Report) -> Element:
    counts = report.standings
    return Element(
        "testsuite",
        {
            "name": xml_text(f"Links of {report.collection}"),
            "tests": str(len(report.findings)),
            "failures": str(counts[Standing.BROKEN]),
            "errors": "0",
            "skipped": str(sum(counts[one] for one in _SKIPPED)),
            "timestamp": (time(report.generated) or "").removesuffix("+00:00"),
            "time": "0",
        },
    )


def _properties(report: Report) -> Element:
    properties = Element("properties")
    news = changes(report)
    known = {
        "run": report.run_id,
        "definition": str(report.definition),
        "broken": str(broken_links(report)),
        **({"compared with": report.previous.run_id} if report.previous else {}),
        **({one.value: str(news[one]) for one in Change} if report.previous else {}),
    }
    for name, value in known.items():
        SubElement(properties, "property", {"name": name, "value": xml_text(value)})
    return properties


def _case(report: Report, finding: Finding) -> Element:
    names = {"classname": xml_text(finding.host), "name": xml_text(finding.url), "time": "0"}
    case = Element("testcase", names)
    message = xml_text(finding.sentence)
    if finding.standing is Standing.SET_ASIDE and finding.ruling:
        message = xml_text(decision_words(finding.ruling.decision))
    if finding.standing in _SKIPPED:
        SubElement(case, "skipped", {"message": message})
    elif finding.is_broken:
        kind = f"{finding.outcome}: {finding.reason}"
        failure = SubElement(case, "failure", {"message": message, "type": xml_text(kind)})
        failure.text = xml_text("\n".join(_details(report, finding)))
    return case


def _details(report: Report, finding: Finding) -> Iterator[str]:
    yield f"{OUTCOMES[finding.outcome].label}, confidence {finding.confidence}"
    if finding.first_broken:
        yield f"failing since {time(finding.first_broken)}, {finding.failures} times"
    yield from map(hop_words, finding.hops)
    if finding.replay:
        yield f"captured answer: {report.replay_base}{finding.replay}"
    if finding.replacement:
        yield f"{finding.replacement.words}: {finding.replacement.url}"
    if finding.ruling:
        yield decision_words(finding.ruling.decision)
    for citation in finding.citations[:_MOST_CITATIONS]:
        yield f"cited by {citation.statement_url}"
    if len(finding.citations) > _MOST_CITATIONS:
        yield f"and by {len(finding.citations) - _MOST_CITATIONS} more"
