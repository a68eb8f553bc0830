"""Gzip members by ISA-L and by zlib: any reader gives back what was put in."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from warc.files import deflation

NOISE = random.Random(7).randbytes(300_000)


def _member_of(name):
    if name == "isal":
        pytest.importorskip("isal")
    return {"isal": deflation.isal_member, "zlib": deflation.zlib_member}[name]


@pytest.mark.parametrize("name", ["isal", "zlib"])
@pytest.mark.parametrize("text", [b"", b"x", b"<p>state</p>" * 9000, NOISE, bytes(1 << 21)])
def test_a_member_of_its_own_holds_the_text(name, text):
    member = _member_of(name)(len(text))
    pieces = [member.compress(text[at : at + 60_000]) for at in range(0, len(text), 60_000)]
    data = b"".join((*pieces, member.flush()))
    assert gzip.decompress(data) == text
    reader = zlib.decompressobj(31)
    assert reader.decompress(data + b"next") == text
    assert reader.eof
    assert reader.unused_data == b"next"
    assert len(data) < len(text) * 1.001 + 100


def test_isa_l_is_used_where_it_is_installed():
    pytest.importorskip("isal")
    assert deflation.gzip_member is deflation.isal_member


@pytest.mark.parametrize("name", ["isal", "zlib"])
@pytest.mark.parametrize("text", [b"", b"x", b"<p>state</p>" * 9000, NOISE])
def test_a_whole_member_holds_the_text_and_is_as_small(name, text):
    begun = _member_of(name)(len(text))
    whole = {"isal": deflation.isal_whole, "zlib": deflation.zlib_whole}[name](text)
    assert gzip.decompress(whole) == text
    assert len(whole) <= 1.01 * len(begun.compress(text) + begun.flush()) + 10
