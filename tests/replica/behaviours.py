"""How the cited hosts behave, one function a behaviour; `links.py` names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from replica import pictures
from replica.answer import Answer, Received, Then, chunked, delayed, gzipped, head, redirect, reply
from replica.outside_pages import article, bare, login, parking


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What behaviours depend on beyond the request: seconds, and how often this URL was asked."""

    slow_seconds: float
    asked_before: int = 0


Behaviour = Callable[[Received, Setting], Answer]


def page(request: Received, _: Setting) -> Answer:
    return reply(200, article(request.host, request.target))


def page_about_404(request: Received, _: Setting) -> Answer:
    title = "Why pages vanish: on 404 errors"
    return reply(200, article(request.host, request.target, title, paragraphs=12))


def pdf(request: Received, _: Setting) -> Answer:
    raw = pictures.pdf("Coastal Trade", ["A report that was never written.", request.target])
    return reply(200, raw, content_type="application/pdf")


def image(_: Received, __: Setting) -> Answer:
    return reply(200, pictures.photograph(11), content_type="image/png")


def compressed(request: Received, _: Setting) -> Answer:
    return gzipped(200, article(request.host, request.target))


def in_chunks(request: Received, _: Setting) -> Answer:
    return chunked(200, article(request.host, request.target))


def slow(request: Received, setting: Setting) -> Answer:
    return delayed(page(request, setting), setting.slow_seconds)


def head_refused(request: Received, setting: Setting) -> Answer:
    if request.method == "HEAD":
        return reply(405, headers=[("Allow", "GET")])
    return page(request, setting)


def cookie_wall(request: Received, setting: Setting) -> Answer:
    if "visit=1" in (request.header("Cookie") or ""):
        return page(request, setting)
    fields = [("Location", request.target), ("Set-Cookie", "visit=1; Path=/")]
    return reply(302, headers=fields)


def status(code: int, title: str, text: str, *fields: tuple[str, str]) -> Behaviour:
    """Return a behaviour that answers `code` with a small page of its own words."""

    def answer(_: Received, __: Setting) -> Answer:
        return reply(code, bare(title, text), headers=fields)

    return answer


def moved(code: int, location: str) -> Behaviour:
    """Return a redirect; `{path}` and `{host}` in the location are those of the request."""

    def answer(request: Received, _: Setting) -> Answer:
        return redirect(code, location.format(path=request.target, host=request.host))

    return answer


def login_redirect(request: Received, _: Setting) -> Answer:
    return redirect(302, f"/signin?next={quote(request.target, safe='')}")


def signin(request: Received, _: Setting) -> Answer:
    return reply(200, login(request.host))


def parked(request: Received, _: Setting) -> Answer:
    name = request.query.partition("domain=")[2] or request.host.removeprefix("www.")
    return reply(200, parking(name))


def endless(request: Received, _: Setting) -> Answer:
    number = request.path.rpartition("/")[2]
    return redirect(302, f"/hop/{int(number) + 1 if number.isdigit() else 0}")


def wakes_up(request: Received, setting: Setting) -> Answer:
    if setting.asked_before == 0:
        return _BUSY(request, setting)
    return page(request, setting)


def refresh(target: str) -> Behaviour:
    """Return a page that is nothing but a meta refresh."""

    def answer(_: Received, __: Setting) -> Answer:
        tag = f'<meta http-equiv="refresh" content="0; url={target}">'
        return reply(200, f"<html><head><title>Moved</title>{tag}</head><body></body></html>")

    return answer


def cut(request: Received, _: Setting) -> Answer:
    whole = reply(200, article(request.host, request.target))
    return replace(whole, wire=whole.wire[: len(whole.wire) // 2], then=Then.CLOSE)


def drip(_: Received, __: Setting) -> Answer:
    fields = [("Content-Type", "text/html"), ("Content-Length", "100000")]
    return Answer(head=head(200, fields), wire=b"." * 100_000, drip=0.2)


def ending(then: Then) -> Behaviour:
    """Return a behaviour that sends no byte."""
    return lambda _, __: Answer(then=then)


_BUSY = status(
    503,
    "Service Unavailable",
    "The server is temporarily unable to service your request.",
    ("Retry-After", "1"),
)
_CHALLENGE = status(
    403,
    "Just a moment...",
    "Checking your browser before accessing this site. Enable JavaScript and cookies to continue.",
    ("cf-mitigated", "challenge"),
)

BEHAVIOURS: dict[str, Behaviour] = {
    "page": page,
    "page-about-404": page_about_404,
    "pdf": pdf,
    "image": image,
    "gzip": compressed,
    "chunked": in_chunks,
    "slow": slow,
    "head-refused": head_refused,
    "cookie-wall": cookie_wall,
    "found-302": moved(302, "/current/2016/10{path}"),
    "found-within": moved(302, "/current{path}"),
    "moved-within": moved(301, "http://{host}/current{path}"),
    "moved-host": moved(301, "http://notes.diplomacy.example/"),
    "moved-301": moved(301, "http://www.new-agency.example/current{path}"),
    "moved-308": moved(308, "http://www.ministry-portal.example/current/decree/9"),
    "moved-https": moved(301, "https://plain.ministry-portal.example/current{path}"),
    "moved-archive": moved(301, "http://2009-2017.state.gov{path}"),
    "moved-to-404": moved(301, "http://www.new-agency.example/en/jobs"),
    "gone-404": status(404, "404 Not Found", "The requested URL was not found on this server."),
    "gone-410": status(410, "410 Gone", "This page was removed and will not return."),
    "soft-english": status(
        200, "Page not found", "Sorry, the page you are looking for could not be found."
    ),
    "soft-spanish": status(
        200, "Página no encontrada", "Lo sentimos, la página que busca no existe."
    ),
    "soft-french": status(
        200, "Page introuvable", "Désolé, la page demandée n\u2019existe pas ou n\u2019existe plus."
    ),
    "to-root": moved(302, "http://{host}/"),
    "to-error-page": moved(302, "/error/404.html"),
    "parked": parked,
    "parked-moved": moved(302, "http://www.domain-market.example/landing?domain={host}"),
    "bot-wall": _CHALLENGE,
    "captcha-200": status(
        200,
        "Attention Required!",
        "Please complete the security check. Verify you are human by completing the CAPTCHA below."
        '<div class="g-recaptcha" data-sitekey="none"></div>',
    ),
    "too-many-429": status(429, "Too Many Requests", "Slow down.", ("Retry-After", "1")),
    "unauthorized-401": status(
        401, "Unauthorized", "Staff only.", ("WWW-Authenticate", 'Basic realm="staff"')
    ),
    "login-redirect": login_redirect,
    "signin": signin,
    "legal-451": status(451, "Unavailable For Legal Reasons", "By order of a court."),
    "difficulties": status(
        200,
        "Technical Difficulties",
        "We are experiencing technical difficulties. Please try again later.",
    ),
    "error-500": status(500, "Internal Server Error", "The server met an error."),
    "busy-503": _BUSY,
    "hangs": ending(Then.HANG),
    "reset": ending(Then.RESET),
    "closed": ending(Then.CLOSE),
    "refused": ending(Then.CLOSE),  # never asked: nothing listens at its port
    "cut": cut,
    "loop": moved(302, "{path}"),
    "endless": endless,
    "wakes-up": wakes_up,
    "drip": drip,
    "to-private": moved(302, "http://files.inside-office.example/"),
    "meta-refresh": refresh("/current/new"),
    "meta-refresh-404": refresh("/nowhere"),
}
