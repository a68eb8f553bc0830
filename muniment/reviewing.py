"""The review and its replay as one server: two ports of one process, each its own origin."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from muniment.config import Config
from muniment.highlights import statements
from muniment.lock import holder
from muniment.runs import utcnow
from muniment.words import WORDS
from reports.review.app import Access, Review
from reports.review.desk import Desk
from reports.review.evidence_shown import Evidences
from reports.review.recheck import Asking
from reports.review.security import Door, host_names
from warc.collection import Collection
from warc.replay.server import create_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where a review is served: its address and port, and the port of its replay."""

    host: str
    port: int
    replay_port: int
    author: str
    token: str = ""
    config_file: Path | None = None

    @property
    def origin(self) -> str:
        """Return the origin of the review's pages."""
        return f"http://{host_names(self.host, self.port)[0]}"

    @property
    def replay_origin(self) -> str:
        """Return the origin of the replay.

        On this machine it has another host name, so that no cookie is shared; others reach it at
        the same one, where nothing captured runs or sets a cookie either.
        """
        host = self.host if self.token else "localhost"
        return f"http://{host_names(host, self.replay_port)[0]}"


class Ports:
    """Applications by the port that a connection came in at, whatever its headers say."""

    def __init__(self, apps: Mapping[int, ASGIApp]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._apps[scope["server"][1]](scope, receive, send)


def review_of(config: Config, served: Served) -> Review:
    """Return the review of the collection that `config` names."""
    collection = Collection(config.collection)
    desk = Desk(
        collection=collection,
        lifecycle=config.lifecycle,
        pack=config.report.pack,
        clock=utcnow,
        evidences=Evidences(
            archive=collection.archive,
            indexes=collection.indexes,
            replay_base=served.replay_origin,
            words=WORDS,
        ),
    )
    access = Access(
        door=Door(hosts=host_names(served.host, served.port), replay_origin=served.replay_origin),
        port=served.port,
        clock=time.time,
        author=served.author,
        token=served.token,
    )
    asking = Asking(
        line=_check_line(config, served.config_file), holder=lambda: holder(collection.root)
    )
    return Review(desk, access, asking)


def replay_of(config: Config, served: Served) -> ASGIApp:
    """Return the replay that the review's frames show."""
    collection = Collection(config.collection)
    host = host_names(served.host, 0)[0].rpartition(":")[0] if served.token else ""
    return create_app(collection, statements(collection), served.origin, host)


def _check_line(
    config: Config, config_file: Path | None
) -> Callable[[Sequence[str]], Sequence[str]]:
    line = [sys.executable, "-m", "muniment", "check", "--collection", str(config.collection)]
    if config_file is not None:
        line += ["--config", str(config_file)]
    return lambda urls: [*line, *(f"--url={url}" for url in urls)]
