"""What makes gzip members: ISA-L where it is installed, else zlib.

ISA-L takes a quarter of zlib's time for pages and a sixth for what is compressed already, so that
this goes the same way; its members of pages are 5 % larger. It has wheels for 64-bit Intel and ARM.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

_GZIP = 16  # added to zlib's window bits for a gzip member
_ISAL_LEVEL = 3
_SMALL, _SMALL_LEVEL = 2048, 2  # of a few lines level 3 makes nothing smaller, and takes longer
_ZLIB_LEVEL = 4  # 2 % larger than 6 at two thirds of its time for HTML


class Compressor(Protocol):
    """One gzip member under way."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what of the member is known after `data`."""
        ...

    def flush(self) -> bytes:
        """Return the rest of the member."""
        ...


def isal_member(_: int) -> Compressor:
    """Return ISA-L's compressor of one gzip member."""
    member: Compressor = isal_zlib.compressobj(_ISAL_LEVEL, zlib.DEFLATED, _GZIP + 15)
    return member


def zlib_member(size: int) -> Compressor:
    """Return zlib's compressor of one gzip member, with a window no larger than its content.

    The tables of the largest window take eight times as long to set up as a small record takes
    to compress.
    """
    window = min(15, max(10, size.bit_length()))
    return zlib.compressobj(_ZLIB_LEVEL, zlib.DEFLATED, _GZIP + window, window - 7)


def isal_whole(data: bytes) -> bytes:
    """Return ISA-L's gzip member of all of `data`, sooner than step by step."""
    level = _SMALL_LEVEL if len(data) < _SMALL else _ISAL_LEVEL
    whole: bytes = isal_zlib.compress(data, level, _GZIP + 15)
    return whole


def zlib_whole(data: bytes) -> bytes:
    """Return zlib's gzip member of all of `data`."""
    member = zlib_member(len(data))
    return member.compress(data) + member.flush()


gzip_member: Callable[[int], Compressor]  # RFC 1952; takes the size of what it will hold
gzip_whole: Callable[[bytes], bytes]
try:
    from isal import isal_zlib
except ImportError:  # no wheel for this machine
    gzip_member, gzip_whole = zlib_member, zlib_whole
else:
    gzip_member, gzip_whole = isal_member, isal_whole
