"""www.state.gov: WordPress."""

from __future__ import annotations

from pipelines.sites.profile import SiteProfile
from pipelines.sites.wordpress import EXCLUDED, INDEXES, WORDPRESS

STATE_CURRENT = SiteProfile(
    name="state-current",
    era="current",
    hosts=("www.state.gov", "state.gov"),
    template=WORDPRESS,
    first_day="2025-01-20",
    start_urls=("https://www.state.gov/press-releases/",),
    exclude_paths=EXCLUDED,
    index_paths=INDEXES,
)
