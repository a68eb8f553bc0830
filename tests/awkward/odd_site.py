"""The odd answers as a site: an index that links to all of them, and what they lead on to."""

from __future__ import annotations

from awkward.answer import Answer, sized
from awkward.bodies import bodies
from awkward.endings import endings
from awkward.heads import heads
from awkward.redirects import elsewhere, redirects
from awkward.server import Site

ROBOTS = b"User-agent: *\nDisallow: /private/\nDisallow: /*.secret$\nAllow: /private/but-this\n"
SAME = 6


def odd_site(url: str) -> Site:
    """Return the site of odd answers alone, all linked from `/`."""
    odd = odd_answers(url)
    answers = {f"/odd/{name}".encode(): answer for name, answer in odd.items()}
    answers |= same_payloads()
    private = {b"/private/by-link": page_of("not for us"), b"/x.secret": page_of("nor this")}
    links = [target.decode("ascii") for target in (*answers, *private)]
    links.append("/private/but-this")
    answers[b"/private/but-this"] = page_of("an exception")
    answers |= leaves(odd)
    due = frozenset(answers) | {b"/", b"/robots.txt"}
    answers[b"/"] = page_of("index", *links)
    answers[b"/robots.txt"] = Answer(steps=(sized(ROBOTS, kind="text/plain"),))
    forbidden = frozenset((*private, b"/private/by-redirect"))
    return Site(answers=answers | private, due=due, forbidden=forbidden)


def odd_answers(url: str) -> dict[str, Answer]:
    """Return every odd answer by name; `url` is that of the site."""
    return {**heads(), **bodies(), **endings(), **redirects(url)}


def leaves(odd: dict[str, Answer]) -> dict[bytes, Answer]:
    """Return what the odd answers lead on to: pages that nothing else links to."""
    ends = elsewhere()
    names = {ends.get(n, f"/from/{n}".encode()): n for n, a in odd.items() if a.leads_on}
    return {target: page_of(f"found from {name}") for target, name in names.items()}


def same_payloads() -> dict[bytes, Answer]:
    """Return one payload under several addresses, by length and by chunks: revisits."""
    return {f"/same/{n}.htm".encode(): page_of("the same everywhere") for n in range(SAME)}


def page_of(title: str, *links: str) -> Answer:
    """Return a plain page."""
    anchors = "\n".join(f'<a href="{link}">{link}</a>' for link in links)
    return Answer(steps=(sized(f"<title>{title}</title>\n{anchors}\n".encode()),), leads_on=False)
