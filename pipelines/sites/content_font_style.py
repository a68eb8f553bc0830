"""The template of 2001-2009.state.gov: everything in one `td.content-font-style`."""

from __future__ import annotations

from pipelines.sites.template import HeaderForm, Region, Template

CONTENT_FONT_STYLE = Template(
    name="content-font-style",
    signs=(b"content-font-style",),
    window=Region(start=b"<body", end=b"</body>"),
    title=(".content-font-style h1", "h1"),
    crumbs=(".breadcrumb a", ".crumb a"),
    body=Region(selectors=("td.content-font-style", ".content-font-style")),
    header_form=HeaderForm.LINES,
)
