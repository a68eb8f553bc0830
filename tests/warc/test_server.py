from __future__ import annotations

import asyncio
import gzip
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warc.collection import Collection
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.replay.pages import Highlight, Highlights
from warc.replay.server import create_app
from warc.writer import WarcWriter, WriterOptions, Written

HOST = "http://a.example"
DAY = datetime(2016, 10, 27, 12, 0, 0, tzinfo=UTC)
PAGE = b'<title>T</title><a href="/next">n</a><img src="i.png"><script>alert(1)</script>'


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Archive:
    """A collection being written, and its replay."""

    def __init__(self, root: Path) -> None:
        self.collection = Collection(root)
        self.collection.create()
        self.written: list[Written] = []
        self.highlights: Highlights | None = None

    def capture(self, *captures: tuple[str, datetime, bytes]) -> None:
        options = WriterOptions(
            archive=self.collection.archive, indexes=self.collection.indexes, prefix="t"
        )
        with WarcWriter(options, clock=lambda: DAY) as writer:
            for url, began, response in captures:
                end = response.find(b"\r\n\r\n") + 4
                exchange = Exchange(
                    target_uri=url, method="GET", began=began, request=b"GET / HTTP/1.1\r\n\r\n",
                    response=Spool.of(response), head_size=end, ending=Ending.COMPLETE,
                    timings=Timings(ended=0.1),
                )  # fmt: skip
                self.written.append(writer.write_exchange(exchange))
                exchange.response.close()

    def get(self, path: str, host: str = "localhost:8090", method: str = "GET") -> Answer:
        raw, _, query = path.partition("?")
        scope = {
            "type": "http", "method": method, "path": raw, "raw_path": raw.encode(),
            "query_string": query.encode(), "headers": [(b"host", host.encode())],
        }  # fmt: skip
        sent: list[dict[str, object]] = []

        async def ask() -> None:
            async def receive() -> dict[str, object]:
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: dict[str, object]) -> None:
                sent.append(message)

            await create_app(self.collection, self.highlights)(scope, receive, send)  # type: ignore[arg-type]

        asyncio.run(ask())
        start = sent[0]
        headers = {k.decode(): v.decode() for k, v in start["headers"]}  # type: ignore[attr-defined]
        body = b"".join(m.get("body", b"") for m in sent[1:])  # type: ignore[misc]
        return Answer(int(str(start["status"])), headers, body)


def html(body: bytes, status: str = "200 OK", *more: str) -> bytes:
    fields = "".join(f"{one}\r\n" for one in more)
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{fields}Content-Length: {len(body)}"
    return head.encode("latin-1") + b"\r\n\r\n" + body


def typed(kind: str, body: bytes, *more: str) -> bytes:
    fields = "".join(f"{one}\r\n" for one in more)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{fields}Content-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "c")
    made.capture(
        (f"{HOST}/p", DAY, html(PAGE)),
        (f"{HOST}/p", DAY + timedelta(days=9), html(PAGE)),
        (f"{HOST}/moved", DAY, html(b"", "301 Moved", "Location: /p")),
        (f"{HOST}/out", DAY, html(b"", "302 Found", "Location: http://live.example/x")),
        (f"{HOST}/gone", DAY, html(b"<h1>Not here</h1>", "404 Not Found")),
        (f"{HOST}/evil", DAY, html(b"x", "200 OK", "Set-Cookie: a=b", "X-Y: z")),
        (f"{HOST}/s.css", DAY, b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n"
         b"Content-Length: 15\r\n\r\na{b:url(/i.gif)}"),
        (f"{HOST}/q?a=1&b=2", DAY, html(b"query")),
    )  # fmt: skip
    return made


def test_another_time_leads_to_the_nearest_capture(archive: Archive) -> None:
    answer = archive.get(f"/2016/{HOST}/p")
    assert answer.status == 302
    assert answer.headers["location"] == f"/20161027120000/{HOST}/p"


def test_the_frame_tells_what_is_shown_and_sandboxes_it(archive: Archive) -> None:
    frame = archive.get(f"/20161027120000/{HOST}/p").text
    assert "2016-10-27 12:00:00 UTC" in frame
    assert 'sandbox="allow-top-navigation-by-user-activation"' in frame
    assert f'href="/20161105120000/{HOST}/p"' in frame  # the later capture
    assert "all 2" in frame


