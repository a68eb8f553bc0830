"""A collection that cites links, and a loopback web that answers each host as a test says."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipelines.store import STORE_NAME, Store

PAGE = b"<title>A page</title><h1>A page</h1><p>" + b"Text enough to be a page. " * 20
_DATES = {"checks": ("checked",), "check_runs": ("began", "ended")}


def cite(collection: Path, *urls: str) -> None:
    """Make the collection's store hold one statement that cites `urls`."""
    (collection / "archive").mkdir(parents=True, exist_ok=True)
    with Store(collection / STORE_NAME) as store, store.transaction() as database:
        database.execute("DELETE FROM warcs")
        database.execute("INSERT INTO warcs VALUES ('a.warc.gz', 1, '1', '{}', 0)")
        database.execute(
            "INSERT INTO statements (statement_id, warc, url, captured, era, text_digest, speakers,"
            " warc_offset) VALUES (1, 'a.warc.gz', 'http://state.example/1', '2026-01-01T00:00:00"
            "+00:00', 'x', 'x', '[]', 0)"
        )
        for position, url in enumerate(urls):
            host = url.partition("//")[2].partition("/")[0]
            database.execute("INSERT OR IGNORE INTO links (url, host) VALUES (?, ?)", (url, host))
            database.execute(
                "INSERT INTO citations SELECT 1, link_id, ?, url, 'text', NULL FROM links"
                " WHERE url = ?",
                (position, url),
            )


def age(collection: Path, days: float) -> None:
    """Make all checks `days` older, and their states be folded anew."""
    database = sqlite3.connect(collection / STORE_NAME)
    with database:
        for table, columns in _DATES.items():
            for column in columns:
                rows = database.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608
                for row, date in rows:
                    if date:
                        older = (datetime.fromisoformat(date) - timedelta(days=days)).isoformat()
                        database.execute(
                            f"UPDATE {table} SET {column} = ? WHERE rowid = ?",  # noqa: S608
                            (older, row),
                        )
        database.execute("DELETE FROM derived_by")
    database.close()


class Web:
    """`statuses` by host (200 by default, 0: closed without an answer), and who asked.

    `after` a request to a host the statuses change.

    `bodies` are what hosts answer with, where it is not `PAGE`.

    `date` is what every answer is dated with, where it is not today.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.statuses: dict[str, int] = {}
        self.after: dict[str, dict[str, int]] = {}
        self.bodies: dict[str, bytes] = {}
        self.latency = 0.0
        self.date = ""
        self.asked: Counter[str] = Counter()
        self.order: list[str] = []

    def settings(self, more: str = "") -> str:
        """Return a muniment.toml that leads every host here."""
        return (
            'collection = "c"\n[network]\nallow_ranges = ["127.0.0.0/8"]\n'
            f'connect_to = ["::127.0.0.1:{self.port}"]\n'
            f"[check]\nretries = 0\ntimeout = 5.0\nper_host_delay = 0.0\nretry_delay = 0.05\n{more}"
        )


@contextmanager
def cited_web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            web.asked[f"http://{host}{self.path}"] += 1
            web.order.append(host)
            time.sleep(web.latency)
            status = web.statuses.get(host, 200)
            web.statuses |= web.after.pop(host, {})
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            body = web.bodies.get(host, PAGE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return web.date or super().date_time_string(timestamp)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
