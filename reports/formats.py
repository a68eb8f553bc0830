"""The formats a report can have, and how each is written to a file."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.findings import Report

DEFAULT = ("html", "csv", "jsonl", "md", "atom")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the module of its renderer and what it is for.

    A renderer of text has `render(report)`, which yields or returns it; one of bytes has
    `write(report, path)`, and `require()` where it needs what may not be installed.
    """

    module: str
    about: str
    binary: bool = False


FORMATS = {
    "html": Format("html", "one page for a browser, with search, filters and charts"),
    "csv": Format("csv", "a row for each citation of each link"),
    "jsonl": Format("jsonl", "a line of JSON for each link"),
    "json": Format("json", "the figures and all links as one document"),
    "xlsx": Format("xlsx", "a workbook: figures, links, citations", binary=True),
    "parquet": Format("parquet", "the links as columns", binary=True),
    "md": Format("markdown", "the figures and what is new, as Markdown"),
    "junit": Format("junit", "JUnit XML: broken links are failures"),
    "atom": Format("atom", "a feed of links newly dead and back from the dead"),
}
_ENDINGS = {"junit": "junit.xml", "atom": "atom.xml"}


class FormatMissingError(Exception):
    """A library that a format needs is not installed; the message says how to get it."""


def file_name(name: str) -> str:
    """Return the name of the file that holds a report in the format `name`."""
    return f"report.{_ENDINGS.get(name, name)}"


def require(names: Iterable[str]) -> None:
    """Raise FormatMissingError where one of the formats cannot be written here."""
    for name in names:
        if FORMATS[name].binary:
            _renderer(name).require()


def write(report: Report, name: str, path: Path) -> None:
    """Write `report` in the format `name`; text as UTF-8, what cannot be encoded as "?"."""
    if FORMATS[name].binary:
        _renderer(name).write(report, path)
        return
    render: Callable[[Report], Iterable[str]] = _renderer(name).render
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        text = render(report)
        file.writelines((text,) if isinstance(text, str) else text)


def _renderer(name: str) -> Any:
    """Return the module of a format; imported only now, for some need much to start."""
    return importlib.import_module(f"reports.{FORMATS[name].module}")
