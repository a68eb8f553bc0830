"""Reports of made-up findings, and a browser to read them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser import Browser
from made_up_reports import NOW, make_report

from reports.findings import Definition, Finding, Report


@pytest.fixture(scope="session")
def report_of() -> Callable[..., Report]:
    """Return the maker of reports: `report_of(count, hostile=…, previous=…)`."""
    return make_report


@pytest.fixture(scope="module")
def browser(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Yield a running Chromium."""
    with Browser(chromium, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def finding_of() -> Callable[..., Finding]:
    """Return the maker of one plain broken finding; keywords replace its fields."""

    def make(**fields: object) -> Finding:
        values: dict[str, object] = {
            "url": "http://a.example/x",
            "host": "a.example",
            "outcome": "gone",
            "reason": "http-404",
            "sentence": "The server says there is no such page (404).",
            "confidence": "high",
            "checked": NOW,
        }
        return Finding(**{**values, **fields})

    return make


@pytest.fixture
def report_with() -> Callable[..., Report]:
    """Return the maker of a report of given findings; keywords replace its fields."""

    def make(*findings: Finding, **fields: object) -> Report:
        values: dict[str, object] = {
            "collection": "state",
            "run_id": "20261123-201500",
            "generated": NOW,
            "definition": Definition(pack="strict", version="1"),
            "findings": findings,
            "statements": 3,
            "pages": 4,
            "replay_base": "http://localhost:8090/",
        }
        return Report(**{**values, **fields})

    return make
