"""Pages and ways written without regard to the rules, to see how those do on what is new."""
# ruff: noqa: E501 - pages as they are sent

from __future__ import annotations

from behaviours.pages_web import Answer, Case, every, page, to, way

P = "The committee met on Thursday to review what had been learnt in the past year. Members heard from teachers, nurses and engineers. Two of them asked for more time, which the chair granted. The minutes will be published in June. "
Q = "The department published its yearly figures on Tuesday. Exports rose by four percent, while imports fell. "
W = "/science/water-quality-in-the-delta"


def f(title: str, main: str) -> str:
    return f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body><nav><a href=/>Home</a><a href=/about>About</a></nav><main>{main}</main><footer>&copy; 2023 Example</footer></body></html>"


A = Answer(f("Water quality in the delta", f"<h1>Water quality in the delta</h1><p>{P * 3}</p>"))
H = Answer(f("Example Institute", f"<h1>Welcome to the institute</h1><p>{P}</p>"))
ALIVETEXT = f"<h1>Water quality in the delta</h1><p>{P * 2}</p>"


def pg(name: str, plain: str, reason: str, body: str, path: str = W) -> Case:
    return page(name, plain, reason, body, path=path)


def ln(
    name: str, plain: str, reason: str, *hops: tuple[str, Answer], other: Answer | None = None
) -> Case:
    return way(name, plain, reason, *hops, **({"other": other} if other else {}))


def js(
    name: str,
    plain: str,
    reason: str,
    script: str,
    answer: Answer | None = A,
    body: str = "<p></p>",
) -> Case:
    sending = Answer(f"<html><head><title>x</title>{script}</head><body>{body}</body></html>")
    return ln(name, plain, reason, (W, sending), *((("/science/moved", answer),) if answer else ()))


