"""What an HTTP answer at the end of a check means, page and way to it taken together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import REDIRECTS, Flaw, Hop, Via, media_type
from pipelines.checks.page_facts import PageFacts
from pipelines.checks.signatures import EMPTY, fits
from pipelines.checks.targets import host_of
from pipelines.verdicts import redirects, walls
from pipelines.verdicts.block_pages import firewall, is_withheld
from pipelines.verdicts.fingerprints import GENERAL
from pipelines.verdicts.made_up import (
    is_shown_for_any,
    judge_made_up,
    leads_to_section,
    may_be_filled_later,
)
from pipelines.verdicts.parking_places import parking_address, parking_server, says_little
from pipelines.verdicts.reasons import REASONS, Confidence, Outcome
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.soft404 import (
    is_headline,
    is_unmistakable,
    is_unsure,
    says_moved,
    says_not_found,
)
from warc.exchange import Ending

Found = tuple[str, dict[str, Any]]

_CUT = {
    Ending.DISCONNECT: "body-cut",
    Ending.TIME: "body-slow",
    Ending.MALFORMED: "body-malformed",
}
_HEAD_CUT = {Ending.TIME: "head-slow", Ending.LENGTH: "head-too-long"}
_STREAMS = ("text/event-stream", "multipart/x-mixed-replace", "audio/", "video/")  # never end
_PERMANENT = frozenset({301, 308})
_MISSING = frozenset({404, 410})
_NO_CONTENT = frozenset({204, 205})
_ENOUGH = 256 * 1024  # bytes of a file after which slowness alone is no reason to doubt it
_WORDS = 160
_ARCHIVES = ("web.archive.org",)


def judge_answer(evidence: Evidence, last: Hop, rules: Rules) -> Found:
    """Return the reason, and further facts for its sentence, of a check that got an answer."""
    if last.next_url is not None:
        return _judge_endless(evidence), {}
    if last.status is None:
        return _judge_flaw(last), {}
    if found := _judge_wall(evidence, last, rules):
        return found
    if any(walls.leads_to_lander(hop) for hop in evidence.hops):
        return "parked", {}
    if not 200 <= last.status < 300:  # noqa: PLR2004 - the class of success
        return _judge_status(evidence, last)
    return _judge_success(evidence, last, rules)


def stood_before(evidence: Evidence, rules: Rules) -> str | None:
    """Return whose robot check a page on the way was, whose script then led nowhere good."""
    for hop in evidence.hops[:-1]:
        if hop.via not in (Via.REFRESH, Via.SCRIPT) or hop.page is None:
            continue
        if walls.announces_redirect(hop.page):
            continue
        name = walls.wall(hop, rules, evidence.hops[0].url)
        if name is not None:
            return name
    return None


def _judge_flaw(last: Hop) -> str:
    """Return what is wrong with an answer that cannot be read as HTTP."""
    match last.flaw:
        case Flaw.HEAD_CUT:
            return _HEAD_CUT.get(last.ending, "head-cut")
        case Flaw.NO_STATUS:
            return "http-no-status"
        case Flaw.NO_HEAD:
            return "http-0.9"
        case Flaw.HTTP2 if last.url.startswith("https:"):
            return "http2-only"
        case _:
            return "not-http"


def _judge_endless(evidence: Evidence) -> str:
    asked = {hop.url for hop in evidence.hops}
    return "redirect-loop" if evidence.hops[-1].next_url in asked else "redirect-too-many"


def _judge_wall(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    """Return what stands before the page, whatever status it came with."""
    asked = evidence.hops[0].url
    if walls.difficulties(last, rules, asked):
        return "technical-difficulties", {}
    name = walls.wall(last, rules, asked)
    if name is not None and name not in GENERAL:
        return "challenge", {"name": name}
    if _is_refused(last):
        return None  # the status tells more
    if is_withheld(last, asked):
        return "withheld", {}
    name = name or firewall(last, asked)
    return ("challenge", {"name": name}) if name else None


def _is_refused(last: Hop) -> bool:
    row = REASONS.get(f"http-{last.status}")
    return row is not None and row.outcome is Outcome.BLOCKED


# Statuses that tell of this moment, this way of asking or a proxy: 460 and 499 are what one notes
# where the other side has gone; a browser may speak what 426 and 505 want.
_FOR_NOW = frozenset({426, 460, 499, 505, 509, 511, 529})


def _judge_status(evidence: Evidence, last: Hop) -> Found:
    status = last.status or 0
    archived = _judge_archive(last)
    if archived:
        return archived, {}
    code = f"http-{status}"
    if code in REASONS:
        sent_on = len(evidence.hops) > 1 and f"redirect-to-{code}" in REASONS
        return (f"redirect-to-{code}" if sent_on else code), {}
    if status in REDIRECTS:
        return "redirect-no-address", {}
    family = {4: "http-4xx", 5: "http-5xx"}.get(status // 100, "http-other")
    return family, {"code": code} | ({"confidence": Confidence.LOW} if status in _FOR_NOW else {})


def _judge_archive(last: Hop) -> str | None:
    """Return what an error of the Wayback Machine means: its own fault or a page it has kept."""
    if last.header("memento-datetime"):
        return "ok-archived-error"
    if last.header("x-archive-wayback-runtime-error"):
        return "archive-withheld" if last.status == 403 else "archive-error"  # noqa: PLR2004
    if host_of(last.url) in _ARCHIVES and last.status != 404:  # noqa: PLR2004
        return "archive-error"
    return None


def _judge_success(evidence: Evidence, last: Hop, rules: Rules) -> Found:
    checks: tuple[Callable[[Evidence, Hop, Rules], Found | None], ...] = (
        _judge_parking,
        _judge_login,
        _judge_words,
        _judge_way,
        _judge_body,
        _judge_sameness,
    )
    for check in checks:
        if found := check(evidence, last, rules):
            return found
    return _judge_good(evidence, last, rules)


def _judge_parking(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    if host_of(evidence.hops[0].url).endswith(rules.parking_hosts):
        return None  # a link to such a site itself
    asked = evidence.hops[0].url
    if walls.parking(last, rules, asked) is None:
        return _judge_parking_place(last, asked)
    sold = host_of(last.url).endswith(rules.parking_hosts)
    return ("redirect-to-parking" if sold else "parked"), {}


def _judge_parking_place(last: Hop, asked: str) -> Found | None:
    """Return what a name's servers and address say of a page that says little itself."""
    if not says_little(last, asked):
        return None
    if found := parking_server(last):
        server, is_sure = found
        facts = {"server": server} | ({} if is_sure else {"confidence": Confidence.LOW})
        return "parked-by-name-server", facts
    if address := parking_address(last):
        return "parked-by-address", {"address": address}
    return None


