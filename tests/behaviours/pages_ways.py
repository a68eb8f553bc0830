"""Ways from a link to a page: redirects, refreshes, scripts, frames, places in a page."""
# ruff: noqa: E501 - pages as they are sent

from __future__ import annotations

from behaviours.pages_missing import framed
from behaviours.pages_web import LINK, MISSING, Answer, Case, page, to, way

ARTICLE = Answer(
    "<title>Annual report 2014</title><h1>Annual report 2014</h1><p>"
    + "The commission met and agreed on the findings of its report for the year. " * 12
)
FRONT = Answer(framed("Ministry of Trade", "<h1>Ministry of Trade</h1><p>News of the week."))
PLAIN = Answer("<title>Error</title><h1>Sorry</h1><p>Please go back to our start page.")


def refresh(content: str, before: str = "", after: str = "") -> Answer:
    return Answer(
        f"<html><head>{before}<meta http-equiv='Refresh' content=\"{content}\">{after}</head><body>Moved.</body></html>"
    )


def script(code: str, text: str = "") -> Answer:
    return Answer(f"<html><head><script>{code}</script></head><body>{text}</body></html>")


ALIVE, GONE = "alive", "broken"

REDIRECTS = [
    way("to-root", GONE, "redirect-to-root", (LINK, to("/", "301 Moved Permanently")), ("/", FRONT)),
    way("to-index", GONE, "redirect-to-root", (LINK, to("/index.php")), ("/index.php", FRONT)),
    way("to-home", GONE, "redirect-to-root", (LINK, to("/en/home.aspx")), ("/en/home.aspx", FRONT)),
    way("to-language-root", GONE, "redirect-to-root", (LINK, to("/fr/")), ("/fr/", FRONT)),
    way("to-root-marked", GONE, "redirect-to-root", (LINK, to("/?notfound=1")), ("/?notfound=1", FRONT)),
    way("to-root-referrer", GONE, "redirect-to-root", (LINK, to("/?utm_source=old-site")), ("/?utm_source=old-site", FRONT)),
    way("root-to-language", ALIVE, "ok-elsewhere", ("/", to("/en/")), ("/en/", FRONT)),
    way("root-to-home", ALIVE, "moved", ("/", to("/web/guest/home", "301 Moved")), ("/web/guest/home", FRONT)),
    way("index-to-root", ALIVE, "moved", ("/index.html", to("/", "301 Moved")), ("/", FRONT)),
    way("to-404", GONE, "redirect-to-error-page", (LINK, to("/404")), ("/404", PLAIN)),
    way("to-404-html", GONE, "redirect-to-error-page", (LINK, to("/errors/404.html")), ("/errors/404.html", PLAIN)),
    way("to-pagenotfound", GONE, "redirect-to-error-page", (LINK, to("/PageNotFound.aspx?url=/x")), ("/PageNotFound.aspx", PLAIN)),
    way("to-sharepoint-404", GONE, "redirect-to-error-page", (LINK, to("/Pages/PageNotFoundError.aspx?requestUrl=http://x")), ("/Pages/PageNotFoundError.aspx", PLAIN)),
    way("to-error", "uncertain", "redirect-to-error", (LINK, to("/error")), ("/error", PLAIN)),
    way("to-error-404-status", GONE, "redirect-to-http-404", (LINK, to("/error")), ("/error", MISSING)),
    way("to-other-root", GONE, "redirect-to-other-root", (LINK, to("http://casino.test:{port}/")), ("//casino.test/", FRONT)),
    way("new-domain-root", ALIVE, "moved", ("/", to("http://new-domain.org.test:{port}/", "301 Moved")), ("//new-domain.org.test/", FRONT)),
    way("other-host-same-path", ALIVE, "moved", (LINK, to("http://archive.other-host-same-path.test:{port}" + LINK, "301 Moved")), ("//archive.other-host-same-path.test" + LINK, ARTICLE)),
    way("to-www", ALIVE, "moved-slightly", (LINK, to("http://www.to-www.test:{port}" + LINK, "301 Moved")), ("//www.to-www.test" + LINK, ARTICLE)),
    way("to-slash", ALIVE, "moved-slightly", ("/press/2014", to("/press/2014/", "301 Moved")), ("/press/2014/", ARTICLE)),
    way("to-lower-case", ALIVE, "moved-slightly", ("/Press/Annual-Report.ASPX", to("/press/annual-report.aspx", "301 Moved")), ("/press/annual-report.aspx", ARTICLE)),
    way("to-language-page", ALIVE, "ok-elsewhere", ("/annual-report", to("/en/annual-report")), ("/en/annual-report", ARTICLE)),
    way("to-parent", ALIVE, "moved", (LINK, to("/press/2014/", "301 Moved")), ("/press/2014/", ARTICLE)),
    way("to-parent-always", GONE, "redirect-to-any", (LINK, to("/press/", "302 Found")), ("/press/", FRONT), other=to("/press/", "302 Found")),
    way("to-search-always", GONE, "redirect-to-any", (LINK, to("/search?q=annual+report")), ("/search", Answer(framed("Search", "<h1>Search</h1><p>Results for your words: press release one, press release two."))), other=to("/search?q=x")),
    way("to-archive-page", ALIVE, "moved", (LINK, to("/archive/annual-report-2014", "301 Moved")), ("/archive/annual-report-2014", ARTICLE)),
    way("to-soft-404", GONE, "says-not-found", (LINK, to("/new/annual-report")), ("/new/annual-report", Answer("<title>Page not found</title>"))),
    way("cookie-check", ALIVE, "ok-elsewhere", (LINK, to("/cookie?to=report")), ("/cookie", to("/doc/annual-report")), ("/doc/annual-report", ARTICLE)),
]  # fmt: skip

