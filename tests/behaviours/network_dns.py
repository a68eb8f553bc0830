"""Behaviours of the name system, and addresses that must not be asked."""

from __future__ import annotations

import dns.rcode

from behaviours.case import WHOLE, Case
from behaviours.scripted_dns import Entry

SILENT = Entry(drops=99)
_HERE = ("127.0.0.1",)
_LOOP = {"ring-a.test": Entry(cname="ring-b.test"), "ring-b.test": Entry(cname="ring-a.test")}
_LONG_NAME = ".".join(["label"] * 40) + ".test"

ZONE: dict[str, Entry] = {
    "servfail.test": Entry(rcode=dns.rcode.SERVFAIL),
    "refused.test": Entry(rcode=dns.rcode.REFUSED),
    "notimp.test": Entry(rcode=dns.rcode.NOTIMP),
    "silent.test": SILENT,
    "garbage.test": Entry(garbage=b"\x00\xff\xff"),
    "no-address.test": Entry(),
    "alias-to-nowhere.test": Entry(cname="nowhere.test"),
    "alias-without-address.test": Entry(cname="no-address.test"),
    "alias.test": Entry(cname="alias-2.test"),
    "alias-2.test": Entry(cname="alias-3.test"),
    "alias-3.test": Entry(cname="www.site.test"),
    **_LOOP,
    "slow-name.test": Entry(a=_HERE, delay=0.15),
    "lost-question.test": Entry(a=_HERE, drops=1),
    "servfail-once.test": Entry(a=_HERE, first=Entry(rcode=dns.rcode.SERVFAIL)),
    "nxdomain-once.test": Entry(a=_HERE, first=Entry(rcode=dns.rcode.NXDOMAIN)),
    "long-answer.test": Entry(a=_HERE, is_long=True),
    "cut-short.test": Entry(a=_HERE, is_long=True, is_cut=True),
    "other-question.test": Entry(a=_HERE, is_other=True),
    "told-alias-to-nowhere.test": Entry(cname="nowhere.test", is_followed=False),
    "told-ring.test": Entry(cname="told-ring-2.test", is_followed=False),
    "told-ring-2.test": Entry(cname="told-ring.test", is_followed=False),
    "told-alias.test": Entry(cname="www.site.test", is_followed=False),
    "no-ipv6-server.test": Entry(a=_HERE, rcode6=dns.rcode.SERVFAIL),
    "ipv6-silent.test": Entry(a=_HERE, delay6=9.0),
    "ipv6-only.test": Entry(aaaa=("::1",)),
    "ipv6-first-dead.test": Entry(a=_HERE, aaaa=("::1",)),
    "first-dead.test": Entry(a=("127.0.0.9", "127.0.0.1")),
    "three-dead.test": Entry(a=("127.0.0.9", "127.0.0.8", "127.0.0.7", "127.0.0.1")),
    "first-silent.test": Entry(a=("127.0.0.5", "127.0.0.1")),
    "private-among.test": Entry(a=("10.0.0.1", "127.0.0.1")),
    "metadata-among.test": Entry(a=("127.0.0.1", "169.254.169.254")),
    "rebinding.test": Entry(a=("10.0.0.1",), first=Entry(a=_HERE, ttl=0)),
    "under_score.test": Entry(a=_HERE),
    "xn--bcher-kva.test": Entry(a=_HERE),
    _LONG_NAME: Entry(a=_HERE),
    "-dash.test": Entry(a=_HERE),
    "wide.test": Entry(a=_HERE),
}

_REFUSED_4 = {
    "private-10": "10.0.0.1",
    "private-172": "172.16.5.5",
    "private-192": "192.168.1.1",
    "metadata": "169.254.169.254",
    "link-local": "169.254.1.1",
    "carrier": "100.64.0.1",
    "unspecified": "0.0.0.0",
    "multicast": "224.0.0.1",
    "broadcast": "255.255.255.255",
    "reserved": "240.0.0.1",
    "documentation": "192.0.2.1",
    "loopback-not-allowed": "127.66.0.1",
}
_REFUSED_6 = {
    "mapped": "::ffff:10.0.0.1",
    "translated": "64:ff9b::a00:1",
    "six-to-four": "2002:a00:1::",
    "unique-local": "fd00::1",
    "link-local-6": "fe80::1",
    "multicast-6": "ff02::1",
    "loopback-6": "::1",
    "unspecified-6": "::",
}
ZONE |= {f"{name}.bad.test": Entry(a=(address,)) for name, address in _REFUSED_4.items()}
ZONE |= {f"{name}.bad.test": Entry(aaaa=(address,)) for name, address in _REFUSED_6.items()}


