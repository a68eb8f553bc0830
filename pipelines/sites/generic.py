"""Any other site: JSON-LD and OpenGraph for the header, the readable main text for the body."""

from __future__ import annotations

from pipelines.sites.profile import SiteProfile
from pipelines.sites.template import FIELD_PARTS, Region, Template

GENERIC = SiteProfile(
    name="generic",
    era="other",
    hosts=(),
    exclude_paths=(r"^/search\b", r"[?&]s=", r"[?&]print"),
    index_paths=(r"^/$",),
    template=Template(
        name="generic",
        signs=(),
        window=Region(start=b"<body", end=b"</body>"),
        title=("article h1", "main h1", "h1"),
        crumbs=(".breadcrumb a", ".breadcrumbs a", "nav[aria-label=breadcrumb] a"),
        header=Region(selectors=("article header", "main header")),
        body=Region(
            selectors=(
                "[itemprop=articleBody]",
                ".entry-content",
                ".field--name-body",
                ".field-name-body",
                "article",
                "main",
                "[role=main]",
                "#content",
            )
        ),
        field_parts=FIELD_PARTS,
        dropped=("nav", "header", "footer", "aside", "form", ".related-tags", ".share"),
    ),
)
