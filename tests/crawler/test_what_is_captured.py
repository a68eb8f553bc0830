"""What a crawl of literal bytes finds, takes and leaves out: whole crawls in child processes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from warc.cdxj import CdxjIndex


def raw(body: bytes, *fields: str, kind: str | None = "text/html") -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *fields]
    lines += [f"Content-Type: {kind}"] if kind else []
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def reasons(path: Path) -> dict[str, tuple[str, str | None]]:
    """Return why each URL was left out, and where it was found."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({row["url"] for row in rows}) == len(rows)
    return {row["url"]: (row["reason"], row["via"]) for row in rows}


def test_sitemaps_of_robots_txt_are_seeds(site: Any, crawl: Callable[..., Any]) -> None:
    home = site.url
    site.page("/", "<p>no links</p>")
    site.page(
        "/robots.txt",
        f"Sitemap: {home}index.xml\nsitemap: /list.txt\nSitemap: http://b.example/s.xml\n",
    )
    index = f"<sitemapindex><sitemap><loc>{home}one.xml.gz</loc></sitemap></sitemapindex>"
    site.answers["/index.xml"] = raw(index.encode(), kind="application/xml")
    one = f"<urlset><url><loc>{home}a.htm</loc></url><url><loc>{home}b.htm?x=1&amp;y=2</loc></url>"
    site.answers["/one.xml.gz"] = raw(gzip.compress(one.encode()), kind="application/x-gzip")
    site.answers["/list.txt"] = raw(f"{home}c.htm\n".encode(), kind="text/plain")
    site.page("/a.htm", "<a href=/from-a.htm>a</a>")
    done = crawl(home, sitemaps=True)
    assert {"/a.htm", "/b.htm?x=1&y=2", "/c.htm", "/from-a.htm"} <= set(site.paths)
    assert "/sitemap.xml" not in site.paths
    assert done.finished["skipped"] == {"other-host": 1}
    kept = CdxjIndex(done.archive.parent / "indexes")
    assert all(kept.captures(home + path) for path in ("index.xml", "one.xml.gz", "a.htm"))


@pytest.mark.parametrize("obey_robots", [True, False])
def test_where_none_is_named_the_usual_sitemap_is_asked_for(
    site: Any, crawl: Callable[..., Any], obey_robots: bool
) -> None:
    site.page("/", "<p>no links</p>")
    sitemap = f"\xef\xbb\xbf<urlset><url><loc>{site.url}a.htm</loc></url></urlset>"
    site.answers["/sitemap.xml"] = raw(sitemap.encode("latin-1"), kind="text/plain")
    crawl(site.url, sitemaps=True, obey_robots=obey_robots)
    assert "/a.htm" in site.paths
    assert site.paths.count("/sitemap.xml") == 1


@pytest.mark.parametrize("values", [{"sitemaps": False}, {"scope": "page"}, {"max_depth": 0}])
def test_no_sitemap_is_asked_for_where_none_is_wanted(
    site: Any, crawl: Callable[..., Any], values: dict[str, Any]
) -> None:
    site.page("/", "<a href=/s.xml>a sitemap</a><img src=/i.png>")
    site.page("/s.xml", f"<urlset><url><loc>{site.url}a.htm</loc></url></urlset>")
    site.page("/robots.txt", f"Sitemap: {site.url}s.xml\n")
    crawl(site.url, **{"sitemaps": True, **values})
    assert set(site.paths) - {"/s.xml"} == {"/robots.txt", "/", "/i.png", "/favicon.ico"}