def test_the_page_runs_nothing_and_leads_into_the_archive(archive: Archive) -> None:
    page = archive.get(f"/20161027120000mp_/{HOST}/p")
    assert page.status == 200
    assert "script-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("sandbox ")
    assert page.headers["memento-datetime"] == "Thu, 27 Oct 2016 12:00:00 GMT"
    assert "<script" not in page.text
    assert f'href="/20161027120000/{HOST}/next"' in page.text
    assert f'src="/20161027120000mp_/{HOST}/i.png"' in page.text


def test_raw_is_what_was_captured(archive: Archive) -> None:
    assert archive.get(f"/20161027120000id_/{HOST}/p").body == PAGE


def test_a_revisit_shows_what_it_repeats(archive: Archive) -> None:
    assert archive.written[1].is_revisit
    assert archive.get(f"/20161105120000id_/{HOST}/p").body == PAGE


def test_a_redirect_is_followed_inside_the_archive_only(archive: Archive) -> None:
    inside = archive.get(f"/20161027120000mp_/{HOST}/moved")
    assert inside.headers["location"] == f"/20161027120000mp_/{HOST}/p"
    outside = archive.get(f"/20161027120000mp_/{HOST}/out")
    assert outside.status == 200
    assert "location" not in outside.headers
    assert "http://live.example/x" in outside.text


def test_the_frame_of_a_redirect_says_where_it_led(archive: Archive) -> None:
    inside = archive.get(f"/20161027120000/{HOST}/moved").text
    assert "answered 301 Moved Permanently" in inside
    assert f'href="/20161027120000/{HOST}/p">open it by itself' in inside
    outside = archive.get(f"/20161027120000/{HOST}/out").text
    assert "http://live.example/x" in outside
    assert "was not captured" in outside
    assert "<iframe" not in outside


def test_a_pdf_gets_the_viewer_and_nothing_else_leaves_the_sandbox(archive: Archive) -> None:
    archive.capture(
        (f"{HOST}/d.pdf", DAY, typed("application/pdf", b"%PDF-1.4")),
        (f"{HOST}/d.zip", DAY, typed("application/zip", b"PK")),
    )
    frame = archive.get(f"/20161027120000/{HOST}/d.pdf").text
    assert "<iframe" in frame
    assert "sandbox=" not in frame
    shown = archive.get(f"/20161027120000mp_/{HOST}/d.pdf").headers
    assert "sandbox" not in shown["content-security-policy"]
    assert shown["x-content-type-options"] == "nosniff"
    saved = archive.get(f"/20161027120000/{HOST}/d.zip").text
    assert "<iframe" not in saved
    assert "application/zip, which browsers do not show" in saved


@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "999 No"])
def test_a_status_that_hides_its_page_is_told_by_the_frame_alone(
    archive: Archive, status: str
) -> None:
    archive.capture((f"{HOST}/wall", DAY, html(b"<h1>Wall</h1>", status)))
    assert f"answered {status[:3]}" in archive.get(f"/20161027120000/{HOST}/wall").text
    page = archive.get(f"/20161027120000mp_/{HOST}/wall")
    assert page.status == 200
    assert "<h1>Wall</h1>" in page.text


def test_an_error_is_shown_as_what_it_was(archive: Archive) -> None:
    assert "answered 404" in archive.get(f"/20161027120000/{HOST}/gone").text
    page = archive.get(f"/20161027120000mp_/{HOST}/gone")
    assert page.status == 404
    assert "<h1>Not here</h1>" in page.text


def test_headers_of_the_capture_stay_in_the_record(archive: Archive) -> None:
    headers = archive.get(f"/20161027120000mp_/{HOST}/evil").headers
    assert "set-cookie" not in headers
    assert "x-y" not in headers


def test_style_sheets_lead_into_the_archive(archive: Archive) -> None:
    css = archive.get(f"/20161027120000mp_/{HOST}/s.css")
    assert f'url("/20161027120000mp_/{HOST}/i.gif")' in css.text


def test_a_query_is_part_of_the_address(archive: Archive) -> None:
    assert archive.get(f"/20161027120000id_/{HOST}/q?b=2&a=1").status in {200, 302}
    assert archive.get(f"/20161027120000id_/{HOST}/q?a=1&b=2").body == b"query"


