"""Pages that are what was asked for, though a word, a part or a length of them looks otherwise."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_missing import MENU, framed
from behaviours.pages_web import Case, every, page

PROSE = (
    "The Secretary met the delegation in the morning. They discussed the report of the commission, "
    "the budget for the coming year and the next round of talks. "
)


def alive(name: str, body: str | bytes, *headers: str, reason: str = "ok", **more: str) -> Case:
    return page(name, "alive", reason, body, *headers, **more)


TOPICS = [
    alive("missing-persons", framed("Not found: the missing of the ferry disaster", f"<h1>Not found: the missing of the ferry disaster</h1><p>Forty passengers have not been found. {PROSE}</p>"), path="/news/ferry-missing.html"),
    alive("wmd", framed("Weapons not found, inspectors report", f"<h1>Weapons not found, inspectors report</h1><p>{PROSE}</p>")),
    alive("resolution-404", "<html><head><title>404 (1977) - Resolution</title></head><body><h1>Resolution 404</h1><p>The Security Council, taking note of the letter, reaffirms its resolution 403.</p></body></html>", path="/resolutions/404"),
    alive("year-404", framed("404 - Wikipedia", f"<h1>404</h1><p>Year 404 (CDIV) was a leap year starting on Friday of the Julian calendar. {PROSE}</p>"), path="/wiki/404"),
    alive("area-code", framed("Area code 404", f"<h1>Area code 404</h1><p>Area code 404 serves Atlanta. {PROSE}</p>")),
    alive("room", framed("Room 404: Visa section", "<p>The visa section is in room 404. Opening hours: Monday to Friday, 9 to 12.</p>"), path="/contact"),
    alive("help-404", framed("What does “404 Page not found” mean? – Help", "<h1>What does “404 Page not found” mean?</h1><p>The message “404 Not Found” is shown when a page cannot be found on the server. Often the page has been removed or its address was mistyped. Check the spelling, or ask the owner of the site.</p>"), path="/help/messages"),
    alive("fix-links", framed("Fixing broken links", "<h1>Fixing broken links</h1><p>When a page could not be found, browsers show “The page you requested was not found”. Editors should then put a redirect in place. Our office checks every link each month.</p>"), path="/guides/fixing-links"),
    alive("link-rot", framed("Link rot study", f"<h1>Link rot: a quarter of all pages no longer exist</h1><p>Researchers report that a page from 2013 no longer exists in 38 of 100 cases. {PROSE}</p>"), path="/news/link-rot"),
    alive("es-missing", framed("No encontrados: 43 estudiantes", f"<h1>No encontrados: los 43 estudiantes</h1><p>La búsqueda continúa. {PROSE}</p>")),
    alive("ru-topic", framed("Мина не найдена: поиски продолжаются", "<h1>Мина не найдена: поиски продолжаются</h1><p>Сапёры продолжили работу в районе деревни, сообщил представитель министерства.</p>")),
    alive("access-denied-history", framed("Access Denied: the Berlin blockade", f"<h1>Access Denied: the Berlin blockade</h1><p>In June 1948 access to the city was denied. {PROSE}</p>"), path="/history/berlin-blockade"),
    alive("house-for-sale", framed("Villa for sale in Lisbon", "<h1>Villa for sale</h1><p>This house is for sale. Buy now. Price on request; contact the agent.</p>"), path="/houses/villa-lisbon"),
    alive("domain-news", framed("Voice.com: domain for sale fetches $30 million", f"<h1>Voice.com: domain for sale fetches $30 million</h1><p>The seller had put up the words “This domain is for sale” years ago. {PROSE}</p>"), path="/business/voice-com-sale"),
    alive("captcha-article", framed("How CAPTCHA works", "<h1>How CAPTCHA works</h1><p>A visitor is asked to “verify you are human” or to tick “I’m not a robot” before the page opens. The test was devised in 2000 at Carnegie Mellon.</p>"), path="/science/captcha"),
    alive("are-you-human", framed("Are you human? An exhibition", f"<h1>Are you human? An exhibition</h1><p>{PROSE}</p>"), path="/museum/exhibition-human"),
    alive("technical", framed("Technical difficulties delay launch", f"<h1>Technical difficulties delay launch</h1><p>The launch was put off. {PROSE}</p>"), path="/news/launch-delay"),
    alive("unavailable-topic", framed("Medicines temporarily unavailable", f"<h1>Medicines temporarily unavailable in the region</h1><p>{PROSE}</p>"), path="/health/medicines"),
    alive("maintenance-topic", framed("Bridge closed for scheduled maintenance", f"<h1>Bridge closed for scheduled maintenance</h1><p>{PROSE}</p>"), path="/transport/bridge"),
    alive("account-topic", framed("Account suspended after post on elections", f"<h1>Account suspended after post on elections</h1><p>{PROSE}</p>"), path="/news/account-elections"),
    alive("removed-topic", framed("Statue", "<p>The statue was removed. A page of the guest book which no longer exists told of its unveiling. Visitors came from many countries to see it before that day.</p>"), path="/museum/statue"),
    alive("login-topic", framed("Login.gov: new sign-in for visas", f"<h1>New sign-in for visas</h1><p>{PROSE}</p>"), path="/visas/new-sign-in"),
]  # fmt: skip

PARTS = [
    alive("archive-banner", "<html><head><title>Remarks</title></head><body><div id=archivebanner>This is an archived page. NOTE: Content in this archive site is NOT UPDATED, and links may not function. External links may no longer exist.</div><div id=content><h1>Remarks in Vienna</h1><p>Thank you all for coming today.</p></div></body></html>"),
    alive("archived-page-note", framed("Remarks in Vienna", "<p class=notice>This page has been archived and is no longer updated.</p><h1>Remarks in Vienna</h1><p>Thank you all for coming today. It is good to be here.</p>")),
    alive("template", "<html><head><title>Reports</title></head><body><template><h1>Page not found</h1><p>The page you requested could not be found.</p></template><h1>Reports</h1><p>Report of the year 2014.</p></body></html>"),
    alive("comment", "<html><head><title>Reports</title></head><body><!-- <h1>404 Not Found</h1> The page you requested could not be found --><p>Report of the year 2014.</p></body></html>"),
    alive("script-string", "<html><head><title>Reports</title></head><body><script>var messages={notFound:'Page not found',e:'The page you requested could not be found'};</script><p>Report of the year 2014.</p></body></html>"),
    alive("display-none", "<html><head><title>Reports</title></head><body><div id=err style='display: none'><h1>Page not found</h1><p>Sorry, the page you are looking for could not be found.</p></div><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("hidden-attribute", "<html><head><title>Reports</title></head><body><div hidden><h1>404</h1><p>Page not found</p></div><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("noscript-note", "<html><head><title>Reports</title></head><body><noscript>Please enable JavaScript and cookies to continue.</noscript><h1>Reports</h1><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("dialog", "<html><head><title>Reports</title></head><body><dialog><h2>Session expired</h2><p>Page not found</p></dialog><h1>Reports</h1><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("comments-below", framed("Reports", f"<h1>Reports</h1><p>{PROSE * 2}</p><div class=comments><p>Jim: the link gives 404 not found for me</p></div>")),
    alive("very-short", "OK"),
    alive("short-html", "<html><body>pong</body></html>"),
    alive("empty", "", reason="ok-empty"),
    alive("empty-tags", "<html><head></head><body></body></html>", reason="ok-unsure"),
    alive("no-content", "", status="204 No Content", reason="ok-no-content"),
    alive("canonical-root", "<html><head><title>Report</title><link rel=canonical href=/><base href='http://elsewhere.test/'></head><body><h1>Report</h1><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("canonical-404", "<html><head><title>Report</title><link rel=canonical href=/404.html></head><body><h1>Report</h1><p>Report of the year 2014, in three parts.</p></body></html>"),
    alive("spa-shell", "<!doctype html><html><head><title>Data portal</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/static/js/main.8a3f.js></script></body></html>", reason="ok-unsure"),
    every("spa-everything", "alive", "ok-unsure", "<!doctype html><html><head><title>Data portal</title></head><body><app-root></app-root><script src=/main.js type=module></script></body></html>"),
    alive("login-corner", framed("Report", f"<form action=/in>User <input name=u> Password <input type=password></form><h1>Report</h1><p>{PROSE * 6}</p>")),
    alive("login-header", f"<html><head><title>Report</title></head><body><div class=hdr><form action=/session><input name=u><input type=password></form></div>{MENU}<h1>Annual report</h1><p>{PROSE}</p><p>{PROSE}</p></body></html>"),
    alive("cookie-wall", f"<html><head><title>Report</title></head><body><div class=cookie-wall role=dialog><p>We value your privacy. We and our partners store cookies on your device. Accept all / Reject.</p></div><h1>Report</h1><p>{PROSE}</p></body></html>"),
    alive("paywall-teaser", framed("Elections: what comes next", f"<h1>Elections: what comes next</h1><p>{PROSE}</p><div class=paywall>To continue reading, subscribe now. Already a subscriber? <a href=/login>Log in</a></div>"), path="/politics/elections"),
    alive("recaptcha-form", framed("Contact", f"<h1>Contact</h1><form action=/send><textarea></textarea><div class=g-recaptcha></div></form><script src=https://www.google.com/recaptcha/api.js></script><p>{PROSE}</p>"), path="/contact"),
    alive("cloudflare-script", framed("Report", f"<h1>Report</h1><p>{PROSE * 3}</p><script>window.__CF$cv$params={{r:'8'}};</script><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>")),
    alive("link-to-afternic", framed("Report", f"<h1>Report</h1><p>{PROSE}</p><form action=https://www.above.company.test/x></form>")),
    alive("search-asked", framed("Search results", "<h1>Search results for: visa</h1><p>0 results. Nothing found.</p>"), path="/search?q=visa", reason="ok"),
    alive("under-construction-1998", framed("Country reports", f"<h1>Country reports</h1><img src=/construction.gif alt='Under construction'><p>This page is under construction; more countries will be added. {PROSE}</p>")),
    alive("default-at-root", "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed.</p></body></html>", path="/", reason="ok"),
    alive("video", "<html><head><title>Remarks in Vienna - YouTube</title></head><body><script>var ytInitialPlayerResponse = {\"playabilityStatus\":{\"status\":\"OK\"}};</script></body></html>", path="/watch?v=aaaaaaaaaaa", host="youtube.com", reason="ok-unsure"),
]  # fmt: skip

CASES = [*TOPICS, *PARTS]
