"""Every code that the crawl can tell has its words."""

from __future__ import annotations

from crawler import robots, scope, stopping, traps
from muniment.words import ADVICE, REASONS, WORDS, nothing_captured
from warc.exchange import FailureKind
from warc.http.target import TargetProblem

# Told by the spider, outside any list of its own.
OTHERS = {robots.FORBIDDEN, "nested-sitemaps", "session-id", "too-many-redirects"}


def test_every_code_has_words_and_no_words_are_for_nothing() -> None:
    lists = (FailureKind, TargetProblem, scope.OutOfScope, traps.Trap, stopping.StopReason)
    codes = {code.value for one in lists for code in one} | OTHERS
    assert set(WORDS) == codes


def test_every_reason_to_stop_early_has_words() -> None:
    reasons = {reason.value for reason in stopping.StopReason}
    assert set(REASONS) == reasons - {"finished"} | {"killed"}  # which the command alone can tell
    assert set(ADVICE) <= set(WORDS)


def test_a_seed_without_an_answer_is_one_line() -> None:
    url = "http://site.example/"
    last = {
        "reason": "robots-unreachable",
        "failures": {"dns-nxdomain": 1},
        "skipped": {"robots-unreachable": 1},
        "examples": {"dns-nxdomain": [url + "robots.txt"], "robots-unreachable": [url]},
        "details": {"dns-nxdomain": "not there"},
    }
    (line,) = nothing_captured(last)
    assert line.startswith(f"nothing was captured from {url}: no such host (not there); check")


def test_a_forbidding_robots_txt_is_named_with_what_overrides_it() -> None:
    last = {
        "reason": "finished",
        "skipped": {"robots": 1},
        "examples": {"robots": ["http://site.example/a"]},
    }
    (line,) = nothing_captured(last)
    assert "http://site.example/a: disallowed by robots.txt" in line
    assert "obey_robots" in line


def test_stopped_before_anything_is_no_fault_of_a_site() -> None:
    assert nothing_captured({"reason": "shutdown"}) == [
        "nothing was captured: stopped by a signal before the first answer"
    ]
