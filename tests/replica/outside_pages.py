"""The pages of the cited hosts."""

from __future__ import annotations

import zlib
from html import escape
from random import Random

from replica.prose import COUNTRIES, TOPICS, paragraph

_SHELL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:17px/1.6 Georgia,serif;margin:0;color:#222}}
header{{background:hsl({hue},45%,28%);color:#fff;padding:1.2em 8%}}header b{{font-size:1.5em}}
nav a{{color:#fff;margin-right:1.5em}}main{{max-width:44em;margin:2em 8%}}
footer{{padding:1em 8%;font-size:.8em;color:#666;border-top:1px solid #ddd}}</style></head>
<body><header><b>{name}</b><nav><a href="/">Home</a><a href="/about">About</a></nav></header>
<main><h1>{title}</h1>{body}</main>
<footer>{name} is a host of the Muniment replica and has never existed.</footer></body></html>
"""


def article(host: str, target: str, title: str | None = None, paragraphs: int = 4) -> str:
    """Return a readable page of some paragraphs, the same each time."""
    rng = Random(f"{host}{target}")
    topic, country = rng.choice(TOPICS), rng.choice(COUNTRIES)
    heading = title or f"{topic.name} in {country.name}"
    body = "".join(
        f'<p id="term-{10 + i}">{escape(paragraph(rng, topic, country))}</p>'
        for i in range(paragraphs)
    )
    return _SHELL.format(
        title=escape(heading), name=_name(host), hue=zlib.crc32(host.encode()) % 360,
        body=body,
    )  # fmt: skip


def bare(title: str, text: str) -> str:
    """Return a page of one heading and one paragraph, as servers make for errors."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    )


def login(host: str) -> str:
    """Return a page that wants a name and a password."""
    form = (
        '<form method="post" action="/session"><p><label>User name <input name="user"></label></p>'
        '<p><label>Password <input type="password" name="password"></label></p>'
        "<button>Sign in</button></form>"
    )
    return _SHELL.format(
        title="Sign in", name=_name(host), hue=zlib.crc32(host.encode()) % 360, body=form
    )


def parking(domain: str) -> str:
    """Return what stands where a domain was allowed to lapse."""
    words = ("Cheap Flights", "Car Insurance", "Online Degrees", "Hotel Deals", "Credit Cards")
    links = "".join(f'<li><a href="/search?q={w.replace(" ", "+")}">{w}</a></li>' for w in words)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{domain} is for sale</title>'
        f"</head><body><h1>{domain}</h1><p>This domain is for sale! "
        f'<a href="http://www.domain-market.example/buy?domain={domain}">Buy this domain</a>.</p>'
        f"<h2>Related searches</h2><ul>{links}</ul>"
        "<p>This domain is parked free of charge. The owner of this page has no relationship with "
        "the advertisers.</p></body></html>\n"
    )


def _name(host: str) -> str:
    labels = host.split(".")
    label = labels[1] if labels[0] in {"www", "blog", "images", "video"} else labels[0]
    return label.replace("-", " ").title()
