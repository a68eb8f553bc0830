"""A site whose answers are awkward at the level of bytes, and the judge of what was captured."""

from awkward.answer import Act, Answer, page, sized
from awkward.judge import Judgement, judge
from awkward.odd_site import odd_answers, odd_site
from awkward.server import HOST, Asked, Served, Site, serve

__all__ = [
    "HOST",
    "Act",
    "Answer",
    "Asked",
    "Judgement",
    "Served",
    "Site",
    "judge",
    "odd_answers",
    "odd_site",
    "page",
    "serve",
    "sized",
]
