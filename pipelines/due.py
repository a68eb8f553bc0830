"""Which links a run of checks asks: those that are due, or those that were named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from pipelines.decisions.rechecks import asked_again, is_wanted
from pipelines.states import link_states
from pipelines.store import Store
from pipelines.urls import canonical, host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for: `urls` whether due or not, else those of `host`, else all cited links.

    `everything` asks for links of these that are not due, too.
    """

    everything: bool = False
    urls: tuple[str, ...] = ()
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The links to ask now, in the order of URLs, and what is left for later.

    `later` counts the chosen links that are not due, `next_due` is when the first of them will
    be; `never` counts those that are not to be asked at all, as mail addresses.
    """

    urls: tuple[str, ...]
    later: int = 0
    never: int = 0
    next_due: datetime | None = None


def select(
    store: Store, choice: Choice, now: datetime, *, answered: Collection[str] = ()
) -> Selection:
    """Return what to ask at `now`; `answered` in this run already is left out.

    Due is also what a reviewer wants to be asked again, until a check that counts was made since.
    The states have to be those of `refresh_states`.
    """
    if choice.urls:
        return Selection(urls=tuple(_named(store, choice.urls)))
    due: list[str] = []
    waits: list[datetime] = []
    never = 0
    wanted = asked_again(store)
    for url, state in link_states(store).items():
        if choice.host and host_of(url) != choice.host:
            continue
        if choice.everything or state.is_due(now) or is_wanted(url, state, wanted):
            due.append(url)
        elif state.next_due is None:
            never += 1
        else:
            waits.append(state.next_due)
    left = tuple(url for url in due if url not in answered)
    return Selection(urls=left, later=len(waits), never=never, next_due=min(waits, default=None))


def _named(store: Store, urls: Iterable[str]) -> Iterable[str]:
    """Yield the links that are meant: as the statements cite them where one does."""
    for url in dict.fromkeys(urls):
        known = store.read("SELECT 1 FROM links WHERE url = ?", (url,))
        yield url if known else _as_asked(url)


def _as_asked(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:
        return url
