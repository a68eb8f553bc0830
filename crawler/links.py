"""What a page leads to and what it needs, as written in it: pure, one parse a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.link_values import refresh_target, srcset_urls
from crawler.stylesheets import css_urls


class Kind(StrEnum):
    """What an address is to the page it stands in."""

    LINK = "link"
    REQUISITE = "requisite"
    FRAME = "frame"  # a page that is part of another page
    REFRESH = "refresh"
    SITEMAP = "sitemap"

    __hash__ = str.__hash__  # an Enum's own is Python code, and each link is hashed


class Found(NamedTuple):
    """An address as written, what it is to its page, and where it stands: `a/@href`."""

    kind: Kind
    href: str
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """`base` is the first `<base href>` as written; `found` is in document order, each once."""

    base: str | None
    found: tuple[Found, ...]


_Attributes = Mapping[str, str | None]

_XLINK = ("href", "xlink:href")
_LINKS: dict[str, tuple[str, ...]] = {
    "a": _XLINK,
    "area": ("href",),
    "img": ("longdesc",),
    "iframe": ("longdesc",),
    "frame": ("longdesc",),
    **dict.fromkeys(("blockquote", "q", "ins", "del"), ("cite",)),
}
_REQUISITES: dict[str, tuple[str, ...]] = {
    "img": ("src", "lowsrc", "dynsrc"),
    "image": _XLINK,
    "use": _XLINK,
    "feImage": _XLINK,  # within SVG lexbor keeps its case
    "script": ("src", *_XLINK),
    "object": ("data",),
    "video": ("src", "poster", "data-poster"),
    "html": ("manifest",),
    **dict.fromkeys(
        ("source", "input", "embed", "audio", "track", "bgsound", "layer"),
        ("src",),
    ),
}
# Of each element the attributes that hold an address, what that is, and where it stands.
_ADDRESSES: dict[str, tuple[tuple[str, Kind, str], ...]] = {
    tag: tuple(
        (name, kind, f"{tag}/@{name}")
        for kind, names in ((Kind.LINK, _LINKS), (Kind.REQUISITE, _REQUISITES))
        for name in names.get(tag, ())
    )
    for tag in _LINKS | _REQUISITES
}
# The attribute without which an element is passed over; None for one that never is.
_NEEDED: dict[str, str | None] = {
    **dict.fromkeys(("a", "area", "frame", "iframe", "img", "source", "script", "video", "style")),
    **dict.fromkeys(("image", "use", "feImage", "feimage", "object", "applet", "noframes")),
    **dict.fromkeys(("input", "embed", "audio", "track", "bgsound", "layer"), "src"),
    **dict.fromkeys(("blockquote", "q", "ins", "del"), "cite"),
    "link": "href",
    "meta": "http-equiv",
    "param": "value",
    "html": "manifest",
    "template": "shadowrootmode",
}
_NEVER = ""  # no attribute has that name
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-bg", "data-background")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")
_SETS = frozenset({"img", "source"})
_ANYWHERE = frozenset({"background", "data-src", "data-bg", "data-background"})
_OF_MANY = frozenset({"style", "background", "srcset", *_LAZY, *_LAZY_SETS})
_MOVIE_PARAMETERS = {"movie", "src", "filename", "url"}
_REQUISITE_RELS = {
    *("stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"),
    *("fluid-icon", "manifest", "preload", "modulepreload", "prefetch", "image_src"),
}
_UNASKED_RELS = {
    *("dns-prefetch", "preconnect", "pingback", "edituri", "wlwmanifest", "profile", "shortlink"),
    *("hub", "edit", "service", "webmention", "micropub", "https://api.w.org/"),
}


def page_links(html: str) -> PageLinks:
    """Return all that the page refers to; what cannot leave the page is left out."""
    bases: list[str | None] = []
    found: list[Found] = []
    # A plain walk: setting up selectors alone takes half as long as parsing the page.
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root else ():
        attributes, tag = node.attributes, node.tag or ""
        needed = _NEEDED.get(tag, _NEVER)
        if needed is None or (attributes and (needed in attributes or _has_address(attributes))):
            found += _of(node, tag, attributes)
        if tag == "base" and "href" in attributes:
            bases.append(attributes["href"])
    each = dict.fromkeys([each for each in found if _leads(each.href)])
    return PageLinks(base=bases[0] if bases else None, found=tuple(each))


def link_kind(rel: str, media_type: str = "") -> Kind | None:
    """Return what `<link rel>` or a Link header is to the page; None where it is never asked."""
    rels = set(rel.lower().split())
    if rels & _REQUISITE_RELS:
        return Kind.REQUISITE
    if not rels or rels & _UNASKED_RELS or "json" in media_type or "oembed" in media_type:
        return None
    return Kind.SITEMAP if "sitemap" in rels else Kind.LINK


def _leads(href: str) -> bool:
    return bool(href) and href[0] != "#" and href[:5].lower() != "data:"


def _has_address(attributes: _Attributes) -> bool:
    """Return whether there are attributes that have an address on whatever element."""
    if not _ANYWHERE.isdisjoint(attributes):
        return True
    style = (attributes.get("style") or "").lower()
    return "url(" in style or "image-set(" in style


def _of(node: LexborNode, tag: str, attributes: _Attributes) -> list[Found]:
    """Return what one element refers to."""
    special = _SPECIAL.get(tag)
    found = [] if special is None else list(special(node, attributes))
    for name, kind, context in _ADDRESSES.get(tag, ()):
        if value := attributes.get(name):
            found.append(Found(kind, value.strip(), context))
    if not _OF_MANY.isdisjoint(attributes):
        found += _of_any(tag, attributes)
    return found


def _of_any(tag: str, attributes: _Attributes) -> Iterator[Found]:
    """Yield what attributes refer to that many elements may have: backgrounds, lazy images."""
    style = attributes.get("style")
    if style and "(" in style:
        yield from (Found(Kind.REQUISITE, url) for url in css_urls(style))
    if background := attributes.get("background"):
        yield Found(Kind.REQUISITE, background.strip(), f"{tag}/@background")
    if tag in _SETS:
        yield from (Found(Kind.REQUISITE, u) for u in srcset_urls(attributes.get("srcset") or ""))
    yield from _lazy(tag, attributes)


def _lazy(tag: str, attributes: _Attributes) -> Iterator[Found]:
    """Yield what a script puts into `src` and `srcset` when the image is scrolled to."""
    kind = Kind.FRAME if tag == "iframe" else Kind.REQUISITE
    for name in _LAZY:
        value = (attributes.get(name) or "").strip()
        if value and not value.startswith(("{", "[")):
            urls = css_urls(value) if value[:4].lower() == "url(" else iter((value,))
            yield from (Found(kind, url) for url in urls)
    for name in _LAZY_SETS:
        yield from (Found(kind, url) for url in srcset_urls(attributes.get(name) or ""))


def _of_link(_: LexborNode, attributes: _Attributes) -> Iterator[Found]:
    kind = link_kind(attributes.get("rel") or "", (attributes.get("type") or "").lower())
    if kind is not None:
        yield Found(kind, (attributes.get("href") or "").strip(), "link/@href")
        for url in srcset_urls(attributes.get("imagesrcset") or ""):
            yield Found(Kind.REQUISITE, url)


def _of_frame(node: LexborNode, attributes: _Attributes) -> Iterator[Found]:
    yield Found(Kind.FRAME, (attributes.get("src") or "").strip(), f"{node.tag}/@src")


def _of_style(node: LexborNode, _: _Attributes) -> Iterator[Found]:
    yield from (Found(Kind.REQUISITE, url) for url in css_urls(node.text()))


def _of_meta(_: LexborNode, attributes: _Attributes) -> Iterator[Found]:
    if (attributes.get("http-equiv") or "").strip().lower() == "refresh":
        target = refresh_target(attributes.get("content") or "") or ""
        yield Found(Kind.REFRESH, target, "meta/@content")


def _of_param(_: LexborNode, attributes: _Attributes) -> Iterator[Found]:
    if (attributes.get("name") or "").strip().lower() in _MOVIE_PARAMETERS:
        yield Found(Kind.REQUISITE, (attributes.get("value") or "").strip())


def _of_applet(_: LexborNode, attributes: _Attributes) -> Iterator[Found]:
    """Yield the archives, or the one class, that an applet or object is loaded from."""
    folder = (attributes.get("codebase") or "").strip()
    folder += "/" if folder and not folder.endswith("/") else ""
    code = (attributes.get("code") or "").strip()
    archives = (attributes.get("archive") or "").replace(",", " ").split()
    if code and not archives:
        archives = [code if code.endswith(".class") else f"{code}.class"]
    for archive in archives:
        yield Found(Kind.REQUISITE, archive if "://" in archive else folder + archive)


def _of_hidden(node: LexborNode, _: _Attributes) -> Iterator[Found]:
    """Yield what is in a part that the parser takes for text, or for a document of its own."""
    html = node.text() if node.tag == "noframes" else (node.html or "").partition(">")[2]
    yield from page_links(html).found


_SPECIAL: dict[str, Callable[[LexborNode, _Attributes], Iterator[Found]]] = {
    "link": _of_link,
    "frame": _of_frame,
    "iframe": _of_frame,
    "style": _of_style,
    "meta": _of_meta,
    "param": _of_param,
    "applet": _of_applet,
    "object": _of_applet,
    "noframes": _of_hidden,
    "template": _of_hidden,
}
