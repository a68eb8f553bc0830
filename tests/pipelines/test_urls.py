"""URLs are resolved and normalised as browsers do; what browsers refuse is told with a reason."""

from __future__ import annotations

import pytest

from pipelines.urls import UrlProblem, canonical, host_of, path_of, resolve

BASE = "http://1997-2001.state.gov/www/statements/1999/991210.html?x=1"


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("http://www.state.gov/a", "http://www.state.gov/a"),
        ("  http://www.state.gov/a\n", "http://www.state.gov/a"),
        ("http://www.sta\nte.gov/a\tb", "http://www.state.gov/ab"),
        ("HTTP://WWW.State.GOV/A", "http://www.state.gov/A"),
        ("http:\\\\www.state.gov\\a", "http://www.state.gov/a"),
        ("//Fpc.State.gov/", "http://fpc.state.gov/"),
        ("http:/www.state.gov/a", "http://1997-2001.state.gov/www.state.gov/a"),
        ("../index.html", "http://1997-2001.state.gov/www/statements/index.html"),
        ("/a/./b/../c", "http://1997-2001.state.gov/a/c"),
        ("/a/%2e%2E/c/..", "http://1997-2001.state.gov/"),
        ("?y=2", "http://1997-2001.state.gov/www/statements/1999/991210.html?y=2"),
        ("#top", f"{BASE}#top"),
        ("", BASE),
        ("a b\u00e9.html", "http://1997-2001.state.gov/www/statements/1999/a%20b%C3%A9.html"),
        ("http://a.gov/x%2Fy%20z%zz", "http://a.gov/x%2Fy%20z%zz"),
        ('http://a.gov/?q=a\'b "c"', "http://a.gov/?q=a%27b%20%22c%22"),
        ("http://a.gov:80/", "http://a.gov/"),
        ("https://a.gov:443", "https://a.gov/"),
        ("https://a.gov:0080/", "https://a.gov:80/"),
        ("http://user:pass@a.gov/x", "http://a.gov/x"),
        ("http://b\u00fccher.de/", "http://xn--bcher-kva.de/"),
        ("http://[::0001]/", "http://[::1]/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("mailto:Press@State.gov", "mailto:Press@State.gov"),
        ("http://a.gov/x#:~:text=peace talks", "http://a.gov/x#:~:text=peace%20talks"),
    ],
)
def test_resolves_as_browsers_do(href: str, absolute: str) -> None:
    found = resolve(BASE, href)
    assert (found.url, found.problem) == (absolute, None)


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("http://", UrlProblem.NO_HOST),
        ("///.///host/x", UrlProblem.NO_HOST),
        ("http://a.gov:99999/", UrlProblem.BAD_PORT),
        ("http://a.gov:8o/", UrlProblem.BAD_PORT),
        ("http://a b.gov/", UrlProblem.BAD_HOST),
        ("http://a%20b.gov/", UrlProblem.BAD_HOST),
        ("http://a<b>.gov/", UrlProblem.BAD_HOST),
        ("http://[::1/", UrlProblem.BAD_HOST),
        ("http://1.2.3.999/", UrlProblem.BAD_HOST),
        ("http://a\u0378.gov/", UrlProblem.BAD_IDN),
        ("http://state/gov", UrlProblem.INTRANET_HOST),
        ("press@state.gov", UrlProblem.MAIL_ADDRESS),
        ("http://press@state.gov", UrlProblem.MAIL_ADDRESS),
        ("javascript:history.back()", UrlProblem.SCHEME),
        ("www.usaid.gov/x", UrlProblem.SCHEME_MISSING),
    ],
)
def test_names_what_is_wrong(href: str, problem: UrlProblem) -> None:
    assert resolve(BASE, href).problem is problem


def test_a_malformed_link_is_kept_as_written() -> None:
    assert resolve(BASE, "http://a b.gov/x").url == "http://a b.gov/x"


def test_canonical_is_what_is_asked() -> None:
    """The fragment never goes over the wire; the query always does."""
    url = "HTTP://u@Www.State.gov:80/rpt/./index.htm?year=2013&dlid=220251#wrapper"
    assert canonical(url) == "http://www.state.gov/rpt/index.htm?year=2013&dlid=220251"


def test_canonical_refuses_what_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="unsupported-scheme"):
        canonical("ftp://a.gov/")


@pytest.mark.parametrize("url", ["http://a.gov/x?y", "http://a.gov/%41/?q='#z", BASE])
def test_canonical_form_is_stable(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


def test_parts() -> None:
    assert host_of("http://u@A.gov:8080/x") == "a.gov"
    assert host_of("http://[::1]:80/") == "[::1]"
    assert path_of("http://a.gov?x=1#f") == "/?x=1"
