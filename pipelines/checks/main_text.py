"""What a page says apart from the site around it: the text in which to look for "not found"."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = "script,style,template,svg,select,iframe,noscript,[hidden]"
_AROUND = ",".join(
    [
        "nav,footer,aside,[role=navigation],[role=banner],[role=contentinfo],[role=search]",
        "#header,#footer,#nav,#navigation,#menu,#sidebar,#breadcrumb,#breadcrumbs,#archivebanner",
        ".header,.footer,.nav,.navbar,.navigation,.menu,.sidebar,.breadcrumb,.breadcrumbs",
        ".cookie-banner,.cookie-consent,#cookie-banner,#onetrust-consent-sdk,#wm-ipp-base",
    ]
)
_MAIN = ("main,[role=main]", "#main-content,#maincontent,#content,#main,#centerblock", "article")
_LEAST = 40  # characters: a main part with less is an empty shell, and the text is elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The main text in one line; `prose_length` counts its characters that are in no link."""

    text: str
    prose_length: int


def read_main_text(tree: LexborHTMLParser) -> MainText:
    """Return the page's main text; takes the site's frame out of `tree`, which is then spent."""
    body = tree.body
    if body is None:
        return MainText(text="", prose_length=0)
    hidden = " ".join(one_line(node.text(separator=" ")) for node in body.css("noscript"))
    for node in body.css(_NEVER_TEXT):
        node.decompose()
    whole = one_line(body.text(separator=" "))
    _drop_frame(body)
    main = _main_node(body)
    text = one_line(main.text(separator=" "))
    if not text:
        return MainText(text=whole or hidden, prose_length=len(whole or hidden))
    linked = sum(len(one_line(link.text(separator=" "))) for link in main.css("a"))
    return MainText(text=text, prose_length=max(len(text) - linked, 0))


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def _drop_frame(body: LexborNode) -> None:
    for node in body.css(_AROUND):
        if node.tag != "body":
            node.decompose()
    for node in body.css("header"):
        if node.css_first("h1") is None:
            node.decompose()


def _main_node(body: LexborNode) -> LexborNode:
    for selector in _MAIN:
        found = body.css(selector)
        if len(found) == 1 and len(one_line(found[0].text(separator=" "))) >= _LEAST:
            return found[0]
    return body
