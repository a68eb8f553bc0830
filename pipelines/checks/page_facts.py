"""The facts of a page that a verdict may rest on: few, small, and free of any rule's opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipelines.checks.main_text import drop_hidden, one_line, read_main_text
from pipelines.checks.script_moves import script_move
from warc.charset import decode

EXCERPT = 1000
_SHORT = 2000  # characters of prose up to which a page's scripts and ids may be all there is to it
_TITLE = 300
_MOST_RESOURCES = 24
_MOST_IDS = 24
_REFRESH = re.compile(
    r"\s*(?P<delay>\d{0,9})[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<url>.*)",
    re.IGNORECASE | re.DOTALL,
)
_AT_ONCE = re.compile(r"\s*0*[0-5](?:\D.*)?", re.DOTALL)  # as what is followed
_SCRIPT_PROSE = 120  # with more visible text than this, a script's redirect is for some visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What an HTML or plain text answer says.

    `text` is the beginning of the main text, `text_length` and `prose_length` count all of it.
    `resources` are the addresses of scripts, frames and forms without scheme and query;
    `scripts` and `ids` are kept for short pages only. `fragment` says whether the place that the
    link's `#…` names is there; None where it names none. `unscripted` says that there is no
    text but what is shown where no scripts run, `refreshes` that it leads on or is
    loaded again within 5 seconds.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    text_length: int = 0
    prose_length: int = 0
    resources: tuple[str, ...] = ()
    scripts: str = ""
    ids: tuple[str, ...] = ()
    password: bool = False
    fragment: bool | None = None
    unscripted: bool = False
    refreshes: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values in a stable order of keys; what is empty is left out."""
        value = {
            "title": self.title,
            "headings": list(self.headings),
            "text": self.text,
            "text_length": self.text_length,
            "prose_length": self.prose_length,
            "resources": list(self.resources),
            "scripts": self.scripts,
            "ids": list(self.ids),
            "password": self.password,
            "fragment": self.fragment,
        }
        if self.unscripted:
            value["unscripted"] = True
        if self.refreshes:
            value["refreshes"] = True
        return {key: kept for key, kept in value.items() if kept or kept is False}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the facts that `as_json` wrote."""
        kept: dict[str, Any] = dict(value)
        for key in ("headings", "resources", "ids"):
            kept[key] = tuple(kept.get(key, ()))
        return cls(**kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """Facts, with what only the walk along redirects needs: where the page sends its reader.

    `base` is what the page's references are relative to, "" where that is its own address;
    `refresh` is seconds and a reference, `script_move` the reference of a script's redirect.
    """

    facts: PageFacts
    refresh: tuple[int, str] | None = None
    script_move: str | None = None
    base: str = ""


def read_html(data: bytes, content_type: str, fragment: str = "") -> ReadPage:
    """Return the facts of an HTML page; never raises, whatever the bytes."""
    tree = LexborHTMLParser(_as_text(data, content_type))
    refresh = _meta_refresh(tree)
    scripts = "\n".join(_inline_scripts(tree))
    refreshes = any(map(_AT_ONCE.fullmatch, _meta_refreshes(tree)))
    title = tree.css_first("head title") or tree.css_first("title")
    before = PageFacts(
        title=one_line(title.text())[:_TITLE] if title else "",
        resources=tuple(dict.fromkeys(_resources(tree)))[:_MOST_RESOURCES],
        ids=tuple(_ids(tree)),
        password=tree.css_first("input[type=password i]") is not None,
        fragment=_has_anchor(tree, fragment) if fragment else None,
    )
    based = tree.css_first("base[href]")
    base = (based.attributes.get("href") or "").strip() if based else ""
    hidden = drop_hidden(tree)
    headings = tuple(_headings(tree))
    main = read_main_text(tree, hidden)
    is_short = main.prose_length <= _SHORT
    facts = PageFacts(
        title=before.title,
        headings=headings,
        text=main.text[:EXCERPT],
        text_length=len(main.text),
        prose_length=main.prose_length,
        resources=before.resources,
        scripts=one_line(scripts[: 4 * EXCERPT])[:EXCERPT] if is_short else "",
        ids=before.ids if is_short else (),
        password=before.password,
        fragment=before.fragment,
        unscripted=bool(hidden) and main.text == hidden,
        refreshes=refreshes,
    )
    may_move = main.prose_length <= _SCRIPT_PROSE
    return ReadPage(
        facts=facts,
        refresh=refresh,
        script_move=script_move(scripts) if may_move else None,
        base=base,
    )


def _as_text(data: bytes, content_type: str) -> str:
    """Return the page's text; two bytes a sign without a mark show by their zeros."""
    if data[:2] in (b"<\x00", b"\x00<"):
        return data.decode("utf-16-le" if data[:1] == b"<" else "utf-16-be", "replace")
    return decode(data, content_type)


def read_plain(data: bytes, content_type: str) -> ReadPage:
    """Return the facts of a plain text answer."""
    text = one_line(decode(data, content_type))
    facts = PageFacts(text=text[:EXCERPT], text_length=len(text), prose_length=len(text))
    return ReadPage(facts=facts)


def read_refresh(written: str) -> tuple[int, str] | None:
    """Return the seconds and the reference of a refresh; None where it only reloads.

    The stubs of state.gov hold the URL in quotes that are themselves escaped: those go too.
    """
    match = _REFRESH.fullmatch(written)
    if match is None:
        return None
    quote = match["quote"]
    url = (match["url"].partition(quote)[0] if quote else match["url"]).strip().strip("'\"")
    return (int(match["delay"] or 0), url) if url else None


def _meta_refresh(tree: LexborHTMLParser) -> tuple[int, str] | None:
    return next(filter(None, map(read_refresh, _meta_refreshes(tree))), None)


def _meta_refreshes(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield what is written in refreshes that are not only for readers without scripts."""
    for node in tree.css("meta[http-equiv=refresh i]"):
        parent = node.parent
        if parent is None or parent.tag != "noscript":
            yield node.attributes.get("content") or ""


def _inline_scripts(tree: LexborHTMLParser) -> Iterator[str]:
    if tree.body is not None and (on_load := tree.body.attributes.get("onload")):
        yield on_load
    for node in tree.css("script:not([src])"):
        kind = (node.attributes.get("type") or "javascript").lower()
        if "javascript" in kind or "ecmascript" in kind or kind == "module":
            yield node.text()


def _headings(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("h1")[:3] or tree.css("h2")[:1]:
        if text := one_line(node.text(separator=" ")):
            yield text[:_TITLE]


def _resources(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("script[src],iframe[src],frame[src],form[action]"):
        written = node.attributes.get("src") or node.attributes.get("action") or ""
        try:
            parts = urlsplit(written.strip())
        except ValueError:
            continue
        if parts.netloc or parts.path.strip("/"):
            yield f"{parts.netloc}{parts.path}".lower()[:100]


def _ids(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[id]")[:_MOST_IDS]:
        if name := node.attributes.get("id"):
            yield name[:40]


def _has_anchor(tree: LexborHTMLParser, fragment: str) -> bool:
    """Return whether the page holds the place (HTML, section 7.4.6.3); the top always is there."""
    wanted = {fragment, unquote(fragment)}
    if fragment.lower() == "top" or fragment.startswith((":~:", "!", "/")):
        return True
    return any(
        node.attributes.get("id") in wanted or node.attributes.get("name") in wanted
        for node in tree.css("[id],a[name]")
    )
