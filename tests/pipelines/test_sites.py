"""The profiles agree with each other and with what a crawl asks of them."""

from __future__ import annotations

import pytest

from pipelines.sites import GENERIC, PROFILES, SiteProfile, profile_named, site_for, template_of


@pytest.mark.parametrize("site", PROFILES, ids=lambda site: site.name)
def test_seeds_lie_on_the_site_and_are_not_left_out(site: SiteProfile) -> None:
    assert site.start_urls
    for url in site.start_urls:
        assert site.covers(url)
        assert not site.is_excluded(url)


def test_no_two_profiles_share_a_name_or_a_host() -> None:
    hosts = [host for site in PROFILES for host in site.hosts]
    assert len(hosts) == len(set(hosts))
    assert len({site.name for site in PROFILES}) == len(PROFILES)


def test_sites_are_found_by_host_and_by_name() -> None:
    site = profile_named("state-2009-2017")
    assert site_for("HTTPS://2009-2017.State.gov:443/x") is site
    assert site_for("https://example.org/") is GENERIC
    assert site_for("http://[broken") is GENERIC
    with pytest.raises(KeyError, match="state-2009-2017"):
        profile_named("state-1776")


def test_search_and_print_views_are_left_out() -> None:
    site = profile_named("state-2009-2017")
    assert site.is_excluded("https://2009-2017.state.gov/search?q=x")
    assert site.is_excluded("https://2009-2017.state.gov/x/1.htm?printable=1")
    assert not site.is_excluded("https://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm")


def test_indexes_are_told_by_their_address() -> None:
    site = profile_named("state-2009-2017")
    assert site.is_index("https://2009-2017.state.gov/r/pa/prs/ps/2010/05/index.htm")
    assert site.is_index("https://2009-2017.state.gov/r/pa/prs/ps/c38444.htm")
    assert not site.is_index("https://2009-2017.state.gov/r/pa/prs/ps/2010/05/144121.htm")


def test_the_archive_of_wordpress_adds_index_html_to_statements_too() -> None:
    site = profile_named("state-2017-2021")
    assert not site.is_index("https://2017-2021.state.gov/on-peace/index.html")


def test_paths_tell_bureaus() -> None:
    site = profile_named("state-2009-2017")
    assert (
        site.bureau_of("/p/eap/rls/rm/2014/02/1.htm") == "Bureau of East Asian and Pacific Affairs"
    )
    assert site.bureau_of("/x/") is None


def test_an_unknown_page_of_a_known_site_has_no_template() -> None:
    assert template_of(b"<p>x", profile_named("state-2009-2017")) is None
    assert template_of(b"<p>x", GENERIC) is GENERIC.template
