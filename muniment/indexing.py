"""Indexes made again where they are missing: deleted, or of WARC files that were put here."""

from __future__ import annotations

from pathlib import Path

from warc.cdxj import SUFFIX, build_index, index_files
from warc.collection import Collection
from warc.files.open_index import prepare, publish


def unindexed(collection: Collection) -> list[Path]:
    """Return the closed WARC files without an index of their own.

    None where another tool's index lies there too (pywb keeps one for all files): what it covers
    would be found twice.
    """
    files = collection.warc_files()
    names = {path.name for path in index_files(collection.indexes)}
    if names - {f"{file.name}{SUFFIX}" for file in files}:
        return []
    return [file for file in files if f"{file.name}{SUFFIX}" not in names]


def index_missing(collection: Collection) -> list[str]:
    """Make the indexes that are missing; return what was done, in sentences.

    To be called with the collection's lock held: a file that is just being closed has none yet.
    """
    collection.create()
    sentences = []
    for file in unindexed(collection):
        entries = build_index(file)
        lines = (f"{entry}\n".encode() for entry in entries)
        publish(prepare(collection.indexes, file.name, lines))
        sentences.append(f"{file.name} had no index: made again with {len(entries)} captures")
    return sentences
