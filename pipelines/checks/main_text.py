"""What a page says apart from the site around it: the text in which to look for "not found"."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER_TEXT = ",".join(
    [
        "script,style,template,svg,select,iframe,noscript,[hidden],dialog:not([open])",
        "[style*='display:none' i],[style*='display: none' i],[style*='visibility:hidden' i]",
    ]
)
# What an element must have at all comes first: most have none of it, and are not looked at further.
_AROUND = ",".join(
    [
        "nav,footer,aside",
        "[role]:is([role=navigation],[role=banner],[role=contentinfo],[role=search])",
        "[id]:is(#header,#footer,#nav,#navigation,#menu,#sidebar,#breadcrumb,#breadcrumbs,"
        "#archivebanner,#cookie-banner,#onetrust-consent-sdk,#wm-ipp-base)",
        "[class]:is(.header,.footer,.nav,.navbar,.navigation,.menu,.sidebar,.breadcrumb,"
        ".breadcrumbs,.cookie-banner,.cookie-consent)",
    ]
)
_MAIN = ("main,[role=main]", "#main-content,#maincontent,#content,#main,#centerblock", "article")
_MENU_LINKS = 5  # a list of at least so many links and hardly any other text is a menu
_MENU_SHARE = 0.8
_LEAST = 40  # characters: a main part with less is an empty shell, and the text is elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The main text in one line; `prose_length` counts its characters that are in no link."""

    text: str
    prose_length: int


def drop_hidden(tree: LexborHTMLParser) -> str:
    """Take out of `tree` what no reader sees; return what is for readers without scripts."""
    body = tree.body
    if body is None:
        return ""
    without_scripts = " ".join(one_line(node.text(separator=" ")) for node in body.css("noscript"))
    for node in body.css(_NEVER_TEXT):
        if node.tag != "body":
            node.decompose()
    return without_scripts


def read_main_text(tree: LexborHTMLParser, hidden: str = "") -> MainText:
    """Return the page's main text; takes the site's frame out of `tree`, which is then spent.

    `hidden` stands in for it where there is none.
    """
    body = tree.body
    if body is None:
        return MainText(text="", prose_length=0)
    everything = body.text(separator=" ")
    _drop_frame(body)
    main = _main_node(body)
    _drop_menus(main)
    text = one_line(main.text(separator=" "))
    if not text:
        text = one_line(everything) or hidden
        return MainText(text=text, prose_length=len(text))
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


def _drop_menus(main: LexborNode) -> None:
    """Take out lists of links, where other text remains."""
    menus = [node for node in main.css("ul,ol,dl") if _is_menu(node)]
    if not menus:
        return
    whole = len(one_line(main.text(separator=" ")))
    listed = sum(len(one_line(node.text(separator=" "))) for node in menus)
    if whole > listed:
        for node in menus:
            node.decompose()


def _is_menu(node: LexborNode) -> bool:
    links = node.css("a")
    if len(links) < _MENU_LINKS:
        return False
    linked = sum(len(one_line(link.text(separator=" "))) for link in links)
    return linked >= _MENU_SHARE * len(one_line(node.text(separator=" ")))


def _main_node(body: LexborNode) -> LexborNode:
    for selector in _MAIN:
        found = body.css(selector)
        if len(found) == 1 and _is_text(found[0].text(separator=" ")):
            return found[0]
    return body


def _is_text(text: str) -> bool:
    """Return whether there is enough of it; of a long one the beginning mostly shows it."""
    return len(one_line(text[: 10 * _LEAST])) > _LEAST or len(one_line(text)) >= _LEAST