def _judge_login(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    asked = evidence.hops[0].url
    if walls.login_was_asked(asked, rules):
        return None
    moved = len(evidence.hops) > 1
    if walls.is_login(last, moved=moved, rules=rules):
        return "login", {}
    if last.page is not None and walls.is_age_gate(last.page, rules, asked):
        return "age-gate", {}
    if last.page is not None and walls.is_consent(last.page, rules, asked):
        return "consent", {}
    return None


def _judge_words(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    page = last.page
    if page is None or last.header("memento-datetime"):
        return None
    words = says_not_found(page, rules, evidence.hops[0].url)
    if words is None:
        return _judge_site_words(evidence, page, rules)
    asked = evidence.hops[0].url
    is_server_s = is_unmistakable(page, rules)
    if not is_server_s and walls.is_titled_otherwise(page, words, rules, asked):
        return _judge_site_words(evidence, page, rules) or ("login", {})
    if is_unsure(page, rules, asked):
        return _of_doubtful_words(evidence, page, words, rules)
    return _of_words(page, words, rules)


def _of_doubtful_words(
    evidence: Evidence, page: PageFacts, words: str, rules: Rules
) -> Found | None:
    """Return what it means that a page which may be about it speaks of a missing page.

    What the server shows for an address that was made up decides.
    """
    reason, facts = _of_words(page, words, rules)
    if is_shown_for_any(evidence):
        return reason, facts
    is_own = page.prose_length > rules.own_page or is_headline(page, rules)
    if evidence.sibling and evidence.sibling.status in _MISSING and is_own:
        return None
    return reason, facts | {"confidence": Confidence.LOW}


def _of_words(page: PageFacts, words: str, rules: Rules) -> Found:
    facts = {"words": words[:_WORDS]}
    if words != page.title and words not in page.headings:
        return "text-says-not-found", facts
    return ("says-moved" if says_moved(page, words, rules) else "says-not-found"), facts


def _judge_site_words(evidence: Evidence, page: PageFacts, rules: Rules) -> Found | None:
    asked = evidence.hops[0].url
    if walls.is_abandoned(page, rules, asked):
        return "site-abandoned", {}
    if walls.is_default(page, rules) and redirects.depth(asked):
        return "default-page", {}
    if walls.is_paused(page, rules, asked):
        return "site-paused", {}
    return None


def _judge_way(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    asked = evidence.hops[0].url
    if len(evidence.hops) == 1:
        return None
    if redirects.leads_to_error_page(asked, last.url):
        return "redirect-to-error-page", {}
    if redirects.leads_to_general_error(asked, last.url):
        return "redirect-to-error", {}
    if redirects.is_shortener(asked, rules) or not redirects.leads_to_root(asked, last.url):
        return None
    if redirects.is_unrelated(asked, last.url):
        return "redirect-to-other-root", {}
    shallow = redirects.may_be_a_section(asked)
    return "redirect-to-root", {"confidence": Confidence.LOW} if shallow else {}


def _judge_body(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    del evidence, rules
    if last.status in _NO_CONTENT:
        return "ok-no-content", {}
    declared = media_type(last.content_type)
    if last.ending in _CUT:
        return _judge_cut(last, declared), {}
    if last.is_undecodable:
        return "body-undecodable", {}
    if not fits(declared, last.sniffed):
        return "type-mismatch", {"declared": declared}
    if last.sniffed == EMPTY:
        return "ok-empty", {}
    return None


def _judge_cut(last: Hop, declared: str) -> str:
    """Return what it means that the body did not come to its end."""
    if last.ending is Ending.TIME and (last.size >= _ENOUGH or declared.startswith(_STREAMS)):
        return "ok-slow"
    if last.ending is Ending.TIME and not last.size:
        return "body-silent"
    return "body-reset" if last.is_reset else _CUT[last.ending]


def _judge_sameness(evidence: Evidence, last: Hop, rules: Rules) -> Found | None:
    """Return what tells that the page is not the link's own: another address shows it too."""
    if reason := judge_made_up(evidence):
        is_weak = last.page is not None and may_be_filled_later(last.page)
        return reason, {"confidence": Confidence.LOW} if is_weak else {}
    if leads_to_section(evidence) and not redirects.is_shortener(evidence.hops[0].url, rules):
        return "redirect-to-section", {}
    return ("ok-unsure", {}) if last.page and walls.is_shell(last.page) else None


def _judge_good(evidence: Evidence, last: Hop, rules: Rules) -> Found:
    if last.coding_fault is not None and last.ending is not Ending.LENGTH:
        return "ok-damaged", {}
    if len(evidence.hops) == 1:
        return ("ok-cut" if last.ending is Ending.LENGTH else "ok"), {}
    asked = evidence.hops[0].url
    if redirects.is_shortener(asked, rules):
        return "ok-shortened", {}
    elsewhere = redirects.is_unrelated(asked, last.url)
    if not _is_permanent(evidence):
        return ("ok-other-site" if elsewhere else "ok-elsewhere"), {}
    if elsewhere:
        return "moved-other-site", {}
    return _kind_of_move(asked, last.url), {}


def _is_permanent(evidence: Evidence) -> bool:
    """Return whether the link's own answer says that it has moved for good."""
    first = evidence.hops[0]
    return first.via is Via.REDIRECT and first.status in _PERMANENT


def _kind_of_move(asked: str, final: str) -> str:
    if final == asked.replace("http://", "https://", 1):
        return "moved-to-https"
    if _bare(final) == _bare(asked):
        return "moved-slightly"
    return "moved"


def _bare(url: str) -> str:
    """Return the URL without what servers add and drop at will: scheme, `www.`, last slash."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/").lower()
