"""Lists of links that people have: URLs a line, JSON Lines, and the links of a document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, BinaryIO

from pipelines.document_links import html_links, markdown_links
from pipelines.typed_links import as_meant
from warc.http.target import scheme_of

_LONGEST_LINE = 1 << 20
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_COMMENT = re.compile(r"#(?:\s|$)")
_TAG = re.compile(rb"<(?:!doctype|!--|\?xml|[a-z])", re.IGNORECASE)


class ListKind(StrEnum):
    """How a list is written."""

    URLS = "urls"
    JSONL = "jsonl"
    HTML = "html"
    MARKDOWN = "markdown"


class LineFault(StrEnum):
    """Why a link of a list cannot be judged, besides what its own address has wrong."""

    NOT_UTF8 = "input-not-utf8"
    NOT_JSON = "input-not-json"
    NO_HREF = "input-no-href"
    TOO_LONG = "input-too-long"
    SAME_PAGE = "same-page"  # a place on the document itself, whose address is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """One link of a list, as written.

    `id` is what the list calls it: a JSON value; else the number of its line, or in a document
    its place among the links. `line` counts from 1 and is None where it is not known. `is_source`
    says that the `href` may still hold what HTML writes for an ampersand, `is_typed` that it is a
    line that somebody wrote or pasted, perhaps in quotes and without its scheme. A line that
    cannot be read has a `fault`, and what was written as its `href`.
    """

    id: Any
    href: str
    base: str | None
    line: int | None
    is_source: bool = False
    is_typed: bool = False
    fault: LineFault | None = None


class ListError(ValueError):
    """What was given is no list of links; the message says why."""


_SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), ListKind.HTML),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), ListKind.MARKDOWN),
    **dict.fromkeys((".jsonl", ".ndjson", ".jl", ".json"), ListKind.JSONL),
    **dict.fromkeys((".urls", ".lst", ".list"), ListKind.URLS),
}


def kind_of(name: str, start: bytes) -> ListKind:
    """Return how a list is written: by its file's suffix, else by its first bytes."""
    by_name = _SUFFIXES.get(PurePath(name).suffix.lower())
    if by_name is not None:
        return by_name
    text = start.removeprefix(_BOM).lstrip()
    if text.startswith(b"{"):
        return ListKind.JSONL
    if _TAG.match(text) and not re.match(rb"(?i)<https?:", text):
        return ListKind.HTML
    return _of_lines(text.decode("utf-8", "replace"))


def _of_lines(text: str) -> ListKind:
    """Return MARKDOWN for prose: where no line that was seen is a URL."""
    lines = [line.strip() for line in text.splitlines()]
    first = [line for line in lines if line and not _COMMENT.match(line)]
    meant = [as_meant(line) for line in first if " " not in line or scheme_of(line)]
    is_list = not first or any(scheme_of(line) or line.startswith("//") for line in meant)
    return ListKind.URLS if is_list else ListKind.MARKDOWN


def read_links(source: BinaryIO, kind: ListKind, base: str | None = None) -> Iterator[ListedLink]:
    """Yield every link of a list in its order, duplicates too.

    Lines are read one by one; empty ones, and comments in a list of URLs ("# …"), hold no link.
    `base` is the address of a document, or what links without a base of their own are relative
    to. Raise ListError where the bytes are no text.
    """
    if kind is ListKind.HTML:
        found = html_links(source.read(), base)
    elif kind is ListKind.MARKDOWN:
        found = markdown_links(_text(source.read()), base)
    else:
        read = _json_line if kind is ListKind.JSONL else _url_line
        yield from _lines(source, read, base)
        return
    for number, link in enumerate(found, start=1):
        is_own = link.base is None and link.href.startswith("#")
        fault = LineFault.SAME_PAGE if is_own else None
        yield ListedLink(id=number, href=link.href, base=link.base, line=link.line, fault=fault)


def _text(data: bytes) -> str:
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ListError(f"line {line} is not UTF-8") from None


def _lines(source: BinaryIO, read: Any, base: str | None) -> Iterator[ListedLink]:
    number = 0
    while line := source.readline(_LONGEST_LINE):
        number += 1
        if number == 1:
            if line.startswith(_UTF_16) or b"\0" in line:
                raise ListError("not text in UTF-8")
            line = line.removeprefix(_BOM)
        link = _line(source, line, number, read, base)
        if link is not None:
            yield link


def _line(
    source: BinaryIO, line: bytes, number: int, read: Any, base: str | None
) -> ListedLink | None:
    if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
        while (rest := source.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        return _bad(line, number, LineFault.TOO_LONG)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return _bad(line, number, LineFault.NOT_UTF8)
    found = read(text, number, base) if text.strip() else None
    assert found is None or isinstance(found, ListedLink)  # noqa: S101 - for the type checker
    return found


def _url_line(text: str, number: int, base: str | None) -> ListedLink | None:
    if _COMMENT.match(text):
        return None
    href = text.rstrip("\r\n")
    return ListedLink(id=number, href=href, base=base, line=number, is_source=True, is_typed=True)


def _json_line(text: str, number: int, base: str | None) -> ListedLink:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _bad(text.encode(), number, LineFault.NOT_JSON)
    if isinstance(value, str):  # a URL in quotes is clear enough
        value = {"href": value}
    if not isinstance(value, dict):
        return _bad(text.encode(), number, LineFault.NO_HREF)
    name = value.get("id", number)
    href = value["href"] if "href" in value else value.get("url")
    if not isinstance(href, str):
        return _bad(text.encode(), number, LineFault.NO_HREF, name)
    own = value.get("base")
    return ListedLink(
        id=name,
        href=href,
        base=own if isinstance(own, str) and own.strip() else base,
        line=number,
        is_source=True,
    )


_SHOWN = 200


def _bad(line: bytes, number: int, fault: LineFault, name: Any = None) -> ListedLink:
    shown = line[:_SHOWN].decode("utf-8", "replace").strip()
    return ListedLink(
        id=number if name is None else name, href=shown, base=None, line=number, fault=fault
    )
