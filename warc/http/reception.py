"""Receiving one answer: its bytes to a spool, its end by framing, close, silence or limit."""

from __future__ import annotations

import asyncio

from warc.exchange import Ending, Spool
from warc.framing import Framer
from warc.http.request import Limits

# An answer that may be whole is taken for whole after so many seconds of silence.
_LINGER = 1.0
# A server that is about to close may still send what its stated length forgot.
_DRAIN = 0.1


class Reception:
    """Take an answer's bytes as they come; `done` is resolved when nothing more is due.

    Times are those of the loop. `deadline` is the loop's time at which all ends.
    """

    __slots__ = (
        "_deadline",
        "_is_tunnel",
        "_last",
        "_limits",
        "_loop",
        "_patience",
        "_timer",
        "_written",
        "done",
        "error",
        "first_byte",
        "framer",
        "is_draining",
        "is_timed_out",
        "spool",
    )

    def __init__(
        self, framer: Framer, limits: Limits, deadline: float, *, is_tunnel: bool = False
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self._deadline = deadline
        self._is_tunnel = is_tunnel
        self._last = self._loop.time()
        self._patience = limits.idle
        self._written = 0
        self.framer = framer
        self.spool = Spool()
        self.done: asyncio.Future[None] = self._loop.create_future()
        self.error: BaseException | None = None
        self.first_byte: float | None = None
        self.is_draining = False
        self.is_timed_out = False
        self._timer = self._loop.call_at(self._due, self._on_time)

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is taken."""
        return self.done.done()

    @property
    def _due(self) -> float:
        return min(self._last + self._patience, self._deadline)

    def feed(self, data: bytes) -> None:
        """Take `data`, which just arrived."""
        self._last = self._loop.time()
        if self.first_byte is None:
            self.first_byte = self._last
        framer = self.framer
        self._keep(framer.feed(data))
        if self.is_over:
            return
        if framer.ending is not None:
            self._end_or_drain()
        elif framer.is_settled:
            self._await(min(_LINGER, self._limits.idle))
        elif self._patience != self._limits.idle:
            self._await(self._limits.idle)

    def close(self, error: BaseException | None) -> None:
        """Note that the connection is closed, by `error` where it was not in order."""
        if self.is_over:
            return
        self.error = error
        self._keep(self.framer.close(is_reset=error is not None))
        self._end()

    def cut(self, words: str) -> None:
        """End now as at the time limit, for the reason given."""
        if not self.is_over:
            self.is_timed_out = True
            self.error = TimeoutError(words)
            self._keep(self.framer.stop(Ending.TIME))
            self._end()

    def cancel(self) -> None:
        """Take nothing more."""
        self._timer.cancel()
        if not self.is_over:
            self.done.cancel()

    def _keep(self, data: bytes) -> None:
        """Spool `data` as far as the limit allows; the end where it does not."""
        most = self._limits.response_bytes
        if most is not None and self._written + len(data) > most:
            data = data[: most - self._written]
            self.framer.ending = Ending.LENGTH
            self._written += len(data)
            self.spool.write(data)
            self._end()
        elif data:
            self._written += len(data)
            self.spool.write(data)

    def _end_or_drain(self) -> None:
        framer = self.framer
        if self._is_tunnel or framer.ending is not Ending.COMPLETE or framer.is_reusable:
            if framer.ending is not Ending.COMPLETE:
                self._keep(framer.stop(Ending.LENGTH))
            self._end()
        elif framer.is_overfull:
            self._finish_drain()
        elif not self.is_draining:
            self.is_draining = True
            self._deadline = min(self._deadline, self._last + _DRAIN)
            self._await(_DRAIN)

    def _await(self, patience: float) -> None:
        """Bear a silence of `patience` seconds from now on."""
        if patience < self._patience:
            self._timer.cancel()
            self._patience = patience
            self._timer = self._loop.call_at(self._due, self._on_time)
        self._patience = patience

    def _on_time(self) -> None:
        if self.is_over:
            return
        now = self._loop.time()
        if now < self._due:
            self._timer = self._loop.call_at(self._due, self._on_time)
        elif self.is_draining:
            self._finish_drain()
        elif self.framer.is_settled and now < self._deadline:
            self.framer.quiet()
            self._end()
        else:
            self.is_timed_out = True
            self._keep(self.framer.stop(Ending.TIME))
            self._end()

    def _finish_drain(self) -> None:
        self._keep(self.framer.close())
        self._end()

    def _end(self) -> None:
        self._timer.cancel()
        if not self.is_over:
            self.done.set_result(None)
