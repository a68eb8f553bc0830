"""Find a link in the store by what a person types, or the links that come nearest to it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from pipelines.store import LinkHistory, Store
from pipelines.urls import canonical, host_of, without_fragment

_MOST_COMPARED = 5000
_LONGEST_COMPARED = 300
_ALIKE = 0.5
_NEAR_HOSTS = 3


def find_link(store: Store, typed: str) -> LinkHistory | None:
    """Return the link of a URL as it is asked, as a statement writes it or as a person types it."""
    for url in dict.fromkeys(_readings(typed)):
        if found := store.history(url):
            return found
    rows = store.read(
        "SELECT url FROM links WHERE link_id IN (SELECT link_id FROM citations WHERE href = ?)",
        (typed,),
    )
    return store.history(rows[0][0]) if rows else None


def _readings(typed: str) -> Iterable[str]:
    yield typed
    text = typed if "://" in typed else f"http://{typed}"
    try:
        asked = canonical(text)
    except ValueError:
        return
    yield asked
    scheme, _, rest = asked.partition("://")
    other = {"http": "https", "https": "http"}[scheme]
    yield f"{other}://{rest}"


def nearest(store: Store, typed: str, count: int = 5) -> list[str]:
    """Return at most `count` known URLs that resemble what was typed, the nearest first.

    Links of the same host come first, then those of hosts of nearly that name, then those that
    contain what was typed.
    """
    wanted = _bare(typed)
    host = wanted.partition("/")[0]
    urls = _of_hosts(store, (host, f"www.{host}"))
    if not urls:
        hosts = [name for (name,) in store.read("SELECT DISTINCT host FROM links")]
        urls = _of_hosts(store, get_close_matches(host, hosts, n=_NEAR_HOSTS, cutoff=0.75))
    urls = urls or _containing(store, wanted)
    alike = [(_likeness(wanted, url), url) for url in urls]
    best = heapq.nsmallest(count, alike, key=lambda one: (-one[0], one[1]))
    return [url for likeness, url in best if likeness >= _ALIKE or wanted in url]


def _of_hosts(store: Store, hosts: Iterable[str]) -> list[str]:
    names = tuple(hosts)
    places = ", ".join("?" * len(names))
    rows = store.read(
        f"SELECT url FROM links WHERE host IN ({places}) LIMIT {_MOST_COMPARED}",  # noqa: S608 - our own question marks
        names,
    )
    return [url for (url,) in rows]


def _containing(store: Store, text: str) -> list[str]:
    query = f"SELECT url FROM links WHERE instr(url, ?) LIMIT {_MOST_COMPARED}"  # noqa: S608 - a number of ours
    return [url for (url,) in store.read(query, (text,))] if text else []


def _bare(url: str) -> str:
    """Return the URL without what people leave out: scheme, `www.`, fragment, last slash."""
    text = without_fragment(url.strip())
    host = host_of(text)
    rest = text.partition("://")[2] or text
    if host:
        rest = host + rest[len(host) :]
    return rest.removeprefix("www.").rstrip("/")


def _likeness(wanted: str, url: str) -> float:
    known = _bare(url)[:_LONGEST_COMPARED]
    matcher = SequenceMatcher(None, known, wanted[:_LONGEST_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
