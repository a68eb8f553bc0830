"""From what stands in a page to what a browser asks for, on literal addresses."""

from __future__ import annotations

import pytest

from crawler.addresses import absolute, base_of, is_asked, site_of
from warc.http.target import InvalidTargetError

PAGE = "http://127.0.0.2:8471/a/b/page.htm?q=1"
HOME = "http://127.0.0.2:8471"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("c.htm", "/a/b/c.htm"),
        (" \t\r\n c.htm \n", "/a/b/c.htm"),
        ("c\n.h\ttm", "/a/b/c.htm"),
        ("../c.htm", "/a/c.htm"),
        ("../../../../c.htm", "/c.htm"),
        ("./x/./y/../z", "/a/b/x/z"),
        ("%2e%2E/c", "/a/c"),
        ("a%2Fb", "/a/b/a%2Fb"),
        ("a%2fb", "/a/b/a%2fb"),
        ("c d.htm", "/a/b/c%20d.htm"),
        ("c%20d.htm", "/a/b/c%20d.htm"),
        ("?page=2", "/a/b/page.htm?page=2"),
        ("?", "/a/b/page.htm?"),
        ("", "/a/b/page.htm?q=1"),
        ("#top", "/a/b/page.htm?q=1"),
        ("x;v=1;w?y#z", "/a/b/x;v=1;w?y"),
        (";p", "/a/b/;p"),
        ("\\c\\d.htm", "/c/d.htm"),
        ("//127.0.0.2:8471/r", "/r"),
        ("HTTP://127.0.0.2:8471/R", "/R"),
        ("hTTp:c.htm", "/a/b/c.htm"),
        ("http:/c.htm", "/c.htm"),
        ("http://2130706434:8471/d", "/d"),
        ("http://0x7f.0.0.2:8471/d", "/d"),
        ("http://0177.0.0.02:8471/d", "/d"),
        ("http://127.2:8471/d", "/d"),
        ("http://user:pw@127.0.0.2:8471/u", "/u"),
        ("www.example.htm", "/a/b/www.example.htm"),
        ("logo@2x.png", "/a/b/logo@2x.png"),
        ("a|b^c`d{e}", "/a/b/a|b%5Ec%60d%7Be%7D"),
        ('q"<>', "/a/b/q%22%3C%3E"),
        ("é/ж.htm", "/a/b/%C3%A9/%D0%B6.htm"),
        ("100%.htm", "/a/b/100%.htm"),
        ("a//b", "/a/b/a//b"),
        ("/a=b&c", "/a=b&c"),
    ],
)
def test_addresses_are_resolved_as_browsers_do(href: str, url: str) -> None:
    assert absolute(PAGE, href) == HOME + url


@pytest.mark.parametrize(
    ("encoding", "href", "url"),
    [
        ("utf-8", "?q=é", "/?q=%C3%A9"),
        ("cp1252", "?q=é", "/?q=%E9"),
        ("cp1252", "/é?q=é#é", "/%C3%A9?q=%E9"),
        ("cp1251", "?q=жж&b=1", "/?q=%E6%E6&b=1"),
        ("cp932", "?q=表", "/?q=%95\\"),
        ("cp1252", "?q=漢", "/?q=%26%2328450%3B"),
        ("cp1252", "#?é", "/"),
        ("utf-16-le", "?q=é", "/?q=%C3%A9"),
    ],
)
def test_queries_are_in_the_encoding_of_the_page(encoding: str, href: str, url: str) -> None:
    assert absolute(f"{HOME}/", href, encoding) == HOME + url


@pytest.mark.parametrize(
    "href", ["http://", "http://a b/", "http://a:99999/", "ftp://a.example/x", "http://[::1/"]
)
def test_what_cannot_be_asked_is_an_error(href: str) -> None:
    with pytest.raises(InvalidTargetError):
        absolute(PAGE, href)
    assert is_asked(href)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        " JaVaScRiPt:x",
        "java\nscript:x",
        "mailto:a@b.example",
        "tel:1",
        "data:,",
    ],
)
def test_what_is_not_meant_for_the_network_is_no_loss(href: str) -> None:
    assert not is_asked(href)


@pytest.mark.parametrize(
    ("written", "base"),
    [
        (None, PAGE),
        ("", PAGE),
        ("/x/", f"{HOME}/x/"),
        ("//1997-2001.state.gov/www/global/", "http://1997-2001.state.gov/www/global/"),
        ("javascript:x", PAGE),
        ("http://[bad", PAGE),
    ],
)
def test_a_base_that_is_of_no_use_is_no_base(written: str | None, base: str) -> None:
    assert base_of(PAGE, written) == base


def test_a_site_is_remembered_apart_from_any_other() -> None:
    for site in ("http://a.test", "https://a.test", "http://a.test:81", "http://b"):
        for page in (site, f"{site}/", f"{site}/x/y.htm?/z"):
            assert absolute(page, "/c") == f"{site}/c"
            assert absolute(page, "//d.test/e") == f"{site.partition(':')[0]}://d.test/e"
            assert site_of(page).removesuffix("/") == site
