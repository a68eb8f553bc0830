"""The WordPress archives, and the site of today: a handful of pages each, and their sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from replica import pictures
from replica.answer import Answer, Received, redirect, reply
from replica.outside_pages import bare
from replica.prose import COUNTRIES, TOPICS, paragraph

TRUMP, BIDEN, NOW = "2017-2021.state.gov", "2021-2025.state.gov", "www.state.gov"
_PER_PAGE = 2
_PAGE = """<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{title} - Department of State</title>
<link rel="canonical" href="{url}"><link rel="stylesheet" href="/wp-content/themes/state/style.css">
<link rel="https://api.w.org/" href="/wp-json/">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="shortlink" href="/?p={number}"></head>
<body><header><a href="/">Home</a> <a href="/search?q=x">Search</a></header><main>
<header class="featured-content"><p class="article-meta__doctype">{kind}</p>
<h1 class="featured-content__headline">{title}</h1>
<p class="article-meta__publish-date">{date}</p></header>
<div class="entry-content"><img data-src="/wp-content/uploads/{number}.png" alt="">{body}</div>
</main></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A release; where `is_listed` is False only a sitemap leads to it."""

    host: str
    slug: str
    title: str
    date: str
    number: int
    is_listed: bool = True

    @property
    def path(self) -> str:
        """Return its path: the archive of 2017-2021 has added index.html to every slug."""
        return f"/{self.slug}/index.html" if self.host == TRUMP else f"/{self.slug}/"

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


_TITLES = (
    ("Port Talks With Valdoria", "valdoria-port-talks"),
    ("Joint Statement on the Lethonia Dialogue", "joint-statement-lethonia-dialogue"),
    ("Sundara National Day", "sundara-national-day"),
    ("Oravia Grain Corridor", "oravia-grain-corridor"),
    ("Zambara Health Fund", "zambara-health-fund"),
)
_YEARS = {TRUMP: 2019, BIDEN: 2023, NOW: 2025}
POSTS = tuple(
    Post(
        host=host,
        slug=f"{slug}-{number}" if number == len(_TITLES) - 1 else slug,
        title=title,
        date=f"March {number + 3}, {year}",
        number=year * 10 + number,
        is_listed=number != len(_TITLES) - 1,
    )
    for host, year in _YEARS.items()
    for number, (title, slug) in enumerate(_TITLES)
)


class Modern:
    """Answers for the three hosts and for state.gov, which leads to www."""

    hosts = (TRUMP, BIDEN, NOW, "state.gov")

    def __init__(self) -> None:
        self._posts = {(post.host, post.path): post for post in POSTS}

    def respond(self, request: Received) -> Answer | None:
        """Return the site's answer; None for the old addresses of www.state.gov."""
        if request.host == "state.gov":
            return redirect(301, f"https://{NOW}{request.target}")
        post = self._posts.get((request.host, request.path))
        if post is not None:
            return _post(post)
        answer = (
            _listing(request.host, request.path)
            or _sitemap(request.host, request.path)
            or _file(request)
        )
        if answer is None and request.host != NOW:
            return reply(404, bare("Page not found", "The page cannot be found."))
        return answer


def _post(post: Post) -> Answer:
    rng = Random(post.url)
    topic, country = rng.choice(TOPICS), rng.choice(COUNTRIES)
    texts = "".join(f"<p>{escape(paragraph(rng, topic, country))}</p>\n" for _ in range(3))
    html = _PAGE.format(
        title=escape(post.title), url=post.url, number=post.number, kind="Press Statement",
        date=post.date, body=texts,
    )  # fmt: skip
    return reply(200, html)


def _listing(host: str, path: str) -> Answer | None:
    """Return the home page, or one page of the press releases with a link to the next alone."""
    plain = path.removesuffix("index.html")
    if plain == "/":
        return reply(200, '<main class="wp-block-list"><a href="/press-releases/">Press</a></main>')
    folder, _, page = plain.strip("/").partition("/page/")
    if folder != "press-releases" or not (page or "1").isdigit():
        return None
    listed = [post for post in POSTS if post.host == host and post.is_listed]
    start = (int(page or 1) - 1) * _PER_PAGE
    if start >= len(listed):
        return None
    items = "".join(
        f'<li><a href="{each.path}">{escape(each.title)}</a> {each.date}</li>'
        for each in listed[start : start + _PER_PAGE]
    )
    following = f'<a class="next" href="/press-releases/page/{int(page or 1) + 1}/">Next</a>'
    return reply(200, f"<main><ul class='wp-block-list'>{items}</ul>{following}</main>")


def _sitemap(host: str, path: str) -> Answer | None:
    if path == "/sitemap_index.xml":
        place = f"<sitemap><loc>https://{host}/post-sitemap.xml</loc></sitemap>"
        return reply(200, f"<sitemapindex>{place}</sitemapindex>", content_type="text/xml")
    if path == "/post-sitemap.xml":
        rows = "".join(f"<url><loc>{p.url}</loc></url>" for p in POSTS if p.host == host)
        return reply(200, f"<urlset>{rows}</urlset>", content_type="text/xml; charset=UTF-8")
    return None


def _file(request: Received) -> Answer | None:
    if request.path == "/robots.txt":
        text = f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: https://{request.host}/sitemap_index.xml\n"
        return reply(200, text, content_type="text/plain")
    if request.path.startswith("/wp-content/") and request.path.endswith(".css"):
        return reply(200, "main { max-width: 60em; }\n", content_type="text/css")
    if request.path.endswith((".png", ".ico")):
        return reply(200, pictures.seal(32), content_type="image/png")
    return None
