"""Hostile and damaged collections: served safely or refused in words, never a crash."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from replayed import DAY, Replayed, answer, html
from warc_bytes import record

from warc.cdxj import CdxjIndex, build_index
from warc.collection import Collection
from warc.random_access import capture_at

URL = "http://a.example/p"
OTHER = "http://a.example/other"


@pytest.fixture
def replayed(tmp_path: Path) -> Replayed:
    return Replayed(tmp_path / "c")


HOSTILE = (
    "Set-Cookie: a=b",
    "Content-Security-Policy: default-src *",
    "Strict-Transport-Security: max-age=99999; includeSubDomains",
    'Clear-Site-Data: "*"',
    "Service-Worker-Allowed: /",
    "Refresh: 0; url=http://live.example/",
    "Link: <http://live.example/x.js>; rel=preload; as=script",
    "Link: <http://live.example/>; rel=preconnect",
    "Access-Control-Allow-Origin: *",
    "Location: http://live.example/",
    'NEL: {"report_to":"x","max_age":9}',
    'Report-To: {"endpoints":[{"url":"http://live.example/"}],"max_age":9}',
    "Alt-Svc: h3=live.example",
    "Public-Key-Pins: max-age=9",
    "SourceMap: http://live.example/m",
    "X-Folded: a\r\n Set-Cookie: c=d",
)
ACTED_ON = {one.partition(":")[0].lower() for one in HOSTILE} - {"content-security-policy", "link"}


@pytest.mark.parametrize("view", ["", "mp_", "id_"])
def test_no_header_of_a_capture_is_acted_on(replayed: Replayed, view: str) -> None:
    replayed.write("a", (URL, html(b"<p>x", *HOSTILE)))
    got = replayed.get(f"/{DAY}{view}/{URL}")
    assert got.status == 200
    names = [name for name, _ in got.fields]
    assert not ACTED_ON & set(names)
    assert names.count("content-security-policy") == 1
    assert "default-src *" not in got.headers["content-security-policy"]
    assert "preload" not in got.headers.get("link", "")
    assert "preconnect" not in got.headers.get("link", "")


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        ("text/html; charset=latin-1\rSet-Cookie: a=b", "text/html; charset=utf-8"),
        ("application/pdf, text/html", "text/html; charset=utf-8"),
        ("application/pdf; x, text/html", "text/html; charset=utf-8"),
        ("application/pdf;\tx=y\x0b", "application/pdf"),
        ("image/png\x00, text/css", "application/octet-stream"),
        ("nonsense", "application/octet-stream"),
        ("text/plain; charset=latin-1; x=y", "text/plain; charset=latin-1"),
        ("", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("unknown/unknown", "text/html; charset=utf-8"),
    ],
)
def test_a_type_is_sent_that_all_browsers_read_alike(
    replayed: Replayed, told: str, sent: str
) -> None:
    replayed.write("a", (URL, answer(b"<html><a href=/x>", f"Content-Type: {told}")))
    got = replayed.page(URL)
    assert got.headers["content-type"] == sent
    assert "set-cookie" not in got.headers
    assert ("sandbox" in got.headers["content-security-policy"]) == (sent != "application/pdf")
    assert (f'href="/{DAY}/http://a.example/x"' in got.text) == sent.startswith("text/html")


def test_only_what_is_led_may_leave_its_frame(replayed: Replayed) -> None:
    xml = b'<x xmlns="http://www.w3.org/1999/xhtml"><a href="http://live.example/">go</a></x>'
    replayed.write("a", (URL, html(b"<p>x")), (OTHER, answer(xml, "Content-Type: application/xml")))
    assert "allow-top-navigation" in replayed.page(URL).headers["content-security-policy"]
    for got in (replayed.page(OTHER), replayed.raw(URL)):
        assert got.headers["content-security-policy"].startswith("sandbox; ")
        assert got.headers["x-dns-prefetch-control"] == "off"


def test_a_browser_opens_a_raw_page_as_its_source(replayed: Replayed) -> None:
    source = b'<link rel=preconnect href="http://live.example/">'
    replayed.write("a", (URL, html(source)))
    asked = replayed.raw(URL, sec_fetch_mode="navigate")
    assert (asked.headers["content-type"].partition(";")[0], asked.body) == ("text/plain", source)
    assert asked.headers["x-content-type-options"] == "nosniff"
    assert replayed.raw(URL).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("kind", ["font/woff2", "application/x-font-ttf", "text/css"])
def test_fonts_alone_are_open_to_pages_that_have_no_origin(replayed: Replayed, kind: str) -> None:
    replayed.write("a", (URL, answer(b"x", f"Content-Type: {kind}")))
    opened = replayed.page(URL).headers.get("access-control-allow-origin")
    assert opened == (None if kind == "text/css" else "*")


def test_a_drawing_is_led_and_runs_nothing(replayed: Replayed) -> None:
    svg = (
        b'<?xml-stylesheet href="http://live.example/s"?>'
        b'<!DOCTYPE svg [<!ENTITY out "http://live.example/">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'onload="x()"><script>1</script><a xlink:href="&out;a"><set attributeName="xlink:href" '
        b'to="&out;b"/></a><image href="i.png"/><rect fill="url(#f)"/>'
        b"<style>a{b:url(s.png)}</style></svg>"
    )
    typed = answer(svg, "Content-Type: image/svg+xml")
    replayed.write("a", (URL, typed), (OTHER, answer(b"<svg>&no;", "Content-Type: image/svg+xml")))
    made = replayed.page(URL).text
    assert f'href="/{DAY}/http://live.example/a"' in made
    assert f'href="/{DAY}mp_/http://a.example/i.png"' in made
    assert f'url("/{DAY}mp_/http://a.example/s.png")' in made
    assert 'fill="url(#f)"' in made
    for word in ("script", "onload", "<!DOCTYPE", "example/b", "xml-stylesheet", '="http://live'):
        assert word not in made
    assert replayed.page(OTHER).headers["content-type"].startswith("text/plain")


def test_an_index_of_another_version_of_the_file_is_read_past(replayed: Replayed) -> None:
    replayed.write("a", (OTHER, html(b"other" * 99)), (URL, html(b"page")))
    index = next(replayed.collection.indexes.iterdir())
    before = index.read_bytes()
    replayed.write("a", (URL, html(b"page")), (OTHER, html(b"other" * 99)))
    index.write_bytes(before)
    assert replayed.raw(URL).body == b"page"
    assert replayed.raw(OTHER).body == b"other" * 99
    assert replayed.get(f"/{DAY}/{URL}").status == 200
    assert index.read_bytes() == before


def test_a_capture_of_another_address_is_never_shown(replayed: Replayed) -> None:
    path = replayed.write("a", (URL, html(b"page")))
    index = replayed.index(path)
    index.write_text(index.read_text("utf-8").replace("/p", "/q"), "utf-8")
    got = replayed.page("http://a.example/q")
    assert got.status == 502
    assert "the index says http://a.example/q here, the record http://a.example/p" in got.text
    assert "page" not in got.text.partition("<main>")[2].partition("index says")[0][-9:]


def test_a_cut_file_refuses_what_is_cut_off_and_serves_the_rest(replayed: Replayed) -> None:
    path = replayed.write("a", (URL, html(b"page")), (OTHER, html(b"other")))
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert replayed.raw(URL).body == b"page"
    got = replayed.page(OTHER)
    assert got.status == 502
    assert "cannot be read" in got.text
    path.write_bytes(whole[:100])
    assert replayed.page(URL).status == 502


def test_a_file_being_written_is_read_under_its_present_name(replayed: Replayed) -> None:
    path = replayed.write("a", (URL, html(b"page")))
    path.rename(path.with_name(f"{path.name}.open"))
    assert replayed.raw(URL).body == b"page"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "a\\\\b", "", "nothing.warc.gz", "x\\u0000y"]
)
def test_an_index_leads_to_no_file_outside(replayed: Replayed, name: str) -> None:
    path = replayed.write("a", (URL, html(b"page")))
    index = replayed.index(path)
    index.write_text(index.read_text("utf-8").replace("a.warc.gz", name), "utf-8")
    got = replayed.page(URL)
    assert got.status == 502
    assert b"root:" not in got.body


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        '{"url": "http://a.example/p"}',
        '{"url": "http://a.example/p", "offset": "x"}',
        "\\xff",
    ],
)
def test_lines_that_are_no_index_are_told_and_no_crash(replayed: Replayed, line: str) -> None:
    (replayed.collection.indexes / "x.cdxj").write_text(f"example,a)/p {DAY} {line}\n", "utf-8")
    for path in (f"/{DAY}/{URL}", f"/{DAY}mp_/{URL}", f"/list?url={URL}", f"/search?url={URL}"):
        got = replayed.get(path)
        assert got.status == 502, path
        assert "not a CDXJ line" in got.text


def test_a_page_that_nests_too_deep_is_refused_in_words(replayed: Replayed) -> None:
    replayed.write("a", (URL, html(b"<div>" * 100_000)))
    got = replayed.page(URL)
    assert got.status == 502
    assert "nest deeper" in got.text


def test_ten_thousand_captures_of_one_address_are_found_at_once(replayed: Replayed) -> None:
    path = replayed.write("a", (URL, html(b"page")))
    (entry,) = build_index(path)
    years = [
        str(entry).replace(DAY, f"{2000 + n // 5000}{n % 12 + 1:02}{n % 28 + 1:02}{n % 5000:06}")
        for n in range(10_000)
    ]
    index = replayed.index(path)
    index.write_text("".join(f"{line}\n" for line in sorted({*years, str(entry)})), "utf-8")
    began = time.process_time()
    assert replayed.raw(URL).body == b"page"
    assert replayed.get(f"/{DAY}/{URL}").status == 200
    assert len(replayed.get(f"/list?url={URL}").body) < 200_000
    assert time.process_time() - began < 1.5


def test_a_capture_behind_two_gigabytes_is_read(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.create()
    path = collection.archive / "big.warc"
    big = (2 << 30) + 17
    with path.open("wb") as file:  # sparse: it takes no room on the disk
        file.write(record(b"", kind="resource", url="http://a.example/film", length=big, end=b""))
        file.seek(big, 1)
        file.write(b"\r\n\r\n")
        at = file.tell()
        file.write(record(html(b"late"), url=URL, number=2))
    (collection.indexes / "big.cdxj").write_text(
        f'example,a)/p {DAY} {{"url": "{URL}", "mime": "text/html", "status": "200", '
        f'"digest": "-", "length": "0", "offset": "{at}", "filename": "big.warc"}}\n', "utf-8"
    )  # fmt: skip
    (entry,) = CdxjIndex(collection.indexes).captures(URL)
    assert capture_at(collection.archive, entry.locator).payload(9) == b"late"
    assert Replayed(tmp_path).raw(URL).body == b"late"


def test_what_unpacks_to_far_more_than_was_sent_is_bounded(replayed: Replayed) -> None:
    bomb = gzip.compress(gzip.compress(bytes(200 << 20), 9))
    coded = answer(bomb, "Content-Type: text/css", "Content-Encoding: gzip, gzip")
    replayed.write("a", (URL, coded))
    got = replayed.page(URL)
    assert len(got.body) <= 64 << 20
