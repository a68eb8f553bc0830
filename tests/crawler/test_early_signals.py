"""Signals that come while the crawl is only starting, or while an answer is under way."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from warc.capture import Capture
from warc.reader import iter_captures


def heeds(pid: int, number: signal.Signals) -> bool:
    """Return whether the process has a handler of its own for the signal."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_a_signal_during_the_start_ends_the_crawl_in_order(
    site: Any, start: Callable[..., Any], number: signal.Signals, seconds: float
) -> None:
    site.page("/", "<p>hello</p>" + "".join(f"<a href=/{n}.htm>x</a>" for n in range(200)))
    site.seconds = 0.05
    crawling = start(site.url, concurrency=1)
    while not heeds(crawling.process.pid, signal.SIGTERM) and crawling.process.poll() is None:
        time.sleep(0.002)
    time.sleep(seconds)
    crawling.process.send_signal(number)
    done = crawling.wait()
    assert done.finished["reason"] == "shutdown"
    assert done.status in (4, 5)
    assert not list(done.archive.glob("*.open"))


@contextlib.contextmanager
def dripping(beginning: bytes) -> Iterator[tuple[int, threading.Event]]:
    """Yield the port of a server that begins its answer and never ends it."""
    begun, over = threading.Event(), threading.Event()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    asked = connection.recv(4096)
                    if asked.startswith(b"GET /robots.txt"):
                        connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                        connection.recv(4096)
                    connection.sendall(beginning)
                    begun.set()
                    over.wait(20)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1], begun
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_what_is_under_way_at_the_end_is_kept_as_cut(start: Callable[..., Any]) -> None:
    beginning = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>half"
    with dripping(beginning) as (port, begun):
        crawling = start(f"http://127.0.0.1:{port}/", grace=0.3)
        assert begun.wait(10)
        time.sleep(0.1)
        asked = time.monotonic()
        crawling.process.send_signal(signal.SIGTERM)
        done = crawling.wait()
        assert 0.2 < time.monotonic() - asked < 3
    assert (done.status, done.finished["reason"]) == (4, "shutdown")
    (file,) = done.archive.glob("*.warc.gz")
    kept = {c.target_uri: c.truncated for c in iter_captures(file) if isinstance(c, Capture)}
    assert kept[f"http://127.0.0.1:{port}/"] == "time"


def test_what_was_not_answered_at_the_end_is_recorded_so(start: Callable[..., Any]) -> None:
    with dripping(b"") as (port, begun):
        crawling = start(f"http://127.0.0.1:{port}/", grace=0.3)
        assert begun.wait(10)
        crawling.process.send_signal(signal.SIGTERM)
        done = crawling.wait()
    assert (done.status, done.finished["reason"]) == (5, "shutdown")
    assert done.finished["details"] == {"timeout": "given up: the capture was ending"}
