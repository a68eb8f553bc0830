"""Who is let into the review, and what leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from review_desk import GONE, HERE, ORIGIN, PORT, Browser, Made

from reports.review.security import MOST_BYTES, host_names

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    one = Made(tmp_path)
    yield one
    one.close()


@pytest.fixture
def browser(made: Made) -> Browser:
    return Browser(made)


def form_of(browser: Browser) -> dict[str, str]:
    page = browser.open(GONE[0])
    return {"csrf": page.field("csrf"), "seen": "0", "url": GONE[0], "kind": "confirmed"}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:8092", "localhost:1",
        f"127.0.0.1:{PORT}.evil.example", f"[::1]:{PORT}", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_name_than_ours_is_misdirected(browser: Browser, host: str, method: str) -> None:
    answer = browser.send(method, "/queue", {"Host": host, "Origin": f"http://{host}"})
    assert answer.status == 421
    assert "gone.example" not in answer.text


def test_a_request_without_a_host_is_refused(browser: Browser) -> None:
    assert browser.send("GET", "/queue", {}).status == 421


@pytest.mark.parametrize("host", [HERE, f"localhost:{PORT}", f"LOCALHOST:{PORT}"])
def test_our_names_are_answered(browser: Browser, host: str) -> None:
    assert browser.send("GET", "/healthz", {"Host": host}).status == 200


def test_localhost_leads_to_the_name_that_has_the_cookie(browser: Browser) -> None:
    answer = browser.send("GET", "/queue?standing=broken", {"Host": f"localhost:{PORT}"})
    assert (answer.status, answer.header("location")) == (307, f"{ORIGIN}/queue?standing=broken")
    assert answer.header("set-cookie") == ""


def test_two_hosts_are_no_request(browser: Browser) -> None:
    twice = [(b"host", HERE.encode()), (b"host", b"evil.example")]
    assert browser.ask("GET", "/queue", twice).status == 400


def test_port_80_is_left_out_by_browsers() -> None:
    assert "127.0.0.1" in host_names("127.0.0.1", 80)
    assert host_names("fd00::1", 8091) == ("[fd00::1]:8091",)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://" + HERE},
        {"Origin": "http://127.0.0.1:8092"},
        {"Origin": f"http://localhost:{PORT}"},
        {"Origin": ORIGIN + "0"},
        {"Origin": ""},
        {"Origin": "", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "", "Sec-Fetch-Site": "same-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_origin_changes_nothing(
    made: Made, browser: Browser, headers: dict[str, str]
) -> None:
    form = form_of(browser)
    answer = browser.post("/decide", form, headers)
    assert answer.status == 403
    assert "Nothing was changed" in answer.text
    assert made.log() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "", "Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_of_ours_counts(made: Made, browser: Browser, headers: dict[str, str]) -> None:
    assert browser.post("/decide", form_of(browser), headers).status == 303
    assert len(made.log()) == 1


def test_a_form_without_the_token_of_its_session_changes_nothing(
    made: Made, browser: Browser
) -> None:
    form = form_of(browser)
    other = Browser(made)
    other.get("/queue")
    for csrf in ("", "0" * 64, form["csrf"][:-1], "é"):
        assert browser.post("/decide", form | {"csrf": csrf}).status == 403
    assert other.post("/decide", form).status == 403  # the token of another session
    browser.cookie = ""
    assert browser.post("/decide", form).status == 403
    assert made.log() == []


def test_a_cookie_that_we_did_not_sign_is_none(made: Made, browser: Browser) -> None:
    form = form_of(browser)
    name, _, value = browser.cookie.partition("=")
    for forged in (value[:-1] + ("0" if value[-1] != "0" else "1"), "x." + value, "", "a.b", "."):
        browser.cookie = f"{name}={forged}"
        assert browser.post("/decide", form).status == 403
    assert made.log() == []


def test_the_cookie_is_for_this_host_alone(browser: Browser) -> None:
    told = browser.get("/queue").header("set-cookie")
    assert told.startswith(f"muniment-review-{PORT}=")
    assert told.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert browser.get("/queue").header("set-cookie") == ""


def test_cookies_of_others_on_this_host_do_not_matter(made: Made, browser: Browser) -> None:
    form = form_of(browser)
    browser.cookie = f'a=b; other="; {browser.cookie}; z=1'
    assert browser.post("/decide", form).status == 303


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/queue", "PUT", 405), ("/queue", "OPTIONS", 405), ("/decide", "GET", 404),
        ("/no", "GET", 404), ("/static/../finding.py", "GET", 404),
        ("/static/review/../../finding.py", "GET", 404), ("/static/review/", "GET", 404),
        ("/finding?url=http://unknown.example/", "GET", 404), ("/queue?nothing=1", "GET", 400),
        ("/queue?page=x", "GET", 400), ("/queue?sort=url;drop", "GET", 400),
        ("/queue?standing=<b>", "GET", 400), ("/finding", "GET", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_in_words(
    browser: Browser, path: str, method: str, status: int
) -> None:
    answer = browser.send(method, path, {"Host": HERE})
    assert answer.status == status
    assert "<h1" in answer.text
    assert "<b>" not in answer.text.replace("<b>Muniment review</b>", "")


@pytest.mark.parametrize("declared", [None, str(MOST_BYTES + 5), "0"])
def test_a_long_body_is_refused(made: Made, browser: Browser, declared: str | None) -> None:
    form = form_of(browser) | {"note": "x" * MOST_BYTES}
    answer = browser.post("/decide", form, {"Content-Length": declared} if declared else {})
    assert answer.status == 413
    assert made.log() == []


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", ""])
def test_only_a_plain_form_is_read(made: Made, browser: Browser, kind: str) -> None:
    assert browser.post("/decide", form_of(browser), {"Content-Type": kind}).status == 415
    assert made.log() == []


def test_a_form_of_very_many_fields_is_refused(browser: Browser) -> None:
    many = {"url": [str(number) for number in range(600)]}
    assert browser.post("/bulk", many).status == 400


@pytest.mark.parametrize("path", ["/queue", "/healthz", "/static/report.css", "/no", "/"])
def test_every_answer_keeps_other_sites_out(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    policy = answer.header("content-security-policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert f"frame-src http://localhost:{PORT + 1};" in policy
    assert "unsafe" not in policy
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("cache-control") == "no-store"
    assert answer.header("cross-origin-opener-policy") == "same-origin"
    assert answer.header("cross-origin-resource-policy") == "same-origin"
    assert answer.header("referrer-policy") == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    ],
)
def test_pages_of_others_can_put_nothing_of_ours_into_them(
    browser: Browser, headers: dict[str, str]
) -> None:
    answer = browser.get("/queue", headers)
    assert answer.status == 403
    assert "gone.example" not in answer.text


def test_a_link_from_elsewhere_opens_and_leaves_the_session_alone(browser: Browser) -> None:
    browser.get("/queue")
    kept, browser.cookie = browser.cookie, ""  # as SameSite=Strict has it
    elsewhere = {
        "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
    }  # fmt: skip
    answer = browser.get("/finding?url=http%3A%2F%2Fgone.example%2F1", elsewhere)
    assert answer.status == 200
    assert answer.header("set-cookie") == ""
    assert 'content="0;url=/finding?url=http%3A%2F%2Fgone.example%2F1"' in answer.text
    browser.cookie = kept
    assert "gone.example/1" in browser.open(GONE[1], "").text


class TestToken:
    """From other machines."""

    TOKEN = "t" * 40

    @pytest.fixture
    def made(self, tmp_path: Path) -> Iterator[Made]:
        one = Made(tmp_path, token=self.TOKEN)
        yield one
        one.close()

    def sign_in(self, browser: Browser, token: str, name: str = "Grace", back: str = "/log") -> int:
        answer = browser.post("/login", {"token": token, "name": name, "back": back})
        if answer.status == 303:
            assert answer.header("location") == ("/log" if back == "/log" else "/queue")
        return answer.status

    @pytest.mark.parametrize("path", ["/", "/queue", "/log", "/finding?url=x", "/rules", "/no"])
    def test_nothing_is_shown_before(self, browser: Browser, path: str) -> None:
        answer = browser.get(path)
        assert answer.status == 401
        assert "gone.example" not in answer.text
        assert answer.header("set-cookie") == ""

    def test_nothing_is_done_before(self, made: Made, browser: Browser) -> None:
        form = {"csrf": "", "seen": "0", "url": GONE[0], "kind": "confirmed"}
        assert browser.post("/decide", form).status == 403
        assert browser.post("/undo", {"id": "0" * 32}).status == 403
        assert made.log() == []

    def test_the_token_lets_in_under_a_name(self, made: Made, browser: Browser) -> None:
        assert self.sign_in(browser, self.TOKEN) == 303
        assert browser.decide(GONE[0], "confirmed").status == 303
        assert [one.author for one in made.log()] == ["Grace"]

    def test_a_name_is_needed(self, browser: Browser) -> None:
        assert self.sign_in(browser, self.TOKEN, name=" \u202e") == 422
        assert self.sign_in(browser, self.TOKEN, name="") == 422

    def test_five_failures_a_minute(self, made: Made, browser: Browser) -> None:
        for _ in range(5):
            assert self.sign_in(browser, "wrong") == 403
        assert self.sign_in(browser, self.TOKEN) == 429
        assert self.sign_in(Browser(made, client="127.0.0.2"), self.TOKEN) == 303
        made.clock.turn(61)
        assert self.sign_in(browser, self.TOKEN) == 303

    @pytest.mark.parametrize("token", ["", "t" * 39, "t" * 41, "\u0442" * 40, "T" * 40])
    def test_another_token_does_not(self, browser: Browser, token: str) -> None:
        assert self.sign_in(browser, token) == 403

    def test_a_page_elsewhere_signs_nobody_in(self, browser: Browser) -> None:
        form = {"token": self.TOKEN, "name": "Eve"}
        assert browser.post("/login", form, {"Origin": "http://evil.example"}).status == 403

    @pytest.mark.parametrize(
        "back",
        ["//evil.example", "http://evil.example/", "/\\evil.example", "javascript:1", "/a\n"],
    )
    def test_signing_in_leads_nowhere_else(self, browser: Browser, back: str) -> None:
        assert self.sign_in(browser, self.TOKEN, back=back) == 303

    def test_a_session_ends_after_half_a_day(self, made: Made, browser: Browser) -> None:
        self.sign_in(browser, self.TOKEN)
        assert browser.get("/queue").status == 200
        made.clock.turn(12 * 3600 + 1)
        assert browser.get("/queue").status == 401

    def test_signing_out(self, browser: Browser) -> None:
        self.sign_in(browser, self.TOKEN)
        answer = browser.post("/logout", {"csrf": browser.get("/log").field("csrf")})
        assert answer.status == 303
        assert "Max-Age=0" in answer.header("set-cookie")
