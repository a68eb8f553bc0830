"""Links that mail software and archives wrap around a link: unwrapped without the network."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, unquote

MAX_DEPTH = 5

# Both patterns begin with letters as they are, so that the search for them is fast.
_MAILBOX = re.compile(r"data(?:(=)[^&#\s\"'<>]+|(%(?:25)*3[Dd])(?:[^&#\s\"'<>%]|%(?!(?:25)*26))+)")
_MASKED_HOSTS = ("safelinks.protection", "lnks.gd", "govdelivery.com")
_SUBSCRIBER = re.compile(r"s(/|%(?:25)*2[Ff])\d{6,}(?=\1)")
MASK = "REDACTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """Where a wrapped link leads.

    `wrappers` names the layers from the outside in; `memento_date` is the date of a
    web.archive.org link, which is a pair of an original and a date (RFC 7089).
    """

    target: str
    wrappers: tuple[str, ...] = ()
    memento_date: datetime | None = None


def unwrap(url: str) -> Unwrapped:
    """Return what `url` leads to, through at most `MAX_DEPTH` layers."""
    wrappers: list[str] = []
    memento_date: datetime | None = None
    while len(wrappers) < MAX_DEPTH:
        layer = _layer(url)
        if layer is None:
            break
        name, url, date = layer
        wrappers.append(name)
        memento_date = memento_date or date
    return Unwrapped(target=url, wrappers=tuple(wrappers), memento_date=memento_date)


def mask_personal(text: str) -> str:
    """Return `text` without the mailboxes and subscriber numbers that wrapped links carry.

    Outlook's `data=` and `sdata=` hold a mailbox in the clear, GovDelivery's path a subscriber.
    """
    if not ("=" in text or "%" in text or "s/" in text):  # what both patterns need, soon looked for
        return text
    return _masked(text) if any(map(text.__contains__, _MASKED_HOSTS)) else text


@lru_cache(maxsize=256)  # a link's address is written three times, long as it is
def _masked(text: str) -> str:
    text = _MAILBOX.sub(lambda found: f"data{found[1] or found[2]}{MASK}", text)
    return _SUBSCRIBER.sub(rf"s\1{MASK}", text)


Layer = tuple[str, str, datetime | None]


def _layer(url: str) -> Layer | None:
    if not any(map(url.__contains__, _HOST_PARTS)) and not any(
        map(url.lower().__contains__, _HOST_PARTS)
    ):
        return None
    for name, pattern, open_layer in _WRAPPERS:
        found = pattern.match(url)
        if found:
            inner = open_layer(found)
            return (name, inner[0], inner[1]) if inner else None
    return None


Inner = tuple[str, datetime | None] | None


def _from_query(*keys: str) -> Callable[[re.Match[str]], Inner]:
    def open_layer(found: re.Match[str]) -> Inner:
        values = parse_qs(found[1].partition("#")[0], errors="replace")
        return _absolute(next((values[k][0] for k in keys if k in values), ""))

    return open_layer


def _absolute(text: str) -> Inner:
    text = text.strip()
    if text[:4].lower() == "www.":
        text = f"http://{text}"
    return (text, None) if re.match(r"(?i)https?:[/\\]{1,2}[^/\\]", text) else None


def _from_path(found: re.Match[str]) -> Inner:
    return _absolute(unquote(found[1]))


def _from_token(found: re.Match[str]) -> Inner:
    """Return the `url` of a JSON Web Token's claims (RFC 7519); its signature is not checked."""
    claims = found[1] + "=" * (-len(found[1]) % 4)
    try:
        url = json.loads(base64.urlsafe_b64decode(claims)).get("url", "")
        url.encode()  # JSON may escape half a surrogate pair, which no file could hold
    except (ValueError, binascii.Error, AttributeError):
        return None
    return _absolute(url)


def _from_memento(found: re.Match[str]) -> Inner:
    original = found[2]
    if not re.match(r"(?i)https?:", original):
        original = f"http://{original}"
    original = re.sub(r"(?i)^(https?:)/+", r"\1//", original)
    return original, _memento_date(found[1])


def _memento_date(timestamp: str) -> datetime | None:
    """Return the date of a timestamp of 4 to 14 digits; a missing month or day is the first."""
    padded = timestamp[:14] + "00000101000000"[len(timestamp) :]
    try:
        return datetime.strptime(padded, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _from_defense_2(found: re.Match[str]) -> Inner:
    """Return the URL of Proofpoint's second format: "-" stands for "%", "_" for "/"."""
    values = parse_qs(found[1], errors="replace").get("u", [""])
    return _absolute(unquote(values[0].replace("-", "%").replace("_", "/")))


def _from_defense_3(found: re.Match[str]) -> Inner:
    """Return the URL of Proofpoint's third format.

    Each "*" stands for the next byte of the base64 after ";", and "**" with a letter for a run.
    """
    url, encoded = found[1], found[2]
    try:
        replaced = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8")
    except (ValueError, binascii.Error):
        return _absolute(url)
    characters = iter(replaced)

    def put_back(star: re.Match[str]) -> str:
        length = _RUN.index(star[1]) + 2 if star[1] else 1
        return "".join(islice(characters, length))

    return _absolute(re.sub(r"\*(?:\*([A-Za-z0-9_\-]))?", put_back, url))


_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _wrapper(
    name: str, pattern: str, open_layer: Callable[[re.Match[str]], Inner]
) -> tuple[str, re.Pattern[str], Callable[[re.Match[str]], Inner]]:
    return name, re.compile(rf"(?is)https?://{pattern}"), open_layer


_HOST_PARTS = (
    "safelinks.", "lnks.gd", "govdelivery.", ".archive.org/", "urldefense.", "google.",
    "facebook.com/l.php", "cudasvc.", "slack-redir.",
)  # fmt: skip
_WRAPPERS: Sequence[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Inner]]] = (
    _wrapper(
        "safelinks",
        r"[\w.\-]*safelinks\.protection\.(?:outlook\.com|office365\.us)/[^?]*\?(.*)",
        _from_query("url"),
    ),
    _wrapper("lnks.gd", r"(?:www\.)?lnks\.gd/l/[^./?#]+\.([\w\-]+)", _from_token),
    _wrapper("govdelivery", r"links[\w\-]*\.govdelivery\.com(?::\d+)?/CL0/([^/?#]+)", _from_path),
    _wrapper(
        "web.archive.org",
        r"(?:web|wayback|web-beta|www)\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)",
        _from_memento,
    ),
    _wrapper(
        "urldefense", r"urldefense(?:\.proofpoint)?\.com/v3/__(.+?)__;([\w\-]*)", _from_defense_3
    ),
    _wrapper("urldefense", r"urldefense(?:\.proofpoint)?\.com/v2/url\?(.*)", _from_defense_2),
    _wrapper("urldefense", r"urldefense(?:\.proofpoint)?\.com/v1/url\?(.*)", _from_query("u")),
    _wrapper("google", r"(?:www\.)?google\.[a-z.]{2,6}/url\?(.*)", _from_query("q", "url")),
    _wrapper("facebook", r"(?:www|l|lm|m)\.facebook\.com/l\.php\?(.*)", _from_query("u")),
    _wrapper("barracuda", r"linkprotect\.cudasvc\.com/url\?(.*)", _from_query("a")),
    _wrapper("slack", r"slack-redir\.net/link\?(.*)", _from_query("url")),
)
