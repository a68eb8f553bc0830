"""What databases, drivers and interpreters write where a page should be."""

from __future__ import annotations

import re

from pipelines.checks.page_facts import PageFacts

_PROSE = 400
_BEGINNING = 160
_FAULT = re.compile(
    r"\W*(?:(?:php|server|database|error|warning|exception|message|sorry|details?)\b\W*){0,3}"
    r"(?:"
    r"\b(?:ORA|TNS|PLS|DB2|SQL)-?\d{4,5}[A-Z]?\s?:"
    r"|SQLSTATE\s?[\[=]"
    r"|\b(?:mysqli?|pg|mssql|odbc|oci)_\w+\(\)"
    r"|MySQL server has gone away|Can't connect to (?:local )?(?:MySQL|MariaDB) server"
    r"|(?:could not|unable to|failed to|cannot) connect to (?:the |a )?(?:\w+ )?(?:database|sql)\b"
    r"|(?:database|db) (?:connection )?(?:error|failed|failure)\s*[:!.]"
    r"|Microsoft OLE DB Provider|\[Microsoft\]\[ODBC|ODBC (?:Driver|Microsoft)|ADODB\.\w+"
    r"|Microsoft VBScript (?:runtime|compilation)|Active Server Pages error"
    r"|Traceback \(most recent call last\)|Stack trace:|\bat [\w.$]+\([\w$]+\.java:\d+\)"
    r"|\b(?:java|javax|org\.\w+|com\.\w+)(?:\.\w+)+(?:Exception|Error)\b"
    r"|\bSystem(?:\.\w+)+Exception\b|ColdFusion (?:error|exception)"
    r"|(?:Fatal|Parse|Catchable fatal) error\s?:|Warning\s?: \w+\(\)"
    r"|Unhandled exception|Uncaught (?:\w+)?(?:Error|Exception)\b|Segmentation fault"
    r"|no healthy upstream|upstream connect error|Connection refused\s*$)",
    re.IGNORECASE,
)


def shows_fault(page: PageFacts) -> bool:
    """Return whether a page with little else begins with the message of a program that failed."""
    if page.prose_length > _PROSE:
        return False
    text = page.text.removeprefix(" ".join(page.headings[:1])).strip()
    return any(map(_FAULT.match, (page.title, *page.headings[:1], text[:_BEGINNING])))
