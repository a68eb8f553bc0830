"""Every awkward page, asked over sockets in one run: its verdict, and by which reason."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from probing import probed

from behaviours import (
    pages_again,
    pages_alive,
    pages_blocked,
    pages_doubtful,
    pages_files,
    pages_fresh,
    pages_languages,
    pages_later,
    pages_missing,
    pages_parked,
    pages_walls,
    pages_ways,
)
from behaviours.pages_web import Case, PageWeb
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import ProbeOptions
from pipelines.verdicts.plain import plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge

PARTS = (
    pages_missing,
    pages_alive,
    pages_walls,
    pages_blocked,
    pages_parked,
    pages_ways,
    pages_files,
    pages_later,
    pages_again,
    pages_fresh,
    pages_languages,
    pages_doubtful,
)
CASES = [case for part in PARTS for case in part.CASES]


OPTIONS = ProbeOptions(delay=0, timeout=3, total=9, retry_delay=0.01, retries=1)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    """Return what a check of each case saw, by its name, all links asked in one run."""

    async def scenario(folder: Path) -> dict[str, Evidence]:
        async with PageWeb(CASES) as web:
            links = {case.name: case.url(web.port) for case in CASES}
            found = await probed(folder, list(links.values()), OPTIONS)
        return dict(zip(links, found, strict=True))

    return asyncio.run(scenario(tmp_path_factory.mktemp("pages")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_judged_right(case: Case, seen: dict[str, Evidence]) -> None:
    evidence = seen[case.name]
    verdict = judge([evidence], Rules())
    assert (plain(verdict, evidence), verdict.reason) == (case.plain, case.reason)


def test_evidence_that_was_kept_leads_to_the_same_verdict(seen: dict[str, Evidence]) -> None:
    for name, evidence in seen.items():
        kept = Evidence.from_json(evidence.as_json())
        assert judge([kept], Rules()) == judge([evidence], Rules()), name


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
