"""What the replay offers first: the statements that were captured."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from pipelines.extraction import part_path
from pipelines.parts import read_part
from pipelines.statements.record import Statement
from warc.collection import Collection
from warc.replay.pages import Highlight, Highlights

_SHOWN = 100


def statements(collection: Collection) -> Highlights | None:
    """Return the first hundred statements extracted, the latest first; None where there is none.

    They are read from `statements/`; a file of another version of Muniment is passed over.
    """
    found: dict[str, Statement] = {}
    for file in collection.warc_files():
        part = part_path(collection, file.name)
        if part.exists() and len(found) < _SHOWN:
            found |= {one.url: one for one in _read(part, _SHOWN - len(found))}
    if not found:
        return None
    latest = sorted(found.values(), key=lambda one: (one.date or "", one.url), reverse=True)
    some = f" ({_SHOWN} of them; the search finds all)" if len(found) == _SHOWN else ""
    return Highlights(
        title=f"Statements{some}",
        rows=tuple(
            Highlight(url=one.url, captured=one.captured, text=one.title, note=one.date or "")
            for one in latest
        ),
    )


def _read(part: Path, limit: int) -> list[Statement]:
    try:
        return list(islice(read_part(part), limit))
    except (OSError, ValueError, KeyError, TypeError):
        return []
