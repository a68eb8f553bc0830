"""Every reason a verdict can have: its outcome, how sure it is, and the sentence for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What one check of a link comes to. `blocked` and `unsure` never count as broken."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    SOFT_GONE = "soft-gone"
    PARKED = "parked"
    BLOCKED = "blocked"
    UNSURE = "unsure"  # it only looks broken, or the fault may not be the link's
    TRANSIENT = "transient"
    TLS = "tls"
    UNSUPPORTED = "unsupported"
    EXCLUDED = "excluded"


class Confidence(StrEnum):
    """How sure a verdict is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


# What is told from signs, which may mean little, or may be the fault of the moment or our own.
_GUESSED = frozenset({Outcome.SOFT_GONE, Outcome.PARKED, Outcome.TLS, Outcome.TRANSIENT})


def outcome_of(outcome: Outcome, confidence: str) -> Outcome:
    """Return what a reason's outcome counts as: a failure of low confidence is UNSURE."""
    is_weak = outcome in _GUESSED and confidence == Confidence.LOW
    return Outcome.UNSURE if is_weak else outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """A row of the table; `sentence` is a format string over the facts of the case."""

    outcome: Outcome
    confidence: Confidence
    sentence: str


_HIGH, _MEDIUM, _LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW

_OK = {
    "ok": (_HIGH, "The page opens."),
    "ok-elsewhere": (_HIGH, "The link is sent on to another address for now, and that page opens."),
    "ok-cut": (_HIGH, "The file opens; only its beginning was fetched."),
    "ok-damaged": (_LOW, "The page opens, but from some point on it is damaged or missing."),
    "ok-slow": (_MEDIUM, "The file opens, but it came too slowly to be fetched whole."),
    "ok-shortened": (_MEDIUM, "The short address leads to a page that opens."),
    "ok-other-site": (_LOW, "The link leads to another site, {final_host}, and that page opens."),
    "ok-empty": (_LOW, "The server answers, but with an empty page."),
    "ok-no-content": (_LOW, "The server answers that it has nothing to show (status {status})."),
    "ok-unsure": (_LOW, "The page opens; whether it shows what was cited is not certain."),
    "ok-archived-error": (_MEDIUM, "An archive shows its copy of a page that was an error then."),
}
_MOVED = {
    "moved": (_HIGH, "The page has moved for good, to {final_url}."),
    "moved-to-https": (
        _HIGH,
        "The page has moved for good, to the secure address of the same site.",
    ),
    "moved-slightly": (_HIGH, "The page has moved for good, to a slightly different address."),
    "moved-other-site": (_LOW, "The link has moved for good to another site, {final_host}."),
}
_GONE = {
    "http-404": (_HIGH, "The server says that there is no such page (404)."),
    "http-410": (_HIGH, "The server says that the page was removed for good (410)."),
    "dns-nxdomain": (_HIGH, "The site's name, {host}, does not exist any more (asked twice)."),
    "dns-nxdomain-alias": (
        _HIGH,
        "The site's name, {host}, is an alias of one that does not exist any more (asked twice).",
    ),
    "redirect-to-http-404": (_HIGH, "The link is sent on to a page that does not exist (404)."),
    "redirect-to-http-410": (_HIGH, "The link is sent on to a page that was removed (410)."),
    "redirect-to-nxdomain": (_HIGH, "The link is sent on to {host}, a name that does not exist."),
}
_SOFT_GONE = {
    "says-not-found": (_HIGH, "The page opens but says that nothing is there: “{words}”."),
    "says-moved": (_LOW, "The page opens but says that it has moved: “{words}”."),
    "text-says-not-found": (_MEDIUM, "The page opens but its text reads “{words}”."),
    "redirect-to-root": (
        _MEDIUM,
        "The link is sent to the site's front page, not to what was cited.",
    ),
    "redirect-to-other-root": (
        _MEDIUM,
        "The link is sent to the front page of another site, {final_host}.",
    ),
    "redirect-to-error-page": (_HIGH, "The link is sent to the site's “not found” page."),
    "same-as-random": (
        _MEDIUM,
        "The page opens, but the site shows the same for an address that was made up.",
    ),
    "redirect-to-any": (
        _MEDIUM,
        "The link is sent to {final_url}, and so is an address that was made up.",
    ),
    "redirect-to-section": (
        _LOW,
        "The link is sent to {final_url}, which is no page of its own; it may list what was cited.",
    ),
    "site-abandoned": (_MEDIUM, "The address answers, but says that the site is no longer there."),
    "default-page": (
        _MEDIUM,
        "The server shows the page of a new installation, with no site on it.",
    ),
}
_PARKED = {
    "parked-by-name-server": (
        _MEDIUM,
        "The page says little, and {server}, where names are parked, looks after the site's name.",
    ),
    "parked-by-address": (
        _MEDIUM,
        "The page says little, and its address, {address}, is that of a service for parked names.",
    ),
    "parked": (_HIGH, "The site's name is parked or for sale; what was cited is not there."),
    "redirect-to-parking": (_HIGH, "The link is sent to {final_host}, where site names are sold."),
}
_BLOCKED = {
    "http-401": (_HIGH, "The page asks for a login (401); whether it is there cannot be seen."),
    "http-402": (_MEDIUM, "The page asks for a payment (402); whether it is there cannot be seen."),
    "http-403": (_HIGH, "The server refuses to show the page to us (403); readers may see it."),
    "http-405": (_MEDIUM, "The server refuses this way of asking (405)."),
    "http-406": (_MEDIUM, "The server refuses to answer a program like ours (406)."),
    "http-407": (_HIGH, "A proxy asks for a login (407)."),
    "http-412": (_MEDIUM, "The server refuses to answer a program like ours (412)."),
    "http-418": (_LOW, "The server refuses to answer a program like ours (418)."),
    "http-420": (_MEDIUM, "The server says that we ask too often (420)."),
    "http-428": (_MEDIUM, "The server refuses to answer a program like ours (428)."),
    "http-429": (_HIGH, "The server says that we ask too often (429); the page could not be seen."),
    "http-430": (_MEDIUM, "The server takes us for a danger or asks us to slow down (430)."),
    "http-440": (_MEDIUM, "The page asks for a new login (440)."),
    "http-449": (_LOW, "The server wants more from us before it answers (449)."),
    "http-450": (_LOW, "A filter for families withholds the page (450)."),
    "http-451": (_HIGH, "The page is withheld for legal reasons (451)."),
    "http-498": (_LOW, "The server wants a token that we do not have (498)."),
    "http-999": (_HIGH, "The site turns programs away (999); readers may see the page."),
    "challenge": (_HIGH, "A robot check ({name}) stands before the page; readers may see it."),
    "withheld": (
        _MEDIUM,
        "A state or a network says that it blocks the site; readers elsewhere may see the page.",
    ),
    "technical-difficulties": (
        _HIGH,
        "The site shows its “Technical Difficulties” page, as it does to programs.",
    ),
    "tls-client-certificate": (
        _HIGH,
        "The site opens only to visitors with a certificate of their own.",
    ),
    "login": (_MEDIUM, "The site asks for a login before it shows the page."),
    "age-gate": (_MEDIUM, "The site asks for its reader's age before it shows the page."),
    "consent": (_MEDIUM, "The site asks for consent before it shows the page."),
    "host-throttled": (
        _HIGH,
        "Not asked: {host} had told us {links} times in a row to ask less often.",
    ),
    "not-judged": (_LOW, "A fault of Muniment's own keeps the link from being judged: {error}."),
    "archive-withheld": (_HIGH, "The web archive withholds this page."),
}
_TRANSIENT = {
    "dns-nxdomain-once": (_LOW, "The site's name, {host}, was not found; it was asked only once."),
    "dns-servfail": (_MEDIUM, "The name servers of {host} fail to answer."),
    "dns-refused": (_MEDIUM, "The name servers of {host} refuse to answer."),
    "dns-cname-loop": (_MEDIUM, "The name {host} is an alias that leads round in a circle."),
    "dns-malformed": (_MEDIUM, "What the name servers of {host} answer cannot be read."),
    "dns-truncated": (_MEDIUM, "The name servers of {host} give only a part of their answer."),
    "dns-unreachable": (_LOW, "There was no name server that could be asked for {host}."),
    "dns-timeout": (_MEDIUM, "The name servers of {host} did not answer in time."),
    "dns-no-address": (_MEDIUM, "The name {host} exists but has no address."),
    "connect-refused": (_MEDIUM, "The server refuses the connection."),
    "connect-timeout": (_MEDIUM, "The server did not answer in time."),
    "connect-unreachable": (_MEDIUM, "The server cannot be reached."),
    "tls-reset": (_MEDIUM, "The server broke off hard while the connection was being secured."),
    "tls-timeout": (_MEDIUM, "The server did not answer in time while securing the connection."),
    "reset": (_MEDIUM, "The server broke off before it answered."),
    "empty": (_MEDIUM, "The server closed the connection without an answer."),
    "timeout": (_MEDIUM, "The server took the question but did not answer in time."),
    "proxy": (_LOW, "The proxy could not reach the server."),
    "not-http": (_MEDIUM, "Something answers at this address, but it is not a web server."),
    "body-cut": (_MEDIUM, "The server broke off in the middle of the page."),
    "http-no-status": (_LOW, "The server answers without a status that means anything."),
    "http2-only": (_LOW, "The server speaks HTTP/2 only: browsers do so too, we do not."),
    "http-0.9": (
        _LOW,
        "The server sends a page in the way of 1991, which few browsers still take.",
    ),
    "head-cut": (_MEDIUM, "The server broke off at the beginning of its answer."),
    "head-slow": (_MEDIUM, "The server began to answer, but so slowly that no page came."),
    "head-too-long": (_MEDIUM, "The server's answer never gets as far as a page."),
    "body-reset": (_MEDIUM, "The server broke off hard in the middle of the page."),
    "body-silent": (_MEDIUM, "The server answers, but the page itself never comes."),
    "body-slow": (_LOW, "The page came too slowly to be fetched in time."),
    "body-malformed": (_MEDIUM, "The server's answer is damaged in the middle."),
    "body-undecodable": (
        _MEDIUM,
        "The server compresses the page in a way that browsers cannot undo.",
    ),
    "type-mismatch": (_MEDIUM, "The server calls this {declared}, but what it sends is not that."),
    "redirect-loop": (_HIGH, "The link is sent round in a circle and ends nowhere."),
    "redirect-too-many": (_HIGH, "The link is sent on {hops} times and still ends nowhere."),
    "redirect-bad-address": (
        _HIGH,
        "The link is sent on to something that is no address: {location}.",
    ),
    "redirect-unsupported": (_LOW, "The link is sent on to {location}, which is no web page."),
    "redirect-unsafe": (
        _HIGH,
        "The link is sent on to {location}, which no browser opens for a site.",
    ),
    "redirect-no-address": (_HIGH, "The server sends the link on but does not say where to."),
    "redirect-to-error": (_LOW, "The link is sent to a page for errors."),
    "site-paused": (_LOW, "The site says that it is down or has a fault for now."),
    "http-408": (_MEDIUM, "The server says that it waited too long (408)."),
    "http-425": (_LOW, "The server asks to come back later (425)."),
    "http-4xx": (_MEDIUM, "The server refuses the question with status {status}."),
    "http-5xx": (_MEDIUM, "The server reports a fault of its own (status {status})."),
    "http-other": (_LOW, "The server answers with a status that is out of place ({status})."),
    "archive-error": (_LOW, "The web archive could not answer (status {status})."),
    "host-unreachable": (
        _MEDIUM,
        "Not asked: {host} had failed {links} times in a row: {detail}.",
    ),
    "not-checked": (_LOW, "The link was not asked."),
}
_TLS = {
    "tls-expired": (
        _HIGH,
        "The site's certificate has expired; browsers warn before they open it.",
    ),
    "tls-not-yet-valid": (
        _HIGH,
        "The site's certificate is not valid yet; browsers warn before they open it.",
    ),
    "tls-incomplete": (
        _LOW,
        "The site leaves out a part of its certificate; most browsers find it by themselves.",
    ),
    "tls-incomplete-chain": (
        _LOW,
        "The site leaves out a part of its certificate; browsers may know it from other sites.",
    ),
    "tls-self-signed": (
        _HIGH,
        "The site vouches for itself only; browsers warn before they open it.",
    ),
    "tls-wrong-host": (_HIGH, "The site's certificate is for another name; browsers warn."),
    "tls-untrusted": (
        _MEDIUM,
        "The site's certificate comes from nobody we know; browsers may warn.",
    ),
    "tls-weak": (_LOW, "The site's certificate is weaker than is safe today; browsers may warn."),
    "tls-version": (
        _MEDIUM,
        "The site speaks only old versions of TLS, which browsers do not speak any more.",
    ),
    "tls-cipher": (
        _MEDIUM,
        "The site and browsers of today have no way of encrypting in common.",
    ),
    "tls-unrecognized-name": (_MEDIUM, "The server says that it has no secure site {host}."),
    "tls-no-application-protocol": (
        _LOW,
        "The server does not speak the version of HTTP that we speak; browsers may do better.",
    ),
    "tls-plain-http": (
        _MEDIUM,
        "The server answers without encryption where a secure connection is asked for.",
    ),
    "tls-closed": (_MEDIUM, "The server closed the connection while it was being secured."),
    "tls-protocol": (_MEDIUM, "No secure connection to the site can be made."),
}
_UNSUPPORTED = {
    "url-empty": (_HIGH, "The link is empty."),
    "url-relative": (_HIGH, "The link is not a whole web address."),
    "url-scheme": (_HIGH, "The link is not to a web page but of another kind (as mail or a file)."),
    "url-malformed": (_HIGH, "The link is not a well-formed web address."),
    "url-long": (_HIGH, "The link is too long to be a web address."),
}
_EXCLUDED = {
    "address-refused": (
        _HIGH,
        "The link is to a private or internal address, which is never asked.",
    ),
    "redirect-to-refused": (_HIGH, "The link is sent on to a private or internal address."),
}

REASONS: dict[str, Reason] = {
    code: Reason(outcome, confidence, sentence)
    for outcome, table in (
        (Outcome.OK, _OK),
        (Outcome.MOVED, _MOVED),
        (Outcome.GONE, _GONE),
        (Outcome.SOFT_GONE, _SOFT_GONE),
        (Outcome.PARKED, _PARKED),
        (Outcome.BLOCKED, _BLOCKED),
        (Outcome.TRANSIENT, _TRANSIENT),
        (Outcome.TLS, _TLS),
        (Outcome.UNSUPPORTED, _UNSUPPORTED),
        (Outcome.EXCLUDED, _EXCLUDED),
    )
    for code, (confidence, sentence) in table.items()
}
