"""Statements and indexes set in the template of 2009-2017.state.gov."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

import jinja2

from replica.bodies import Body
from replica.statement import Kind, Section, Statement

TEMPLATES = Path(__file__).with_name("templates")

Link = tuple[str, str]  # text and address

_BREADCRUMBS: dict[Section, tuple[Link, ...]] = {
    Section.PRESS: (
        ("Under Secretary for Public Diplomacy and Public Affairs", "/r/index.htm"),
        ("Bureau of Public Affairs", "/r/pa/index.htm"),
        ("Press Releases", "/r/pa/prs/ps/index.htm"),
    ),
    Section.REMARKS: (
        ("Secretary of State", "/secretary/index.htm"),
        ("Remarks", "/secretary/remarks/index.htm"),
    ),
    Section.BRIEFINGS: (
        ("Bureau of Public Affairs", "/r/pa/index.htm"),
        ("Daily Press Briefings", "/r/pa/prs/dpb/index.htm"),
    ),
    Section.RIGHTS: (
        ("Under Secretary for Civilian Security, Democracy, and Human Rights", "/j/index.htm"),
        ("Bureau of Democracy, Human Rights, and Labor", "/j/drl/index.htm"),
    ),
}

# Names of the header's fields: they differ from template to template.
_NAMES = (
    ("document_type_-_press", "releasing_office_-_other", "city"),
    ("document_type", "releasing_office", "location"),
    ("document_type", "releasing_office_-_other", "city"),
    ("document_type_-_generic_report", "releasing_office_-_other", "location"),
)


def statement_page(statement: Statement, *, pages: int, seed: int) -> str:
    """Return the page of a statement."""
    note = statement.kind is Kind.NOTE and statement.number % 2 == 0
    return _page().render(
        title=statement.title,
        path=statement.path,
        item_id=statement.item_id,
        breadcrumb=_BREADCRUMBS[statement.section],
        header=header(statement),
        body=Body(statement, pages, seed).html(),
        prn=f"<p>PRN: {statement.day.year}/{statement.number % 1500}</p>\n" if note else "",
        menu=_print_link(statement),
    )


def index_page(title: str, path: str, body: str, menu: Sequence[Link] = ()) -> str:
    """Return a page that is no statement: no header fields, links in the menu or the body."""
    return _page().render(
        title=title, path=path, item_id=30000 + len(path), breadcrumb=(), header="", body=body,
        prn="", menu=menu,
    )  # fmt: skip


def print_page(statement: Statement, *, pages: int, seed: int) -> str:
    """Return the print view: no chrome and no title line."""
    return (
        "<!DOCTYPE html><html><head><title>Printable</title></head><body>"
        '<img src="/images/2014/dos-seal.svg" alt="printable banner" width="60">'
        f"<div>{header(statement)}</div>{Body(statement, pages, seed).html()}</body></html>"
    )


def header(statement: Statement) -> str:
    """Return the fields between TOP-META START and END, in one of four orders."""
    variant = statement.number % len(_NAMES)
    type_name, office_name, place_name = _NAMES[variant]
    kind = _field((type_name, statement.document_type))
    date = _date(statement, variant)
    people = [_person(variant, name, role) for name, role in statement.speakers]
    others = [
        _field((name, value))
        for name, value in (
            (office_name, statement.office),
            ("venue", statement.venue),
            (place_name, statement.place),
        )
        if value is not None
    ]
    empty = [_field()] * (variant == 3 or statement.number % 6 == 1)
    orders = (
        [kind, *people, *others, date],
        [kind, *people, *empty, *others, date],
        [date, *empty, kind, *people, *others],
        [*people, *others, date, *empty, kind],
    )
    return "".join(orders[variant])


def _person(variant: int, name: str, role: str | None) -> str:
    fields = [("officials-name", name)] + ([("officials-title", role)] if role else [])
    if variant % 2:
        return _field(*fields)
    return "".join(_field(field) for field in fields)


def _date(statement: Statement, variant: int) -> str:
    if variant in {0, 2}:
        return f'<div id="date_long">{statement.long_date}</div>\n'
    return _field(("date_of_release", statement.long_date))


def _field(*fields: tuple[str, str]) -> str:
    spans = "".join(f'<span class="{name}">{escape(text)}<br>\n</span>\n' for name, text in fields)
    return f'<div id="templateFields">\n{spans}\n</div>\n'


def _print_link(statement: Statement) -> tuple[Link, ...]:
    if statement.number % 4 != 1:
        return ()
    folder, _, name = statement.path.rpartition("/")
    return (("Print", f"{folder}/print/{name}"),)


@lru_cache(maxsize=1)
def _page() -> jinja2.Template:
    # Values that need it are escaped in the template, as the pages of the time did: not all.
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=False)  # noqa: S701 - bodies are HTML
    return environment.get_template("page.html")
