"""What is read from addresses alone: targets, cookies of a chain, and where redirects lead."""

from __future__ import annotations

import pytest

from pipelines.checks.cookies import Cookies
from pipelines.checks.targets import Target, TargetFault, next_target, read_target
from pipelines.verdicts.redirects import (
    depth,
    is_unrelated,
    leads_to_error_page,
    leads_to_root,
    site_of,
)


@pytest.mark.parametrize(
    ("written", "asked", "host"),
    [
        (" HTTP://Example.ORG/a b\n", "http://example.org/a%20b", "example.org"),
        ("http://user:pw@example.org:80/a%2Fb#c", "http://example.org/a%2Fb", "example.org"),
        ("http://example.org:8080", "http://example.org:8080/", "example.org:8080"),
        ("http:\\\\example.org\\a", "http://example.org/a", "example.org"),
        ("https://münchen.de/straße", "https://xn--mnchen-3ya.de/stra%C3%9Fe", "xn--mnchen-3ya.de"),
        ("http://2130706433/", "http://127.0.0.1/", "127.0.0.1"),
        ("http://example.org/a/../b", "http://example.org/b", "example.org"),
    ],
)
def test_a_url_is_asked_as_browsers_ask_it(written: str, asked: str, host: str) -> None:
    target = read_target(written)
    assert isinstance(target, Target)
    assert (target.url, target.host) == (asked, host)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", TargetFault.EMPTY),
        ("  \n", TargetFault.EMPTY),
        ("www.example.org/a", TargetFault.RELATIVE),
        ("mailto:a@example.org", TargetFault.SCHEME),
        ("JavaScript:void(0)", TargetFault.SCHEME),
        ("ftp://example.org/a", TargetFault.SCHEME),
        ("http://", TargetFault.MALFORMED),
        ("http://exa mple.org/", TargetFault.MALFORMED),
        ("http://example.org:99999/", TargetFault.MALFORMED),
        ("http://example.org/" + "a" * 20_000, TargetFault.LONG),
    ],
)
def test_what_cannot_be_asked_says_why(written: str, fault: TargetFault) -> None:
    assert read_target(written) is fault


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "http://a.test/b"),
        ("b?x=1", "http://a.test/dir/b?x=1"),
        ("//other.test/b", "http://other.test/b"),
        ("?x", "http://a.test/dir/page?x"),
        ("https://a.test", "https://a.test/"),
        ("/ä b", "http://a.test/%C3%A4%20b"),
    ],
)
def test_a_location_is_resolved_where_it_was_read(location: str, leads_to: str) -> None:
    target = next_target("http://a.test/dir/page", location)
    assert isinstance(target, Target)
    assert target.url == leads_to


def test_cookies_go_back_only_where_they_came_from() -> None:
    cookies = Cookies()
    cookies.set(
        "https://www.a.test/in/page",
        [
            "host=1",
            "domain=2; Domain=a.test; Path=/",
            "alien=3; Domain=b.test",
            "suffix=4; Domain=test",
            "safe=5; Secure; Path=/",
            "gone=6; Max-Age=0",
            "no pair",
        ],
    )
    assert cookies.header("https://www.a.test/in/other") == "host=1; domain=2; safe=5"
    assert cookies.header("https://www.a.test/inner") == "domain=2; safe=5"
    assert cookies.header("http://other.a.test/") == "domain=2"
    assert cookies.header("https://b.test/") is None


def test_a_cookie_is_replaced_and_dropped_by_its_site() -> None:
    cookies = Cookies()
    cookies.set("http://a.test/", ["one=1"])
    cookies.set("http://a.test/", ["one=2"])
    assert cookies.header("http://a.test/") == "one=2"
    cookies.set("http://a.test/", ["one=; Max-Age=0"])
    assert cookies.header("http://a.test/") is None


def test_depth_counts_names_below_the_front_page() -> None:
    assert depth("http://a.test/") == depth("http://a.test/index.html") == 0
    assert depth("http://a.test/en/") == depth("http://a.test/home") == 0
    assert depth("http://a.test/x") == depth("http://a.test/?id=7") == 1
    assert depth("http://a.test/x/y/index.htm") == 2


def test_only_a_deep_link_can_be_lost_at_a_root() -> None:
    assert leads_to_root("http://a.test/x/y", "https://www.a.test/")
    assert not leads_to_root("http://a.test/", "https://www.a.test/")
    assert not leads_to_root("http://a.test/maps/2", "http://maps.a.test/")
    assert not leads_to_root("http://a.test/x/y", "https://a.test/x/")


def test_an_error_page_is_known_by_its_address_unless_it_was_asked_for() -> None:
    assert leads_to_error_page("http://a.test/x", "http://a.test/404.aspx")
    assert leads_to_error_page("http://a.test/x", "http://a.test/page-not-found/")
    assert not leads_to_error_page("http://a.test/404.html", "http://a.test/404")
    assert not leads_to_error_page("http://a.test/x", "http://a.test/area/404040")
    assert not leads_to_error_page("http://a.test/x", "http://a.test/lost-and-found")


def test_hosts_belong_to_sites() -> None:
    assert site_of("www.state.gov") == "state.gov"
    assert site_of("www.mofa.go.jp") == "mofa.go.jp"
    assert site_of("news.bbc.co.uk") == "bbc.co.uk"
    assert is_unrelated("http://old.org/a/story", "http://casino.com/play")
    assert not is_unrelated("http://old.org/great/story-one", "http://new.com/great/story-one")
    assert not is_unrelated("http://example.org/a", "http://example.com/b")
