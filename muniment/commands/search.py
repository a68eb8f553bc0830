"""`muniment search`: statements by their words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import click

from muniment.config import ConfigError
from muniment.options import PlainOption, collection_options, existing, settings
from muniment.printable import printable
from muniment.status import ExitStatus
from pipelines.search import MARKS, Hit, Query, document_types, search
from pipelines.store import STORE_NAME, Store

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TYPES_NAMED = 8


def _iso(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return a year, month or day as written; raise BadParameter for what is none."""
    if value is None:
        return None
    try:
        if _ISO.fullmatch(value) is None:
            raise ValueError(value)
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date like 2014, 2014-05 or 2014-05-06") from None
    return value


@click.command("search")
@click.argument("words", nargs=-1)
@collection_options
@click.option("--since", callback=_iso, metavar="DATE", help="2014, 2014-05 or 2014-05-06.")
@click.option("--until", callback=_iso, metavar="DATE", help="The same; the whole of it counts.")
@click.option("--type", "document_type", metavar="TEXT", help='E.g. "Press Statement".')
@click.option("--speaker", metavar="NAME", help="Part of a speaker's name.")
@click.option("--office", metavar="NAME", help="Part of the releasing office's name.")
@click.option("--bureau", metavar="NAME", help="Part of the bureau's name.")
@click.option(
    "--limit",
    cls=PlainOption,
    type=click.IntRange(min=1),
    default=20,
    metavar="N",
    help="Statements at most  [20]",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a statement.")
def command(words: tuple[str, ...], *, as_json: bool, **flags: Any) -> ExitStatus:
    """Search the statements of the collection: all WORDS, in title or body, the best first.

    "Two words" in double quotes (within the shell's own) are a phrase, climat* is a beginning;
    case and accents do not count. Without WORDS, what the other flags leave, the latest first.
    """
    config = existing(settings(flags))
    path = config.collection / STORE_NAME
    if not path.exists():
        raise ConfigError(f"{config.collection}: nothing to search; `muniment extract` first")
    query = Query(words=" ".join(words), **flags)
    with Store(path) as store:
        hits = search(store, query)
        if not hits and query.document_type:
            types = ", ".join(document_types(store)[:_TYPES_NAMED])
            click.echo(f"types there are: {printable(types)}", err=True)
    for hit in hits:
        click.echo(json.dumps(hit.as_json(), ensure_ascii=False) if as_json else _told(hit))
    if not hits:
        click.echo("no statement matches", err=True)
    return ExitStatus.DONE


def _told(hit: Hit) -> str:
    head = "  ".join(part for part in (hit.date or "no date", hit.document_type, hit.title) if part)
    pieces = re.split(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}", hit.snippet)
    marked = "".join(
        click.style(f"[{printable(piece)}]", bold=True) if number % 2 else printable(piece)
        for number, piece in enumerate(pieces)
    )
    return f"{printable(head)}\n  {printable(hit.url)}\n  {marked}\n"
