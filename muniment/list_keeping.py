"""What was answered is on the disk within a second, without a write for each answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipelines.list_answers import ListAnswers

_SECONDS = 1.0


@contextmanager
def kept_each_second(answers: ListAnswers) -> Iterator[None]:
    """Keep `answers` each second and at the end; raise the OSError that this ends in."""
    keeper = asyncio.ensure_future(_keep(answers))
    try:
        yield
    finally:
        keeper.cancel()
        answers.keep()


async def _keep(answers: ListAnswers) -> None:
    with suppress(OSError):  # said again with the next answer, or at the end
        while True:
            await asyncio.sleep(_SECONDS)
            answers.keep()
