"""The pages of 1997-2001.state.gov: HTML 4 without ids, in which only habits are regular."""

from __future__ import annotations

from pipelines.sites.template import HeaderForm, Region, Template

HTML_1990S = Template(
    name="1997-2001",
    signs=(b'id="archivebanner"', b'<base href="//1997-2001.state.gov/'),
    window=Region(start=b"<body", end=b"</body>"),
    title=("h1", "h2", "td b", "h3", "b"),
    body=Region(selectors=("body",)),
    header_form=HeaderForm.LINES,
    dropped=("#archivebanner",),
    body_ends=("[end of file]", "[end of document]", "[end document]"),
)
