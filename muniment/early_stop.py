"""Ctrl-C while the command is only being imported: one line and its status, no traceback.

This module imports nothing slow.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

_CUT_SHORT = 4  # of muniment.status, which takes time to import
_BEFORE: dict[signal.Signals, Callable[[int, FrameType | None], Any] | signal.Handlers] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
}


def heed() -> None:
    """End the process by SIGINT and SIGTERM from now on, unless they are ignored.

    Nothing has been begun that would have to be ended in order.
    """
    for number, before in _BEFORE.items():
        if signal.getsignal(number) is before:
            signal.signal(number, _end)


def leave_alone() -> None:
    """Have the signals mean again what they mean to Python."""
    for number, before in _BEFORE.items():
        if signal.getsignal(number) is _end:
            signal.signal(number, before)


def _end(_: int, __: FrameType | None) -> NoReturn:
    os.write(2, b"muniment: stopped\n")
    os._exit(_CUT_SHORT)
