"""The "state-responsive" template: www.state.gov until 2019, 2009-2017.state.gov since."""

from __future__ import annotations

from pipelines.sites.template import FIELD_PARTS, Region, Template

STATE_RESPONSIVE = Template(
    name="state-responsive",
    signs=("<!-- TOP-META START -->", "<!-- CENTERBLOCK START -->", 'id="centerblock"'),
    window=Region(start="<!-- BEGIN BREADCRUMB -->", end="<!-- PRN END -->"),
    title=("#page-title", "h2.title"),
    crumbs=("ul.breadcrumbs li",),
    header=Region(
        start="<!-- TOP-META START -->", end="<!-- TOP-META END -->", selectors=("#top-meta",)
    ),
    body=Region(
        start="<!-- CENTERBLOCK START -->",
        end="<!-- CENTERBLOCK END -->",
        selectors=("#centerblock",),
    ),
    prn=Region(start="<!-- PRN START -->", end="<!-- PRN END -->"),
    field_parts=FIELD_PARTS,
)
