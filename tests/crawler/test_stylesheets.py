from __future__ import annotations

import time

import pytest

from crawler.stylesheets import css_urls


@pytest.mark.parametrize(
    ("css", "urls"),
    [
        ('@import "a.css";', ["a.css"]),
        ("@import 'a.css' screen;", ["a.css"]),
        ("@IMPORT url(a.css) print;", ["a.css"]),
        ("@import/**/'a.css'", ["a.css"]),
        ("p{background:url(b.png)}", ["b.png"]),
        ("p{background:URL(  'b c.png'  )}", ["b c.png"]),
        ('p{b:url("a)b.png")}', ["a)b.png"]),
        (r"p{b:url(a\(b\).png)}", ["a(b).png"]),
        (r"p{b:url(\66oo.png)}", ["foo.png"]),
        ("p{b:url(q.png?a=b,c&d)}", ["q.png?a=b,c&d"]),
        (
            "@font-face{src:local('F'),url(f.woff2) format('woff2'),url(f.eot?#iefix)}",
            ["f.woff2", "f.eot?#iefix"],
        ),
        ("p{b:image-set('i1.png' 1x, url(i2.png) 2x)}", ["i2.png", "i1.png"]),
        ("p{b:-webkit-image-set('i.avif' type('image/avif') 1x)}", ["i.avif"]),
        ("p{behavior:url(x.htc)}", ["x.htc"]),
        ("@media print{p{b:url(m.png)}}", ["m.png"]),
        ("<!-- p{b:url(old.png)} -->", ["old.png"]),
        ("p{b:url(cut.png", []),
        ("/* url(no.png) @import 'no.css' */", []),
        ("/* url(no.png)", []),
        ("@namespace svg url(http://www.w3.org/2000/svg);", []),
        ('p{content:"url(no.png)"}', []),
        ("p{b:url(data:image/png;base64,AA)}", []),
        ("p{b:url(#gradient)}", []),
        ("p{b:url()}", []),
        ("p{b:url(a b.png)}", []),
        ("p{b:curl(no.png)}", []),
    ],
)
def test_css_refers_to(css: str, urls: list[str]) -> None:
    assert list(css_urls(css)) == urls


@pytest.mark.parametrize(
    "piece",
    ["url(", "url(\\", "/*", '"', "@import ", "image-set(", "image-set(a(", "url(a b", "\\"],
)
def test_hostile_css_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    list(css_urls(piece * 100_000))
    assert time.process_time() - began < 1
