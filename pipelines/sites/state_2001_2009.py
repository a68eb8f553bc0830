"""2001-2009.state.gov: tables, `td.content-font-style`, months by name in URLs from 2007."""

from __future__ import annotations

from pipelines.sites.bureaus import BUREAUS
from pipelines.sites.content_font_style import CONTENT_FONT_STYLE
from pipelines.sites.profile import SiteProfile

STATE_2001_2009 = SiteProfile(
    name="state-2001-2009",
    era="2001-2009",
    hosts=("2001-2009.state.gov",),
    template=CONTENT_FONT_STYLE,
    bureaus=BUREAUS,
    first_day="2001-01-20",
    last_day="2009-01-20",
    start_urls=(
        "https://2001-2009.state.gov/",
        "https://2001-2009.state.gov/r/pa/prs/ps/index.htm",
        "https://2001-2009.state.gov/r/pa/prs/dpb/index.htm",
        "https://2001-2009.state.gov/secretary/rm/index.htm",
    ),
    exclude_paths=(
        r"^/search\b",
        r"/print(?:able|er)?(?:[-_]?(?:friendly|view|version))?(?:/|\.html?\b)",
        r"[?&]print(?:able|er)?\b",
        r"^/(?:skins|js|css|images)/",
    ),
    index_paths=(r"/$", r"/(?:index|default)\.html?$", r"/c\d+\.html?$"),
)
