"""`muniment decisions`: what reviewers decided, listed, added, taken back, exported, imported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from muniment.author import author_name
from muniment.config import ConfigError
from muniment.options import collection_options, existing, settings
from muniment.printable import printable
from muniment.runs import utcnow
from muniment.status import ExitStatus
from pipelines.decisions.kept import DecisionFileError, line_of, read_decisions
from pipelines.decisions.log import (
    UnknownDecisionError,
    append,
    decisions,
    import_decisions,
    undo,
)
from pipelines.decisions.model import Basis, Decision, Kind, Scope, new_id, parse_expiry
from pipelines.decisions.standing import Status, order, statuses
from pipelines.link_lookup import find_link
from pipelines.store import STORE_NAME, Store
from reports.decision_words import decision_words
from reports.earlier_run import counting

_KINDS = [one.value for one in Kind if one is not Kind.UNDO]
_SHORTEST = 6
author_option = click.option(
    "--author", metavar="NAME", help="Who decides  [git's user.name, or the login]"
)


@click.group("decisions")
def command() -> None:
    """List, add, take back, export and import the decisions of reviewers.

    They are kept in the store and in the collection's decisions.jsonl, and honoured by reports
    and their exit status: docs/review.md.
    """


@command.command("list")
@collection_options
@click.option("--in-force", "only_held", is_flag=True, help="Only those in force.")
def list_(*, only_held: bool, **flags: Any) -> ExitStatus:
    """List all decisions, the oldest first, each with what became of it."""
    with _store(flags) as store:
        known = sorted(decisions(store), key=order)
    standing = statuses(known, utcnow())
    for one in known:
        if not only_held or standing[one.id] is Status.IN_FORCE:
            about = f"  {one.subject}" if one.scope is Scope.URL else ""
            words = f"{decision_words(one)}{about}"
            click.echo(f"{one.id[:12]}  {standing[one.id]:<10}  {printable(words)}")
    if not known:
        click.echo("nothing was decided yet", err=True)
    return ExitStatus.DONE


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@collection_options
def export(file: Path | None, **flags: Any) -> ExitStatus:
    """Write all decisions to FILE, or standard output, as JSON Lines.

    In the order of time and id: the same decisions make the same bytes, in any store.
    """
    with _store(flags) as store:
        text = "".join(map(line_of, sorted(decisions(store), key=order)))
    if file is None:
        click.echo(text, nl=False)
        return ExitStatus.DONE
    temporary = file.with_name(f"{file.name}.tmp")
    try:
        temporary.write_text(text, "ascii", newline="\n")
        temporary.replace(file)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}") from error
    return ExitStatus.DONE


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@collection_options
def import_(file: Path, **flags: Any) -> ExitStatus:
    """Add the decisions of FILE that are not known yet; nothing of it where a line is bad."""
    try:
        found = read_decisions(file)
    except DecisionFileError as error:
        raise ConfigError(f"{error}; nothing was imported") from error
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    with _store(flags) as store:
        new = import_decisions(store, found)
    click.echo(f"{new:,} new of {len(found):,} decisions")
    return ExitStatus.DONE


@command.command("add")
@click.argument("subject", metavar="URL")
@click.argument("kind", type=click.Choice(_KINDS))
@collection_options
@author_option
@click.option("--note", default="", metavar="TEXT", help="Why; `ignored` and `note` need it.")
@click.option("--expires", metavar="YYYY-MM-DD", help="The last day on which it holds.")
@click.option("--replacement", metavar="ADDRESS", help="What replaces the link (replaced).")
@click.option(
    "--scope",
    type=click.Choice([one.value for one in Scope]),
    default=Scope.URL.value,
    help="What URL is: a link, or for `ignored` a host, a cause, a pattern (* and ?).",
)
def add(subject: str, kind: str, author: str | None, **flags: Any) -> ExitStatus:
    """Decide of the link URL: one of the kinds that docs/review.md tells of."""
    given = {name: flags.pop(name) for name in ("note", "expires", "replacement", "scope")}
    with _store(flags) as store:
        basis = None
        if given["scope"] == Scope.URL:
            subject, basis = _seen(store, subject)
        try:
            made = Decision(
                id=new_id(),
                made=utcnow(),
                author=author_name(author),
                kind=Kind(kind),
                scope=Scope(given["scope"]),
                subject=subject,
                note=given["note"],
                expires=parse_expiry(given["expires"]),
                replacement=given["replacement"],
                basis=basis,
            )
        except ValueError as error:
            raise ConfigError(str(error)) from error
        append(store, [made])
    click.echo(f"{made.id}  {printable(decision_words(made))}")
    return ExitStatus.DONE


@command.command("undo")
@click.argument("id_", metavar="ID")
@collection_options
@author_option
def undo_(id_: str, author: str | None, **flags: Any) -> ExitStatus:
    """Take back the decision or batch ID (its beginning will do); of an undo, do it again."""
    with _store(flags) as store:
        try:
            count = len(undo(store, _whole(store, id_), author_name(author), utcnow()))
        except UnknownDecisionError as error:
            raise ConfigError(str(error)) from error
    click.echo(f"{count:,} taken back")
    return ExitStatus.DONE


@contextmanager
def _store(flags: dict[str, Any]) -> Iterator[Store]:
    config = existing(settings(flags))
    with Store(config.collection / STORE_NAME) as store:
        yield store


def _seen(store: Store, url: str) -> tuple[str, Basis | None]:
    """Return the link as the store has it, and what its last check that counts came to."""
    history = find_link(store, url)
    if history is None:
        raise ConfigError(f"{printable(url)}: no statement cites it, and it was never checked")
    if not history.checks:
        return history.url, None
    verdict = counting(history.checks)[-1].verdict
    basis = Basis(outcome=verdict.outcome.value, reason=verdict.reason, final_url=verdict.final_url)
    return history.url, basis


def _whole(store: Store, beginning: str) -> str:
    """Return the one id or batch that begins so."""
    known = {name for one in decisions(store) for name in (one.id, one.batch) if name}
    found = [name for name in known if name.startswith(beginning)]
    if len(found) != 1 or len(beginning) < _SHORTEST:
        told = "several begin so" if len(found) > 1 else f"write {_SHORTEST} digits or more"
        raise ConfigError(f"{beginning}: {told if found else 'no decision or batch has this id'}")
    return found[0]
