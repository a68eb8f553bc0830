"""Behaviours of TLS: certificates, versions, broken handshakes."""

from __future__ import annotations

from behaviours.case import HEAD, PAGE, WHOLE, Act, Case


def _alive(name: str, host: str, port: str = "https", path: str = "/page") -> Case:
    url = f"https://{host}:{{{port}}}{path}"
    return Case(name=f"tls-{name}", outcome="ok", reason="ok", plain="alive", url=url)


def _bad(
    name: str,
    reason: str,
    *,
    plain: str = "broken",
    port: str = "https",
    host: str = "",
    outcome: str = "tls",
) -> Case:
    url = f"https://{host or name + '.site.test'}:{{{port}}}/page"
    return Case(name=f"tls-{name}", outcome=outcome, reason=reason, plain=plain, url=url)


CASES = (
    _alive("good", "site.test"),
    _alive("good-wildcard", "www.site.test"),
    _alive("trailing-dot", "www.site.test."),
    _alive("address", "127.0.0.1"),
    _alive("middle-sent", "in-chain.site.test"),
    _alive("version-1.2", "v12.site.test", "tls12"),
    _alive("version-1.3", "v13.site.test", "tls13"),
    _alive("certificate-asked", "asked.site.test", "asking"),
    _alive("certificate-asked-1.2", "asked12.site.test", "asking12"),
    _alive("no-close-notify", "site.test", path="/cut-off"),
    _alive("no-close-notify-length", "site.test", path="/cut-off-length"),
    _bad("expired", "tls-expired"),
    _bad("not-yet", "tls-not-yet-valid"),
    _bad("self-signed", "tls-self-signed"),
    _bad("wrong-host", "tls-wrong-host"),
    _bad("wildcard-too-deep", "tls-wrong-host", host="a.b.site.test"),
    _bad("name-only", "tls-wrong-host"),
    _bad("address-not-named", "tls-wrong-host", host="127.0.0.2"),
    _bad("untrusted", "tls-untrusted"),
    _bad("stranger-in-chain", "tls-untrusted"),
    _bad("no-middle", "tls-untrusted"),
    _bad("constrained", "tls-untrusted"),
    _bad("repairable", "tls-incomplete", plain="uncertain", outcome="unsure"),
    _bad("below-a-middle", "tls-incomplete-chain", plain="uncertain", outcome="unsure"),
    _bad("below-a-named-middle", "tls-incomplete-chain", plain="uncertain", outcome="unsure"),
    _bad("logged", "tls-incomplete-chain", plain="uncertain", outcome="unsure"),
    _bad("below-a-root", "tls-untrusted"),
    _bad("old-version-1.0", "tls-version", port="tls10"),
    _bad("old-version-1.1", "tls-version", port="tls11"),
    _bad("no-cipher", "tls-closed", port="nocipher"),
    _bad("plain-http", "tls-plain-http", port="plain"),
    _bad("unknown-name", "tls-closed"),
    _bad("garbage", "tls-protocol", port="garbage"),
    _bad("closed", "tls-closed", port="closing"),
    _bad("reset", "tls-reset", port="resetting", outcome="transient"),
    _bad("hang", "tls-timeout", port="hanging", outcome="transient"),
    _bad(
        "certificate-required",
        "tls-client-certificate",
        port="requiring",
        plain="uncertain",
        outcome="blocked",
    ),
    _bad(
        "certificate-required-1.2",
        "tls-client-certificate",
        port="requiring12",
        host="required12.site.test",
        plain="uncertain",
        outcome="blocked",
    ),
    Case(
        name="tls-http-2-only",
        url="https://site.test:{https}/http-2-only",
        outcome="unsure",
        reason="http2-only",
        plain="uncertain",
    ),
    Case(
        name="tls-spoken-to-plainly",
        url="http://site.test:{https}/",
        outcome="transient",
        reason="empty",
        plain="broken",
    ),
)
_LENGTH = b"Content-Length: %d\r\n\r\n" % len(PAGE)
PAGES = {
    "/page": ((WHOLE,),),
    "/http-2-only": ((b"\0\0\6\4\0\0\0\0\0\0\3\0\0\0\x64", Act.CLOSE),),
    "/cut-off": ((HEAD + b"\r\n" + PAGE, 0.05, Act.CUT),),
    "/cut-off-length": ((HEAD + _LENGTH + PAGE, 0.05, Act.CUT),),
}
