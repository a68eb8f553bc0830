"""One extractor over one WARC file: `python extractors.py NAME FILE OUTPUT`.

Run by `extract.py`, each in a process and, of others' software, an environment of its own: nothing
of Muniment is imported but for NAME `muniment`. Prints the seconds of CPU after the imports.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MISSING = 9  # exit status where what NAME needs is not installed
Extractor = Callable[[Path, Path], None]


def main() -> int:
    """Return 0, or MISSING."""
    name, file, output = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    try:
        extract = _EXTRACTORS[name]()
    except ImportError as error:
        print(error)
        return MISSING
    began = time.process_time()
    extract(file, output)
    print(time.process_time() - began)
    return 0


def _muniment() -> Extractor:
    from pipelines.parts import write_part

    def extract(file: Path, output: Path) -> None:
        write_part(file, output, lambda _offset, _statements: None)

    return extract


def _parsel() -> Extractor:
    """Return what a short script of warcio and parsel gets: title, date, paragraphs, links."""
    from parsel import Selector
    from warcio.archiveiterator import ArchiveIterator

    def one(url: str, html: bytes) -> dict[str, object]:
        page = Selector(text=html.decode("utf-8", "replace"))
        body = page.css("#centerblock")
        return {
            "url": url,
            "title": page.css("#page-title::text, h2::text, h1::text").get(),
            "date": page.css("#date_long::text, .date_of_release::text").get(),
            "body": ["".join(p.css("::text").getall()) for p in body.css("p, li, h3, td")],
            "links": [
                {"href": a.attrib.get("href"), "text": "".join(a.css("::text").getall())}
                for a in body.css("a[href]")
            ],
        }

    return _by_page(ArchiveIterator, one)


def _trafilatura() -> Extractor:
    """Return what trafilatura gets when asked for metadata and links."""
    import trafilatura
    from warcio.archiveiterator import ArchiveIterator

    def one(url: str, html: bytes) -> dict[str, object]:
        text = trafilatura.extract(
            html, url=url, include_links=True, with_metadata=True, output_format="json"
        )
        return {"url": url, "page": text}

    return _by_page(ArchiveIterator, one)


def _by_page(
    records: Callable[..., Iterator[object]], one: Callable[[str, bytes], dict[str, object]]
) -> Extractor:
    def extract(file: Path, output: Path) -> None:
        with file.open("rb") as warc, output.open("w", encoding="utf-8") as out:
            for record in records(warc):
                url, html = _page(record)
                if html:
                    out.write(json.dumps(one(url, html), ensure_ascii=False) + "\n")

    return extract


def _page(record: object) -> tuple[str, bytes]:
    """Return address and content of an HTML page that answered 200; no content for all else."""
    head = record.http_headers  # type: ignore[attr-defined]
    if record.rec_type != "response" or head is None or head.get_statuscode() != "200":  # type: ignore[attr-defined]
        return "", b""
    if "html" not in (head.get_header("Content-Type") or ""):
        return "", b""
    url = record.rec_headers.get_header("WARC-Target-URI")  # type: ignore[attr-defined]
    return url, record.content_stream().read()  # type: ignore[attr-defined]


_EXTRACTORS = {"muniment": _muniment, "warcio + parsel": _parsel, "trafilatura": _trafilatura}

if __name__ == "__main__":
    sys.exit(main())
