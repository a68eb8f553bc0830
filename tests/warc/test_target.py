"""URLs to the wire, as browsers ask them."""

from __future__ import annotations

import contextlib

import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.http.target import InvalidTargetError, parse_target

ASKED = {
    "http://h": "http://h/",
    "http://h/": "http://h/",
    "HTTP://H/Path": "http://h/Path",
    " \n http://h/a \x00": "http://h/a",
    "http://h/a\tb\r\nc": "http://h/abc",
    "http:h/a": "http://h/a",
    "http:///h/a": "http://h/a",
    "http:\\\\h\\a\\b?c\\d": "http://h/a/b?c\\d",
    "http://h?q": "http://h/?q",
    "http://h#f": "http://h/",
    "http://h/?": "http://h/?",
    "http://h/a?b#c?d": "http://h/a?b",
    "http://h:80/": "http://h/",
    "https://h:443/": "https://h/",
    "http://h:443/": "http://h:443/",
    "http://h:/": "http://h/",
    "http://h:00080/": "http://h/",
    "http://me:pw@h/": "http://h/",
    "http://me@evil@h/": "http://h/",
    "http://h/a b": "http://h/a%20b",
    "http://h/a%2Fb%2fc%20d": "http://h/a%2Fb%2fc%20d",
    "http://h/100%/%zz": "http://h/100%/%zz",
    "http://h/é?é": "http://h/%C3%A9?%C3%A9",
    'http://h/"<>`{}^|[]': "http://h/%22%3C%3E%60%7B%7D%5E|[]",
    "http://h/?\"<>'`{}^|[]": "http://h/?%22%3C%3E%27`{}^|[]",
    "http://h/'!$&()*+,;=:@~": "http://h/'!$&()*+,;=:@~",
    "http://h/\x7f": "http://h/%7F",
    "http://h/\ud800": "http://h/%EF%BF%BD",
    "http://h/a/./b/../c": "http://h/a/c",
    "http://h/../../a": "http://h/a",
    "http://h/a/..": "http://h/",
    "http://h/a/.": "http://h/a/",
    "http://h/a/%2e%2E/b": "http://h/b",
    "http://h/a//b": "http://h/a//b",
    "http://h//": "http://h//",
    "http://h/a/.../b": "http://h/a/.../b",
    "http://h/?a=../b": "http://h/?a=../b",
    "http://h/;p=1": "http://h/;p=1",
    "http://EXAMPLE.com./": "http://example.com./",
    "http://under_score.example/": "http://under_score.example/",
    "http://bücher.example/": "http://xn--bcher-kva.example/",
    "http://BÜCHER.example/": "http://xn--bcher-kva.example/",
    "http://faß.example/": "http://xn--fa-hia.example/",
    "http://xn--bcher-kva.example/": "http://xn--bcher-kva.example/",
    "http://☃.example/": "http://xn--n3h.example/",
    "http://日本語。jp/": "http://xn--wgv71a119e.jp/",
    "http://\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.com/": "http://example.com/",
    "http://b%C3%BCcher.example/": "http://xn--bcher-kva.example/",
    "http://ex%61mple.com/": "http://example.com/",
    "http://127.0.0.1:8000/": "http://127.0.0.1:8000/",
    "http://127.1/": "http://127.0.0.1/",
    "http://0x7f.0.0.1/": "http://127.0.0.1/",
    "http://2130706433/": "http://127.0.0.1/",
    "http://0177.0.0.01/": "http://127.0.0.1/",
    "http://\uff11\uff12\uff17.0.0.1/": "http://127.0.0.1/",
    "http://[::1]/": "http://[::1]/",
    "http://[::1]:8080/": "http://[::1]:8080/",
    "http://[2001:DB8:0:0::1]/": "http://[2001:db8::1]/",
    "http://[::FFFF:7f00:1]/": "http://[::ffff:7f00:1]/",
}


@pytest.mark.parametrize(("url", "asked"), ASKED.items())
def test_what_is_asked(url: str, asked: str) -> None:
    target = parse_target(url)
    assert target.url in (asked, asked.replace("::ffff:7f00:1", "::ffff:127.0.0.1"))
    assert parse_target(target.url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "h/a",
        "//h/a",
        "/a",
        "ftp://h/",
        "mailto:a@b",
        "javascript:void(0)",
        "data:text/html,x",
        "http://",
        "http:///",
        "http://?q",
        "http://:80/",
        "http://a b/",
        "http://a<b/",
        "http://a%00b/",
        "http://a%2Fb/",
        "http://h:x/",
        "http://h:-1/",
        "http://h:0/",
        "http://h:65536/",
        "http://h:²/",
        "http://a:b:80/",
        "http://a..b/",
        "http://.a/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 127 + "ab/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://08.1/",
        "http://4294967296/",
        "http://[::1/",
        "http://[::g]/",
        "http://[fe80::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://\u00ad/",
        "http://a\u0378.example/",
    ],
)
def test_what_cannot_be_asked(url: str) -> None:
    with pytest.raises(InvalidTargetError):
        parse_target(url)


def test_the_words_say_why() -> None:
    with pytest.raises(InvalidTargetError, match="the scheme mailto is neither http nor https"):
        parse_target("mailto:a@b")


def test_the_parts() -> None:
    target = parse_target("https://[::1]:8443/a?b")
    assert (target.scheme, target.host, target.port, target.path) == ("https", "::1", 8443, "/a?b")
    assert target.authority == "[::1]:8443"


_TEXT = st.lists(
    st.sampled_from(
        ["http://", "https:", "/", "\\", "..", "%2e", "@", ":", "[", "]", "?", "#", "."]
    )
    | st.sampled_from(["xn--", "\u00e9", "\u3002", "\u00df", "\u00ad", "0x", "127", " ", "\ud800"])
    | st.text(max_size=6)
).map("".join)


@given(_TEXT)
def test_any_text_is_a_target_or_is_invalid(text: str) -> None:
    """And what is a target asks the same when asked again, and has a name TLS and DNS can take."""
    with contextlib.suppress(InvalidTargetError):
        target = parse_target("http://" + text)
        assert parse_target(target.url) == target
        assert target.url.isascii()
        assert not set(target.url) & set(" \t\r\n\x00")
        assert target.host.encode("idna")
        dns.name.from_text(target.host)
