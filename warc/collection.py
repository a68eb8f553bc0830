"""The folders of a collection that are WARC's own, laid out as pywb expects them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

WARC_SUFFIXES = (".warc.gz", ".warc", ".arc.gz", ".arc")


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder with `archive/*.warc.gz` and `indexes/*.cdxj`.

    The same two names that pywb uses below `collections/NAME/`, so that pywb can be pointed at
    it as it stands.
    """

    root: Path

    @property
    def name(self) -> str:
        """Return the folder's own name."""
        return self.root.resolve().name

    @property
    def archive(self) -> Path:
        """Return the folder of WARC files."""
        return self.root / "archive"

    @property
    def indexes(self) -> Path:
        """Return the folder of CDXJ files."""
        return self.root / "indexes"

    def warc_files(self) -> list[Path]:
        """Return the closed WARC and ARC files in name order; files still `.open` are left out."""
        if not self.archive.is_dir():
            return []
        return sorted(p for p in self.archive.iterdir() if p.name.endswith(WARC_SUFFIXES))

    def create(self) -> None:
        """Make the folders where they are missing."""
        self.archive.mkdir(parents=True, exist_ok=True)
        self.indexes.mkdir(parents=True, exist_ok=True)
