"""The links a statement's body cites: resolved, unwrapped, told apart, with the words around."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from pipelines.sites import SISTER_HOSTS, SiteProfile
from pipelines.statements.link_targets import Asked, Lead, PageAddress, asked
from pipelines.statements.paragraphs import Anchor, Block
from pipelines.statements.wrappers import mask_personal
from pipelines.urls import UrlProblem, without_fragment

_BARE = re.compile(r"(?i)\b(?:https?://|www\.(?=[\w\-]+\.[a-z]{2}))[^\s<>\"\u201c\u201d]+")
_TRAILING = ".,;:!?'\u2019\u201d\"*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_SENTENCE_END = re.compile(
    r"[.!?]"
    r"(?<!\b[A-Z]\.)"
    r"(?<!\b(?:Mr|Ms|Dr|Sr|Jr|St|Lt|Co|No|vs)\.)"
    r"(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Amb|Gov|Inc|etc|Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.)"
    r"(?<!\b(?:Corp|Sept)\.)"
    r"(?<!\b[ap]\.m\.)"
    r"[\u201d\u2019\"')\]]*\s+(?=[\u201c\u2018\"'(\[]?[A-Z0-9])"
)
_LONGEST_SENTENCE = 500
_ACTIONS = ("javascript:", "vbscript:", "about:", "data:")


class OutlinkKind(StrEnum):
    """What a link leads to, seen from the page it stands on."""

    EXTERNAL = "external"
    SISTER = "sister"  # another era's archive, or the current site
    SAME = "same"  # a page of the same archive
    DOCUMENT = "document"  # a file (PDF, Word, …) of the same archive
    MAIL = "mail"
    FRAGMENT = "fragment"  # a place on the page itself: a footnote, "back to top"
    SCRIPT = "script"  # something the page does: "javascript:history.back()"
    MALFORMED = "malformed"  # `problem` says how


CITED = frozenset(OutlinkKind) - {OutlinkKind.MAIL, OutlinkKind.FRAGMENT, OutlinkKind.SCRIPT}


class _Bare(Anchor):
    """A URL written out in the text, without an anchor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlink:
    """One link as a statement cites it.

    `href` is as written (white space trimmed), `resolved` absolute and spelt as browsers would,
    `target` what it leads to once unwrapped, as spelt there, `canonical` the form of `target` that
    is asked and under which equal links are one.
    `canonical` is None where nothing can be asked. Mailboxes and subscriber numbers that wrapped
    links carry are masked everywhere. `position` counts from 0 through the body. `text` and
    `sentence` are what the page shows; a bare URL in the text is its own `href`, and `is_bare`.
    """

    href: str
    resolved: str
    target: str
    canonical: str | None
    text: str
    sentence: str
    position: int
    kind: OutlinkKind
    problem: UrlProblem | None = None
    wrappers: tuple[str, ...] = ()
    memento_date: datetime | None = None
    is_bare: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the link as JSON values, keys in a fixed order."""
        return {
            "href": self.href,
            "resolved": self.resolved,
            "target": self.target,
            "canonical": self.canonical,
            "text": self.text,
            "sentence": self.sentence,
            "position": self.position,
            "kind": self.kind.value,
            "problem": self.problem and self.problem.value,
            "wrappers": list(self.wrappers),
            "memento_date": self.memento_date and self.memento_date.isoformat(),
        }

    @classmethod
    def from_json(cls, values: dict[str, Any], *, is_bare: bool = False) -> Self:
        """Return the link `as_json` wrote; which are bare is told by the list they stand in."""
        date = values["memento_date"]
        return cls(
            **{
                **values,
                "kind": OutlinkKind(values["kind"]),
                "problem": values["problem"] and UrlProblem(values["problem"]),
                "wrappers": tuple(values["wrappers"]),
                "memento_date": date and datetime.fromisoformat(date),
                "is_bare": is_bare,
            }
        )


def read_outlinks(
    blocks: Iterable[Block], url: str, base: str | None, site: SiteProfile
) -> tuple[Outlink, ...]:
    """Return every link of the body's `blocks` in order, those to mail and fragments included.

    `url` is the page's own address, `base` its `<base href>` as written.
    """
    cited = [
        (block, anchor)
        for block in blocks
        if block.anchors or _may_have_bare(block.text)
        for anchor in _anchors(block)
    ]
    page = PageAddress(url, base)
    return tuple(
        _outlink(position, block, anchor, page, site)
        for position, (block, anchor) in enumerate(cited)
    )


def _may_have_bare(text: str) -> bool:
    return ("/" in text and "//" in text) or "www." in text


def _anchors(block: Block) -> Iterator[Anchor]:
    """Yield the anchors of a block and the bare URLs between them, by their place in the text."""
    text = block.text
    if not _may_have_bare(text):
        yield from block.anchors
        return
    bare = [
        found
        for found in map(_trimmed, _BARE.finditer(text))
        if not any(a.start < found.end and found.start < a.end for a in block.anchors)
    ]
    yield from sorted([*block.anchors, *bare], key=lambda anchor: anchor.start)


def _trimmed(found: re.Match[str]) -> Anchor:
    """Return a bare URL without the punctuation of the sentence it ends."""
    url = found[0]
    end = len(url)
    spare = {}
    if url[-1] in _TRAILING or url[-1] in _PAIRS:
        spare = {closing: url.count(closing) - url.count(_PAIRS[closing]) for closing in _PAIRS}
    while end and (url[end - 1] in _TRAILING or spare.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in spare:
            spare[url[end]] -= 1
    url = url[:end]
    href = url if "://" in url else f"http://{url}"
    return _Bare(href=href, start=found.start(), end=found.start() + end)


def _outlink(
    position: int, block: Block, anchor: Anchor, page: PageAddress, site: SiteProfile
) -> Outlink:
    lead = page.lead(anchor.href.strip())
    kind, problem, url = _kind(lead, page, site)
    return Outlink(
        href=lead.href,
        resolved=lead.resolved,
        target=lead.target,
        canonical=url and mask_personal(url),
        text=mask_personal(block.text[anchor.start : anchor.end]),
        sentence=mask_personal(sentence_around(block.text, anchor.start, anchor.end)),
        position=position,
        kind=kind,
        problem=problem,
        wrappers=lead.wrappers,
        memento_date=lead.memento_date,
        is_bare=type(anchor) is _Bare,
    )


def _kind(
    lead: Lead, page: PageAddress, site: SiteProfile
) -> tuple[OutlinkKind, UrlProblem | None, str | None]:
    """Return the kind, the problem and the URL to ask."""
    if lead.resolved.startswith(("mailto:", "tel:", "sms:")):
        return OutlinkKind.MAIL, None, None
    if lead.resolved.startswith(_ACTIONS):
        return OutlinkKind.SCRIPT, lead.problem, None
    if lead.problem and lead.problem is not UrlProblem.SCHEME_MISSING:
        return OutlinkKind.MALFORMED, lead.problem, None
    if not lead.wrappers and _is_on_page(lead, page):
        return OutlinkKind.FRAGMENT, None, None
    found = asked(lead.exact)
    if isinstance(found, UrlProblem):
        return OutlinkKind.MALFORMED, found, None
    return _by_host(found, site), lead.problem, found.url


def _is_on_page(lead: Lead, page: PageAddress) -> bool:
    """Return whether a link leads to the page it stands on.

    "#top" does also where `<base>` points elsewhere: that is how its author meant it.
    """
    if not lead.href or lead.href.startswith("#"):
        return True
    return without_fragment(lead.resolved) == page.own


def _by_host(found: Asked, site: SiteProfile) -> OutlinkKind:
    if found.host in site.hosts:
        return OutlinkKind.DOCUMENT if found.is_file else OutlinkKind.SAME
    return OutlinkKind.SISTER if found.host in SISTER_HOSTS else OutlinkKind.EXTERNAL


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of `text` in which the span lies, cut to some 500 characters."""
    begins, ends = _sentences(text)
    before = bisect_right(begins, start)
    after = bisect_left(ends, end - 1)
    first = begins[before - 1] if before else 0
    last = begins[after] if after < len(ends) else len(text)
    if last - first > _LONGEST_SENTENCE:
        spare = max(0, _LONGEST_SENTENCE - (end - start)) // 2
        first, last = max(first, start - spare), min(last, end + spare)
    return text[first:last].strip()


@lru_cache(maxsize=8)  # the links of one paragraph come one after another
def _sentences(text: str) -> tuple[list[int], list[int]]:
    """Return where sentences after the first begin in `text`, and where the ones before end."""
    found = list(_SENTENCE_END.finditer(text))
    return [end.end() for end in found], [end.start() for end in found]
