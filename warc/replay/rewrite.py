"""Make a captured page's links lead into the archive, and nothing in it run."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from warc.nesting import is_too_deep
from warc.replay.leads import NOWHERE, Lead, Leads, joined
from warc.replay.srcset import rewrite_srcset
from warc.replay.style_sheets import rewrite_style

_FOLLOWED = frozenset({"a", "area"})
_FRAMES = frozenset({"iframe", "frame", "object", "embed", "portal", "fencedframe"})
_LOADED = frozenset(
    {"href", "xlink:href", "src", "data", "background", "poster", "lowsrc", "dynsrc", "icon",
     "longdesc", "cite"}
)  # fmt: skip
# What may hold url(…): presentation attributes of SVG 2.
STYLED = frozenset(
    {"style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start",
     "marker-mid", "marker-end"}
)  # fmt: skip
# Permissions to report, checks that rewriting breaks, and code of times past.
DROPPED = frozenset(
    {"integrity", "nonce", "ping", "attributionsrc", "crossorigin", "manifest", "profile",
     "codebase", "classid", "archive", "code", "csp", "allow", "browsingtopics"}
)  # fmt: skip
_SUBMITS = frozenset({"action", "formaction"})
_SETS = frozenset({"srcset", "imagesrcset"})
_LINKING = frozenset({"href", "xlink:href"})
_READ = _LOADED | STYLED | _SUBMITS | _SETS | {"srcdoc"}
_KEPT_HEADERS = frozenset(
    {"refresh", "content-type", "content-language", "content-style-type", "default-style",
     "x-ua-compatible", "imagetoolbar"}
)  # fmt: skip
# A browser opens connections for these without asking the policy.
_HINTS = frozenset({"dns-prefetch", "preconnect", "prefetch", "prerender", "modulepreload"})
_MOVED = frozenset({"href", "xlink:href", "src"})
_DOCTYPE = re.compile(
    r"(?>\s+|\ufeff|<!--.*?-->|<\?[^>]*>)*+(<!doctype[^>]*>)", re.IGNORECASE | re.DOTALL
)
_REFRESH = re.compile(r"""([\d.]*) ?[;,]? ?(?:url ?= ?)?(['"]?)(?P<url>.*?)\2""", re.IGNORECASE)
_NESTED = 4


class TooDeepError(ValueError):
    """A page whose elements nest deeper than any that is made to be read."""


def rewrite_html(html: str, page: str, to_resource: Lead, to_page: Lead) -> str:
    """Return `html` with every link led through `to_page` (anchors) or `to_resource`.

    Scripts, event handlers and `<base>` are taken out, forms lead nowhere; a meta refresh leads
    into the archive. `page` is the page's own URL; its `<base href>` is followed. The document
    type stays as written: browsers choose by it how to lay the page out. Raise TooDeepError for
    a page that would take the parser hours.
    """
    if is_too_deep(html.encode("utf-8", "replace")):
        raise TooDeepError("its elements nest deeper than those of any page made to be read")
    tree = LexborHTMLParser(html)
    base = _base(tree, page)
    leads = Leads(page=page, base=base, to_resource=to_resource, to_page=to_page)
    made = _rewritten(tree, leads, _NESTED)
    written, plain = _DOCTYPE.match(html), _DOCTYPE.match(made)
    if written and plain:
        return made[: plain.start(1)] + written[1] + made[plain.end(1) :]
    return made


def rewrite_css(css: str, base: str, to_resource: Lead) -> str:
    """Return a style sheet with what it loads led through `to_resource`."""
    return rewrite_style(css, Leads(page=base, base=base, to_resource=to_resource,
                                    to_page=to_resource).resource)  # fmt: skip


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return joined(url, node.attributes.get("href") or "") if node is not None else url


def _rewritten(tree: LexborHTMLParser, leads: Leads, depth: int) -> str:
    """Return the document of `tree`, rewritten; frames and templates in it `depth` levels deep."""
    for node in tree.css("*"):
        tag = node.tag or ""
        if tag == "style":
            _rewrite_style(node, leads)
        if attributes := node.attributes:
            _rewrite_attributes(node, tag, attributes, leads, depth)
    for node in tree.css("script, base, animate, set"):
        if node.tag in {"script", "base"} or _moves_a_link(node):
            node.decompose()
    shadows = _take_templates(tree, leads, depth)
    html = tree.html or ""
    for mark, shadow in shadows.items():
        html = html.replace(mark, shadow)
    return html


def _moves_a_link(node: LexborNode) -> bool:
    """Return whether an animation would lead a link elsewhere, which needs no script."""
    named = node.attributes.get("attributename") or node.attributes.get("attributeName") or ""
    return named.strip().lower() in _MOVED


def _take_templates(tree: LexborHTMLParser, leads: Leads, depth: int) -> dict[str, str]:
    """Put marks for the templates; return what replaces each.

    Without scripts a template shows nothing, but for a shadow root that is declared.
    """
    shadows = {}
    for node in tree.css("template"):
        mode = node.attributes.get("shadowrootmode")
        outer = node.html or ""
        if mode in {"open", "closed"} and depth and outer.endswith("</template>"):
            mark = f"shadow-{secrets.token_hex(16)}"
            # The parser keeps a template's content where no selector reaches it.
            inside = LexborHTMLParser("<div" + outer[9:-11] + "</div>")
            made = LexborHTMLParser(_rewritten(inside, leads, depth - 1)).css_first("div")
            content = made.inner_html if made is not None else ""
            shadows[mark] = f'<template shadowrootmode="{mode}">{content}</template>'
            node.replace_with(mark)
        else:
            node.decompose()
    return shadows


def _rewrite_attributes(
    node: LexborNode, tag: str, attributes: dict[str, str | None], leads: Leads, depth: int
) -> None:
    attrs = node.attrs
    followed = ""
    for name, value in attributes.items():
        if name.startswith("on") or name in DROPPED:
            del attrs[name]
        elif value and name in _READ:
            made = _made(tag, name, value, leads, depth)
            if made != value:
                attrs[name] = made
            followed = made if name in _LINKING else followed
    if tag in _FOLLOWED:
        # What the reader follows takes the banner along; a place on this page stays here.
        attrs["target"] = "_self" if not followed or followed[0] == "#" else "_top"
    elif tag == "meta" and "http-equiv" in attributes:
        _rewrite_header(node, leads)
    elif tag == "link" and set((attributes.get("rel") or "").lower().split()) & _HINTS:
        node.decompose()


def _made(tag: str, name: str, value: str, leads: Leads, depth: int) -> str:
    """Return what the value of an attribute that is looked at becomes."""
    if name in _LOADED:
        return _loaded(tag, name, leads)(value)
    if name in STYLED:
        return rewrite_style(value, leads.resource)
    if name in _SETS:
        return rewrite_srcset(value, leads.resource)
    return NOWHERE if name in _SUBMITS else _framed_document(value, leads, depth)


def _framed_document(html: str, leads: Leads, depth: int) -> str:
    if not depth or is_too_deep(html.encode("utf-8", "replace")):
        return ""
    return _rewritten(LexborHTMLParser(html), leads, depth - 1)


def _loaded(tag: str, name: str, leads: Leads) -> Callable[[str], str]:
    if tag in _FOLLOWED and name in _LINKING:
        return leads.followed
    if tag in _FRAMES and name in {"src", "data"}:
        return leads.framed
    return leads.resource


def _rewrite_header(node: LexborNode, leads: Leads) -> None:
    """Take out what a page would set as a header; lead a refresh into the archive."""
    header = (node.attributes.get("http-equiv") or "").strip().lower()
    if header not in _KEPT_HEADERS:
        del node.attrs["http-equiv"]
    elif header == "refresh":
        written = " ".join((node.attributes.get("content") or "").split())
        match = _REFRESH.fullmatch(written)
        if match and match["url"]:
            node.attrs["content"] = f"{match[1] or 0};url={leads.followed(match['url'])}"


def _rewrite_style(node: LexborNode, leads: Leads) -> None:
    text = node.text()
    rewritten = rewrite_style(text, leads.resource)
    if rewritten != text:
        node.inner_html = rewritten
