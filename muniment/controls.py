"""Control URLs: addresses that always open, by which our own network is known to be there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from muniment.check_settings import probe_options
from muniment.config import Config
from muniment.runs import utcnow
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.verdict import Rules, judge
from warc.wire import Wire
from warc.writer import WarcWriter

_OPEN = frozenset({Outcome.OK, Outcome.MOVED})


async def ask_controls(config: Config, wire: Wire, writer: WarcWriter) -> list[Evidence]:
    """Return what the control URLs answer, asked at once; nothing where there are none."""
    seen: list[Evidence] = []
    if config.check.control_urls:
        options = replace(probe_options(config), delay=0.0, retry_delay=1.0)
        probe = Probe(wire, writer, options, clock=utcnow, sleep=asyncio.sleep)
        await probe.run(config.check.control_urls, seen.append)
    return seen


def failed_controls(seen: Sequence[Evidence]) -> list[str]:
    """Return the control URLs where none of them opens: then it is our own network."""
    failed = [one.url for one in seen if judge([one], Rules()).outcome not in _OPEN]
    return failed if len(failed) == len(seen) else []
