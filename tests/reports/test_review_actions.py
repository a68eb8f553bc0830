"""What reviewers decide: one by one, at once, together, and take back."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from review_desk import ALIVE, GONE, Browser, Made

from pipelines.decisions.model import Basis, Kind, Scope
from pipelines.store import STORE_NAME, Store

UNREVIEWED = "standing=broken&decision=none"
HOSTILE = '"><script>alert(1)</script>\u202e<img src=x onerror=alert(1)>'


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    one = Made(tmp_path)
    yield one
    one.close()


@pytest.fixture
def browser(made: Made) -> Browser:
    return Browser(made)


def test_the_first_page_is_what_nobody_has_reviewed(browser: Browser) -> None:
    answer = browser.get("/")
    assert (answer.status, answer.header("location")) == (303, f"/queue?{UNREVIEWED}")
    queue = browser.get(answer.header("location"))
    assert all(url in queue.text for url in GONE)
    assert ALIVE not in queue.text


def test_a_finding_is_shown_whole(browser: Browser) -> None:
    page = browser.open(GONE[0])
    assert "The server says 404." in page.words
    assert "On Trade" in page.words
    assert "<mark>the report</mark>" in page.text
    assert "404 Not Found" in page.words
    assert "x-told" in page.words.lower()
    assert "é <b>" in page.words
    assert 'sandbox=""' in page.text
    assert f'src="http://localhost:8092/20260301120000mp_/{GONE[0]}"' in page.text


def test_a_decision_is_kept_and_the_next_finding_opens(made: Made, browser: Browser) -> None:
    answer = browser.decide(GONE[0], "not-broken", filter=UNREVIEWED, note="It opens\r\nhere.")
    (one,) = made.log()
    assert (one.kind, one.scope, one.subject, one.author) == (
        Kind.NOT_BROKEN, Scope.URL, GONE[0], "Ada",
    )  # fmt: skip
    assert one.basis == Basis(outcome="gone", reason="http-404", final_url=GONE[0])
    assert one.note == "It opens\nhere."
    assert answer.status == 303
    query = parse_qs(urlsplit(answer.header("location")).query)
    assert query == {
        "url": [GONE[1]], "standing": ["broken"], "decision": ["none"], "done": [one.id],
    }  # fmt: skip
    following = browser.get(answer.header("location"))
    assert f"Not broken: {GONE[0]}" in following.words
    assert one.id in following.text  # what Undo sends
    assert GONE[0] not in browser.get(f"/queue?{UNREVIEWED}").text


def test_the_last_one_leads_back_and_then_to_the_queue(browser: Browser) -> None:
    for url in GONE[:-1]:
        browser.decide(url, "confirmed", filter="standing=broken&decision=none&sort=host")
    answer = browser.decide(GONE[-1], "confirmed", filter=UNREVIEWED)
    assert answer.header("location").startswith(f"/queue?{UNREVIEWED}&done=")
    assert browser.get(answer.header("location")).status == 200


def test_undo_brings_the_finding_back_and_undoing_that_takes_it_away(
    made: Made, browser: Browser
) -> None:
    page = browser.get(browser.decide(GONE[0], "dismissed").header("location"))
    done = made.log()[0].id
    back = f"/queue?{UNREVIEWED}"
    answer = browser.post("/undo", {"csrf": page.field("csrf"), "id": done, "back": back})
    assert answer.header("location").startswith(f"{back}&done=")
    queue = browser.get(answer.header("location"))
    assert GONE[0] in queue.text
    assert f"Taken back: {GONE[0]}" in queue.words
    again = {"csrf": page.field("csrf"), "id": made.log()[1].id, "back": "//evil.example"}
    assert browser.post("/undo", again).header("location").startswith("/queue?done=")
    assert f'value="{GONE[0]}"' not in browser.get(back).text


@pytest.mark.parametrize("id_", ["", "0" * 32, "' OR 1=1 --", "x" * 5000])
def test_there_is_nothing_else_to_take_back(made: Made, browser: Browser, id_: str) -> None:
    page = browser.open(GONE[0])
    answer = browser.post("/undo", {"csrf": page.field("csrf"), "id": id_})
    assert answer.status == 409
    assert made.log() == []


def test_two_reviewers_do_not_overwrite_each_other(made: Made, browser: Browser) -> None:
    other = Browser(made)
    theirs = other.open(GONE[0])
    browser.decide(GONE[0], "not-broken", note="Seen by Ada")
    answer = other.decide(GONE[0], "confirmed", theirs, note="Not by me")
    assert answer.status == 409
    assert "Seen by Ada" in answer.words
    assert [one.kind for one in made.log()] == [Kind.NOT_BROKEN]
    form = {name: answer.field(name) for name in ("csrf", "url", "seen", "kind", "note")}
    assert form["note"] == "Not by me"
    assert other.post("/decide", form).status == 303
    assert [one.kind for one in made.log()] == [Kind.NOT_BROKEN, Kind.CONFIRMED]


def test_the_log_has_pages_the_latest_first(made: Made, browser: Browser) -> None:
    for number in range(51):
        browser.decide(GONE[number % 5], "note", note=f"note-{number}.")
    first, second = browser.get("/log").words, browser.get("/log?page=2").words
    assert "note-50." in first
    assert "note-1." in first
    assert first.index("note-50.") < first.index("note-49.")
    assert "note-0." not in first
    assert "note-0." in second
    browser.decide(GONE[0], "note", note="note-51.")
    assert "note-1." in browser.get("/log?page=2").words
    assert browser.get("/log?page=99").status == 200


def test_a_pattern_that_is_an_address_is_no_decision_on_it(made: Made, browser: Browser) -> None:
    browser.decide(GONE[0], "ignored", scope="pattern", subject=GONE[0], note="just this")
    assert browser.decide(GONE[0], "confirmed").status == 303
    assert len(made.log()) == 2


@pytest.mark.parametrize("seen", ["", "-1", "x", "1" * 30, "²"])
def test_what_was_seen_has_to_be_told(made: Made, browser: Browser, seen: str) -> None:
    assert browser.decide(GONE[0], "confirmed", seen=seen).status in (400, 409, 303)
    assert browser.decide(GONE[0], "confirmed", seen="").status == 400
    assert len(made.log()) <= 1


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("ignored", {"scope": "host"}, "Write a note"),
        ("note", {}, "Write a note"),
        ("replaced", {}, "Write the address"),
        ("replaced", {"replacement": "javascript:alert(1)"}, "no address"),
        ("ignored", {"note": "n", "scope": "pattern"}, "which pattern"),
        ("ignored", {"note": "n", "scope": "pattern", "subject": "*?*"}, "every link"),
        ("ignored", {"note": "n", "scope": "moon"}, "moon"),
        ("confirmed", {"expires": "tomorrow"}, "no date"),
        ("undo", {}, "Choose"),
        ("", {}, "Choose"),
    ],
)
def test_a_form_that_lacks_something_comes_back_as_it_was(
    made: Made, browser: Browser, kind: str, fields: dict[str, str], words: str
) -> None:
    answer = browser.decide(GONE[0], kind, expires=fields.pop("expires", ""), **fields)
    assert answer.status == 422
    assert words in answer.words
    if "note" in fields:
        assert re.search(r">\s*n</textarea>", answer.text)
    assert made.log() == []


def test_a_replacement_is_shown_as_theirs(browser: Browser) -> None:
    browser.decide(GONE[0], "replaced", replacement="https://new.example/a")
    page = browser.open(GONE[0])
    assert 'href="https://new.example/a"' in page.text
    assert "Chosen by Ada" in page.words


@pytest.mark.parametrize(
    ("scope", "subject", "left"),
    [("url", "", 4), ("host", "", 0), ("reason", "", 0), ("pattern", "*/[1-3]", 5),
     ("pattern", "*gone.example/?", 0)],
)  # fmt: skip
def test_a_rule_sets_aside_what_it_is_about(
    browser: Browser, scope: str, subject: str, left: int
) -> None:
    more = {"subject": subject} if subject else {}
    browser.decide(GONE[0], "ignored", scope=scope, note="A known fault", **more)
    queue = browser.get(f"/queue?{UNREVIEWED}")
    assert sum(f'value="{url}"' in queue.text for url in GONE) == left
    rules = browser.get("/rules")
    assert ("A known fault" in rules.words) is (scope != "url")


def test_a_rule_may_begin_with_no_link(made: Made, browser: Browser) -> None:
    csrf = browser.get("/rules").field("csrf")
    rule = {"csrf": csrf, "scope": "host", "subject": "GONE.example", "note": "theirs"}
    assert browser.post("/decide", rule | {"note": ""}).status == 422
    assert browser.post("/decide", rule | {"scope": "url"}).status == 422
    expiring = rule | {"expires": "2026-03-02"}
    assert browser.post("/decide", expiring).header("location").startswith("/rules?done=")
    assert made.log()[0].expires == date(2026, 3, 2)
    assert "5 links" in browser.get("/rules").words
    made.clock.turn(86_400)
    assert "expired" in browser.get("/rules").words.lower()
    assert GONE[0] in browser.get(f"/queue?{UNREVIEWED}").text


class TestBulk:
    """Of many at once."""

    def ask(self, browser: Browser, **more: str | list[str]) -> dict[str, str]:
        csrf = browser.get("/queue").field("csrf")
        page = browser.post("/bulk", {"csrf": csrf, "filter": UNREVIEWED, **more})
        assert page.status == 200
        return {name: page.field(name) for name in ("csrf", "filter", "state", "count", "back")}

    def test_nothing_is_decided_before_it_is_confirmed(self, made: Made, browser: Browser) -> None:
        form = self.ask(browser, kind="confirmed")
        assert form["count"] == "5"
        assert made.log() == []
        answer = browser.post("/bulk", form | {"kind": "confirmed", "note": "all of them"})
        assert answer.status == 303
        assert {one.subject for one in made.log()} == set(GONE)
        assert len({one.batch for one in made.log()}) == 1
        assert "5 links" in browser.get(answer.header("location")).words

    def test_all_are_taken_back_at_once(self, made: Made, browser: Browser) -> None:
        form = self.ask(browser)
        browser.post("/bulk", form | {"kind": "dismissed"})
        batch = made.log()[0].batch
        assert batch is not None
        assert batch in browser.get("/log").text
        browser.post("/undo", {"csrf": form["csrf"], "id": batch, "back": "/log"})
        assert self.ask(browser)["count"] == "5"
        assert len(made.log()) == 10

    def test_only_those_ticked(self, made: Made, browser: Browser) -> None:
        form: dict[str, str | list[str]] = {**self.ask(browser, url=["", GONE[1], GONE[3]])}
        assert form["count"] == "2"
        form |= {"kind": "confirmed", "url": ["", GONE[1], GONE[3]]}
        assert browser.post("/bulk", form).status == 303
        assert {one.subject for one in made.log()} == {GONE[1], GONE[3]}

    def test_to_tick_none_is_not_to_mean_all(self, made: Made, browser: Browser) -> None:
        csrf = browser.get("/queue").field("csrf")
        page = browser.post("/bulk", {"csrf": csrf, "filter": UNREVIEWED, "url": ""})
        assert page.field("state") == ""
        assert made.log() == []

    def test_a_decision_in_between_asks_again(self, made: Made, browser: Browser) -> None:
        form = self.ask(browser) | {"kind": "confirmed"}
        Browser(made).decide(GONE[2], "not-broken")
        answer = browser.post("/bulk", form)
        assert answer.status == 409
        assert "There were 5 links and there are 4 now" in answer.words
        assert len(made.log()) == 1
        anew = {name: answer.field(name) for name in ("csrf", "filter", "state", "count")}
        assert browser.post("/bulk", anew | {"kind": "confirmed"}).status == 303
        assert len(made.log()) == 5

    def test_so_does_another_verdict(self, made: Made, browser: Browser) -> None:
        form = self.ask(browser) | {"kind": "confirmed"}
        with Store(made.root / STORE_NAME) as store:
            store.put_checks("later", [made.gone(GONE[0], when=made.clock())])
        made.clock.turn(60)
        assert browser.post("/bulk", form).status == 303  # the verdict is the same
        assert len(made.log()) == 5

    @pytest.mark.parametrize("kind", ["", "ignored", "replaced", "undo"])
    def test_what_cannot_be_decided_of_many(self, made: Made, browser: Browser, kind: str) -> None:
        form = self.ask(browser) | {"kind": kind}
        assert browser.post("/bulk", form).status == 422
        assert made.log() == []


class TestRecheck:
    """Checked again now."""

    def wait(self, browser: Browser, words: str) -> str:
        for _ in range(500):
            page = browser.get("/recheck")
            if words in page.words:
                return page.text
            time.sleep(0.02)
        raise AssertionError(page.words)

    def line(self, made: Made, code: str) -> None:
        made.line = (sys.executable, "-c", code)

    def test_it_is_asked_by_a_process_of_its_own(self, made: Made, browser: Browser) -> None:
        asked = made.root / "asked"
        self.line(made, f"import sys; open({str(asked)!r}, 'w').write(' '.join(sys.argv[1:]))")
        browser.decide(GONE[0], "recheck")
        page = self.wait(browser, "The server says 404.")
        assert asked.read_text() == GONE[0]
        assert "http-equiv" not in page
        assert [one.kind for one in made.log()] == [Kind.RECHECK]

    def test_a_run_under_way_is_told(self, made: Made, browser: Browser) -> None:
        made.holder = "pid 1 on here"
        browser.decide(GONE[0], "recheck")
        self.wait(browser, "pid 1 on here): due at the next run")

    def test_what_it_failed_with_is_told(self, made: Made, browser: Browser) -> None:
        self.line(made, "raise SystemExit('no <b>network</b>')")
        browser.decide(GONE[0], "recheck")
        assert "no &lt;b&gt;network" in self.wait(browser, "ended with status 1: no <b>network</b>")

    def test_a_command_that_is_not_there_is_told(self, made: Made, browser: Browser) -> None:
        made.line = (str(made.root / "no such"),)
        browser.decide(GONE[0], "recheck")
        self.wait(browser, "No such file")

    def test_many_are_asked_by_one(self, made: Made, browser: Browser) -> None:
        asked = made.root / "asked"
        self.line(made, f"import sys; open({str(asked)!r}, 'a').write(f'{{len(sys.argv)}} ')")
        form = TestBulk().ask(browser) | {"kind": "recheck"}
        browser.post("/bulk", form)
        self.wait(browser, "The server says 404.")
        assert asked.read_text() == "6 "

    def test_closing_ends_it(self, made: Made, browser: Browser) -> None:
        began = made.root / "began"
        self.line(made, f"import time; open({str(began)!r}, 'w'); time.sleep(600)")
        browser.decide(GONE[0], "recheck")
        for _ in range(500):
            if began.exists():
                break
            time.sleep(0.02)
        assert "http-equiv" in browser.get("/recheck").text
        before = time.monotonic()
        made.close()
        assert time.monotonic() - before < 60


def test_what_pages_and_people_wrote_is_harmless(tmp_path: Path) -> None:
    url = "http://gone.example/%3Cscript%3E?q=" + "x" * 10_000
    made = Made(tmp_path, links=(url,))
    try:
        browser = Browser(made)
        assert browser.decide(url, "confirmed", note=HOSTILE).status == 303
        for path in ("/queue", "/log", f"/queue?q={'%22%3E%3Cscript%3E'}"):
            page = browser.get(path).text
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "\u202e" not in page
        page = browser.open(url).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page
        assert "&lt;script&gt;" in page
    finally:
        made.close()


def test_the_index_may_be_deleted_at_any_time(made: Made, browser: Browser) -> None:
    browser.decide(GONE[0], "confirmed")
    (made.root / "review.sqlite").unlink()
    made.clock.turn(60)
    assert GONE[1] in browser.get(f"/queue?{UNREVIEWED}").text
    assert f'value="{GONE[0]}"' not in browser.get(f"/queue?{UNREVIEWED}").text
