"""Behaviours of connecting: before any byte of HTTP."""

from __future__ import annotations

from behaviours.case import WHOLE, Case


def _case(name: str, outcome: str, reason: str, plain: str, url: str) -> Case:
    return Case(name=f"connect-{name}", outcome=outcome, reason=reason, plain=plain, url=url)


CASES = (
    _case("refused", "transient", "connect-refused", "broken", "http://a.site.test:{closed}/"),
    _case("full", "transient", "connect-timeout", "broken", "http://b.site.test:{full}/"),
    _case(
        "no-route", "transient", "connect-unreachable", "broken", "http://127.255.255.255:{http}/"
    ),
    _case("wakes-up", "ok", "ok", "alive", "http://c.site.test:{waking}/page"),
    _case("other-port", "ok", "ok", "alive", "http://site.test:{other}/page"),
    _case("port-0", "unsupported", "url-malformed", "invalid", "http://site.test:0/"),
    _case("port-too-big", "unsupported", "url-malformed", "invalid", "http://site.test:65536/"),
    _case("port-no-number", "unsupported", "url-malformed", "invalid", "http://site.test:http/"),
)
PAGES = {"/page": ((WHOLE,),)}
