"""Where the hrefs of a page lead: resolved and unwrapped, the frequent ones but once."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from pipelines.statements.wrappers import mask_personal, unwrap
from pipelines.urls import (
    Resolved,
    UrlProblem,
    canonical,
    host_of,
    path_of,
    resolve,
    without_fragment,
)

_ABSOLUTE = re.compile(r"(?i)https?://")
# What reading it as browsers do would not change, and no more of that than pages often have.
_PLAIN_FRAGMENT = re.compile(r"#[A-Za-z0-9_.\-]*")
_PLAIN_URL = re.compile(
    r"https?://(?:[a-z0-9\-]+\.)+[a-z]{2,}/(?:[\w\-][\w.\-]*/)*(?:[\w\-][\w.\-]*)?", re.ASCII
)
_DOCUMENT = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|rtf|zip|csv|epub|mp[34]|wmv)(?:$|\?)")


class Lead(NamedTuple):
    """Where an href leads.

    `resolved` is absolute, `problem` what is wrong with it, `target` what it leads to without its
    wrappers, `exact` the same with the mailboxes and subscriber numbers that are masked elsewhere.
    A tuple: there may be thousands on a page.
    """

    href: str
    resolved: str
    problem: UrlProblem | None
    target: str
    exact: str
    wrappers: tuple[str, ...] = ()
    memento_date: datetime | None = None


class PageAddress:
    """The page that links stand on: `url`, and `base`, its `<base href>` as written."""

    def __init__(self, url: str, base: str | None) -> None:
        self.url = url
        self.base = resolve(url, base).url if base else url

    @cached_property
    def own(self) -> str:
        """Return the page's own address, spelt as those of links are."""
        if _PLAIN_URL.fullmatch(self.url):
            return self.url
        return mask_personal(without_fragment(resolve(self.url, self.url).url))

    @cached_property
    def _document(self) -> Resolved:
        """Return what links to a place on the page are relative to."""
        return resolve(self.base, "")

    def lead(self, href: str) -> Lead:
        """Return where `href`, without white space around it, leads."""
        if _ABSOLUTE.match(href):
            return _lead_of_absolute(href)
        if _PLAIN_FRAGMENT.fullmatch(href):
            url = mask_personal(self._document.url + href)
            return Lead(href, url, self._document.problem, url, url)
        resolved = resolve(self.base, href)
        return _lead(href, resolved, resolved.url)


@lru_cache(maxsize=2048)  # a few links make up most of all citations
def _lead_of_absolute(href: str) -> Lead:
    return _lead(href, resolve(href, href), href)


def _lead(href: str, resolved: Resolved, wrapped: str) -> Lead:
    unwrapped = unwrap(wrapped)
    return Lead(
        href=mask_personal(href),
        resolved=mask_personal(resolved.url),
        problem=resolved.problem,
        target=mask_personal(unwrapped.target),
        exact=unwrapped.target,
        wrappers=unwrapped.wrappers,
        memento_date=unwrapped.memento_date,
    )


class Asked(NamedTuple):
    """What is asked for a link: its URL and host, and whether it is a file (PDF, Word, …)."""

    url: str
    host: str
    is_file: bool


@lru_cache(maxsize=2048)
def asked(target: str) -> Asked | UrlProblem:
    """Return what is asked for a link's target, or the problem for which nothing can be."""
    try:
        url = canonical(target)
    except ValueError as error:
        return UrlProblem(str(error))
    is_file = _DOCUMENT.search(path_of(url)) is not None
    return resolve(url, url).problem or Asked(url, host_of(url), is_file)
