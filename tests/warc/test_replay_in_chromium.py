"""The replay in a real Chromium: archived pages do nothing, and look as they did live."""

from __future__ import annotations

import base64
import gzip
import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser, Page
from live_web import EVIL, EVIL_PAGE, LiveWeb, live_web
from replayed import DAY, answer, html
from warc_bytes import record

import replica

_SECONDS = 60
_TIMERS = 1.3  # behind every timer of the evil page
# The command with every attempt to reach anything noted: nothing but what asks it is spoken to.
_WATCHED = """
import sys
log = open(sys.argv[1], "a", buffering=1)
def note(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        log.write(f"{event} {args[1:] if event.startswith('socket.connect') else args}\\n")
sys.addaudithook(note)
sys.argv = ["muniment", *sys.argv[2:]]
from muniment.__main__ import main
main()
"""


def write(path: Path, *captures: tuple[str, bytes]) -> Path:
    records = (record(block, url=url, number=n) for n, (url, block) in enumerate(captures))
    path.write_bytes(b"".join(gzip.compress(one, 1, mtime=0) for one in records))
    return path


@contextmanager
def replay(file: Path) -> Iterator[str]:
    """Yield the origin of `muniment replay FILE`; FILE.log tells what it tried to reach."""
    line = [sys.executable, "-c", _WATCHED, f"{file}.log", "replay", "--port", "0", str(file)]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = ""
        while not (found := re.search(r"http://localhost:\d+", said)):
            said = process.stdout.readline()
            assert said, "it ended"
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=_SECONDS)


@pytest.fixture(scope="module")
def web() -> Iterator[LiveWeb]:
    with live_web() as running:
        yield running


