"""Pages that an independent judge of the checker found to be judged wrong."""
# ruff: noqa: E501 - pages as they are sent

from __future__ import annotations

from behaviours.pages_alive import PROSE, alive
from behaviours.pages_web import page

EXCEL = "Content-Type: application/vnd.ms-excel"
SERVERS_WORDS = [
    alive(name, f"<title>{title}</title><h1>{title}</h1><p>{PROSE}</p>")
    for name, title in (
        ("judged-index-of", "Index of Economic Freedom 2019"),
        ("judged-directory", "Index of /docs/2004"),
        ("judged-it-works", "It works: how the new visa system changed travel"),
        ("judged-tomcat", "Apache Tomcat Configuration Reference"),
    )
]

CASES = [
    *SERVERS_WORDS,
    page("judged-tomcat-default", "broken", "default-page", "<title>Apache Tomcat/8.5.5</title><h1>Apache Tomcat/8.5.5</h1><p>If you're seeing this, you've successfully installed Tomcat. Congratulations!</p>"),
    alive("judged-feed", '<?xml version="1.0"?><rss version="2.0"><channel><title>404 not found</title></channel></rss>', "Content-Type: application/rss+xml"),
    alive("judged-table-for-excel", '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>', EXCEL, path="/data/table.xls"),
    page("judged-error-for-excel", "broken", "type-mismatch", "<html><title>Error</title><p>An error has occurred.</p></html>", EXCEL, path="/data/other.xls"),
    page("judged-no-functioning-page", "broken", "text-says-not-found", "<title>Home</title><h1>Sorry, you have reached a page that does not exist</h1><p>The Web address you entered is not a functioning page on our site.</p>"),
    page("judged-moved", "uncertain", "says-moved", '<title>This page has moved</title><h1>This page has moved</h1><p>Please update your bookmarks: <a href="/new">new address</a>.</p>'),
    page("judged-moved-site", "uncertain", "says-moved", '<title>Page moved | Office</title><p>Its new place is <a href="/new">here</a>.</p>'),
    page("judged-moved-nowhere", "broken", "says-not-found", "<title>This page has moved</title><p>The page you requested is no longer available.</p>"),
    page("judged-old-cloudflare", "uncertain", "challenge", '<title>x</title><form id="challenge-form" action="/x?__cf_chl_f_tk=1"></form>', status="503 Service Temporarily Unavailable"),
]  # fmt: skip
