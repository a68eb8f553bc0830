"""Files and letters: what the bytes are, whatever the server calls them."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

import io
import json
import zipfile

from behaviours.pages_web import Case, page

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
HTML = "<!DOCTYPE html><html><head><title>Report viewer</title></head><body><h1>Annual report</h1><p>Viewer of the annual report; pages 1 to 40.</p></body></html>"


def _archive(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, "<x/>")
    return held.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def typed(name: str, declared: str, body: bytes | str, reason: str = "ok", **more: str) -> Case:
    plain = more.pop("plain", "alive")
    return page(name, plain, reason, body, f"Content-Type: {declared}", **more)


def wrong(
    name: str, declared: str, body: bytes | str, reason: str = "type-mismatch", **more: str
) -> Case:
    return typed(name, declared, body, reason, plain="broken", **more)


FILES = [
    typed("plain-text", "text/plain", "Press release of 4 May 1998. The ministers met."),
    typed("plain-text-page", "text/plain", "1998 notes: page not found in the original, see the 404 list in the annex; the rest is here."),
    typed("pdf", "application/pdf", PDF, path="/report.pdf"),
    typed("pdf-octet", "application/octet-stream", PDF, path="/report.pdf"),
    typed("pdf-untyped", "", PDF, path="/report.pdf"),
    typed("pdf-as-html", "text/html", PDF, path="/report.pdf"),
    typed("pdf-viewer", "text/html", HTML, path="/report.pdf"),
    typed("png", "image/png", PNG, path="/map.png"),
    typed("svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><title>404</title></svg>", path="/map.svg"),
    typed("zip", "application/zip", _archive("a.txt"), path="/data.zip"),
    typed("docx", OFFICE, _archive("word/document.xml"), path="/a.docx"),
    typed("docx-as-zip", "application/zip", _archive("word/document.xml"), path="/a.docx"),
    typed("doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30), path="/a.doc"),
    typed("json", "application/json", json.dumps({"title": "Not found?", "items": [1, 2]})),
    typed("json-results", "application/json", json.dumps({"status": 200, "message": "ok"})),
    typed("rss", "application/rss+xml", "<?xml version='1.0'?><rss><channel><title>News</title><item><title>Page not found in archive: hunt goes on</title></item></channel></rss>"),
    typed("xml", "text/xml", "<?xml version='1.0'?><report><p>Findings</p></report>"),
    typed("xhtml", "application/xhtml+xml", "<?xml version='1.0'?>" + HTML),
    typed("csv", "text/csv", "a,b\n404,not found\n"),
    typed("js", "application/javascript", "var message='404 not found';"),
    typed("mp3", "audio/mpeg", b"ID3\x03" + bytes(40)),
    wrong("pdf-empty", "application/pdf", b""),
    wrong("pdf-html", "application/pdf", "<html><head><title>Ministry</title></head><body><p>Please use the menu.</p></body></html>"),
    wrong("pdf-text", "application/pdf", "error reading file"),
    wrong("pdf-not-found", "application/pdf", "<html><head><title>Page not found</title></head></html>", "says-not-found"),
    wrong("image-html", "image/jpeg", "<html><body>hotlinking</body></html>"),
    wrong("docx-html", OFFICE, HTML),
    wrong("zip-html", "application/zip", HTML),
    typed("pdf-challenge", "application/pdf", "<html><head><title>Just a moment...</title></head></html>", "challenge", plain="uncertain"),
]  # fmt: skip

RU = "<html><head>{}<title>Отчёт министерства</title></head><body><h1>Отчёт</h1><p>Министр принял посла и обсудил с ним вопросы торговли.</p></body></html>"
ZH = "<html><head>{}<title>年度报告</title></head><body><h1>年度报告</h1><p>部长会见了大使，双方讨论了贸易问题。</p></body></html>"
LOST_RU = "<html><head><title>Страница не найдена</title></head><body></body></html>"
LOST_ZH = "<html><head><title>页面不存在</title></head><body></body></html>"
LOST_JA = "<html><head><title>ページが見つかりません</title></head><body></body></html>"


def lost(name: str, body: bytes, declared: str = "text/html") -> Case:
    return wrong(name, declared, body, "says-not-found")


LETTERS = [
    typed("cp1251", "text/html; charset=windows-1251", RU.format("").encode("cp1251")),
    typed("cp1251-as-utf8", "text/html; charset=utf-8", RU.format("").encode("cp1251")),
    typed("gb2312", "text/html", ZH.format("<meta charset=gb2312>").encode("gb18030")),
    typed("utf8-as-latin1", "text/html; charset=iso-8859-1", ZH.format("").encode()),
    typed("unknown-label", "text/html; charset=x-user-made", ZH.format("").encode()),
    typed("utf16-bom", "text/html", ZH.format("").encode("utf-16")),
    typed("utf16-labelled", "text/html; charset=utf-16le", ZH.format("").encode("utf-16-le")),
    typed("utf16-bare", "text/html", RU.format("").encode("utf-16-le")),
    typed("utf8-cut", "text/html; charset=utf-8", ZH.format("").encode()[:-40]),
    typed("utf8-bom", "text/html", b"\xef\xbb\xbf" + HTML.encode()),
    typed("nul-bytes", "text/html", HTML.encode().replace(b"Viewer", b"\x00Viewer")),
    lost("lost-cp1251", LOST_RU.encode("cp1251"), "text/html; charset=windows-1251"),
    lost("lost-koi8", LOST_RU.encode("koi8-r"), "text/html; charset=koi8-r"),
    lost("lost-gb", LOST_ZH.encode("gb18030"), "text/html; charset=gb2312"),
    lost("lost-sjis", LOST_JA.encode("shift_jis"), "text/html; charset=Shift_JIS"),
    lost("lost-eucjp", LOST_JA.replace("<head>", "<head><meta http-equiv=content-type content='text/html; charset=euc-jp'>").encode("euc_jp")),
    lost("lost-utf16", LOST_ZH.encode("utf-16")),
    lost("lost-utf16-label", LOST_ZH.encode("utf-16-le"), "text/html; charset=utf-16le"),
    lost("lost-wrong-label", LOST_RU.encode(), "text/html; charset=iso-8859-1"),
    lost("lost-cut", LOST_RU.encode()[:80] + b"\xd0"),
]  # fmt: skip

CASES = [*FILES, *LETTERS]
