"""The links of one document that somebody wrote: HTML or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from pipelines.urls import resolve
from warc.charset import decode

_BARE = re.compile(r"(?i)\bhttps?://[^\s<>\"\u201c\u201d]+")
_TRAILING = "?!.,:;*_~'\u2019"  # GitHub Flavored Markdown, section 6.9, with quotation marks
_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")
_LINKED = "a[href],area[href]"


class DocumentLink(NamedTuple):
    """A link, what it is relative to, and its line where that is known."""

    href: str
    base: str | None
    line: int | None


def html_links(data: bytes, address: str | None = None) -> Iterator[DocumentLink]:
    """Yield the links (`a`, `area`) of a page in their order; its `<base href>` is heeded."""
    tree = LexborHTMLParser(decode(data, ""))
    base = _base(tree, address)
    for node in tree.css(_LINKED):
        yield DocumentLink(node.attributes.get("href") or "", base, None)


def _base(tree: LexborHTMLParser, address: str | None) -> str | None:
    node = tree.css_first("base[href]")
    written = (node.attributes.get("href") or "").strip() if node else ""
    if not written:
        return address
    return resolve(address, written).url if address else written


def markdown_links(text: str, address: str | None = None) -> Iterator[DocumentLink]:
    """Yield the links of a Markdown document in their order.

    Inline links, references, autolinks, bare URLs (as on GitHub) and links in HTML; images and
    what stands in code are none.
    """
    from markdown_it import MarkdownIt  # long to import

    parser = MarkdownIt("commonmark").enable("table")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as written
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged, not hidden
    for token in parser.parse(text):
        line = token.map[0] + 1 if token.map else None
        if token.type == "html_block":
            yield from _in_html(token.content, address, line)
        elif token.type == "inline":
            yield from _inline(token.children or (), address, line)


def _inline(
    tokens: Sequence[object], address: str | None, line: int | None
) -> Iterator[DocumentLink]:
    depth = 0
    for token in tokens:
        kind, content = getattr(token, "type", ""), getattr(token, "content", "")
        if kind in {"softbreak", "hardbreak"} and line is not None:
            line += 1
        elif kind == "link_open":
            depth += 1
            yield DocumentLink(str(token.attrs.get("href", "")), address, line)  # type: ignore[attr-defined]
        elif kind == "link_close":
            depth -= 1
        elif kind == "html_inline":
            depth += _opens(content)
            yield from _in_html(content, address, line)
        elif kind == "text" and depth <= 0:
            for href in bare_urls(content):
                yield DocumentLink(href, address, line)


def _opens(tag: str) -> int:
    """Return 1 for the tag that begins a link, -1 for the one that ends it."""
    lowered = tag.lower()
    return lowered.startswith(("<a ", "<a\n")) - lowered.startswith("</a")


def _in_html(markup: str, address: str | None, line: int | None) -> Iterator[DocumentLink]:
    for node in LexborHTMLParser(markup).css(_LINKED):
        yield DocumentLink(node.attributes.get("href") or "", address, line)


def bare_urls(text: str) -> Iterator[str]:
    """Yield the URLs written out in `text`, without the punctuation of their sentences."""
    for found in _BARE.finditer(text):
        url = found[0]
        while url != (shorter := _without_last(url)):
            url = shorter
        yield url


def _without_last(url: str) -> str:
    if url[-1] in _TRAILING:
        entity = _ENTITY.search(url)
        return url[: entity.start()] if entity else url[:-1]
    for opening, closing in ("()", "[]", "{}"):
        if url[-1] == closing and url.count(closing) > url.count(opening):
            return url[:-1]
    return url
