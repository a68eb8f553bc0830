"""How a process that handles thousands of exchanges treats its memory."""

from __future__ import annotations

import ctypes
import gc

_NEW_OBJECTS, _YOUNG, _MIDDLE = 20_000, 20, 50
# malloc.h of glibc
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
_MIB = 1 << 20


def hold_memory() -> None:
    """Keep what is freed for the next exchange, and seldom look for what only a search frees.

    A parsed page is a few hundred kilobytes that glibc would give back to the system and ask for
    again, page by page, with every answer. Time goes too into the search for circles of objects,
    which exchanges hardly leave; what is there by now (modules, patterns, the links) is not
    searched again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _MIDDLE)
    mallopt = _mallopt()
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, 32 * _MIB)
        mallopt(_MMAP_THRESHOLD, 8 * _MIB)
        mallopt(_TOP_PAD, _MIB)


def _mallopt() -> ctypes._NamedFuncPointer | None:
    """Return glibc's function; None where the C library has none."""
    try:
        return ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return None
