"""2009-2017.state.gov: the "state-responsive" template."""

from __future__ import annotations

from pipelines.sites.bureaus import BUREAUS
from pipelines.sites.profile import SiteProfile
from pipelines.sites.state_responsive import STATE_RESPONSIVE

STATE_2009_2017 = SiteProfile(
    name="state-2009-2017",
    era="2009-2017",
    hosts=("2009-2017.state.gov",),
    template=STATE_RESPONSIVE,
    bureaus=BUREAUS,
    first_day="2009-01-20",
    last_day="2017-01-20",
    start_urls=(
        "https://2009-2017.state.gov/r/pa/prs/ps/index.htm",
        "https://2009-2017.state.gov/r/pa/prs/dpb/index.htm",
        "https://2009-2017.state.gov/r/pa/prs/appt/index.htm",
        "https://2009-2017.state.gov/secretary/remarks/index.htm",
    ),
    exclude_paths=(
        r"^/search\b",
        r"/print(?:able|er)?(?:[-_]?(?:friendly|view|version))?(?:/|\.html?\b)",
        r"[?&]print(?:able|er)?\b",
        r"^/(?:state-responsive|js|css|foresee|images)/",
    ),
    index_paths=(r"/$", r"/(?:index|default)\.html?$", r"/c\d+\.html?$"),
)
