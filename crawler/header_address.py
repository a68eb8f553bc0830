"""The address that a Location or Refresh header names."""

from __future__ import annotations

_FIRST_BEYOND_ASCII = 0x80


def as_address(value: bytes) -> str:
    """Return the header's value as browsers read it: bytes beyond ASCII are escaped one by one."""
    if value.isascii():
        return value.decode("ascii")
    return "".join(chr(b) if b < _FIRST_BEYOND_ASCII else f"%{b:02X}" for b in value)
