"""A store of made-up links, checks and decisions, of any size, the same every time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from pipelines.store import Store

FIRST = datetime(2026, 1, 4, 3, tzinfo=UTC)
_WEEK = timedelta(days=7)
_RULES = "made-up"
_LINKS_A_STATEMENT = 5
_TEXT = """
agreement aid alliance ambassador arms assistance ban border broadcast budget ceasefire
climate commission committee congress consular convention council country crisis debt
declaration defense delegation democracy development disaster economy education election
embassy energy environment exchange export famine fisheries food freedom fund health hearing
human initiative institute investment journalists justice labor law meeting migration
ministry mission nations nuclear observers ocean office oil parliament partnership peace
police policy press prize program project proliferation reform refugees region relief report
resolution rights sanctions science secretary security senate statement summit support
tariff technology terrorism trade trafficking treaty tribunal university vaccine visa vote
water weapons women youth
"""
_PARTS = (
    *("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "su"),
    *("ta", "ve", "xi", "zo", "kar", "lin", "mon", "pel", "ser", "tor"),
)
# The words of statements, and rarer ones, of which there are many more.
_WORDS = (*_TEXT.split(), *(a + b + c for a in _PARTS for b in _PARTS for c in _PARTS))
_WEIGHTS = tuple(accumulate(1 / (rank + 10) for rank in range(len(_WORDS))))
_ENDS = ("com", "org", "gov", "net", "edu", "int", "mil", "uk", "de", "fr", "ru", "cn", "iq", "af")
_BUREAUS = ("Office of the Spokesperson", "European and Eurasian Affairs", "Consular Affairs", None)
_TYPES = ("Press Statement", "Remarks", "Daily Press Briefing", "Fact Sheet", "Media Note", None)
# What a link comes to for good: outcome, reason, confidence, weight.
_FATES = (
    ("ok", "http-200", "high", 46),
    ("moved", "moved", "high", 8),
    ("gone", "http-404", "high", 16),
    ("gone", "http-410", "high", 2),
    ("gone", "dns-nxdomain", "high", 7),
    ("soft-gone", "redirect-to-root", "medium", 5),
    ("soft-gone", "says-not-found", "medium", 4),
    ("parked", "parking-page", "medium", 2),
    ("transient", "timeout", "low", 3),
    ("transient", "http-503", "low", 1),
    ("tls", "tls-expired", "medium", 2),
    ("blocked", "http-403", "high", 4),
)


def make_store(path: Path, *, links: int, runs: int, decisions: int) -> None:
    """Make a store of `links` links, each checked in every one of `runs` weekly runs."""
    chance = random.Random(links)
    with Store(path) as store, store.transaction() as database:
        statements = max(1, links // _LINKS_A_STATEMENT)
        database.execute("INSERT INTO warcs VALUES ('made-up.warc.gz', 1, '1', '{}', 0)")
        database.executemany(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _statements(statements, chance),
        )
        urls = list(_links(links, chance))
        database.executemany("INSERT INTO links VALUES (?, ?, ?)", urls)
        database.executemany(
            "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)", _citations(links, statements, chance)
        )
        fates = chance.choices(_FATES, [fate[3] for fate in _FATES], k=links)
        for run in range(runs):
            began = FIRST + run * _WEEK
            run_id = f"{began:%Y%m%dT%H%M%SZ}"
            database.execute(
                "INSERT INTO check_runs (run_id, began, ended) VALUES (?, ?, ?)",
                (run_id, began.isoformat(), (began + timedelta(hours=3)).isoformat()),
            )
            database.executemany(
                "INSERT INTO checks VALUES (?, ?, ?, ?, ?)",
                (
                    (run * links + link, link, run_id, began.isoformat(), _evidence(url, began))
                    for link, url, _ in urls
                ),
            )
            dead_from = [chance.randrange(2 * runs) - runs for _ in range(links)]
            database.executemany(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (run * links + link, _RULES, *_verdict(fates[link - 1], url, run, since))
                    for (link, url, _), since in zip(urls, dead_from, strict=True)
                ),
            )
        database.executemany(
            "INSERT INTO decisions (id, made, author, kind, scope, subject, note, basis)"
            " VALUES (?, ?, ?, ?, 'url', ?, ?, ?)",
            _decisions(chance.sample(range(links), decisions), urls, fates, began),
        )


def _statements(count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, count + 1):
        year = chance.randint(2009, 2017)
        url = f"https://2009-2017.state.gov/r/pa/prs/ps/{year}/{number}.htm"
        yield (
            number, "made-up.warc.gz", url, FIRST.isoformat(), _phrase(chance, 6).title(),
            chance.choice(_TYPES), f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            None, chance.choice(_BUREAUS), None, "2009-2017", f"sha256:{number}", "[]", number,
            None,
        )  # fmt: skip


def _links(count: int, chance: random.Random) -> Iterator[tuple[int, str, str]]:
    hosts = [
        f"www.{'-'.join(chance.sample(_WORDS, 2))}.{chance.choice(_ENDS)}"
        for _ in range(max(1, count // 16))
    ]
    for number in range(1, count + 1):
        host = hosts[int(len(hosts) * chance.random() ** 3)]  # few hosts are cited often
        yield number, f"http://{host}/{_phrase(chance, 3, '/')}/{number}.html", host


def _citations(links: int, statements: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    taken: dict[int, int] = {}
    for link in range(1, links + 1):
        for _ in range(1 + (chance.random() < 0.3)):
            statement = chance.randint(1, statements)
            position = taken[statement] = taken.get(statement, 0) + 1
            sentence = f"See {_phrase(chance, 14)}."
            yield statement, link, position, "/x", _phrase(chance, 3), sentence


def _verdict(
    fate: tuple[str, str, str, int], url: str, run: int, since: int
) -> tuple[str, str, str, str, str]:
    outcome, reason, confidence, _ = fate if run >= since else _FATES[0]
    return outcome, reason, f"It came to {reason}.", confidence, url


def _evidence(url: str, began: datetime) -> str:
    return json.dumps({"url": url, "checked": began.isoformat(), "hops": []})


def _decisions(
    chosen: list[int],
    urls: list[tuple[int, str, str]],
    fates: list[tuple[str, str, str, int]],
    made: datetime,
) -> Iterator[tuple[object, ...]]:
    for number, place in enumerate(chosen):
        outcome, reason, _, _ = fates[place]
        _, url, _ = urls[place]
        kind = ("dismissed", "not-broken", "confirmed")[number % 3]
        basis = json.dumps({"outcome": outcome, "reason": reason, "final_url": url})
        who = ("ann", "ben", "cleo")[number % 3]
        yield f"{number:032x}", made.isoformat(), who, kind, url, f"Seen {number}.", basis


def _phrase(chance: random.Random, words: int, between: str = " ") -> str:
    return between.join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=words))
