"""Records of ARC files, version 1 and 2, told in the fields of WARC.

The format is that of the Internet Archive's "Arc File Format" (1996): a line of five or ten
words, then as many bytes as its last word says, then a line end.
"""

from __future__ import annotations

import re

from warc.files.fields import WarcFields, parse_date

# The URL may hold spaces, so the words are counted from the right.
_WORDS = rb"(?P<ip>\S+) (?P<date>\w{8,20}) (?P<mime>\S*)"
_LINE = re.compile(
    rb"(?P<url>[A-Za-z][A-Za-z0-9+.\-]*:\S[^\r\n]*?) "
    + _WORDS
    + rb"(?: (?P<status>\d{3}|-) (?P<checksum>\S+) \S+ \d+ \S+)? (?P<length>-?\w+)\r?\n"
)
VERSION_BLOCK = b"filedesc:"


def is_arc_line(text: bytes) -> bool:
    """Return whether `text` begins with the line of an ARC record."""
    return _LINE.match(text) is not None


def parse_arc_line(line: bytes) -> WarcFields:
    """Return an ARC record's line as WARC fields; raise ValueError where it is none.

    The file's version block becomes a warcinfo record and every other record a response, with
    the content type of the page in `WARC-Identified-Payload-Type`; a record fetched by other
    means than HTTP becomes a resource.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError("not the line of an ARC record")
    words = {name: value.decode("utf-8", "replace") for name, value in match.groupdict(b"").items()}
    if not words["length"].isdecimal():
        raise ValueError(f"the length of an ARC record is {words['length']!r}")
    record_type = _record_type(words["url"])
    pairs = [("WARC-Type", record_type), ("WARC-Target-URI", words["url"])]
    pairs += [("WARC-Date", _date(words["date"])), ("WARC-IP-Address", words["ip"])]
    if record_type == "response":
        pairs.append(("WARC-Identified-Payload-Type", words["mime"]))
        pairs.append(("Content-Type", "application/http; msgtype=response"))
    else:
        pairs.append(("Content-Type", words["mime"]))
    pairs.append(("Content-Length", words["length"]))
    return WarcFields(pairs)


def _record_type(url: str) -> str:
    scheme = url.partition(":")[0].lower()
    if scheme == "filedesc":
        return "warcinfo"
    return "response" if scheme in ("http", "https") else "resource"


def _date(digits: str) -> str:
    try:
        return parse_date(digits).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return digits
