"""One request that was let in, and what answers it share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit

from reports.review.desk import Desk
from reports.review.filter import Filter
from reports.review.recheck import Rechecks
from reports.review.sessions import Session

QUEUE = "/queue"
_OWN = frozenset({"url", "done", "count"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request: where it goes, what its address and its form say, and who sent it."""

    method: str
    path: str
    query: str
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    session: Session
    author: str
    csrf: str
    desk: Desk
    rechecks: Rechecks

    @cached_property
    def values(self) -> dict[str, str]:
        """Return the address's query; of a name that is there twice the last value."""
        return dict(parse_qsl(self.query, errors="replace", max_num_fields=100))

    @property
    def here(self) -> str:
        """Return the path and query of this page, without what was just done."""
        left = [
            (name, value) for name, value in self.values.items() if name not in ("done", "count")
        ]
        return f"{self.path}?{urlencode(left)}" if left else self.path

    def chosen(self) -> tuple[Filter, str, int]:
        """Return filter, order and page of the address; ValueError says what cannot be."""
        return chosen_of({k: v for k, v in self.values.items() if k not in _OWN})


def chosen_of(values: Mapping[str, str]) -> tuple[Filter, str, int]:
    """Return filter, order and page; ValueError says in words what cannot be."""
    page = values.get("page", "1") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) <= 9):  # noqa: PLR2004 - digits
        raise ValueError(f"page cannot be {page[:40]!r}; it is a number")
    return Filter.from_query(values), values.get("sort", "") or "reading", max(1, int(page))


def query_of(chosen: Filter, sort: str, page: int = 1) -> str:
    """Return what `chosen_of` reads as it stands in an address, always in the same order."""
    values = chosen.to_query()
    if sort != "reading":
        values["sort"] = sort
    if page > 1:
        values["page"] = str(page)
    return urlencode(values, errors="replace")


def own_path(text: str, default: str = QUEUE) -> str:
    """Return a path of ours that a form says to go on to; the default for anything else."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return default
    is_plain = text.startswith("/") and not text.startswith(("//", "/\\"))
    is_plain = is_plain and not any(ord(sign) <= 32 or sign == "\\" for sign in text)  # noqa: PLR2004
    return text if is_plain and not parts.netloc and text.isascii() else default