def _named(name: str, outcome: str, reason: str, plain: str, host: str = "") -> Case:
    url = f"http://{host or name + '.test'}:{{http}}/page"
    return Case(name=f"dns-{name}", outcome=outcome, reason=reason, plain=plain, url=url)


def _broken(name: str, reason: str, outcome: str = "transient", host: str = "") -> Case:
    return _named(name, outcome, reason, "broken", host)


def _alive(name: str, host: str = "") -> Case:
    return _named(name, "ok", "ok", "alive", host)


def _refused(name: str, host: str) -> Case:
    return _named(name, "excluded", "address-refused", "skipped", host)


def _invalid(name: str, host: str) -> Case:
    return _named(name, "unsupported", "url-malformed", "invalid", host)


CASES = (
    _broken("nxdomain", "dns-nxdomain", "gone"),
    _broken("servfail", "dns-servfail"),
    _broken("refused", "dns-refused"),
    _broken("notimp", "dns-servfail"),
    _broken("silent", "dns-timeout"),
    _broken("garbage", "dns-malformed"),
    _broken("other-question", "dns-malformed"),
    _broken("cut-short", "dns-truncated"),
    _broken("no-address", "dns-no-address"),
    _broken("alias-to-nowhere", "dns-nxdomain-alias", "gone"),
    _broken("told-alias-to-nowhere", "dns-nxdomain-alias", "gone"),
    _broken("told-ring", "dns-cname-loop"),
    _alive("told-alias"),
    _broken("alias-without-address", "dns-no-address"),
    _broken("alias-loop", "dns-cname-loop", host="ring-a.test"),
    _broken("bad-punycode", "dns-nxdomain", "gone", "xn--a.test"),
    _alive("alias"),
    _alive("slow-name"),
    _alive("lost-question"),
    _alive("servfail-once"),
    _alive("nxdomain-once"),
    _alive("long-answer"),
    _alive("no-ipv6-server"),
    _alive("ipv6-silent"),
    _alive("ipv6-first-dead"),
    _alive("first-dead"),
    _alive("three-dead"),
    _alive("first-silent"),
    _alive("private-among"),
    _alive("metadata-among"),
    _alive("rebinding"),
    _alive("underscore", "under_score.test"),
    _alive("idn", "bücher.test"),
    _alive("idn-upper", "BÜCHER.test"),
    _alive("punycode", "xn--bcher-kva.test"),
    _alive("trailing-dot", "www.site.test."),
    _alive("upper-case", "WWW.SITE.TEST"),
    _alive("many-labels", _LONG_NAME),
    _alive("leading-dash", "-dash.test"),
    _alive("full-width", "ｗｉｄｅ.test"),  # noqa: RUF001 - read as "wide"
    _alive("localhost", "localhost"),
    _refused("ipv6-only", "ipv6-only.test"),
    *(_refused(name, f"{name}.bad.test") for name in (*_REFUSED_4, *_REFUSED_6)),
    _alive("decimal", "2130706433"),
    _alive("hexadecimal", "0x7f.1"),
    _alive("octal", "0177.0.0.1"),
    _alive("short", "127.1"),
    _alive("mapped-allowed", "[::ffff:127.0.0.1]"),
    _refused("decimal-private", "167772161"),
    _refused("hexadecimal-private", "0xa9fea9fe"),
    _refused("octal-private", "012.0.0.1"),
    _refused("literal-metadata", "169.254.169.254"),
    _refused("literal-mapped", "[::ffff:a00:1]"),
    _refused("literal-loopback-6", "[::1]"),
    _invalid("long-label", "a" * 64 + ".test"),
    _invalid("long-host", ".".join(["label"] * 60) + ".test"),
    _invalid("empty-label", "www..test"),
    _invalid("number-too-big", "256.256.256.256"),
    _invalid("space", "www site.test"),
)
PAGES = {"/page": ((WHOLE,),)}
