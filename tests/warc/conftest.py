from __future__ import annotations

from collections.abc import Iterator

import pytest
from written_warcs import BEGAN, HEAD, REQUEST, Make

from warc.collection import Collection
from warc.exchange import Ending, Exchange, Spool, Timings


@pytest.fixture
def make() -> Iterator[Make]:
    spools: list[Spool] = []

    def exchange(head: bytes = HEAD, body: bytes = b"hello", **changed) -> Exchange:
        spools.append(Spool.of(head + body))
        values = {
            "target_uri": "http://a.test/",
            "method": "GET",
            "began": BEGAN,
            "request": REQUEST,
            "response": spools[-1],
            "head_size": len(head),
            "ending": Ending.COMPLETE,
            "timings": Timings(connected=0.1, first_byte=0.2, ended=0.3),
            "address": "127.0.0.2",
            "port": 80,
        }
        return Exchange(**(values | changed))

    yield exchange
    for spool in spools:
        spool.close()


@pytest.fixture
def collection(tmp_path) -> Collection:
    return Collection(tmp_path)
