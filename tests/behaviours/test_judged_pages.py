"""The pages that an independent judge found, asked over sockets: verdict and reason of each."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from probing import probed

from behaviours.pages_judged import CASES
from behaviours.pages_web import Case, PageWeb
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import ProbeOptions
from pipelines.verdicts.plain import plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge

OPTIONS = ProbeOptions(delay=0, timeout=3, total=9, retry_delay=0.01, retries=1)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    async def scenario(folder: Path) -> dict[str, Evidence]:
        async with PageWeb(CASES) as web:
            links = {case.name: case.url(web.port) for case in CASES}
            found = await probed(folder, list(links.values()), OPTIONS)
        return dict(zip(links, found, strict=True))

    return asyncio.run(scenario(tmp_path_factory.mktemp("judged")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_judged_right(case: Case, seen: dict[str, Evidence]) -> None:
    evidence = seen[case.name]
    verdict = judge([evidence], Rules())
    assert (plain(verdict, evidence), verdict.reason) == (case.plain, case.reason)
