"""A site of literal bytes that remembers what it sent, and crawls in child processes."""

from __future__ import annotations

import json
import re
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawler.options import CaptureOptions

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """Answers by path, as bytes: b"" closes without an answer, and a path not named is 404.

    A page with an ETag is answered with 304 where the request has it. What stands in `first` for a
    path is answered before, one after the other. `times` says when each request in `sent` came.
    """

    answers: dict[str, bytes] = field(default_factory=dict)
    first: dict[str, list[bytes]] = field(default_factory=dict)
    sent: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    port: int = 0
    scheme: str = "http"
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/"

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.sent]

    def page(self, path: str, body: str, *fields: str, status: str = "200 OK") -> None:
        self.answers[path] = answer(body.encode(), *fields, status=status)


def answer(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *fields, "", ""]).encode("latin-1") + body


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    site: Site


class _Answering(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while head := self._head():
            if not self._answer(self.server.site, head):  # type: ignore[attr-defined]
                return

    def _answer(self, site: Site, head: bytes) -> bool:
        """Answer one request; return whether the connection stays."""
        path = head.split(b" ", 2)[1].decode("latin-1")
        sent = site.answers.get(path, answer(b"no such page", status="404 Not Found"))
        tag = re.search(rb"\r\nETag: (.*?)\r\n", sent)
        if tag and b"\r\nIf-None-Match: " + tag[1] + b"\r\n" in head:
            sent = b"HTTP/1.1 304 Not Modified\r\nETag: " + tag[1] + b"\r\n\r\n"
        with site.lock:
            site.times.append(time.monotonic())
            if site.first.get(path):
                sent = site.first[path].pop(0)
            site.busy += 1
            site.busiest = max(site.busiest, site.busy)
        time.sleep(site.seconds)
        site.sent.append((path, head, sent))
        with site.lock:
            site.busy -= 1
        if sent:
            self.wfile.write(sent)
        return bool(sent) and b"Connection: close" not in sent

    def _head(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b"", b"\r\n"):
            lines.append(line)
        return b"".join([*lines, b"\r\n"]) if lines else b""


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Yield a running site without pages, over TLS where a context is given."""
    with _Server(("127.0.0.1", 0), _Answering) as server:
        server.site = Site(port=server.server_address[1], scheme="https" if tls else "http")
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.site
        server.shutdown()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running site without pages."""
    with running() as one:
        yield one


@pytest.fixture
def serve() -> Callable[[ssl.SSLContext], AbstractContextManager[Site]]:
    """Return what runs a site over TLS."""
    return running


@pytest.fixture
def other() -> Iterator[Site]:
    """Return another running site without pages."""
    with running() as one:
        yield one


@dataclass
class Crawl:
    """What a finished crawl said and left."""

    status: int
    events: list[dict[str, Any]]
    archive: Path

    @property
    def finished(self) -> dict[str, Any]:
        assert [e["event"] for e in self.events].count("finished") == 1
        assert self.events[-1]["event"] == "finished"
        return self.events[-1]


@dataclass
class Crawling:
    """A crawl under way in a child process."""

    process: subprocess.Popen[str]
    options: CaptureOptions

    def wait(self) -> Crawl:
        out, _ = self.process.communicate(timeout=60)
        return Crawl(
            status=self.process.returncode,
            events=[json.loads(line) for line in out.splitlines()],
            archive=self.options.collection / "archive",
        )


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Crawling]]:
    """Return a function that starts a crawl of some seeds, with options to change.

    `patch` is a constant to change too, "crawler.module.NAME=value".
    """
    begun: list[subprocess.Popen[str]] = []

    def begin(*seeds: str, patch: str = "", **values: Any) -> Crawling:
        quick = {"delay": 0, "concurrency": 4, "backoff": 0.05, "sitemaps": False}
        given = {**quick, "allow_ranges": ["127.0.0.0/8"], **values}
        options = CaptureOptions.from_values(
            {
                "collection": tmp_path / "collection",
                "seeds": seeds,
                "log_file": tmp_path / "capture.log",
                **given,
            }
        )
        file = tmp_path / "options.json"
        file.write_text(options.to_json())
        command = [sys.executable, "-m", "crawler", str(file)]
        if patch:
            module = patch.rpartition("=")[0].rpartition(".")[0]
            code = f"import sys, {module}, crawler.process; {patch}; "
            code += "sys.exit(crawler.process.main(sys.argv[1:]))"
            command = [sys.executable, "-c", code, str(file)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        return Crawling(process, options)

    yield begin
    for process in begun:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def crawl(start: Callable[..., Crawling]) -> Callable[..., Crawl]:
    """Return a function that runs a crawl to its end."""
    return lambda *seeds, **values: start(*seeds, **values).wait()
