"""The "state-responsive" template: www.state.gov until 2019, 2009-2017.state.gov since."""

from __future__ import annotations

from pipelines.sites.template import FIELD_PARTS, Region, Template

STATE_RESPONSIVE = Template(
    name="state-responsive",
    signs=(b"<!-- TOP-META START -->", b"<!-- CENTERBLOCK START -->", b'id="centerblock"'),
    window=Region(start=b"<!-- BEGIN BREADCRUMB -->", end=b"<!-- PRN END -->"),
    title=("#page-title", "h2.title"),
    crumbs=("ul.breadcrumbs li",),
    header=Region(
        start=b"<!-- TOP-META START -->", end=b"<!-- TOP-META END -->", selectors=("#top-meta",)
    ),
    body=Region(
        start=b"<!-- CENTERBLOCK START -->",
        end=b"<!-- CENTERBLOCK END -->",
        selectors=("#centerblock",),
    ),
    prn=Region(start=b"<!-- PRN START -->", end=b"<!-- PRN END -->"),
    field_parts=FIELD_PARTS,
)