CASES = [
    pg("fresh-moment-js404", "uncertain", "challenge", "<!DOCTYPE html><html><head><title>Just a moment...</title><script>setTimeout(function(){location.href='/science/dead'},500)</script></head><body><p>Checking your browser</p></body></html>", path=W),
    pg("fresh-moment-refresh404", "uncertain", "challenge", "<html><head><title>Just a moment...</title><meta http-equiv=refresh content='1;url=/science/dead?x=1'></head><body></body></html>", path=W),
    pg("fresh-attention", "uncertain", "challenge", "<html><head><title>Attention Required! | Cloudflare</title><script>location.replace('/dead')</script></head><body>x</body></html>", path=W),
    pg("fresh-ddosguard", "uncertain", "challenge", "<html><head><title>DDoS-Guard</title><script>window.location='/dead'</script></head><body><p>Checking your browser before accessing</p></body></html>", path=W),
    pg("fresh-onemoment", "uncertain", "challenge", "<html><head><title>One moment, please...</title><meta http-equiv=refresh content='5;/dead'></head><body><p>Please wait while your request is being verified...</p></body></html>", path=W),
    pg("fresh-human", "uncertain", "challenge", "<html><head><title>Human Verification</title></head><body><script>location.href='/x404'</script></body></html>", path=W),
    pg("fresh-novel", "alive", "ok", f("Error 404", f"<h1>Error 404</h1><p>Error 404 is the second novel by Mara Ilves. {P*4}</p>"), path="/books/error-404"),
    pg("fresh-novel2", "alive", "ok", f("404: A Novel - Brook Press", f"<h1>404: A Novel</h1><p>By Sara Klein. Paperback, 312 pages. {P*3}</p>"), path="/books/404-a-novel"),
    pg("fresh-stories", "alive", "ok", f("Page Not Found: Stories", f"<h1>Page Not Found: Stories</h1><p>Twelve stories about people who look for one another. {P*3}</p>"), path="/catalogue/page-not-found-stories"),
    pg("fresh-blog404", "alive", "ok", f("The best 404 pages of 2019", f"<h1>The best 404 pages of 2019</h1><p>“Sorry, the page you are looking for could not be found.” So begins one. {P*3}</p>"), path="/blog/best-404-pages"),
    pg("fresh-mdn", "alive", "ok", f("404 Not Found - HTTP | Docs", "<h1>404 Not Found</h1><p>The HTTP 404 Not Found client error response status code indicates that the server cannot find the requested resource. Links that lead to a 404 page are often called broken or dead links.</p><h2>Status</h2><pre>404 Not Found</pre>"), path="/docs/Web/HTTP/Status/404"),
    pg("fresh-novel-idurl", "alive", "ok", f("Page Not Found: Stories", f"<h1>Page Not Found: Stories</h1><p>Twelve stories about people who look for one another. {P*6}</p>"), path="/isbn/9781234567"),
    pg("fresh-song", "alive", "ok", f("Gone", f"<h1>Gone</h1><p>Gone is a song by the band Reeds. {P*2}</p>"), path="/songs/gone"),
    pg("fresh-lostpage", "alive", "ok", f("Lost page of Archimedes found", f"<h1>Lost page of Archimedes found</h1><p>The page was not found until 1906. {P*2}</p>"), path="/news/lost-page-of-archimedes-found"),
    every("fresh-echo-search", "broken", "same-as-random", f("Search results", "<h1>You searched for water</h1><p>Nothing matched. Try again.</p>"), path=W),
    pg("fresh-gdpr", "uncertain", "consent", f("We value your privacy", "<h1>We value your privacy</h1><p>Before you continue, choose how we and our 842 partners use cookies.</p><button>Accept all</button>"), path=W),
    pg("fresh-451ish", "uncertain", "challenge", f("Unavailable in your region", "<h1>This content is not available in your region</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.</p>"), path=W),
    pg("fresh-age", "uncertain", "age-gate", f("Age verification", "<h1>Are you over 18?</h1><p>You must be 18 or older to enter this site.</p><button>Enter</button><button>Leave</button>"), path=W),
    pg("fresh-maint", "uncertain", "site-paused", f("Scheduled maintenance", "<h1>We'll be back soon</h1><p>Our site is down for maintenance. The page you requested is not available right now.</p>"), path=W),
    pg("fresh-enablejs", "uncertain", "challenge", "<html><head><title>example.org</title></head><body><p>Please enable JavaScript to view the page content. Your support ID is: 77.</p></body></html>", path=W),
    pg("fresh-react", "alive", "ok-unsure", "<!doctype html><html><head><title>App</title></head><body><div id=root></div><script src=/a.js></script></body></html>", path=W),
    pg("fresh-react-404-noscript", "alive", "ok-unsure", "<!doctype html><html><head><title>App</title></head><body><noscript>Page not found</noscript><div id=app></div><script src=/a.js></script></body></html>", path=W),
    pg("fresh-paywall", "alive", "ok", f("Water quality in the delta", f"<h1>Water quality in the delta</h1><p>{P}</p><div>Subscribe to read the full story. You have reached your limit of free articles.</div>"), path=W),
    pg("fresh-login-wall", "uncertain", "login", f("Sign in", "<h1>Sign in to continue</h1><p>This page is not available until you sign in.</p><form><input type=email><input type=password></form>"), path=W),
    pg("fresh-members", "uncertain", "login", f("Members only", "<h1>Members only</h1><p>The page you requested is only available to members. Please log in.</p>"), path=W),
    ln("fresh-parent", "uncertain", "redirect-to-section", ("/news/2016/old-item", to("/news/")), ("/news/", Answer(f("News", f"<h1>News</h1><p>{P}</p>")))),
    ln("fresh-parent-same", "broken", "redirect-to-any", ("/news/2016/old-item", to("/news/")), ("/news/", Answer(f("News", f"<h1>News</h1><p>{P}</p>"))), other=to("/news/")),
    ln("fresh-search", "uncertain", "redirect-to-section", ("/docs/delta.html", to("/search?q=delta")), ("/search", Answer(f("Search", "<h1>Search results for delta</h1><p>3 results</p>")))),
    ln("fresh-otherroot", "broken", "redirect-to-other-root", ("/docs/delta.html", to("http://casino-royal.test:{port}/")), ("//casino-royal.test/", H)),
    ln("fresh-login-return", "uncertain", "login", ("/docs/delta.html", to("/login?return=%2Fdocs%2Fdelta.html")), ("/login", Answer(f("Login", "<h1>Login</h1><form><input type=password></form>")))),
    ln("fresh-case", "alive", "moved-slightly", ("/Docs/Delta.HTML", to("/docs/delta.html", "301 M")), ("/docs/delta.html", A)),
    ln("fresh-slash", "alive", "moved-slightly", ("/docs/delta", to("/docs/delta/", "301 M")), ("/docs/delta/", A)),
    ln("fresh-lang", "alive", "ok-elsewhere", ("/docs/delta", to("/en/docs/delta")), ("/en/docs/delta", A)),
    ln("fresh-langroot", "alive", "ok-elsewhere", ("/", to("/en/")), ("/en/", H)),
    ln("fresh-langroot-deep", "broken", "redirect-to-root", ("/docs/2014/delta.html", to("/en/")), ("/en/", H)),
    ln("fresh-session", "alive", "ok-elsewhere", ("/docs/delta", to("/docs/delta?PHPSESSID=ab12cd34")), ("/docs/delta?PHPSESSID=ab12cd34", A)),
    ln("fresh-session-path", "alive", "ok-elsewhere", ("/docs/delta.aspx", to("/(S(abc123))/docs/delta.aspx")), ("/(S(abc123))/docs/delta.aspx", A)),
    ln("fresh-www", "alive", "moved-slightly", ("/docs/delta", to("http://www.fresh-www.test:{port}/docs/delta", "301 M")), ("//www.fresh-www.test/docs/delta", A)),
    ln("fresh-pdf-html", "alive", "moved", ("/docs/delta.pdf", to("/publications/water-quality-delta", "301 M")), ("/publications/water-quality-delta", A)),
    pg("fresh-pdf-as-html", "alive", "ok", f("Download", "<h1>Your download will begin shortly</h1><p>If not, click <a href=/f.pdf>here</a>.</p>"), path="/docs/delta.pdf"),
    ln("fresh-pdf-root", "broken", "redirect-to-root", ("/docs/delta.pdf", to("/")), ("/", H)),
    js("fresh-js-replace", "alive", "ok-elsewhere", "<script>window.location.replace(\"/science/moved\");</script>"),
    js("fresh-js-timeout", "alive", "ok-elsewhere", "<script>setTimeout(function(){ window.location.href = '/science/moved'; }, 2000);</script>"),
    js("fresh-js-timeout-str", "alive", "ok-elsewhere", "<script>setTimeout(\"location.href='/science/moved'\", 1500);</script>"),
    js("fresh-js-arrow", "alive", "ok-elsewhere", "<script>setTimeout(() => { top.location = '/science/moved' }, 0)</script>"),
    js("fresh-js-json", "alive", "ok-elsewhere", "<script>window.location.href=\"\\/science\\/moved\";</script>"),
    js("fresh-js-hex", "alive", "ok-elsewhere", "<script>location.href='\\x2fscience\\u002fmoved';</script>"),
    js("fresh-js-assign", "alive", "ok-elsewhere", "<script>self.location.assign('/science/moved')</script>"),
    js("fresh-js-docloc", "alive", "ok-elsewhere", "<script language=JavaScript><!--\ndocument.location=\"/science/moved\"\n//--></script>"),
    js("fresh-js-dead", "broken", "redirect-to-http-404", "<script>window.location.replace('/science/moved')</script>", answer=None),
    js("fresh-js-comment", "alive", "ok", "<script>// location.href='/science/moved'\nvar a=1;</script>", answer=None, body=ALIVETEXT),
    js("fresh-js-blockcomment", "alive", "ok", "<script>/* old:\n location.href='/science/moved';\n*/</script>", answer=None, body=ALIVETEXT),
    js("fresh-js-func", "alive", "ok", "<script>function go(){ location.href='/science/moved'; }</script>", answer=None, body=ALIVETEXT),
    js("fresh-js-func-short", "alive", "ok", "<script>function go(){ location.href='/science/moved'; }</script>", answer=None, body="<h1>Offices</h1><p>Choose an office.</p><a onclick='go()'>go</a>"),
    js("fresh-js-arrow-named", "alive", "ok", "<script>const go = () => { location.href='/science/moved'; };</script>", answer=None, body="<h1>Offices</h1><p>Choose an office.</p>"),
    js("fresh-js-onclick", "alive", "ok", "", answer=None, body="<h1>Offices</h1><button onclick=\"location.href='/science/moved'\">Go</button>"),
    js("fresh-js-called", "alive", "ok-elsewhere", "<script>function go(){ location.href='/science/moved'; } go();</script>"),
    js("fresh-js-onload", "alive", "ok-elsewhere", "", body="<body onload=\"location.href='/science/moved'\"><p></p>"),
    js("fresh-js-cond", "alive", "ok", "<script>if (screen.width < 700) { location.href='/science/moved'; }</script>", answer=None, body=ALIVETEXT),
    js("fresh-js-frame", "alive", "ok", "<script>if (top != self) top.location = '/science/moved';</script>", answer=None, body=ALIVETEXT),
    js("fresh-js-compare", "alive", "ok", "<script>if (location.href == '/science/moved') alert(1);</script>", answer=None, body="<p>Offices of the region</p>"),
    js("fresh-js-string", "alive", "ok", "<script>var t = \"location.href='/science/moved'\"; console.log(t);</script>", answer=None, body="<h1>How to</h1><p>Use this.</p>"),
    js("fresh-js-pre", "alive", "ok", "", answer=None, body="<h1>How to redirect</h1><pre>&lt;script&gt;location.href='/science/moved'&lt;/script&gt;</pre>"),
    js("fresh-refresh-comment", "alive", "ok", "<!-- <meta http-equiv=refresh content='0;url=/science/moved'> -->", answer=None, body=ALIVETEXT),
    js("fresh-refresh-noscript", "alive", "ok", "<noscript><meta http-equiv=refresh content='0;url=/science/moved'></noscript>", answer=None, body=ALIVETEXT),
    js("fresh-refresh-quoted", "alive", "ok-elsewhere", "<meta http-equiv='Refresh' content=\"0; URL='/science/moved'\">"),
    js("fresh-refresh-self", "alive", "ok", "<meta http-equiv='Refresh' content='300'>", answer=None, body=ALIVETEXT),
    every("fresh-echo-title", "broken", "same-as-random",f("{name} - Example portal","<p>Everything you want to know about it, in one place.</p>"),path=W),
    every("fresh-echo-searched", "broken", "same-as-random",f("You searched for {name}","<h1>You searched for {name}</h1><p>Nothing here matched those words. Please try again.</p>"),path=W),
    every("fresh-echo-path", "broken", "same-as-random",f("Welcome","<h1>Welcome to our shop</h1><p>The address /science/{name} is a good start for shopping with us today.</p>"),path=W),
    every("fresh-echo-sorry", "broken", "same-as-random",f("Example","<p>Sorry, no results for “{name}”. Have a look at our offers of the week.</p>"),path=W),
    every("fresh-echo-word", "broken", "same-as-random",f("{name} | Example","<h1>{name}</h1><p>Welcome! Search our offers for {name} and find the best prices of today.</p>"),path="/go/delta"),
    every("fresh-echo-asked", "alive", "ok",f("Search","<h1>Search results for {name}</h1><p>Welcome to the search. There is one result for {name}.</p>"),path="/search/delta"),
    pg("fresh-echo-own", "alive", "ok",f("Report 2014-07 of the delta","<h1>Report</h1><p>Welcome to the report 2014-07 of the delta office, in three parts.</p>"),path="/science/2014-07"),
    every("fresh-weak-any", "broken", "says-not-found",f("404 | Example",f"<h1>404</h1><p>{P*3}</p>"),path=W),
    pg("fresh-weak-query", "uncertain", "says-not-found",f("404 | Example",f"<h1>404</h1><p>{P*3}</p>"),path="/item?id=5"),
    pg("fresh-weak-mid", "uncertain", "says-not-found",f("Not found","<h1>Not found</h1><p>"+P*2+"</p>"),path=W),
    pg("fresh-m1", "alive", "ok",f("Broken Links and 404 Errors","<h1>Broken Links and 404 Errors</h1><p>When a reader follows a link and the page is gone, servers answer 404.</p>"),path="/help/broken-links-and-404-errors"),
    pg("fresh-m2", "alive", "ok",f("HTTP 404","<h1>HTTP 404</h1><p>In computer network communications, the HTTP 404 error message is a standard response code. "+Q * 5+"</p>"),path="/wiki/HTTP_404"),
    pg("fresh-m3", "alive", "ok",f("Room 404 - Hotel","<h1>Room 404</h1><p>A room with a view of the sea and two beds.</p>"),path="/rooms/404"),
    pg("fresh-m4", "alive", "ok",f("404 Media","<h1>404 Media</h1><p>404 Media is a publication founded by journalists. "+Q * 2+"</p>"),path="/about"),
    pg("fresh-m5", "alive", "ok",f("Missing","<h1>Missing</h1><p>Missing is a film of 1982. "+Q * 2+"</p>"),path="/films/missing"),
    pg("fresh-m6", "alive", "ok",f("Not Found (album)","<h1>Not Found (album)</h1><p>Not Found is an album. "+Q * 2+"</p>"),path="/wiki/Not_Found_(album)"),
    pg("fresh-m7", "broken", "says-not-found",f("404","<h1>404</h1><p>Sorry, you seem to be lost. "+Q * 4+"</p><p>The page you requested could not be found.</p>"),path="/item/77"),
    pg("fresh-m8", "broken", "says-not-found",f("Page not found","<h1>Page not found</h1><p>Use the search.</p>"),path="/404.html"),
    pg("fresh-m9", "alive", "ok",f("Seite nicht gefunden: Gedichte","<h1>Seite nicht gefunden: Gedichte</h1><p>Ein Band mit Gedichten. "+Q * 4+"</p>"),path="/buch/seite-nicht-gefunden"),
    pg("fresh-m10", "uncertain", "challenge","<html><head><title>Access denied</title></head><body><p>You do not have access to this page.</p><script>setTimeout(function(){location='/home404'},2000)</script></body></html>",path=W),
    ln("fresh-m11", "broken", "redirect-to-http-404",(W,Answer("<html><head><title>Redirecting...</title><script>location.replace('/gone')</script></head><body>Redirecting</body></html>"))),
    ln("fresh-m12", "broken", "redirect-to-http-404",(W,Answer("<html><head><title>You are being redirected...</title><script>location.replace('/gone')</script></head><body></body></html>"))),
    ln("fresh-m13", "alive", "ok-elsewhere",("/docs/",to("/docs/index.html")),("/docs/index.html",A)),
    ln("fresh-m14", "alive", "moved",("/docs/delta.html",to("/docs/delta/","301 M")),("/docs/delta/",A)),
    ln("fresh-m15", "alive", "moved",("/docs/index.php?p=delta",to("/docs/","301 M")),("/docs/",Answer(f("Delta docs",f"<h1>Delta</h1><p>{P}</p>")))),
    pg("fresh-m16", "alive", "ok",f("Sign in to the treaty: history","<h1>Who may sign in the hall</h1><p>"+Q * 2+"</p>"),path="/history/who-may-sign"),
    every("fresh-m17", "alive", "ok-unsure","<!doctype html><html><head><title>{name}</title></head><body><div id=root></div><script src=/m.js></script></body></html>",path=W),
    pg("fresh-m18", "alive", "ok",f("Offices","<h1>Offices</h1><p>Berlin, Paris, Rome.</p>"),path="/"),
    pg("fresh-m19", "alive", "ok",f("Search tips for the archive 2014","<h1>Search tips for the archive</h1><p>Welcome to the archive. Use quotes to search for words in order.</p>"),path="/help/search-tips"),
    pg("fresh-m20", "uncertain", "site-paused",f("Service unavailable","<h1>Temporarily unavailable</h1><p>The page you requested is not available. We are carrying out maintenance; please try again later.</p>"),path=W),
]  # fmt: skip