REFRESHES = [
    way("refresh-ok", ALIVE, "ok-elsewhere", (LINK, refresh("0; url=/new/annual-report")), ("/new/annual-report", ARTICLE)),
    way("refresh-404", GONE, "redirect-to-http-404", (LINK, refresh("0;URL='/new/annual-report'")), ("/new/annual-report", MISSING)),
    way("refresh-five", GONE, "redirect-to-http-404", (LINK, refresh("5; url=/new/annual-report")), ("/new/annual-report", MISSING)),
    way("refresh-late", ALIVE, "ok", (LINK, Answer(framed("Annual report", "<meta http-equiv=refresh content='600; url=/'><h1>Annual report</h1><p>Of the year."))),),
    way("refresh-self", ALIVE, "ok", (LINK, Answer("<meta http-equiv=refresh content='0'><title>Annual report</title><h1>Annual report</h1><p>Live figures of the year.")),),
    way("refresh-loop", GONE, "redirect-loop", (LINK, refresh("0; url=/b")), ("/b", refresh(f"0; url={LINK}"))),
    way("refresh-noscript", ALIVE, "ok", (LINK, Answer("<html><head><noscript><meta http-equiv=refresh content='0; url=/nojs'></noscript><title>Annual report</title></head><body><h1>Annual report</h1><p>Figures of the year</body></html>")),),
    way("refresh-comment", ALIVE, "ok", (LINK, Answer("<html><head><!-- <meta http-equiv=refresh content='0; url=/dead'> --><title>Annual report</title></head><body><h1>Annual report</h1><p>Figures of the year</body></html>")),),
    way("refresh-template", ALIVE, "ok", (LINK, Answer("<html><head><title>Annual report</title></head><body><template><meta http-equiv=refresh content='0; url=/dead'></template><h1>Annual report</h1><p>Figures of the year</body></html>")),),
    way("refresh-header", GONE, "redirect-to-http-404", (LINK, Answer("<p>Moved", headers=("Refresh: 0; url=/gone",))),),
    way("refresh-root", GONE, "redirect-to-root", (LINK, refresh("0; url=/")), ("/", FRONT)),
    way("refresh-base", ALIVE, "ok-elsewhere", (LINK, refresh("0; url=annual-report", "<base href='/new/'>")), ("/new/annual-report", ARTICLE)),
    way("script-href", GONE, "redirect-to-http-404", (LINK, script("window.location.href = '/gone';")),),
    way("script-replace", ALIVE, "ok-elsewhere", (LINK, script('location.replace("/new/annual-report")')), ("/new/annual-report", ARTICLE)),
    way("script-assign", ALIVE, "ok-elsewhere", (LINK, script("document.location.assign('/new/annual-report');")), ("/new/annual-report", ARTICLE)),
    way("script-top", GONE, "redirect-to-http-404", (LINK, script("top.location='/gone'")),),
    way("script-self-window", GONE, "redirect-to-http-404", (LINK, script("self.location = \"/gone\"; ")),),
    way("script-timeout", GONE, "redirect-to-http-404", (LINK, script("setTimeout(function(){window.location.href='/gone'},1000);", "Redirecting...")),),
    way("script-onload", GONE, "redirect-to-http-404", (LINK, Answer("<html><body onload=\"location.href='/gone'\">Please wait</body></html>")),),
    way("script-in-function", ALIVE, "ok", (LINK, Answer("<html><head><title>Annual report</title><script>function go(){ location.href='/dead'; }</script></head><body><h1>Annual report</h1><p>Figures of the year. " + "All of the figures are in the tables. " * 6)),),
    way("frameset", ALIVE, "ok-unsure", (LINK, Answer("<html><head><title>Annual report</title></head><frameset cols='20%,*'><frame src=menu.html><frame src=main.html></frameset></html>")),),
]  # fmt: skip

NAMED = f"<title>Rules</title><h1>Rules</h1><h2 id=part-two>Two</h2><a name='Part 3'></a><a name=four>4</a><p>{'A rule of the house. ' * 20}"


def place(name: str, fragment: str, reason: str, body: str = NAMED) -> Case:
    return page(name, ALIVE, reason, body, path=f"/rules.html#{fragment}")


PLACES = [
    place("place-id", "part-two", "ok"),
    place("place-name", "four", "ok"),
    place("place-quoted", "Part%203", "ok"),
    place("place-missing", "part-nine", "ok"),
    place("place-top", "top", "ok"),
    place("place-words", ":~:text=a%20rule", "ok"),
    place("place-route", "/route/5", "ok-unsure", "<title>App</title><div id=app></div><script src=/a.js></script>"),
    place("place-bang", "!page", "ok"),
    place("place-empty", "", "ok"),
    place("place-wiki", ".C3.9Cber", "ok", NAMED.replace("part-two", ".C3.9Cber")),
]  # fmt: skip

STATUSES = [
    page("useful-404", GONE, "http-404", ARTICLE.body, status="404 Not Found"),
    page("mediawiki-404", GONE, "http-404", framed("Annual report - Wiki", "<h1>Annual report</h1><p>There is currently no text in this page."), status="404 Not Found"),
    page("status-410", GONE, "http-410", "<title>Gone</title>", status="410 Gone"),
    page("fine-500", GONE, "http-500", ARTICLE.body, status="500 Internal Server Error"),
    page("maintenance-503", GONE, "http-503", "<title>Maintenance</title><h1>Down for maintenance</h1>", status="503 Service Unavailable"),
    page("missing-203", GONE, "says-not-found", "<title>Page not found</title>", status="203 Non-Authoritative Information"),
]  # fmt: skip

CASES = [*REDIRECTS, *REFRESHES, *PLACES, *STATUSES]
