"""robots.txt against RFC 9309: its own examples first."""

from __future__ import annotations

import pytest

from crawler.robots_txt import MAX_SIZE, RobotsTxt

HOST = "http://example.com"


def read(*lines: str) -> RobotsTxt:
    return RobotsTxt.parse("\n".join(lines).encode(), "muniment")


def allowed(robots: RobotsTxt, path: str) -> bool:
    return robots.allows(HOST + path)


SECTION_5_1 = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot

EOF
"""


@pytest.mark.parametrize(
    ("product", "path", "is_allowed"),
    [
        ("muniment", "/a.gif", False),
        ("muniment", "/a.gif?x", True),
        ("muniment", "/example/", False),
        ("muniment", "/publications/a.html", True),
        ("foobot", "/", False),
        ("foobot", "/example/page.html", True),
        ("FooBot", "/example/allowed.gif", True),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/a.gif", True),
        ("quxbot", "/example/", True),
    ],
)
def test_the_simple_example_of_section_5_1(product: str, path: str, is_allowed: bool) -> None:
    robots = RobotsTxt.parse(SECTION_5_1.encode(), product)
    assert allowed(robots, path) is is_allowed


def test_the_longest_match_of_section_5_2() -> None:
    robots = read(
        "User-Agent: *", "Allow: /example/page/", "Disallow: /example/page/disallowed.gif"
    )
    assert not allowed(robots, "/example/page/disallowed.gif")
    assert allowed(robots, "/example/page/other.gif")


# Section 2.2.2: the URI, and a path that matches it.
@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", True),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%e3%83%84", "/foo/bar/ツ", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/a%3Db", "/a=b", False),
        ("/a|b{c}", "/a%7Cb%7bc%7D", True),
        ("/a b", "/a%20b", True),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", True),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html", False),
        ("/path/foo-%24", "/path/foo-$", True),
        ("/path/foo-%24", "/path/foo-", False),
        ("/100%", "/100%", True),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/*.pdf$", "/b.pdf.pdf", True),
        ("/a*b*c", "/a-b-c", True),
        ("/a*b*c", "/a-c-b", False),
        ("/a**b", "/axxb", True),
        ("/ab*b$", "/ab", False),
        ("/a*", "/a", True),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a$b", "/a$b", True),
        ("*", "/", True),
        ("$", "/", False),
        ("/a", "/A", False),
        ("/fish", "/fish.html", True),
        ("/fish/", "/fish", False),
        ("fish", "/fish", False),
    ],
)
def test_what_a_pattern_matches(pattern: str, path: str, matches: bool) -> None:
    assert allowed(read("User-agent: *", f"Disallow: {pattern}"), path) is not matches


def test_allow_wins_where_two_rules_are_as_long() -> None:
    assert allowed(read("User-agent: *", "Disallow: /folder", "Allow: /folder"), "/folder/a")
    assert not allowed(read("User-agent: *", "Allow: /p", "Disallow: /page"), "/page")


def test_robots_txt_itself_may_always_be_asked() -> None:
    robots = read("User-agent: *", "Disallow: /")
    assert allowed(robots, "/robots.txt")
    assert not allowed(robots, "/robots.txt?x")
    assert not robots.allows("http://example.com")


@pytest.mark.parametrize("agent", ["muniment", "MUNIMENT", "Muniment/0.1", "muniment (archival)"])
def test_our_group_is_found_by_the_product_token(agent: str) -> None:
    robots = read("User-agent: *", "Disallow: /", f"User-agent: {agent}", "Disallow: /private")
    assert allowed(robots, "/public")
    assert not allowed(robots, "/private")


@pytest.mark.parametrize("agent", ["mun", "munimental", "m*", "my-muniment", "**", ""])
def test_groups_of_others_are_not_ours(agent: str) -> None:
    assert allowed(read(f"User-agent: {agent}", "Disallow: /"), "/a")


def test_groups_for_one_agent_are_joined() -> None:
    robots = read(
        "User-agent: muniment", "Disallow: /a", "User-agent: x", "Disallow: /b",
        "User-agent: muniment", "Disallow: /c",
    )  # fmt: skip
    assert [allowed(robots, path) for path in ("/a", "/b", "/c")] == [False, True, False]


def test_lines_that_are_no_rules_do_not_end_a_list_of_agents() -> None:
    robots = read(
        "User-agent: muniment", "Sitemap: http://example.com/s.xml", "", "Request-rate: 1/5",
        "User-agent: other", "Disallow: /a",
    )  # fmt: skip
    assert not allowed(robots, "/a")
    assert robots.sitemaps == ("http://example.com/s.xml",)


def test_rules_before_any_agent_are_nobodys() -> None:
    assert allowed(read("Disallow: /", "User-agent: *", "Disallow: /x"), "/a")


def test_an_empty_group_of_ours_allows_all() -> None:
    assert allowed(read("User-agent: *", "Disallow: /", "User-agent: muniment", "Disallow:"), "/a")


def test_a_delay_is_ours_where_the_group_is() -> None:
    lines = ["User-agent: x", "Crawl-delay: 9", "User-agent: *", "Crawl-delay: 2.5", "Disallow: /q"]
    assert read(*lines).crawl_delay == 2.5
    assert read(*lines, "User-agent: muniment", "Disallow: /z").crawl_delay is None
    for nonsense in ("-1", "nan", "inf", "soon", ""):
        assert read("User-agent: *", f"Crawl-delay: {nonsense}").crawl_delay is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way_and_comments_are_left_out(end: str) -> None:
    lines = [
        "\ufeffuser-agent : * # all",
        "# Disallow: /a",
        "disallow /b",
        " DISALLOW : /c#d",
        "??",
    ]
    robots = RobotsTxt.parse(end.join(lines).encode(), "muniment")
    assert [allowed(robots, path) for path in ("/a", "/b", "/c")] == [True, False, False]


def test_bytes_that_are_no_utf8_are_compared_as_bytes() -> None:
    robots = RobotsTxt.parse(b"User-agent: *\nDisallow: /caf\xe9\n\x00\xff\n", "muniment")
    assert not allowed(robots, "/caf%E9")
    assert allowed(robots, "/caf%C3%A9")


def test_only_the_first_500_kib_count_and_no_half_line() -> None:
    head = b"User-agent: *\nDisallow: /first\n"
    filling = b"#" * (MAX_SIZE - len(head) - len(b"\nDisallow: /")) + b"\n"
    robots = RobotsTxt.parse(head + filling + b"Disallow: /last\n", "muniment")
    assert not allowed(robots, "/first")
    assert allowed(robots, "/last")
    assert allowed(robots, "/other")


def test_a_page_instead_of_robots_txt_forbids_nothing() -> None:
    page = "<!DOCTYPE html><html><head><title>Not found</title></head><body>a: b</body></html>"
    assert allowed(read(page), "/a")


def test_many_stars_take_no_time() -> None:
    robots = read("User-agent: *", "Disallow: /" + "a*" * 500 + "b$")
    assert allowed(robots, "/" + "a" * 20_000)
