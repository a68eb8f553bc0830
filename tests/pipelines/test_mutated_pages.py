"""Damaged and hostile pages are read or refused, soon, and without an error."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipelines.statements.record import NotAStatement, Provenance, Reason, Statement
from pipelines.statements.statement import statement_from_html
from warc.locator import Locator

_RESPONSIVE = b"""<!DOCTYPE html><html lang="en-US"><head><title>On Peace</title>
<meta content="http://www.state.gov/r/pa/prs/ps/2016/10/1.htm" property="og:url"></head><body>
<!-- BEGIN BREADCRUMB --><ul class="breadcrumbs"><li><a href="/">Home</a></li></ul>
<h2 id="page-title">On Peace</h2><!-- TOP-META START -->
<div id="templateFields"><span class="document_type">Remarks<br></span></div>
<div id="templateFields"><span class="officials-name">John Kerry<br></span>
<span class="officials-title">Secretary of State<br></span></div>
<span class="city">Washington, DC<br></span><div id="date_long">May 1, 2014</div>
<!-- TOP-META END --><!-- CENTERBLOCK START --><div id="centerblock">HERE
<p>MR KIRBY: See <a href="http://a.gov/x">a</a>, www.b.gov and <b>c</b>.</p><ul><li>d</ul>
<p>QUESTION: <a href="#_ftn1">[1]</a> e</p><table><tr><td>f</table></div>
<!-- CENTERBLOCK END --><!-- PRN START --><!-- PRN END --></body></html>"""
_LINES = b"""<html><head><title>On Peace</title></head><body><table><tr>
<td class="content-font-style"><h1>On Peace</h1><p><b>Sean McCormack</b>, Spokesman<br>Media Note
<br>Washington, DC<br>May 2, 2006</p>HERE<p>Text <a href="/x.htm">of</a> it.</p></td></tr></table>
</body></html>"""
_WORDPRESS = b"""<html><head><script>"datePublished":"2022-06-21"</script></head><main>
<header class="featured-content"><h1 class="featured-content__headline">On Peace</h1><p
class="doctype-meta">Remarks</p></header><div class="entry-content"><p>Brussels, Belgium</p>HERE
<p>Text of it.</p></div></main></html>"""
_PAGES = (
    ("https://2009-2017.state.gov/r/pa/prs/ps/2014/05/225000.htm", _RESPONSIVE),
    ("https://2001-2009.state.gov/r/pa/prs/ps/2006/65700.htm", _LINES),
    ("https://2021-2025.state.gov/on-peace/", _WORDPRESS),
)
_PIECES = (
    b"<",
    b">",
    b'"',
    b"<!--",
    b"&#",
    b"\x00",
    b"\xff",
    b"<p>",
    b"</div>",
    b"<td>",
    b"<a href=",
)
_SECONDS = 5.0  # of the processor


def read(html: bytes, url: str) -> Statement | NotAStatement:
    provenance = Provenance(
        url=url,
        status=200,
        content_type="text/html",
        captured=datetime(2024, 5, 1, tzinfo=UTC),
        locator=Locator(file="a.warc.gz", offset=10, length=20),
    )
    return statement_from_html(html, provenance)


def _cut(html: bytes, chance: random.Random) -> bytes:
    return html[: chance.randrange(len(html))]


def _flip(html: bytes, chance: random.Random) -> bytes:
    changed = bytearray(html)
    for _ in range(chance.choice((3, 30, 300))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _drop(html: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(html))
    return html[:start] + html[start + chance.randrange(400) :]


def _double(html: bytes, chance: random.Random) -> bytes:
    tags = html.split(b"<")
    at = chance.randrange(len(tags))
    return b"<".join(tags[:at] + tags[at : at + 9] * chance.randrange(2, 20) + tags[at:])


def _insert(html: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(html))
    return html[:at] + chance.choice(_PIECES) * chance.choice((1, 50)) + html[at:]


def _shuffle(html: bytes, chance: random.Random) -> bytes:
    first, second = sorted((chance.randrange(len(html)), chance.randrange(len(html))))
    return html[second:] + html[first:second] + html[:first]


@pytest.mark.parametrize("mutate", [_cut, _flip, _drop, _double, _insert, _shuffle])
@pytest.mark.parametrize(("url", "page"), _PAGES)
def test_mutated_pages(
    url: str, page: bytes, mutate: Callable[[bytes, random.Random], bytes]
) -> None:
    chance = random.Random(2014)  # the same pages on every run
    for _ in range(30):
        assert read(mutate(page, chance), url)


@pytest.mark.parametrize(
    "hostile",
    [
        b"<" * 1_000_000,
        b"<div>" * 10_000,
        b"<ul><li>" * 4_000,
        b"<table><tr><td>" * 5_000,
        b"<em><strong>" * 5_000,
        b'<a href="http://a.gov/">x</a> ' * 5_000,
        b"http://a.gov/" + b")" * 100_000,
        b"<br>".join([b"Washington, DC"] * 20_000),
        b"<p>&nbsp;</p>" * 20_000,
        b"May 5, 2010 " * 50_000,
        b"A, " * 50_000,
        b'<a href="https://lnks.gd/l/a.' + b"e" * 100_000 + b'">x</a>',
        b"Secretary of State and " * 20_000,
    ],
)
@pytest.mark.parametrize(("url", "page"), _PAGES)
def test_hostile_pages_are_read_soon(url: str, page: bytes, hostile: bytes) -> None:
    started = time.process_time()
    assert read(page.replace(b"HERE", hostile), url)
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize(("url", "page"), _PAGES)
def test_pages_nested_without_measure_are_refused(url: str, page: bytes) -> None:
    found = read(page.replace(b"HERE", b"<div>" * 200_000), url)
    assert isinstance(found, NotAStatement)
    assert found.reason is Reason.TOO_DEEP


def test_a_refresh_in_a_million_years_is_no_error() -> None:
    head = b'<head><meta http-equiv="refresh" content="' + b"9" * 5_000 + b';url=/x">'
    assert read(_LINES.replace(b"<head>", head), _PAGES[1][0])
    assert read(head, _PAGES[1][0])
