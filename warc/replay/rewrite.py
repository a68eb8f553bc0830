"""Make a captured page's links lead into the archive, and nothing in it run."""

from __future__ import annotations

import re
from collections.abc import Callable

from ada_url import join_url
from selectolax.lexbor import LexborHTMLParser, LexborNode

Lead = Callable[[str], str]

_LINKS = {
    "a": "href",
    "area": "href",
    "audio": "src",
    "embed": "src",
    "frame": "src",
    "iframe": "src",
    "image": "href",
    "img": "src",
    "input": "src",
    "link": "href",
    "object": "data",
    "source": "src",
    "track": "src",
    "use": "href",
    "video": "src",
}
_ALSO = {"body": "background", "table": "background", "td": "background", "video": "poster"}
_TO_A_PAGE = frozenset({"a", "area"})
_DROPPED = frozenset({"integrity", "nonce", "ping"})
_INERT = ("#", "data:", "mailto:", "tel:", "about:")
_CSS_URL = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3""", re.IGNORECASE)
_SRCSET_PART = re.compile(r"(\S+)((?:\s+[\d.]+[wx])?)\s*(?:,\s+|,?$)")
_REFRESH = re.compile(
    r"""^\s*([\d.]*)\s*[;,]?\s*(?:url\s*=)?\s*(['"]?)(.*?)\2\s*$""", re.IGNORECASE
)


def rewrite_html(html: str, base: str, to_resource: Lead, to_page: Lead) -> str:
    """Return `html` with every link led through `to_page` (anchors) or `to_resource`.

    Scripts, event handlers and `<base>` are taken out, forms lead nowhere; a meta refresh leads
    into the archive. `base` is the page's own URL; its `<base href>` is followed.
    """
    tree = LexborHTMLParser(html)
    base = _base(tree, base)

    def resource(url: str) -> str:
        return _led(url, base, to_resource)

    def page(url: str) -> str:
        return _led(url, base, to_page)

    for node in tree.css("*"):
        _rewrite_node(node, resource, page)
    for node in tree.css("script, base"):
        node.decompose()
    return tree.html or ""


def rewrite_css(css: str, base: str, to_resource: Lead) -> str:
    """Return a style sheet with `url(...)` and `@import` led through `to_resource`."""
    return _rewritten(css, lambda url: _led(url, base, to_resource))


def _rewritten(css: str, lead: Lead) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[4] is not None:
            return f'@import "{lead(match[4])}"'
        return f'url("{lead(match[2])}")'

    return _CSS_URL.sub(replace, css)


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return _joined(url, node.attributes.get("href") or "") if node is not None else url


def _rewrite_node(node: LexborNode, resource: Lead, page: Lead) -> None:
    attributes = node.attributes
    if not attributes:
        if node.tag == "style":
            _rewrite_style(node, resource)
        return
    tag = node.tag or ""
    for name in (_LINKS.get(tag), _ALSO.get(tag)):
        if name and (value := attributes.get(name)):
            node.attrs[name] = page(value) if tag in _TO_A_PAGE else resource(value)
    if tag in _TO_A_PAGE:
        node.attrs["target"] = "_top"
    for name, value in attributes.items():
        _rewrite_attribute(node, name, value or "", resource, page)
    if tag == "style":
        _rewrite_style(node, resource)


def _rewrite_attribute(node: LexborNode, name: str, value: str, resource: Lead, page: Lead) -> None:
    if name.startswith("on") or name in _DROPPED or _is_dropped_header(name, value):
        del node.attrs[name]
    elif name == "style":
        node.attrs[name] = _rewritten(value, resource)
    elif name in {"srcset", "imagesrcset"}:
        node.attrs[name] = _rewrite_srcset(value, resource)
    elif name == "xlink:href":
        node.attrs[name] = resource(value)
    elif name in {"action", "formaction"}:
        node.attrs[name] = "#"
    elif name == "content":
        _rewrite_refresh(node, value, page)


def _is_dropped_header(name: str, value: str) -> bool:
    return name == "http-equiv" and value.lower() in {"content-security-policy", "set-cookie"}


def _rewrite_refresh(node: LexborNode, value: str, page: Lead) -> None:
    if (node.attributes.get("http-equiv") or "").lower() != "refresh":
        return
    match = _REFRESH.match(value)
    if match and match[3]:
        node.attrs["content"] = f"{match[1] or 0};url={page(match[3])}"


def _rewrite_style(node: LexborNode, resource: Lead) -> None:
    text = node.text()
    rewritten = _rewritten(text, resource)
    if rewritten != text:
        node.inner_html = rewritten


def _rewrite_srcset(value: str, resource: Lead) -> str:
    parts = [f"{resource(m[1])}{m[2]}" for m in _SRCSET_PART.finditer(value.strip()) if m[1]]
    return ", ".join(parts)


def _led(url: str, base: str, lead: Lead) -> str:
    """Return where `url` leads in the archive; `#` for what must not run or be followed."""
    trimmed = url.strip().replace("\n", "").replace("\t", "").replace("\r", "")
    if not trimmed or trimmed.lower().startswith(_INERT):
        return url
    absolute = _joined(base, trimmed)
    if not absolute.lower().startswith(("http://", "https://")):
        return "#"
    return lead(absolute)


def _joined(base: str, url: str) -> str:
    try:
        return join_url(base, url)
    except ValueError:  # an address no browser takes, such as http://[
        return "about:invalid"
