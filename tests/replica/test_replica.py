"""The replica itself: what the other tests may rely on."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator
from itertools import pairwise

import dns.message
import dns.query
import dns.rcode
import pytest

from replica import CATALOGUE, HOST, SEED_TITLE, UNCITED, Expected, Replica, Section, serve
from replica.behaviours import BEHAVIOURS
from replica.chronology import ANCHORS, Chronology, item_id
from replica.links import deep_behaviour


@pytest.fixture(scope="module")
def web() -> Iterator[Replica]:
    with serve(pages=30, hang_seconds=5, slow_seconds=0.05) as replica:
        yield replica


def fetch(web: Replica, host: str, target: str, **headers: str) -> tuple[int, bytes]:
    """Return status and body as the library reads them."""
    connection = http.client.HTTPConnection("127.0.0.1", web.http_port, timeout=5)
    try:
        connection.request("GET", target, headers={"Host": host, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def raw(web: Replica, host: str, target: str) -> bytes:
    """Return every byte of the answer; what a reset leaves is b''."""
    with socket.create_connection(("127.0.0.1", web.http_port), timeout=5) as connection:
        request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def ask(web: Replica, name: str, kind: str = "A") -> dns.message.Message:
    query = dns.message.make_query(name, kind)
    return dns.query.udp(query, "127.0.0.1", timeout=2, port=web.dns_port)


class TestTime:
    @pytest.mark.parametrize("pages", [2, 30, 300, 10_000])
    def test_every_number_has_one_slot_and_ids_rise_with_time(self, pages: int) -> None:
        chronology = Chronology(pages)
        slots = [slot for month in chronology.months for slot in chronology.slots(*month)]
        assert sorted(slot.number for slot in slots) == list(range(pages))
        assert all(a.item_id < b.item_id and a.day <= b.day for a, b in pairwise(slots))
        assert all(chronology.slot(slot.number) == slot for slot in slots)

    def test_known_days_have_known_ids(self) -> None:
        assert [item_id(day.toordinal()) for day, _ in ANCHORS] == [known for _, known in ANCHORS]

    def test_the_same_seed_makes_the_same_statements(self) -> None:
        one, same = (list(Replica(40, seed=3).expected_statements()) for _ in range(2))
        assert one == same
        assert one != list(Replica(40, seed=4).expected_statements())


class TestArchive:
    def test_the_seed_statement_is_there_with_its_header(self, web: Replica) -> None:
        status, body = fetch(web, HOST, "/r/pa/prs/ps/2016/10/263705.htm")
        assert status == 200
        html = body.decode()
        assert f'<h2 class="title left" id="page-title">{SEED_TITLE}</h2>' in html
        header = html.partition("<!-- TOP-META START -->")[2].partition("<!-- TOP-META END -->")[0]
        for line in ("Media Note", "Office of the Spokesperson", "Washington, DC"):
            assert f">{line}<br>" in header
        assert "October 27, 2016" in header
        assert 'content="http://www.state.gov/r/pa/prs/ps/2016/10/263705.htm"' in html

    def test_every_statement_is_served_and_says_what_is_expected(self, web: Replica) -> None:
        for statement in web.expected_statements():
            status, body = fetch(web, HOST, statement.path)
            assert status == 200
            html = body.decode()
            assert statement.document_type in html
            assert statement.long_date in html
            assert html.count("<!-- CENTERBLOCK START -->") == 1

    def test_every_statement_can_be_reached_from_home(self, web: Replica) -> None:
        reached: set[str] = set()
        waiting = ["/"]
        while waiting:
            status, body = fetch(web, HOST, waiting.pop())
            if status != 200:
                continue
            for href in body.decode().split('href="')[1:]:
                path = href.partition('"')[0].removeprefix(f"//{HOST}")
                if path.endswith(".htm") and path.startswith(tuple(Section)):
                    waiting += [path] * (path not in reached)
                    reached.add(path)
                elif path.startswith("/secretary/"):
                    reached.add(path)
        listed = {
            path.replace("/secretary/rm/", "/secretary/20092013whitcombe/rm/") for path in reached
        }
        assert {each.path for each in web.expected_statements()} <= listed

    def test_remarks_moved_when_the_secretary_left(self) -> None:
        with serve(pages=300) as web:
            old = next(s for s in web.expected_statements() if "whitcombe" in s.path)
            answer = raw(web, HOST, old.path.replace("/20092013whitcombe", ""))
        assert answer.startswith(b"HTTP/1.1 301 ")
        assert f"Location: {old.url}\r\n".encode() in answer

    def test_some_pages_are_gzip_and_some_chunked_with_trailers(self, web: Replica) -> None:
        by_number = {each.number: each for each in web.expected_statements()}
        _, body = fetch(web, HOST, by_number[3].path, **{"Accept-Encoding": "gzip"})
        assert b"<!-- TOP-META START -->" in gzip.decompress(body)
        answer = raw(web, HOST, by_number[4].path)
        assert b"Transfer-Encoding: chunked\r\n" in answer
        assert answer.endswith(b"\r\n0\r\nX-Served-From: replica\r\n\r\n")

    def test_an_unchanged_page_is_not_sent_again(self, web: Replica) -> None:
        path = "/r/pa/prs/ps/2016/10/263705.htm"
        assert fetch(web, HOST, path, **{"If-None-Match": '"263705-1"'}) == (304, b"")

    def test_the_calendar_has_no_end(self, web: Replica) -> None:
        _, body = fetch(web, HOST, "/r/pa/ei/calendar/index.htm?month=2150-12")
        assert b"month=2151-01" in body

    def test_a_wall_after_some_requests_answers_200_for_every_path(self) -> None:
        with serve(pages=2, wall_after=1) as web:
            assert b"Diplomacy in Action" in fetch(web, HOST, "/")[1]
            status, body = fetch(web, HOST, "/robots.txt")
        assert status == 200
        assert b"<title>Technical Difficulties</title>" in body

    def test_sitemaps_name_every_statement(self, web: Replica) -> None:
        _, index = fetch(web, HOST, "/sitemap.xml")
        places = [part.partition("<")[0] for part in index.decode().split("<loc>")[1:]]
        xml = b""
        for place in places:
            _, body = fetch(web, HOST, place.removeprefix(f"http://{HOST}"))
            xml += zlib.decompress(body, 31) if place.endswith(".gz") else body
        assert all(url.encode() in xml for url in web.statement_urls())


class TestOutside:
    def test_the_table_is_sound(self) -> None:
        links = (*CATALOGUE, *UNCITED)
        assert len({link.url for link in links}) == len(links)
        assert {link.behaviour for link in links} <= set(BEHAVIOURS)
        assert {link.expected for link in links} == set(Expected)

    def test_about_a_quarter_of_the_links_is_dead(self) -> None:
        expected = Replica(300).expected_links().values()
        dead = {
            Expected.GONE,
            Expected.SOFT_GONE,
            Expected.PARKED,
            Expected.TRANSIENT,
            Expected.TLS,
        }
        assert 0.18 < sum(each in dead for each in expected) / len(expected) < 0.3

    def test_answers_fit_what_is_expected(self, web: Replica) -> None:
        codes = {Expected.GONE: {404, 410}, Expected.BLOCKED: {200, 302, 401, 403, 429, 451}}
        for url, expected in web.expected_links().items():
            host, _, path = url.removeprefix("http://").partition("/")
            if expected in codes and ask(web, host).answer and "old-agency" not in host:
                assert fetch(web, host, f"/{path.partition('#')[0]}")[0] in codes[expected], url

    def test_a_deep_link_always_answers_the_same(self) -> None:
        url = "http://www.ocean-watch.example/2012/story-7-1.html"
        assert len({deep_behaviour(url) for _ in range(3)}) == 1

    def test_head_is_refused_where_get_is_not(self, web: Replica) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", web.http_port, timeout=5)
        host = {"Host": "www.headless-journal.example"}
        connection.request("HEAD", "/article?id=88&lang=en", headers=host)
        assert connection.getresponse().read() == b""
        connection.request("GET", "/article?id=88&lang=en", headers=host)
        assert connection.getresponse().status == 200
        connection.close()

    def test_silence_resets_and_cut_bodies(self, web: Replica) -> None:
        assert raw(web, "www.wordless-wire.example", "/story/1") == b""
        with pytest.raises(ConnectionResetError):
            raw(web, "www.resetting-radio.example", "/interview")
        answer = raw(web, "www.half-a-page.example", "/communique")
        promised = int(answer.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
        assert 0 < len(answer.partition(b"\r\n\r\n")[2]) < promised
        with socket.create_connection(("127.0.0.1", web.http_port), timeout=0.2) as connection:
            connection.sendall(b"GET /speech HTTP/1.1\r\nHost: www.silent-server.example\r\n\r\n")
            with pytest.raises(TimeoutError):
                connection.recv(1)

    def test_the_closed_port_refuses(self, web: Replica) -> None:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", web.closed_port), timeout=2)

    def test_requests_are_kept_as_received(self, web: Replica) -> None:
        fetch(web, "www.open-partnership.example", "/?kept=1")
        received = web.requests[-1]
        assert received[:3] == ("www.open-partnership.example", "GET", "/?kept=1")
        assert received.head.startswith(b"GET /?kept=1 HTTP/1.1\r\n")


class TestNames:
    def test_each_kind_of_name(self, web: Replica) -> None:
        assert "127.0.0.1" in str(ask(web, HOST).answer[0])
        assert "10.0.0.1" in str(ask(web, "files.inside-office.example").answer[0])
        assert ask(web, HOST, "AAAA").rcode() == dns.rcode.NOERROR
        assert ask(web, HOST, "AAAA").answer == []
        assert ask(web, "www.summit-2012.test").rcode() == dns.rcode.NXDOMAIN
        assert ask(web, "anything.at.all").rcode() == dns.rcode.NXDOMAIN
        assert ask(web, "www.failing-names.example").rcode() == dns.rcode.SERVFAIL
        with pytest.raises(dns.exception.Timeout):
            ask(web, "www.unanswered-names.example")


class TestCertificates:
    @pytest.mark.parametrize(
        ("host", "words"),
        [
            ("www.expired-certificate.example", "certificate has expired"),
            ("www.self-signed.example", "self-signed certificate"),
            ("www.wrong-certificate.example", "Hostname mismatch"),
            ("www.unknown-authority.example", "unable to get local issuer certificate"),
            ("www.no-handshake.example", "EOF occurred"),
        ],
    )
    def test_each_fault_is_the_one_named(self, web: Replica, host: str, words: str) -> None:
        context = ssl.create_default_context(cafile=str(web.ca_file))
        with (
            socket.create_connection(("127.0.0.1", web.https_port), timeout=5) as connection,
            pytest.raises(ssl.SSLError, match=words.replace(" ", "[ _]").replace("-", "[- ]")),
        ):
            context.wrap_socket(connection, server_hostname=host)

    def test_the_other_hosts_are_trusted(self, web: Replica) -> None:
        context = ssl.create_default_context(cafile=str(web.ca_file))
        for host in (HOST, "www.secure-foundation.example"):
            with (
                socket.create_connection(("127.0.0.1", web.https_port), timeout=5) as connection,
                context.wrap_socket(connection, server_hostname=host) as secure,
            ):
                assert secure.getpeercert()


def test_it_runs_inside_a_loop_too() -> None:
    async def run() -> int:
        replica = Replica(pages=2)
        await replica.start()
        port = replica.http_port
        await replica.stop()
        return port

    assert asyncio.run(run()) > 0
