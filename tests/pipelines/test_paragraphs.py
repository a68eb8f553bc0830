"""A page's part becomes blocks: their text, their anchors, and Markdown made of them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from pipelines.statements.markdown import markdown
from pipelines.statements.paragraphs import Block, read_blocks, squeezed


def blocks_of(html: str) -> list[Block]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return list(read_blocks([body]))


def texts_of(html: str) -> list[str]:
    return [block.text for block in blocks_of(html) if block.text]


def test_every_block_element_is_a_paragraph() -> None:
    html = "a<p>b<div>c<ul><li>d<li>e</ul>f</div><table><tr><td>g<td><P>h</P></table>"
    assert texts_of(html) == ["a", "b", "c", "d", "e", "f", "g", "h"]


def test_inline_elements_glue_nothing_and_part_nothing() -> None:
    assert texts_of("<p>8<sup>th</sup> <b>annual</b><i> U.S.</i>-Mexico</p>") == [
        "8th annual U.S.-Mexico"
    ]


def test_white_space_is_one_space() -> None:
    html = "<p>\n a&nbsp;&nbsp;b\u2003c<br>d </p><p>&nbsp;</p><p> </p>"
    assert texts_of(html) == ["a b c d"]


def test_long_texts_are_squeezed_as_short_ones() -> None:
    text = "  peace\u00a0 and\nsecurity\u3000talks " * 20
    assert squeezed(text) == " ".join(text.split())


def test_scripts_styles_and_comments_are_no_text() -> None:
    html = "<p>a<script>x()</script><style>p{}</style><!-- c --><noscript>n</noscript>b</p>"
    assert texts_of(html) == ["ab"]


def test_unclosed_paragraphs_end_where_the_next_begins() -> None:
    assert texts_of("<P>one<P>two<P>three") == ["one", "two", "three"]


def test_lines_are_cut_at_breaks() -> None:
    [block] = blocks_of("<p><b>Media Note</b><br>\nOffice of X<br><br>May 1, 2010</p>")
    assert block.lines() == ["Media Note", "Office of X", "May 1, 2010"]


def test_anchors_know_their_words() -> None:
    [block] = blocks_of('<p>See <a href="/a"> the <b>report</b></a>, <a name="x">no</a> link</p>')
    [anchor] = block.anchors
    assert block.text[anchor.start : anchor.end].strip() == "the report"
    assert anchor.href == "/a"


def test_an_anchor_around_blocks_counts_once() -> None:
    blocks = blocks_of('<a href="/a"><h4>One</h4><h3>Two</h3></a>')
    assert [len(block.anchors) for block in blocks] == [1, 0]


def test_an_anchor_without_text_is_kept() -> None:
    blocks = blocks_of('<p><a href="/a"><img src="x"></a></p><p>b</p>')
    assert [anchor.href for block in blocks for anchor in block.anchors] == ["/a"]


def test_deep_nesting_is_no_trouble() -> None:
    assert texts_of("<div>" * 5000 + "deep") == ["deep"]


def test_markdown_keeps_what_the_page_means() -> None:
    html = (
        "<h2>Talks</h2>"
        "<p><b>MR PRICE:</b> See <a href='http://a.gov/(x)'>the *note*</a>.<br>Yes</p>"
        "<ol><li>one<ul><li>inner</ul><li>two</ol><blockquote><p>quoted</p></blockquote>"
        "<table><tr><th>A<th>B|C<tr><td>1<td>2</table><p># # #</p>"
    )
    assert markdown(blocks_of(html)) == (
        "## Talks\n\n**MR PRICE:** See [the \\*note\\*](<http://a.gov/(x)>).\\\n Yes\n\n"
        "1. one\n  - inner\n2. two\n\n> quoted\n\n"
        "| A | B\\|C |\n| --- | --- |\n| 1 | 2 |\n\n\\# # #"
    )


def test_emphasis_within_its_own_kind_adds_nothing() -> None:
    [block] = blocks_of("<p><b>One <strong>two</strong> three</b> <em>four</em></p>")
    assert block.marks == ((0, 13, "strong"), (14, 18, "em"))
