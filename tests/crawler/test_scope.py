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


def test_include_rules_links_and_exclude_all() -> None:
    scope = _scope(include=r"/r/pa/", exclude=r"\.(pdf|gif)$")
    assert scope.verdict(HOME, Trail()) is None
    assert scope.verdict(HOME + "other/", _deep(1)) == "not-included"
    assert scope.verdict(HOME + "r/pa/x.pdf", _deep(1)) == "excluded"
    assert scope.verdict(HOME + "logo.png", _deep(1).requisite()) is None
    assert scope.verdict(HOME + "dot.gif", _deep(1).requisite()) == "excluded"


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
    ("scope", "within", "beyond"),
    [
        ("page", ["b/c.htm"], ["b/", "b/d.htm", ""]),
        ("prefix", ["b/d.htm", "b/x/y", "b/?q"], ["", "bb/", "d.htm"]),
        ("host", ["", "b/d.htm", "x/"], []),
        ("domain", ["", "x/"], []),
        ("any", ["", "x/"], []),
    ],
)
def test_each_scope_type_reaches_so_far(scope: str, within: list[str], beyond: list[str]) -> None:
    home = "http://www.site.example:8080/"
    options = {"seeds": home + "b/c.htm", "scope": scope}
    judge = Scope(CaptureOptions.from_values({"collection": Path("c"), **options}))
    assert judge.verdict(home + "b/c.htm", Trail()) is None
    if scope != "page":
        assert [judge.verdict(home + path, _deep(1)) for path in within] == [None] * len(within)
    verdicts = {judge.verdict(home + path, _deep(1)) for path in beyond}
    assert verdicts <= {"beyond-the-seed"}
    assert judge.verdict(home + "i.png", Trail().requisite()) is None
    assert judge.verdict(home + "moved/", _deep(1).redirect()) is None
    far = {"domain": None, "any": None}.get(scope, "other-host")
    assert judge.verdict("https://media.site.example:8080/x", _deep(1)) == far
    farther = None if scope == "any" else "other-host"
    assert judge.verdict("http://othersite.example:8080/x", _deep(1)) == farther


def test_a_named_host_is_in_scope_as_a_whole_whatever_the_scope() -> None:
    scope = _scope(scope="prefix", hosts="files.example")
    assert scope.verdict("http://files.example/any/where", _deep(1)) is None


def test_hosts_are_compared_as_they_are_asked() -> None:
    scope = _scope(seeds="HTTP://0x7f.2:8471/a/../")
    assert scope.verdict(HOME + "x", _deep(1)) is None


def test_a_seed_that_moves_to_or_from_www_takes_its_scope_along() -> None:
    scope = _scope(seeds="http://site.example/")
    scope.moved("http://site.example/", "https://www.site.example/")
    scope.moved("http://site.example/", "https://login.example/")
    assert scope.verdict("https://www.site.example/x", _deep(1)) is None
    assert scope.verdict("https://login.example/x", _deep(1)) == "other-host"


def test_types_are_told_by_the_end_of_the_address() -> None:
    scope = _scope(skip_types="video/*,application/zip")
    verdicts = {path: scope.verdict(HOME + path, _deep(1)) for path in ("a.mp4", "b.zip", "c.pdf")}
    assert verdicts == {"a.mp4": "type", "b.zip": "type", "c.pdf": None}
    assert scope.verdict(HOME + "d.mp4?x=1", _deep(1)) == "type"
    assert scope.verdict(HOME + "e.mp4", _deep(1).requisite()) is None


def test_sitemaps_are_held_to_the_host_and_not_to_the_rules_for_links() -> None:
    scope = _scope(include="/r/pa/", scope="prefix")
    assert scope.verdict(HOME + "sitemap.xml", Trail().sitemap()) is None
    assert scope.verdict("http://a.example/sitemap.xml", Trail().sitemap()) == "other-host"
    assert scope.verdict(HOME + "x", Trail().sitemap().link(HOME, HOME + "x")) == "not-included"


def test_frames_in_frames_in_frames_come_to_an_end() -> None:
    trail = Trail()
    for _ in range(10):
        trail = trail.requisite()
    assert _scope().verdict(HOME + "f", trail) is None
    assert _scope().verdict(HOME + "f", trail.requisite()) == "nested-frames"


def test_a_long_trail_is_told_by_its_end() -> None:
    trail = Trail().sitemap()
    for n in range(60):
        trail = trail.link(HOME, f"{HOME}{n}x")
    assert trail.path == "11+" + "L" * 50
    assert trail.redirect().path == "12+" + "L" * 49 + "R"
    assert (trail.sitemaps, Trail().sitemap().redirect().sitemap().sitemaps) == (0, 2)


def _chain(scope: Scope, path: str, length: int, *, fertile: bool) -> list[object]:
    trail, url, verdicts = Trail(), HOME + path.format(0), []
    for n in range(1, length):
        trail = trail.link(url, HOME + path.format(n), fertile=fertile)
        url = HOME + path.format(n)
        verdicts.append(scope.verdict(url, trail))
    return verdicts


def test_pages_that_lead_on_to_more_than_their_like_are_no_endless_run() -> None:
    scope = _scope(max_query_variants=5000)
    assert set(_chain(scope, "list?p={}", 2000, fertile=True)) == {None}
    barren = _chain(scope, "next?p={}", 2000, fertile=False)
    assert barren[:500] == [None] * 500
    assert set(barren[500:]) == {"endless-run"}


@pytest.mark.parametrize(
    "path", ["cal/{}.htm", "2016/{}/x.htm", "events?year={}", "e?d=2016-{}", "calendar/{}"]
)
def test_days_without_end_are_left_though_they_are_full(path: str) -> None:
    verdicts = _chain(_scope(), path, 90, fertile=True)
    assert "calendar" in verdicts[50:]


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
