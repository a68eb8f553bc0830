"""1997-2001.state.gov: `/www/global/...` and `/global/...` are one tree."""

from __future__ import annotations

from pipelines.sites.html_1990s import HTML_1990S
from pipelines.sites.profile import SiteProfile

STATE_1997_2001 = SiteProfile(
    name="state-1997-2001",
    era="1997-2001",
    hosts=("1997-2001.state.gov",),
    template=HTML_1990S,
    first_day="1997-01-01",
    last_day="2001-01-20",
    start_urls=(
        "https://1997-2001.state.gov/",
        "https://1997-2001.state.gov/briefings/statements/index.html",
        "https://1997-2001.state.gov/www/statements/index.html",
    ),
    exclude_paths=(r"^/search\b", r"^/cgi-bin/", r"^/(?:www/)?images/"),
    index_paths=(r"/$", r"/(?:index|default|toc)\.html?$"),
)
