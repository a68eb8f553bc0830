"""What listed links ask for: as a browser would, and never with a user's name."""

from __future__ import annotations

import pytest

from pipelines.checks.targets import TargetFault
from pipelines.link_lists import ListedLink
from pipelines.listed_targets import AMPERSAND, aim

BASE = "http://u:p@x.test/d/e?f#g"


def listed(href: str, base: str | None = None, *, is_source: bool = True) -> ListedLink:
    return ListedLink(id=1, href=href, base=base, line=1, is_source=is_source)


@pytest.mark.parametrize(
    ("href", "base", "url"),
    [
        ("HTTP://X.Test:80/A b?c d#E f", None, "http://x.test/A%20b?c%20d#E%20f"),
        ("http://x.test/%2f%7E", None, "http://x.test/%2f%7E"),
        ("  http://x.test/a\tb\n", None, "http://x.test/ab"),
        ("http:\\\\x.test\\a", None, "http://x.test/a"),
        ("https://bücher.test/ü?ü", None, "https://xn--bcher-kva.test/%C3%BC?%C3%BC"),
        ("http://user:secret@x.test/", None, "http://x.test/"),
        ("http://user@x.test/", None, "http://x.test/"),
        ("//y.test/z", BASE, "http://y.test/z"),
        ("../a", BASE, "http://x.test/a"),
        ("?q", BASE, "http://x.test/d/e?q"),
        ("#h", BASE, "http://x.test/d/e?f#h"),
        ("http://y.test/", "nonsense", "http://y.test/"),
    ],
)
def test_a_link_is_read_as_a_browser_reads_it(href: str, base: str | None, url: str) -> None:
    found = aim(listed(href, base))
    assert found.url == url
    assert found.asked == url.partition("#")[0]
    assert found.fault is None


@pytest.mark.parametrize(
    ("href", "base", "fault", "words"),
    [
        (" \n", BASE, TargetFault.EMPTY, ""),
        ("www.x.test/a", None, TargetFault.RELATIVE, ""),
        ("/a", "nonsense", TargetFault.RELATIVE, "base"),
        ("mailto:a@x.test", BASE, TargetFault.SCHEME, ""),
        ("JavaScript:x", BASE, TargetFault.SCHEME, ""),
        ("ftp://u:secret@x.test/", None, TargetFault.SCHEME, ""),
        ("http://x.test:99999/", None, TargetFault.MALFORMED, "99999 is not a port"),
        ("http://", None, TargetFault.MALFORMED, "no host"),
        ("http://a b/", None, TargetFault.MALFORMED, "'a b' is not a host"),
        ("http:/\\u:secret@x y/", None, TargetFault.MALFORMED, "'x y' is not a host"),
        ("//u:secret@[x/", BASE, TargetFault.MALFORMED, "not a host"),
        ("http://x.test/" + "a" * 20_000, None, TargetFault.LONG, ""),
    ],
)
def test_what_cannot_be_asked_says_why(
    href: str, base: str | None, fault: TargetFault, words: str
) -> None:
    found = aim(listed(href, base))
    assert (found.asked, found.fault) == (None, fault)
    assert words in found.detail
    assert "secret" not in found.url + found.detail


@pytest.mark.parametrize("written", ["&amp;", "&#38;", "&#038;", "&#x26;", "&AMP;"])
def test_an_ampersand_as_html_writes_it_is_one_where_it_was_not_read_yet(written: str) -> None:
    found = aim(listed(f"http://x.test/?a=1{written}b=2"))
    assert found.asked == "http://x.test/?a=1&b=2"
    assert found.warnings == (AMPERSAND,)
    as_read = aim(listed("http://x.test/?a&amp;b", is_source=False))
    assert (as_read.asked, as_read.warnings) == ("http://x.test/?a&amp;b", ())
