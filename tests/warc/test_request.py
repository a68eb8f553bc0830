"""Requests as bytes, and the rules that lead them elsewhere."""

from __future__ import annotations

import pytest

from warc.http.request import ConnectTo, WireRequest
from warc.http.target import parse_target

TARGET = parse_target("http://h:81/a?b")


def rendered(**parts: object) -> bytes:
    return WireRequest(url="http://h:81/a?b", **parts).render(TARGET)  # type: ignore[arg-type]


def test_host_first_then_the_fields_as_given() -> None:
    headers = (("X-b", "1"), ("x-A", "2"), ("Host", "evil"), ("X-b", "3"))
    assert rendered(headers=headers) == (
        b"GET /a?b HTTP/1.1\r\nHost: h:81\r\nX-b: 1\r\nx-A: 2\r\nX-b: 3\r\n"
        b"Connection: keep-alive\r\n\r\n"
    )


def test_a_connection_field_given_is_the_one_sent() -> None:
    assert rendered(headers=(("connection", "close"),)).count(b"onnection") == 1


def test_a_line_break_does_not_make_a_second_field() -> None:
    assert b"X: a Evil: b\r\n" in rendered(headers=(("X", "a\r\nEvil: b"),))


@pytest.mark.parametrize(("value", "sent"), [("é", b"\xe9"), ("☃", b"\xe2\x98\x83")])
def test_fields_are_latin_1_where_they_can_be(value: str, sent: bytes) -> None:
    assert b"X: " + sent + b"\r\n" in rendered(headers=(("X", value),))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_an_empty_body_has_its_length_where_one_is_expected(method: str) -> None:
    assert b"Content-Length: 0\r\n" in rendered(method=method)
    assert b"Content-Length" not in rendered()


def test_a_length_given_is_the_one_sent() -> None:
    sent = rendered(method="POST", body=b"abc", headers=(("Content-Length", "3"),))
    assert sent.count(b"Content-Length") == 1
    assert sent.endswith(b"\r\n\r\nabc")


def test_the_absolute_form_is_for_proxies() -> None:
    request = WireRequest(url="http://h:81/a?b")
    assert request.render(TARGET, in_full=True).startswith(b"GET http://h:81/a?b HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("rule", "url", "fits"),
    [
        ("h:81:x:1", "http://h:81/", True),
        ("H:81:x:1", "http://h:81/", True),
        ("h::x:1", "http://h:81/", True),
        (":81:x:1", "http://h:81/", True),
        (":::", "http://h:81/", True),
        ("h:80:x:1", "http://h:81/", False),
        ("g:81:x:1", "http://h:81/", False),
        ("h:443:x:1", "https://h/", True),
        ("[::1]:81:x:1", "http://[::1]:81/", True),
    ],
)
def test_a_rule_fits_as_curl_s(rule: str, url: str, fits: bool) -> None:
    assert ConnectTo.parse(rule).fits(parse_target(url)) is fits


def test_a_rule_is_read_with_brackets() -> None:
    rule = ConnectTo.parse("h:80:[::1]:8080")
    assert (rule.to_host, rule.to_port) == ("::1", 8080)
    assert ConnectTo.parse("h:80::") == ConnectTo(host="h", port=80, to_host="", to_port=None)


@pytest.mark.parametrize(
    "text", ["", "h", "h:80", "h:80:x", "h:80:x:y", "h:80:x:1:2", "::1:80:x:1", "h:123456:x:1"]
)
def test_what_is_no_rule_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="not HOST1"):
        ConnectTo.parse(text)


@pytest.mark.parametrize("text", ["h:0:x:1", "h:1:x:65536"])
def test_what_is_no_port_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a port"):
        ConnectTo.parse(text)
