"""One WARC file while it is written: `NAME.warc.gz.open`, a gzip member a record."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from warc.cdxj import CdxjEntry
from warc.files.deflation import gzip_member, gzip_whole
from warc.files.draft import Draft
from warc.files.open_index import OPEN, OpenIndex, prepare, publish, sync_folder, write_all
from warc.locator import Locator

_PENDING = 1 << 20
_AT_ONCE = 1 << 16  # copied together sooner than compressed apart
_END = b"\r\n\r\n"


class OpenWarc:
    """A WARC file and its index, both invisible to readers until closed.

    The file is locked while it is open, so that recovery leaves it alone. What is appended counts
    once `commit` returned; until then `rollback` takes it back. Raises FileExistsError where
    either file exists.
    """

    def __init__(self, archive: Path, indexes: Path, name: str) -> None:
        self.name = name
        self.size = 0
        self._final = archive / name
        self._pending = bytearray()
        self._written = 0
        self._committed = 0
        if self._final.exists():
            raise FileExistsError(f"{self._final} exists")
        self._path = archive / (name + OPEN)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.index = OpenIndex(indexes, name)
        except BaseException:
            os.close(self._descriptor)
            self._path.unlink()
            raise

    def append(self, draft: Draft) -> Locator:
        """Append one record as a gzip member of its own; its block is never held in memory."""
        start = self.size
        if draft.size <= _AT_ONCE:
            self._put(gzip_whole(b"".join((draft.head(), *draft.chunks(), _END))))
        else:
            head = draft.head()
            member = gzip_member(len(head) + draft.size)
            self._put(member.compress(head))
            for chunk in draft.chunks():
                self._put(member.compress(chunk))
            self._put(member.compress(_END) + member.flush())
        return Locator(file=self.name, offset=start, length=self.size - start)

    def commit(self, entry: CdxjEntry | None = None) -> None:
        """Hand all appended bytes to the system, then the index line that names them."""
        self._flush()
        if entry is not None:
            self.index.append(entry)
        self._committed = self._written

    def rollback(self) -> None:
        """Take back what was appended since the last commit."""
        self._pending = bytearray()  # the old one may be pinned by the write that failed
        os.ftruncate(self._descriptor, self._committed)
        os.lseek(self._descriptor, self._committed, os.SEEK_SET)
        self.size = self._written = self._committed

    def sync(self) -> None:
        """Put records and index lines on the disk."""
        os.fsync(self._descriptor)
        self.index.mark_synced(self._committed)

    def abandon(self) -> None:
        """Close both files as they are; recovery will see to them."""
        self.index.close()
        os.close(self._descriptor)

    def close(self) -> Path:
        """Sort the index, give both files their names, and return the index's.

        The WARC gets its name first: an index that names a missing file would mislead a reader,
        a WARC without its index is put right by recovery. Where this raises (a full disk), the
        files stay open ones, with all that was committed.
        """
        try:
            self.sync()
            with self.index.path.open("rb") as lines:
                prepared = prepare(
                    self.index.path.parent,
                    self.name,
                    (line for line in lines if not line.startswith(b"!")),
                )
            self._path.rename(self._final)
            sync_folder(self._final.parent)
            return publish(prepared)
        finally:
            self.abandon()

    def _put(self, data: bytes) -> None:
        self._pending += data
        self.size += len(data)
        if len(self._pending) >= _PENDING:
            self._flush()

    def _flush(self) -> None:
        write_all(self._descriptor, self._pending)
        self._written += len(self._pending)
        self._pending.clear()
