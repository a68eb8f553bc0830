"""Reviewers' decisions in the report as a browser shows it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Browser, Page
from made_up_reports import HOSTILE, NOW

from pipelines.decisions.model import Basis, Decision, Kind, new_id
from pipelines.decisions.standing import in_force
from reports.csv import COLUMNS
from reports.findings import Finding, Report
from reports.html import render
from reports.reviewed import reviewed

ROWS = "[...document.querySelectorAll('#table tbody tr:not(.unfolded)')]"
NOTE = HOSTILE[0]


@pytest.fixture(scope="module")
def report(report_of: Callable[..., Report]) -> Report:
    """Return a report in which three broken links are dismissed and one is replaced."""
    made = report_of(200)
    broken = [one for one in made.findings if one.is_broken]
    kinds = dict(zip((one.url for one in broken), (Kind.DISMISSED,) * 3 + (Kind.REPLACED,)))  # noqa: B905
    rulings = in_force([_decision(one, kinds[one.url]) for one in broken[:4]], NOW)
    return replace(made, findings=tuple(reviewed(one, rulings) for one in made.findings))


def _decision(finding: Finding, kind: Kind) -> Decision:
    return Decision(
        id=new_id(),
        made=NOW,
        author="Ada",
        kind=kind,
        subject=finding.url,
        note=NOTE,
        replacement="https://new.example/" if kind is Kind.REPLACED else None,
        basis=Basis(outcome=finding.outcome, reason=finding.reason, final_url=finding.final_url),
    )


@pytest.fixture
def page(browser: Browser, report: Report, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "report.html"
    path.write_text(render(report), "utf-8")
    page = browser.page()
    page.open(f"{path.as_uri()}#show=set-aside")
    page.wait("document.documentElement?.dataset.ready")
    yield page
    assert page.complaints() == []


def _unfold(page: Page) -> None:
    page.ask(f"{ROWS}[0].querySelector('.fold').click()")
    page.wait("document.querySelector('.detail') !== null")


def test_what_is_set_aside_has_a_place_of_its_own(page: Page) -> None:
    assert page.ask(f"{ROWS}.length") == 3
    tile = "document.querySelector('.tiles a.set-aside')"
    assert page.ask(f"{tile}.innerText").split("\n")[:2] == ["Set aside by a reviewer", "3"]
    shown = "document.querySelector('#standings [data-show=set-aside]')"
    assert page.ask(f"{shown}.getAttribute('aria-current')") == "true"


def test_the_detail_tells_who_decided_and_why(page: Page) -> None:
    _unfold(page)
    told = page.ask("document.querySelector('.detail .facts').textContent")
    assert "Reviewed" in told
    assert f"Dismissed until it changes by Ada on {NOW:%Y-%m-%d}: {NOTE}" in told
    assert page.ask("document.title").startswith("Broken links in")


def test_decisions_are_a_filter(page: Page) -> None:
    page.ask("location.hash = 'show=all&decision=replaced'")
    page.wait(f"{ROWS}.length === 1")
    _unfold(page)
    told = page.ask("document.querySelector('.detail .facts').textContent")
    assert "https://new.example/" in told
    assert "named by a reviewer" in told


def test_the_saved_rows_have_the_decision(page: Page) -> None:
    page.ask("globalThis.download = (name, text) => { globalThis.saved = text; }")
    page.ask("document.getElementById('download').click()")
    rows = list(csv.DictReader(io.StringIO(page.ask("saved").removeprefix("\ufeff"))))
    assert {(row["decision"], row["decided_by"], row["decision_note"]) for row in rows} == {
        ("dismissed", "Ada", NOTE)
    }
    assert set(rows[0]) <= set(COLUMNS)
