"""What listed links ask for: as a browser would, and never with a user's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.checks.targets import TargetFault
from pipelines.link_lists import ListedLink
from pipelines.listed_targets import AMPERSAND, NO_SCHEME, aim, without_user

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
    ("typed", "base", "url", "is_warned"),
    [
        ("<http://x.test/a>", None, "http://x.test/a", False),
        (" <URL:http://x.test/a> ", None, "http://x.test/a", False),
        ('"http://x.test/a?b&amp;c",', None, "http://x.test/a?b&c", False),
        ("“https://x.test/”", None, "https://x.test/", False),
        ("\ufeffhttp://x.test/a\u200b", None, "http://x.test/a", False),
        ("'/a'", BASE, "http://x.test/a", False),
        ("www.y.test/a", None, "http://www.y.test/a", True),
        ("WWW.y.test", BASE, "http://www.y.test/", True),
        ("www.y.test", "https://x.test/", "https://www.y.test/", True),
        ("//y.test/z", None, "http://y.test/z", True),
        ("//y.test/z", "https://x.test/", "https://y.test/z", True),
        ("`//u:p@y.test/z`", None, "http://y.test/z", True),
    ],
)
def test_a_typed_link_is_what_its_reader_takes_it_for(
    typed: str, base: str | None, url: str, *, is_warned: bool
) -> None:
    found = aim(replace(listed(typed, base), is_typed=True))
    assert found.asked == found.url == url
    assert (NO_SCHEME in found.warnings) is is_warned


@pytest.mark.parametrize(
    "typed", ["x.test/a", "www", "www.x", "<http://x.test/", '"', "<>", "///a"]
)
def test_no_scheme_is_made_up_for_what_is_no_host(typed: str) -> None:
    found = aim(replace(listed(typed), is_typed=True))
    assert found.fault in {TargetFault.RELATIVE, TargetFault.EMPTY}


def test_only_a_typed_link_is_more_than_what_is_written() -> None:
    assert aim(listed("www.x.test/a", "http://x.test/d/e")).url == "http://x.test/d/www.x.test/a"
    assert aim(listed("<http://x.test/>")).fault is TargetFault.RELATIVE


def test_an_empty_link_of_a_document_leads_to_the_document() -> None:
    assert aim(listed(" ", BASE, is_source=False)).url == "http://x.test/d/e?f"
    assert aim(listed(" ", None, is_source=False)).fault is TargetFault.EMPTY


@pytest.mark.parametrize("around", ["{}", "\ufeff{}", "<{}>", ' "{}"', "“{}”"])
def test_nobodys_password_is_printed(around: str) -> None:
    assert "secret" not in without_user(around.format("http://user:secret@x.test/"))


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
