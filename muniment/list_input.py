"""Where a list of links comes from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from muniment.check_list_flags import STANDARD, ListFlags
from muniment.config import ConfigError
from pipelines.checks.targets import Target, read_target
from pipelines.link_lists import LineFault, ListedLink, ListError, kind_of, read_links
from pipelines.list_answers import ListAnswers
from warc.http.userinfo import masked

_START = 4096
_UNREAD = {
    LineFault.NOT_JSON: "not JSON",
    LineFault.NO_HREF: "no href that is a text",
    LineFault.NOT_UTF8: "not text in UTF-8",
    LineFault.TOO_LONG: "too long to be a link",
}


def load_lines(answers: ListAnswers, flags: ListFlags) -> None:
    """Read the list into `answers`; ConfigError names the file and the line that cannot be read.

    One bad line among others is judged for itself; a list of nothing else is a mistake.
    """
    if flags.base and not isinstance(read_target(flags.base), Target):
        raise ConfigError(f"--base: {masked(flags.base)} is no web address")
    name = "standard input" if flags.source == STANDARD else flags.source
    try:
        with _opened(flags.source) as source:
            start = source.peek(_START)  # type: ignore[attr-defined]  # both are buffered readers
            kind = flags.kind or kind_of(flags.source, start)
            answers.add_lines(_some_good(read_links(source, kind, flags.base)))
    except ListError as error:
        raise ConfigError(f"{name}: {error}") from error
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}") from error


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    standard = nullcontext(sys.stdin.buffer)
    with standard if source == STANDARD else Path(source).open("rb") as file:
        yield file


def _some_good(links: Iterable[ListedLink]) -> Iterator[ListedLink]:
    """Yield the links; raise ListError at their end where not one line could be read."""
    first: ListedLink | None = None
    is_good = False
    for link in links:
        is_good = is_good or link.fault not in _UNREAD
        first = first or link
        yield link
    if first is not None and first.fault in _UNREAD and not is_good:
        words = _UNREAD[first.fault]
        raise ListError(f"line {first.line}: {words}; no line of it holds a link")
