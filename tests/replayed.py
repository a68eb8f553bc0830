"""A collection of literal WARC records, and its replay asked in this process."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warc_bytes import record

from warc.cdxj import build_index
from warc.collection import Collection
from warc.replay.server import create_app

DAY = "20161027150000"


@dataclass
class Answer:
    status: int
    fields: list[tuple[str, str]]
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return dict(self.fields)

    @property
    def text(self) -> str:
        return self.body.decode()


def answer(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    """Return an HTTP answer; `fields` stand in it as they are."""
    head = "".join(f"{one}\r\n" for one in fields)
    length = f"Content-Length: {len(body)}\r\n\r\n"
    return f"HTTP/1.1 {status}\r\n{head}{length}".encode("latin-1") + body


def html(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    return answer(body, "Content-Type: text/html", *fields, status=status)


class Replayed:
    """A collection, and what its replay answers."""

    def __init__(self, root: Path) -> None:
        self.collection = Collection(root)
        self.aliases: tuple[tuple[str, ...], ...] = ()
        self.collection.create()

    def write(self, name: str, *captures: tuple[str, bytes]) -> Path:
        """Write a WARC file of (URL, answer), all of one date, and its index."""
        path = self.collection.archive / f"{name}.warc.gz"
        records = (record(block, url=url, number=n) for n, (url, block) in enumerate(captures))
        path.write_bytes(b"".join(gzip.compress(one, 1, mtime=0) for one in records))
        self.index(path)
        return path

    def index(self, path: Path) -> Path:
        index = self.collection.indexes / f"{path.name}.cdxj"
        index.write_text("".join(f"{entry}\n" for entry in build_index(path)), "utf-8")
        return index

    def get(self, path: str, **headers: str) -> Answer:
        raw, _, query = path.partition("?")
        fields = {"host": "localhost:8090", **headers}
        scope: dict[str, Any] = {
            "type": "http", "method": "GET", "path": raw, "raw_path": raw.encode(),
            "query_string": query.encode(), "scheme": "http",
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in fields.items()],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(create_app(self.collection, aliases=self.aliases)(scope, receive, send))  # type: ignore[arg-type]
        found = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in sent[0]["headers"]]
        return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))

    def page(self, url: str, **headers: str) -> Answer:
        return self.get(f"/{DAY}mp_/{url}", **headers)

    def raw(self, url: str, **headers: str) -> Answer:
        return self.get(f"/{DAY}id_/{url}", **headers)
