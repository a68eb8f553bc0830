from __future__ import annotations

from pathlib import Path

import pytest

from crawler.options import CaptureOptions
from crawler.scope import Scope, Trail, authority
from crawler.traps import QueryVariants, repeats, shape, trap_in

HOME = "http://127.0.0.2:8471/"


def _scope(**values: object) -> Scope:
    return Scope(CaptureOptions.from_values({"collection": Path("c"), "seeds": HOME, **values}))


def _deep(depth: int) -> Trail:
    return Trail(depth=depth, path="L" * depth)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (HOME + "a.htm", None),
        ("https://127.0.0.2:8471/a.htm", None),
        ("http://127.0.0.2/a.htm", "other-host"),
        ("http://127.0.0.2:8472/a.htm", "other-host"),
        ("http://example.org/", "other-host"),
        ("http://127.0.0.2:x/", "other-host"),
        ("mailto:a@example.org", "scheme"),
        (HOME + "a" * 3000, "too-long"),
        (HOME + "a/b/" * 3, "repeating-path"),
        (HOME + "/".join(map(str, range(40))), "too-many-segments"),
    ],
)
def test_host_scheme_and_form_decide(url: str, reason: str | None) -> None:
    assert _scope().verdict(url, _deep(1)) == reason


def test_further_hosts_are_in_scope_when_named() -> None:
    scope = _scope(hosts="example.org")
    assert scope.verdict("https://EXAMPLE.org/x", _deep(1)) is None


def test_links_deeper_than_asked_are_left_out_but_not_what_their_page_needs() -> None:
    scope = _scope(max_depth=1)
    assert scope.verdict(HOME + "a", _deep(1)) is None
    assert scope.verdict(HOME + "b", _deep(2)) == "too-deep"
    assert scope.verdict(HOME + "c.css", _deep(1).requisite()) is None


def test_include_and_exclude_rule_links_and_not_seeds_or_requisites() -> None:
    scope = _scope(include=r"/r/pa/", exclude=r"\.pdf$")
    assert scope.verdict(HOME, Trail()) is None
    assert scope.verdict(HOME + "other/", _deep(1)) == "not-included"
    assert scope.verdict(HOME + "r/pa/x.pdf", _deep(1)) == "excluded"
    assert scope.verdict(HOME + "logo.png", _deep(1).requisite()) is None


def test_requisites_elsewhere_only_when_asked() -> None:
    elsewhere = "http://cdn.example.org/s.css"
    requisite = Trail().requisite().redirect()
    assert _scope().verdict(elsewhere, requisite) == "other-host"
    assert _scope(requisites_anywhere=True).verdict(elsewhere, requisite) is None
    assert _scope(requisites_anywhere=True).verdict(elsewhere, _deep(1)) == "other-host"


def test_a_profile_gives_hosts_and_the_paths_to_leave_out() -> None:
    scope = Scope(CaptureOptions(collection=Path("c"), profile="state-2009-2017"))
    site = "https://2009-2017.state.gov"
    assert scope.verdict(site + "/r/pa/prs/ps/2016/10/263756.htm", _deep(1)) is None
    assert scope.verdict(site + "/search/?q=x", _deep(1)) == "excluded"
    assert scope.verdict(site + "/css/site.css", _deep(1)) == "excluded"
    assert scope.verdict(site + "/css/site.css", _deep(1).requisite()) is None


def test_a_path_may_have_only_so_many_queries() -> None:
    scope = _scope(max_query_variants=2)
    verdicts = [scope.verdict(f"{HOME}search?q={n}", _deep(1)) for n in (1, 2, 3)]
    assert verdicts == [None, None, "query-variants"]
    assert scope.verdict(HOME + "other?q=9", _deep(1)) is None


def test_a_calendar_is_left_after_fifty_next_months() -> None:
    scope, trail, url = _scope(), Trail(), HOME + "cal/2016/1.htm"
    verdicts = []
    for month in range(2, 80):
        following = f"{HOME}cal/{2016 + month // 12}/{month % 12 + 1}.htm"
        trail, url = trail.link(url, following), following
        verdicts.append(scope.verdict(url, trail))
    assert verdicts[:50] == [None] * 50
    assert set(verdicts[50:]) == {"calendar"}


def test_a_link_to_another_kind_of_page_begins_a_new_run() -> None:
    run = Trail().link(HOME + "1.htm", HOME + "2.htm").link(HOME + "2.htm", HOME + "3.htm")
    assert run.run == 2
    assert run.link(HOME + "3.htm", HOME + "about").run == 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/a/a", True),
        ("x/a/b/a/b/a/b/y", True),
        ("a/b/c/a/b/c/a/b/c", True),
        ("2016/10/10", False),
        ("a/a/b/b/a/a", False),
        ("", False),
    ],
)
def test_repeats_tells_loops_from_paths(path: str, expected: bool) -> None:
    assert repeats(path.split("/")) is expected


def test_shape_forgets_numbers_and_values_but_not_names() -> None:
    assert shape(HOME + "a/2016/1.htm?d=1&e=2") == shape(HOME + "a/99/22.htm?d=x&e=")
    assert shape(HOME + "a?d=1") != shape(HOME + "a?e=1")


def test_an_ordinary_statement_is_no_trap() -> None:
    assert trap_in("https://2009-2017.state.gov/r/pa/prs/ps/2016/10/263756.htm") is None


def test_no_query_is_no_variant() -> None:
    assert not QueryVariants(0).refuses(HOME)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Example.org/", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://example.org:80/", "example.org:80"),
        ("https://example.org:443/", "example.org"),
    ],
)
def test_authority_leaves_out_the_schemes_own_port(url: str, expected: str) -> None:
    assert authority(url) == expected
