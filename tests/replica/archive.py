"""2009-2017.state.gov as the replica serves it: what lies at which address."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from email.utils import format_datetime
from html import escape

from replica import indexes, pictures
from replica.almanac import Almanac
from replica.answer import HTML, Answer, Received, chunked, gzipped, redirect, reply
from replica.outside_pages import bare
from replica.pages import TEMPLATES, index_page, print_page, statement_page
from replica.statement import HOST, Section, Statement

_ROBOTS = """User-agent: *
Disallow: /search
Disallow: /private/

Sitemap: http://2009-2017.state.gov/sitemap.xml
"""
_SCRIPT = 'document.documentElement.className = "js";\n'
_PHOTO = re.compile(r"/img/\d\d/photo_(\d+)\.png")
_DOCUMENT = re.compile(r"/documents/organization/(\d+)\.pdf")
_SITEMAP = re.compile(r"/sitemap-(\d{4})\.xml(\.gz)?")
_REFRESH_TARGET = "http://www.whitehouse-archive.example/the-press-office"

Route = Callable[[Received], Answer | None]


class Archive:
    """Answers for the host; unknown addresses are 404."""

    hosts = (HOST,)

    def __init__(self, almanac: Almanac, *, trap: bool, difficulties: bool) -> None:
        self._almanac = almanac
        self._difficulties = difficulties
        self._indexes = indexes.Indexes(almanac, trap=trap, difficulties=difficulties)
        self._routes: tuple[Route, ...] = (
            self._fixed,
            self._index,
            self._statement,
            self._oddity,
            self._file,
            self._sitemap,
        )

    def respond(self, request: Received) -> Answer:
        """Return the archive's answer."""
        for route in self._routes:
            answer = route(request)
            if answer is not None:
                return answer
        return reply(404, bare("404 Not Found", "The requested URL was not found on this server."))

    def _fixed(self, request: Received) -> Answer | None:
        if request.path == "/robots.txt":
            return reply(200, _ROBOTS, content_type="text/plain")
        if request.path in {"/press", "/press/"}:
            return redirect(302, f"{Section.PRESS}/index.htm")
        if request.path == "/index.html":
            return redirect(301, f"http://{HOST}/")
        title = _PLAIN_PAGES.get(request.path)
        if title is None:
            return None
        body = f"<p>{title} of the Department, as it stood in January 2017.</p>"
        return reply(200, index_page(title, request.path, body))

    def _index(self, request: Received) -> Answer | None:
        html = self._indexes.html(request.path, request.query)
        return None if html is None else reply(200, html)

    def _statement(self, request: Received) -> Answer | None:
        statement = self._almanac.at(request.path)
        if statement is None:
            return None
        if request.path != statement.path:
            return self._elsewhere(request, statement)
        fields = _validators(statement)
        if request.header("If-None-Match") == fields[0][1]:
            return reply(304, headers=fields)
        html = statement_page(statement, pages=self._almanac.pages, seed=self._almanac.seed)
        if statement.number % 7 == 3 and "gzip" in (request.header("Accept-Encoding") or ""):
            return gzipped(200, html, fields)
        if statement.number % 11 == 4:
            return chunked(200, html, fields)
        return reply(200, html, headers=fields)

    def _elsewhere(self, request: Received, statement: Statement) -> Answer | None:
        """Return the print view, or the redirect from where remarks lay before."""
        if "/print/" in request.path:
            html = print_page(statement, pages=self._almanac.pages, seed=self._almanac.seed)
            return reply(200, html)
        if request.path.startswith(("/secretary/rm/", "/secretary/remarks/")):
            return redirect(301, statement.url)
        return None

    def _oddity(self, request: Received) -> Answer | None:
        match = re.fullmatch(r"/r/pa/prs/ps/(\d{4})/(\d\d)/\d+\.htm", request.path)
        if match is None:
            return None
        paths = self._almanac.oddities(int(match[1]), int(match[2]))
        kind = next((kind for kind, path in paths.items() if path == request.path), None)
        if kind == "refresh":
            return reply(200, indexes.refresh_stub(_REFRESH_TARGET))
        if kind == "difficulties" and self._difficulties:
            return technical_difficulties()
        return None

    def _file(self, request: Received) -> Answer | None:
        if request.path.startswith("/state-responsive/css/") and request.path.endswith(".css"):
            name = request.path.rpartition("/")[2]
            css = (TEMPLATES / "subpage.css").read_text("utf-8") if name == "subpage.css" else ""
            return reply(200, css, content_type="text/css")
        if request.path == "/state-responsive/js/scripts.js":
            return reply(200, _SCRIPT, content_type="application/javascript")
        if request.path == "/images/2014/dos-seal.svg":
            return reply(200, pictures.SEAL_SVG, content_type="image/svg+xml")
        document = _DOCUMENT.fullmatch(request.path)
        if document is not None:
            lines = ["A document of the Muniment replica.", f"Number {document[1]}"]
            raw = pictures.pdf("Fact Sheet", lines)
            return reply(200, raw, content_type="application/pdf")
        raw_image = _image(request.path)
        return None if raw_image is None else reply(200, raw_image, content_type="image/png")

    def _sitemap(self, request: Received) -> Answer | None:
        if request.path == "/sitemap.xml":
            years = self._almanac.chronology.years
            places = [f"http://{HOST}/sitemap-{year}.xml{'.gz' * (year % 2)}" for year in years]
            return reply(200, _xml("sitemapindex", "sitemap", places), content_type="text/xml")
        match = _SITEMAP.fullmatch(request.path)
        if match is None or int(match[1]) not in self._almanac.chronology.years:
            return None
        months = [m for y, m in self._almanac.chronology.months if y == int(match[1])]
        places = [each.url for m in months for each in self._almanac.month(int(match[1]), m)]
        xml = _xml("urlset", "url", places)
        if match[2]:
            raw = gzip.compress(xml.encode(), mtime=0)
            return reply(200, raw, content_type="application/gzip")
        return reply(200, xml, content_type="text/xml")


_PLAIN_PAGES = {
    "/misc/415.htm": "Privacy Policy",
    "/s/ocr/c11528.htm": "No Fear Act",
    "/misc/echannels/66791.htm": "RSS News Feeds",
    "/r/pa/prs/appt/index.htm": "Public Schedule",
}


def technical_difficulties() -> Answer:
    """Return what a walled host answers to plain clients: 200, and nothing of what was asked."""
    text = "We are experiencing technical difficulties. Please try again later."
    return reply(200, bare("Technical Difficulties", text), content_type=HTML)


def _image(path: str) -> bytes | None:
    if path.startswith("/state-responsive/images/favicons/") or path == "/favicon.ico":
        return pictures.seal(32)
    if path in {"/state-responsive/images/dos_divider.png", "/state-responsive/images/header.png"}:
        return pictures.band()
    if path == "/images/2014/dos-seal-256x256.png":
        return pictures.seal(128)
    photo = _PHOTO.fullmatch(path)
    return None if photo is None else pictures.photograph(int(photo[1]) % 24)


def _validators(statement: Statement) -> list[tuple[str, str]]:
    modified = datetime.combine(statement.day, time(17, 30), UTC)
    return [
        ("ETag", f'"{statement.item_id}-1"'),
        ("Last-Modified", format_datetime(modified, usegmt=True)),
    ]


def _xml(outer: str, inner: str, places: list[str]) -> str:
    rows = "".join(f"<{inner}><loc>{escape(place)}</loc></{inner}>\n" for place in places)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{namespace}">\n{rows}</{outer}>\n'
    )