def test_what_is_not_there_offers_the_nearest_captures(archive: Archive) -> None:
    missing = archive.get(f"/20161027120000/{HOST}/px")
    assert missing.status == 404
    assert f"/20161027120000/{HOST}/p" in missing.text


def test_the_record_is_shown_as_text(archive: Archive) -> None:
    at = archive.written[0].response
    assert at is not None
    shown = archive.get(f"/record/{at.file}/{at.offset}")
    assert "WARC-Type: response" in shown.text
    assert "&lt;script&gt;" in shown.text
    assert "script-src" not in shown.headers["content-security-policy"]
    assert "default-src 'none'" in shown.headers["content-security-policy"]


def test_a_coded_body_is_shown_decoded_and_as_received(archive: Archive) -> None:
    packed = gzip.compress(b"<h1>Read me</h1>", mtime=0)
    archive.capture((f"{HOST}/z", DAY, typed("text/html", packed, "Content-Encoding: gzip")))
    at = archive.written[-1].response
    assert at is not None
    shown = archive.get(f"/record/{at.file}/{at.offset}").text
    assert "sent as gzip; shown decoded" in shown
    assert "&lt;h1&gt;Read me&lt;/h1&gt;" in shown
    assert "Body as received" in shown
    assert "000000  1f 8b 08" in shown


def test_binary_is_said_to_be_binary(archive: Archive) -> None:
    archive.capture((f"{HOST}/i.png", DAY, typed("image/png", b"\x89PNG\r\n\x1a\n\0")))
    at = archive.written[-1].response
    assert at is not None
    shown = archive.get(f"/record/{at.file}/{at.offset}").text
    assert "9 bytes; binary (image/png), all in hexadecimal" in shown
    assert "000000  89 50 4e 47" in shown


def test_the_record_of_a_revisit_leads_to_what_it_repeats(archive: Archive) -> None:
    at = archive.written[1].response
    assert at is not None
    shown = archive.get(f"/record/{at.file}/{at.offset}").text
    assert f'href="/20161027120000/{HOST}/p"' in shown
    assert "captured 2016-10-27 12:00:00 UTC" in shown


def test_one_walks_from_record_to_record_to_the_end_of_the_file(archive: Archive) -> None:
    at = archive.written[0].response
    assert at is not None
    path, kinds = f"/record/{at.file}/0", list[str]()
    while path:
        page = archive.get(path).text
        kinds += re.findall(r"<span>(\w+) record</span>", page)
        found = re.search(r'href="(/record/[^"]+)">Next record', page)
        path = found[1] if found else ""
    assert kinds[0] == "warcinfo"
    assert kinds.count("response") + kinds.count("revisit") == len(archive.written)


def test_the_first_page_offers_what_it_was_given(archive: Archive) -> None:
    assert "8 captures in 1 WARC file:" in archive.get("/").text
    row = Highlight(url=f"{HOST}/p", captured=DAY, text="A <Statement>", note="2016-10-27")
    archive.highlights = Highlights(title="Statements", rows=(row,))
    page = archive.get("/").text
    assert f'<a href="/20161027120000/{HOST}/p">A &lt;Statement&gt;</a>' in page
    assert f"{HOST}/gone" not in page


@pytest.mark.parametrize(
    "path", ["/record/../store.sqlite/0", "/record/%2e%2e%2fstore.sqlite/0", "/record/none/0"]
)
def test_no_path_leaves_the_archive(archive: Archive, path: str) -> None:
    assert archive.get(path).status == 404


def test_only_this_machine_by_its_own_name_is_answered(archive: Archive) -> None:
    assert archive.get("/", host="evil.example").status == 421
    assert archive.get("/", method="POST").status == 405


def test_search_finds_what_begins_like_the_address(archive: Archive) -> None:
    found = archive.get(f"/search?url={HOST}/g").text
    assert f"{HOST}/gone" in found
    assert f"{HOST}/evil" not in found


def test_hostile_addresses_become_no_markup(archive: Archive) -> None:
    page = archive.get('/20161027120000/http://a.example/%22%3E%3Cimg%20src=x%3E"><b>')
    assert page.status == 404
    assert "<b>" not in page.text


def test_a_lost_file_is_said_and_not_a_crash(archive: Archive) -> None:
    for file in archive.collection.warc_files():
        file.unlink()
    answer = archive.get(f"/20161027120000mp_/{HOST}/p")
    assert answer.status == 502
    assert "cannot be read" in answer.text
