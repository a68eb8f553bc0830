"""Work that a signal ends in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable

from muniment.network import run_async


def run_until_signal(work: Callable[[], Awaitable[None]]) -> bool:
    """Run `work` to its end; return whether SIGINT or SIGTERM cancelled it before.

    A second signal changes nothing: it would hit the closing of the connections.
    """
    stopped = False

    async def heeding() -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - inside a coroutine there is one

        def stop() -> None:
            nonlocal stopped
            if not stopped:
                stopped = True
                task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        await work()

    with contextlib.suppress(asyncio.CancelledError):
        run_async(heeding())
    return stopped