def test_a_page_where_the_sitemap_should_be_is_a_page(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<p>home</p>")
    site.page("/sitemap.xml", "<title>Oops</title><a href=/oops.htm>o</a>")
    crawl(site.url, sitemaps=True)
    assert "/oops.htm" in site.paths


def test_sitemaps_that_name_each_other_come_to_an_end(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<p>home</p>")
    for n, name in enumerate(["sitemap", "s1", "s2", "s3", "s4"]):
        loc = f"<sitemap><loc>{site.url}s{n + 1}.xml</loc></sitemap>"
        index = f"<sitemapindex>{loc}<sitemap><loc>{site.url}sitemap.xml</loc></sitemap>"
        site.answers[f"/{name}.xml"] = raw(index.encode(), kind="text/xml")
    done = crawl(site.url, sitemaps=True)
    assert "/s2.xml" in site.paths
    assert "/s3.xml" not in site.paths
    assert done.finished["skipped"] == {"nested-sitemaps": 1}


def test_every_url_that_is_left_out_is_listed_once_with_its_reason(
    site: Any, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    home = site.url
    links = (
        "<a href=http://b.example/>b</a><a href=/no/x.htm>r</a><a href=ftp://f.example/>f</a>"
        "<a href='http://a b/'>bad</a><a href=x.zip>z</a><a href=mailto:a@b.example>m</a>"
        "<a href=javascript:x>j</a><a href=/deep/1.htm>d</a><a href='s.htm;jsessionid=1'>s</a>"
        "<a href='s.htm;jsessionid=2'>s</a><img src=http://c.example/i.png>"
    )
    site.page("/", links)
    site.page("/deep/1.htm", links + "<a href=/deep/2.htm>d</a>")
    site.page("/deep/2.htm", links + "<a href=/deep/3.htm>d</a>")
    site.page("/robots.txt", "User-agent: *\nDisallow: /no/\n")
    path = tmp_path / "skipped.jsonl"
    done = crawl(home, skip_types="application/zip", max_depth=2, skipped_file=path)
    assert reasons(path) == {
        "http://b.example/": ("other-host", home),
        "http://c.example/i.png": ("other-host", home),
        f"{home}no/x.htm": ("robots", home),
        "ftp://f.example/": ("scheme", home),
        "http://a b/": ("bad-host", home),
        f"{home}x.zip": ("type", home),
        f"{home}s.htm;jsessionid=2": ("session-id", home),
        f"{home}deep/x.zip": ("type", f"{home}deep/1.htm"),
        f"{home}deep/s.htm;jsessionid=2": ("session-id", f"{home}deep/1.htm"),
        f"{home}deep/3.htm": ("too-deep", f"{home}deep/2.htm"),
    }
    assert sum(done.finished["skipped"].values()) == len(reasons(path))


def test_links_are_read_in_the_encoding_of_their_page(site: Any, crawl: Callable[..., Any]) -> None:
    site.page(
        "/", "<a href=/w.htm>w</a><a href=/c.htm>c</a><a href=/u.htm>u</a><a href=/b.htm>b</a>"
    )
    link = "<a href='/é?q=é'>x</a>"
    site.answers["/w.htm"] = raw(link.encode("latin-1"))
    site.answers["/c.htm"] = raw(
        "<a href='?q=ж'>x</a>".encode("cp1251"), kind="text/html;charset=cp1251"
    )
    site.answers["/u.htm"] = raw(("<meta charset=utf-8>" + link).encode())
    site.answers["/b.htm"] = raw("<a href='/16.htm'>x</a>".encode("utf-16"))
    crawl(site.url)
    assert {"/%C3%A9?q=%E9", "/%C3%A9?q=%C3%A9", "/c.htm?q=%E6", "/16.htm"} <= set(site.paths)


def test_documents_lead_on_by_what_they_are(site: Any, crawl: Callable[..., Any]) -> None:
    kinds = {
        "none.bin": raw(b"<!doctype html><a href=/from-none>x</a>", kind=None),
        "plain.txt": raw(
            b"<html><a href=/no-plain>x</a> http://127.0.0.1/no-url", kind="text/plain"
        ),
        "x.xhtml": raw(
            b'<html xmlns="x"><title/><a href="/from-xhtml"/></html>', kind="application/xhtml+xml"
        ),
        "f.rss": raw(b"<rss><item><link>/from-rss</link></item></rss>", kind="application/rss+xml"),
        "i.svg": raw(b'<svg><image href="/from-svg.png"/></svg>', kind="image/svg+xml"),
        "h.pdf": raw(b"%PDF-1.4", 'Link: </from-link>; rel="next"', kind="application/pdf"),
        "r.txt": raw(b"see elsewhere", "Refresh: 0; url=/from-refresh", kind="text/plain"),
        "c.htm": raw(b"<link rel=canonical href=/from-canonical><frameset><frame src=/from-frame>"),
        "s.css": raw(b"@import '/from-css';", kind="text/css"),
        "cut.htm": raw(b"<a href=/from-cut>x</a>").replace(
            b"Content-Length: 23", b"Content-Length: 99\r\nConnection: close"
        ),
    }
    site.page("/", "".join(f"<a href=/{name}>x</a>" for name in kinds))
    site.answers.update({f"/{name}": sent for name, sent in kinds.items()})
    crawl(site.url, retries=0)
    led = {path for path in site.paths if path.startswith(("/from", "/no-"))}
    assert led == {
        *("/from-none", "/from-xhtml", "/from-rss", "/from-svg.png", "/from-link", "/from-refresh"),
        *("/from-canonical", "/from-frame", "/from-css", "/from-cut"),
    }  # fmt: skip


def test_error_pages_lead_on_but_not_relative_to_where_they_stand(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/", "<a href=/gone/x.htm>x</a>")
    error = "<link rel=stylesheet href=/error.css><a href=/map.htm>m</a><a href=x/y.htm>trap</a>"
    site.page("/gone/x.htm", error, status="404 Not Found")
    crawl(site.url)
    assert {"/error.css", "/map.htm"} <= set(site.paths)
    assert not [path for path in site.paths if "y.htm" in path]


@pytest.mark.parametrize(
    ("requisites", "asked"), [("none", set()), ("same", {"a"}), ("anywhere", {"a", "b", "b2"})]
)
def test_requisites_come_from_where_they_are_wanted(
    site: Any, other: Any, crawl: Callable[..., Any], requisites: str, asked: set[str]
) -> None:
    site.page(
        "/", f"<img src=/a.png><link rel=stylesheet href={other.url}b.css><a href={other.url}l>"
    )
    other.answers["/b.css"] = raw(b"p{b:url(b2.png)}", kind="text/css")
    crawl(
        site.url,
        requisites=requisites != "none",
        requisites_anywhere=requisites == "anywhere",
    )
    found = {p.strip("/").split(".")[0] for p in [*site.paths, *other.paths]}
    assert found & {"a", "b", "b2", "l"} == asked


def test_frames_are_followed_also_where_nothing_else_of_a_page_is_wanted(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/", "<frameset><frame src=/menu.htm></frameset>")
    site.page("/menu.htm", "<a href=/a.htm>a</a>")
    crawl(site.url, requisites=False)
    assert "/a.htm" in site.paths


def test_requisites_that_are_not_wanted_are_listed_but_links_to_them_followed(
    site: Any, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    site.page("/", "<img src=/a.png><img src=/b.png><a href=/b.png>large</a>")
    path = tmp_path / "skipped.jsonl"
    crawl(site.url, requisites=False, skipped_file=path)
    assert reasons(path)[f"{site.url}a.png"] == ("requisite", site.url)
    assert "/b.png" in site.paths
    assert "/a.png" not in site.paths


def test_a_page_of_many_thousand_links_is_followed_whole(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page(
        "/", "".join(f"<p><a href='/none?{n}'>{n}</a>" for n in range(30_000)) + "<a href=/z>"
    )
    done = crawl(site.url, max_query_variants=10)
    assert "/z" in site.paths
    assert done.finished["skipped"] == {"query-variants": 29_990}


def test_an_answer_longer_than_allowed_is_cut_and_not_asked_again(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/", "<a href=/long.htm>l</a>")
    site.page("/long.htm", "<a href=/in-long>x</a>" + "y" * 100_000)
    crawl(site.url, max_size=10_000)
    assert site.paths.count("/long.htm") == 1
    assert "/in-long" in site.paths


def test_a_chain_of_pages_is_followed_to_its_end(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<a href=/list?p=1>list</a>")
    for n in range(1, 80):
        site.page(f"/list?p={n}", f"<a href=/item-{n}.htm>i</a><a href='?p={n + 1}'>next</a>")
    crawl(site.url)
    assert "/item-79.htm" in site.paths
