"""A review of a small collection, asked with literal requests in this process or over a socket."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from citing import cite

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.decisions.log import decisions
from pipelines.decisions.model import Decision
from pipelines.lifecycle import LifecycleRules
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.verdict import Outcome, Verdict
from reports.review.app import Access, Review
from reports.review.desk import Desk
from reports.review.evidence_shown import Evidences
from reports.review.recheck import Asking
from reports.review.security import Door, host_names
from warc.collection import Collection
from warc.exchange import Ending, Exchange, Spool, Timings
from warc.writer import WarcWriter, WriterOptions

PORT = 8091
HERE = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HERE}"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
GONE = tuple(f"http://gone.example/{number}" for number in range(5))
ALIVE = "http://alive.example/"
ANSWER = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nX-Told: \xe9 <b>\r\n\r\n<h1>No</h1>"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """The text without its markup."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def field(self, name: str) -> str:
        """Return the value of the first field of that name in the page's forms."""
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.text)
        value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
        return unescape(value[1]) if value else ""


@dataclass
class Made:
    """A collection with five links that are gone and one that works, under review."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    token: str = ""
    line: tuple[str, ...] = ("false",)
    holder: str | None = None
    host: str = "127.0.0.1"
    links: Iterable[str] = GONE

    def __post_init__(self) -> None:
        self.collection = Collection(self.root)
        self.collection.create()
        with Store(self.root / STORE_NAME) as store:
            cite(store, *self.links, ALIVE)
            store.put_checks("run", [*(self.gone(url) for url in self.links), _works()])
        door = Door(hosts=host_names(self.host, PORT), replay_origin=f"http://localhost:{PORT + 1}")
        self.app = Review(
            self.desk(),
            Access(
                door=door,
                port=PORT,
                clock=self.clock.seconds,
                author="" if self.token else "Ada",
                token=self.token,
            ),
            Asking(line=lambda urls: [*self.line, *urls], holder=lambda: self.holder),
        )

    def desk(self) -> Desk:
        evidences = Evidences(
            archive=self.collection.archive,
            indexes=self.collection.indexes,
            replay_base=f"http://localhost:{PORT + 1}",
            words={},
        )
        return Desk(
            collection=self.collection,
            lifecycle=LifecycleRules(),
            evidences=evidences,
            clock=self.clock,
        )

    def gone(
        self, url: str, *, when: datetime = NOW - timedelta(days=1)
    ) -> tuple[Evidence, Verdict]:
        options = WriterOptions(
            archive=self.collection.archive, indexes=self.collection.indexes, prefix="check"
        )
        with WarcWriter(options, clock=lambda: when) as writer:
            exchange = Exchange(
                target_uri=url, method="GET", began=when, request=b"GET / HTTP/1.1\r\n\r\n",
                response=Spool.of(ANSWER), head_size=ANSWER.index(b"<h1>"),
                ending=Ending.COMPLETE, timings=Timings(ended=0.1),
            )  # fmt: skip
            written = writer.write_exchange(exchange)
            exchange.response.close()
        hop = Hop(
            url=url, method="GET", began=when, status=404, ending=Ending.COMPLETE,
            content_type="text/html", response=written.response,
        )  # fmt: skip
        verdict = Verdict(
            outcome=Outcome.GONE, reason="http-404", sentence="The server says 404.",
            confidence="high", final_url=url, rules_version="1",
        )  # fmt: skip
        return Evidence(url=url, checked=when, hops=(hop,)), verdict

    def log(self) -> list[Decision]:
        with Store(self.root / STORE_NAME) as store:
            return decisions(store)

    def close(self) -> None:
        self.app.close()


def _works() -> tuple[Evidence, Verdict]:
    verdict = Verdict(
        outcome=Outcome.OK, reason="ok", sentence="The page answers.", confidence="high",
        final_url=ALIVE, rules_version="1",
    )  # fmt: skip
    return Evidence(url=ALIVE, checked=NOW - timedelta(days=1)), verdict


class Browser:
    """What a browser does with pages of the review: keeps the cookie, sends forms with Origin."""

    def __init__(self, made: Made, client: str = "127.0.0.1") -> None:
        self.made = made
        self.client = client
        self.cookie = ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("GET", path, {"Host": HERE, **self._kept(), **(headers or {})})

    def post(
        self,
        path: str,
        form: Mapping[str, str | list[str]],
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        body = urlencode(form, doseq=True).encode()
        sent = {
            "Host": HERE,
            "Origin": ORIGIN,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **self._kept(),
            **(headers or {}),
        }
        return self.send("POST", path, {k: v for k, v in sent.items() if v}, body)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
        return self.ask(method, path, raw, body)

    def ask(
        self, method: str, path: str, headers: list[tuple[bytes, bytes]], body: bytes = b""
    ) -> Answer:
        """Send these very headers, of which one may be there twice."""
        start, _, query = path.partition("?")
        scope = {
            "type": "http", "method": method, "path": start, "raw_path": start.encode(),
            "query_string": query.encode(), "headers": headers, "client": (self.client, 40000),
        }  # fmt: skip
        pieces = [body[at : at + 10_000] for at in range(0, len(body), 10_000)] or [b""]
        sent: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        asyncio.run(self.made.app(scope, receive, send))  # type: ignore[arg-type]
        told = [(k.decode(), v.decode("latin-1")) for k, v in sent[0]["headers"]]  # type: ignore[attr-defined]
        answer = Answer(
            int(str(sent[0]["status"])),
            told,
            b"".join(m.get("body", b"") for m in sent[1:]),  # type: ignore[misc]
        )
        if cookie := answer.header("set-cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer

    def open(self, url: str, filter_: str = "") -> Answer:
        """Return the page of a link."""
        return self.get(f"/finding?{urlencode({'url': url})}{'&' if filter_ else ''}{filter_}")

    def decide(self, url: str, kind: str, page: Answer | None = None, **more: str) -> Answer:
        """Send the form of a link's page."""
        page = page or self.open(url, more.get("filter", ""))
        form = {"csrf": page.field("csrf"), "seen": page.field("seen"), "url": url, "kind": kind}
        return self.post("/decide", form | more)

    def _kept(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}
