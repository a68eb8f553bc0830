"""2017-2021.state.gov: WordPress."""

from __future__ import annotations

from pipelines.sites.profile import SiteProfile
from pipelines.sites.wordpress import EXCLUDED, INDEXES, WORDPRESS

STATE_2017_2021 = SiteProfile(
    name="state-2017-2021",
    era="2017-2021",
    hosts=("2017-2021.state.gov",),
    template=WORDPRESS,
    first_day="2017-01-20",
    last_day="2021-01-20",
    start_urls=("https://2017-2021.state.gov/press-releases/index.html",),
    exclude_paths=EXCLUDED,
    index_paths=INDEXES,
)
