"""2021-2025.state.gov: WordPress."""

from __future__ import annotations

from pipelines.sites.profile import SiteProfile
from pipelines.sites.wordpress import EXCLUDED, INDEXES, WORDPRESS

STATE_2021_2025 = SiteProfile(
    name="state-2021-2025",
    era="2021-2025",
    hosts=("2021-2025.state.gov",),
    template=WORDPRESS,
    first_day="2021-01-20",
    last_day="2025-01-20",
    start_urls=("https://2021-2025.state.gov/press-releases/",),
    exclude_paths=EXCLUDED,
    index_paths=INDEXES,
)
