"""Each era of the site is captured by its profile, from the replica of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipelines.sites import profile_named
from replica import Replica, serve
from replica.modern import BIDEN, NOW, POSTS, TRUMP
from replica.sisters import OLD_STATEMENTS
from warc.cdxj import CdxjIndex


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with serve(pages=2) as running:
        yield running


@pytest.fixture
def era(replica: Replica, crawl: Callable[..., Any]) -> Callable[[str], tuple[CdxjIndex, Any]]:
    """Return a function that captures by a profile; it gives the index and the crawl's end."""

    def capture(profile: str) -> tuple[CdxjIndex, Any]:
        replica.requests.clear()
        done = crawl(
            profile=profile, spider="statements", sitemaps=True, retries=0, **replica.network()
        )
        assert done.status == 0
        hosts = {seen.host for seen in replica.requests}
        assert hosts <= set(profile_named(profile).hosts)
        return CdxjIndex(done.archive.parent / "indexes"), done.finished

    return capture


@pytest.mark.parametrize("years", ["2001-2009", "1997-2001"])
def test_the_older_archives_by_their_profiles(years: str, era: Callable[[str], Any]) -> None:
    index, _ = era(f"state-{years}")
    urls = [each.url for each in OLD_STATEMENTS if each.host.startswith(years)]
    assert len(urls) >= 2
    assert [url for url in urls if not index.captures(url)] == []


def test_the_oldest_archive_has_one_tree_twice_and_upper_case_names(
    era: Callable[[str], Any],
) -> None:
    index, _ = era("state-1997-2001")
    home = "https://1997-2001.state.gov"
    assert index.captures(f"{home}/www/statements/index.html")
    (capture,) = index.captures(f"{home}/statements/2000/PS000322.HTML")
    assert capture.url.endswith("/PS000322.HTML")
    assert index.captures(f"{home}/statements/index.htm"), "a link relative to a base //host/…"
    assert index.captures(f"{home}/images/bluebar.gif"), "left out as a page, kept as a requisite"


@pytest.mark.parametrize(
    ("profile", "host"),
    [("state-2017-2021", TRUMP), ("state-2021-2025", BIDEN), ("state-current", NOW)],
)
def test_the_wordpress_sites_by_their_profiles(
    profile: str, host: str, era: Callable[[str], Any]
) -> None:
    index, finished = era(profile)
    posts = [post for post in POSTS if post.host == host]
    assert len(posts) == 5
    assert [post.url for post in posts if not index.captures(post.url)] == []
    number = posts[0].number
    assert index.captures(f"https://{host}/wp-content/uploads/{number}.png")
    for path in ("/wp-json/", "/feed/", "/search?q=x", f"/?p={number}"):
        assert not index.captures(f"https://{host}{path}")
    assert finished["skipped"] == {"excluded": 2}
