"""A page's source: its head read, its parts found, and each parsed once."""

from __future__ import annotations

import html as entities
import re
from functools import cached_property

from selectolax.lexbor import LexborCSSSelector, LexborHTMLParser, LexborNode

from pipelines.sites.template import Region, Template
from warc.charset import mended, text_of, utf8
from warc.nesting import is_too_deep

_CONTENT = re.compile(r"""(?is)\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_HREF = re.compile(r"""(?is)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_LANG = re.compile(r"""(?i)<html[^>]*?\slang\s*=\s*["']?([\w\-]+)""")
_REFRESH = re.compile(r"""(?is)^\s*(\d{1,9})[^;,]*(?:[;,]\s*(?:url\s*=)?\s*(.*))?$""")
_PUBLISHED = re.compile(rb'"datePublished"\s*:\s*"([^"]+)"')
_HEAD = 1 << 16
# One for all pages: to make a page's own takes as long as to parse a short one.
_SELECTORS = LexborCSSSelector()  # type: ignore[no-untyped-call]  # its stub has no "-> None"


class Page:
    """One page's source and its parts; each part is decoded or parsed when first asked for.

    `source` is what `warc.charset.utf8` gives, bytes that are no UTF-8 still in it.
    """

    def __init__(self, html: bytes, content_type: str | None = None) -> None:
        self.source = utf8(html, content_type)
        self.is_too_deep = False  # told by what has been parsed so far
        self._start: int | None = None  # of the template's window
        self._parsed: LexborHTMLParser | None = None

    @cached_property
    def head(self) -> str:
        """Return the source up to the end of `<head>`."""
        end = self.source.find(b"</head>", 0, 1 << 18)
        return text_of(self.source[: end if end >= 0 else _HEAD])

    @cached_property
    def document_title(self) -> str:
        """Return the text of `<title>`."""
        found = re.search(r"<title[^>]*>([^<]*)", self.head, re.IGNORECASE)
        return " ".join(entities.unescape(found[1]).split()) if found else ""

    @cached_property
    def language(self) -> str | None:
        """Return the language `<html lang>` declares."""
        found = _LANG.search(self.head[:2048])
        return found[1] if found else None

    @cached_property
    def base(self) -> str | None:
        """Return the `<base href>`."""
        start = max(self.head.find("<base "), self.head.find("<BASE "))
        if start < 0:
            return None
        return _attribute(_HREF, self.head[start : self.head.find(">", start) + 1])

    @cached_property
    def published(self) -> str | None:
        """Return what the page's JSON-LD or its `article:published_time` says."""
        if b"datePublished" in self.source:
            found = _PUBLISHED.search(self.source)
            if found:
                return text_of(found[1])
        return self.meta("article:published_time")

    @cached_property
    def refresh(self) -> tuple[int, str] | None:
        """Return the seconds and the target of a `<meta http-equiv=refresh>`."""
        lowered = self.head.lower() if len(self.head) < _HEAD else self.head
        at = lowered.find("refresh")
        while at >= 0:
            tag = self._tag_at(at)
            if tag[:5].lower() == "<meta" and "http-equiv" in tag.lower():
                found = _REFRESH.match(_attribute(_CONTENT, tag) or "")
                return (int(found[1]), (found[2] or "").strip(" '\"")) if found else None
            at = lowered.find("refresh", at + 1)
        return None

    def meta(self, name: str) -> str | None:
        """Return the content of the `<meta>` whose `name` or `property` is `name`."""
        at = self.head.find(f'"{name}"')
        if at < 0:
            return None
        content = _attribute(_CONTENT, self._tag_at(at))
        return content or None

    def _tag_at(self, offset: int) -> str:
        start = self.head.rfind("<", 0, offset)
        end = self.head.find(">", offset)
        return self.head[start : end + 1] if start >= 0 and end >= 0 else ""

    def shows(self, signs: tuple[bytes, ...], template: Template) -> bool:
        """Return whether one of `signs` is in the source from the template's window on."""
        first = self._window_start(template) if signs else 0
        return any(self.source.find(sign, first) >= 0 for sign in signs)

    def part(self, region: Region | None, template: Template) -> list[LexborNode]:
        """Return the elements that hold a part of the page; [] where it has none.

        The page is parsed once, in the template's window. A part that its marks tell to be
        another (a stray `</div>` in a text closes what is around it) is parsed by itself.
        """
        if region is None:
            return []
        found = _outermost(first_match(self._window(template), region.selectors))
        if region.start and not (len(found) == 1 and _ends_at(found[0], region.end)):
            source = None if found and self._is_open(region) else self.between(region)
            part = self._parse(source).body if source is not None else None
            return [part] if part is not None else found
        return found

    def _is_open(self, region: Region) -> bool:
        """Return whether the mark that ends a part is missing, and the rest is not all of it."""
        start, end = region.start or b"", region.end
        return end is not None and self.source.find(end, max(0, self.source.find(start))) < 0

    def front(self, selectors: tuple[str, ...], template: Template) -> list[LexborNode]:
        """Return the elements that the first fitting selector finds in the window."""
        return first_match(self._window(template), selectors)

    def before(self, region: Region) -> Page | None:
        """Return the page up to the mark that begins a part; None where it has none."""
        at = self.source.find(region.start) if region.start else -1
        if at < 0:
            return None
        front = Page(b"")
        front.source = self.source[:at]
        return front

    def between(self, region: Region | None) -> bytes | None:
        """Return the source between the marks of `region`; None where it has no such part."""
        if region is None or region.start is None:
            return None
        first = self.source.find(region.start)
        if first < 0:
            return None
        first += len(region.start)
        last = self.source.find(region.end, first) if region.end else -1
        return self.source[first : last if last >= 0 else len(self.source)]

    def _parse(self, source: bytes) -> LexborHTMLParser:
        """Return `source` parsed; nothing of it where it nests too deep."""
        if is_too_deep(source):
            self.is_too_deep = True
            source = b""
        return LexborHTMLParser(mended(source))

    def _window(self, template: Template) -> LexborNode | None:
        if self._parsed is None:
            mark = template.window.end
            first = self._window_start(template)
            last = self.source.find(mark, first) if mark else -1
            end = last + len(mark or b"") if last >= 0 else None
            self._parsed = self._parse(self.source[first:end])
        return self._parsed.body

    def _window_start(self, template: Template) -> int:
        if self._start is None:
            self._start = max(0, self.source.find(template.window.start or b""))
        return self._start


def _ends_at(node: LexborNode, mark: bytes | None) -> bool:
    """Return whether the comment `mark` is the last thing in `node`, or next after it.

    Empty paragraphs and white space between do not count.
    """
    name = (mark or b"").removeprefix(b"<!--").removesuffix(b"-->").strip().decode()
    last = node.last_child
    while last is not None and last.is_text_node and not (last.text_content or "").strip():
        last = last.prev
    if last is not None and last.tag == "-comment" and last.comment_content == name:
        return True
    after = node.next
    while after is not None and after.tag in ("-text", "p") and not after.text().strip():
        after = after.next
    return after is not None and after.tag == "-comment" and after.comment_content == name


def first_match(root: LexborNode | None, selectors: tuple[str, ...]) -> list[LexborNode]:
    """Return what the first selector that finds anything finds below `root`."""
    if root is None:
        return []
    return next((found for selector in selectors if (found := _SELECTORS.find(selector, root))), [])


def _attribute(pattern: re.Pattern[str], tag: str) -> str | None:
    found = pattern.search(tag)
    if not found:
        return None
    return entities.unescape(next((g for g in found.groups() if g is not None), ""))


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return the nodes that do not lie in one another; `nodes` are in document order."""
    if len(nodes) <= 1:
        return nodes
    kept: list[LexborNode] = []
    ids: set[int] = set()
    for node in nodes:
        if not any(ancestor in ids for ancestor in _ancestors(node)):
            kept.append(node)
            ids.add(node.mem_id)
    return kept


def _ancestors(node: LexborNode) -> list[int]:
    found = []
    parent = node.parent
    while parent is not None:
        found.append(parent.mem_id)
        parent = parent.parent
    return found
