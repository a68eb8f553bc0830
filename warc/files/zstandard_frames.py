"""WARC files compressed with Zstandard: one frame a record, perhaps with a dictionary in front.

The dictionary frame is that of the IIPC's draft "WARC File Compression using Zstandard".
"""

from __future__ import annotations

from typing import BinaryIO

import zstandard

from warc.damage import BrokenContainerError
from warc.files.container import Members

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # bytes 2 to 4 of a skippable frame (RFC 8878 section 3.1.2)
_DICTIONARY = b"\x5d" + _SKIPPABLE
_FRAME_HEADER = 8
_STEP = 1 << 8  # input bytes a step: a block of 4 bytes may stand for 128 KiB
_DICTIONARY_LIMIT = 1 << 24


def is_zstandard(data: bytes) -> bool:
    """Return whether a file that begins with `data` is made of Zstandard frames."""
    return data.startswith(ZSTD_MAGIC) or _is_skippable(data)


class Zstandard(Members):
    """A file of Zstandard frames (RFC 8878); one `read` returns at most 8 MiB, of a bomb."""

    magic = ZSTD_MAGIC
    kind = "zstd frame"

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        try:
            self._decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(file))
            unusable = False
        except zstandard.ZstdError:
            self._decompressor = zstandard.ZstdDecompressor()
            unusable = True
        super().__init__(file, offset)
        if unusable:
            self.found.append((0, "the file's zstd dictionary cannot be used"))

    def _begin(self, offset: int) -> None:
        super()._begin(offset)
        self._frame = self._decompressor.decompressobj()

    def ended(self) -> bool:
        """Return whether the present member is read to its end."""
        return self._frame.eof

    def _step(self) -> bytes:
        step = self._raw[self._at : self._at + _STEP]
        try:
            data = self._frame.decompress(step)
        except zstandard.ZstdError as error:
            reason = f"a zstd frame that does not decompress: {error}"
            raise BrokenContainerError(self.start, reason) from None
        self._at += len(step) - len(self._frame.unused_data)
        return data

    def _skip_between(self) -> None:
        """Pass skippable frames; the dictionary in the first is known by now."""
        while self._at < len(self._raw) or self._load():
            if len(self._raw) - self._at < _FRAME_HEADER:
                self._load()
            header = self._raw[self._at : self._at + _FRAME_HEADER]
            if not _is_skippable(header):
                return
            size = int.from_bytes(header[4:], "little")
            self._seek(self.tell() + _FRAME_HEADER + size)

    def _begun(self, data: bytes) -> bytes:
        try:
            return self._decompressor.decompressobj().decompress(data)
        except zstandard.ZstdError:
            return b""


def _is_skippable(data: bytes) -> bool:
    return data[1:4] == _SKIPPABLE and data[0] & 0xF0 == 0x50  # noqa: PLR2004 (RFC 8878 3.1.2)


def _dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict | None:
    """Return the dictionary in the file's first frame, compressed itself or not.

    Raise ZstdError where it cannot be read.
    """
    file.seek(0)
    header = file.read(_FRAME_HEADER)
    if not header.startswith(_DICTIONARY):
        return None
    data = file.read(min(int.from_bytes(header[4:], "little"), _DICTIONARY_LIMIT))
    if data.startswith(ZSTD_MAGIC):
        data = zstandard.ZstdDecompressor().decompress(data, max_output_size=_DICTIONARY_LIMIT)
    return zstandard.ZstdCompressionDict(data)
