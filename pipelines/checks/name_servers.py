"""The name servers of a link's site, kept beside the exchange of a page that is in doubt."""

from __future__ import annotations

from collections.abc import Iterable

_NOTE = "name servers: "


def noted(names: Iterable[str]) -> str:
    """Return the note that an exchange's metadata record keeps them in."""
    return _NOTE + " ".join(names)


def read_names(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the names that `noted` wrote among the notes of an exchange; none where it did not."""
    for note in notes:
        if note.startswith(_NOTE):
            return tuple(note.removeprefix(_NOTE).split())
    return ()