@pytest.fixture(scope="module")
def browser(
    chromium: str, web: LiveWeb, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Yield a Chromium for which every host but this machine is the live web."""
    rules = f"MAP * 127.0.0.1:{web.port}, EXCLUDE localhost, EXCLUDE 127.0.0.1"
    profile = tmp_path_factory.mktemp("profile")
    with Browser(chromium, profile, f"--host-resolver-rules={rules}") as running:
        yield running


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://b.example/i"/></svg>'
    path = write(
        tmp_path_factory.mktemp("evil") / "evil.warc.gz",
        (EVIL, html(EVIL_PAGE, "Link: <http://h.example/>; rel=preconnect",
                    "Refresh: 1; url=http://h.example/", "Set-Cookie: k=evil")),
        ("http://evil.example/next", html(b"<p>next")),
        ("http://evil.example/untyped", answer(EVIL_PAGE)),
        ("http://evil.example/drawing", answer(svg, "Content-Type: image/svg+xml")),
        ("http://evil.example/xml", answer(
            b'<x xmlns="http://www.w3.org/1999/xhtml"><img src="http://b.example/xml"/></x>',
            "Content-Type: text/xml")),
        ("http://evil.example/pdf", answer(EVIL_PAGE, "Content-Type: application/pdf, text/html")),
    )  # fmt: skip
    with replay(path) as running:
        yield running
    assert Path(f"{path}.log").read_text("utf-8") == ""


def settle(page: Page) -> None:
    page.wait("document.readyState === 'complete'")
    time.sleep(_TIMERS)


def test_the_page_does_all_it_can_on_the_live_web(browser: Browser, web: LiveWeb) -> None:
    """Without this, what follows would prove nothing."""
    page = browser.page()
    page.open(EVIL)
    settle(page)
    asked = {one.partition("/")[2] for one in web.asked}
    assert len(asked) > 25
    assert web.silent  # preconnect
    assert {"fetch", "top", "srcset", "shadow", "set", "font", "srcdoc"} <= asked
    page.close()


KEPT = "localStorage.secret = 'kept'; document.cookie = 'k=kept'; 1"


def tabs_of(browser: Browser) -> int:
    targets = browser.call("Target.getTargets")["targetInfos"]
    return sum(target["type"] == "page" for target in targets)


def test_replayed_it_reaches_nothing_and_nobody(
    browser: Browser, web: LiveWeb, origin: str
) -> None:
    home = browser.page()
    home.open(f"{origin}/")
    home.wait("document.readyState === 'complete'")
    home.ask(KEPT)
    web.asked.clear()
    web.spoken.clear()
    web.silent.clear()
    pages = {
        f"{origin}/{DAY}{view}/http://evil.example/{name}": browser.page()
        for name in ("page", "untyped", "drawing", "xml", "pdf")
        for view in ("", "mp_", "id_")
    }
    tabs = tabs_of(browser)
    for there, page in pages.items():
        page.open(there)
    time.sleep(_TIMERS)
    for there, page in pages.items():
        page.wait("document.readyState === 'complete'")
        assert page.ask("location.href") == there
        assert page.ask("document.documentElement.textContent") != "BROKEN OUT", there
        asked = [url for url in page.let_through() if url.startswith(("http", "ws"))]
        assert [url for url in asked if not url.startswith(f"{origin}/")] == [], there
    assert home.ask("localStorage.secret + document.cookie") == "keptk=kept"
    workers = "navigator.serviceWorker.getRegistrations().then(r => r.length)"
    assert home.ask(workers) == 0
    assert tabs_of(browser) == tabs
    assert [one for one in web.asked if ".example" in one] == []
    # Chromium itself asks its maker for the time and more: named, and none of these hosts.
    assert [line for line in web.spoken if b".example" in line] == []
    assert not web.silent
    for page in (home, *pages.values()):
        page.close()


def test_a_link_in_the_frame_takes_the_banner_along(browser: Browser, origin: str) -> None:
    page = browser.page()
    page.open(f"{origin}/{DAY}/{EVIL}")
    page.wait("document.readyState === 'complete'")
    top = page.ask("document.querySelector('iframe').getBoundingClientRect().top")
    page.click(60, top + 20)
    page.wait(f"location.href === '{origin}/{DAY}/http://evil.example/next'")
    page.close()


def received(port: int, url: str) -> bytes:
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)) as connection:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", path, headers={"Host": parts.netloc})
        got = connection.getresponse()
        kind = got.getheader("Content-Type") or "text/plain"
        coded = got.getheader("Content-Encoding")
        more = (f"Content-Encoding: {coded}",) if coded else ()
        return answer(got.read(), f"Content-Type: {kind}", *more, status=f"{got.status} X")


def test_a_statement_looks_as_it_did_live(chromium: str, tmp_path: Path) -> None:
    """The pictures of both are the same, pixel for pixel."""
    with replica.serve(8, difficulties=False) as archive:
        # Browsers ask hosts below .gov by https alone.
        ports = f"MAP *:443 127.0.0.1:{archive.https_port}, MAP *:80 127.0.0.1:{archive.http_port}"
        flags = (f"--host-resolver-rules={ports}", "--ignore-certificate-errors")
        with Browser(chromium, tmp_path / "profile", *flags) as browser:
            url = next(archive.statement_urls())
            live = browser.page(width=1000, height=1200)
            live.open(url)
            live.wait("document.readyState === 'complete'")
            urls = [u for u in dict.fromkeys(live.requests()) if u.startswith("http")]
            assert len(urls) > 1
            file = write(
                tmp_path / "s.warc.gz", *((u, received(archive.http_port, u)) for u in urls)
            )
            with replay(file) as origin:
                replayed = browser.page(width=1000, height=1200)
                replayed.open(f"{origin}/{DAY}mp_/{url}")
                replayed.wait("document.readyState === 'complete'")
                pictures = live.screenshot(), replayed.screenshot()
    for name, picture in zip(("live", "replayed"), pictures, strict=True):
        (tmp_path / f"{name}.png").write_bytes(base64.b64decode(picture))
    assert pictures[0] == pictures[1], f"compare the pictures in {tmp_path}"
