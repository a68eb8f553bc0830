"""`muniment replay`: the captures in a browser on this machine."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from muniment.config import Config, ConfigError
from muniment.indexing import index_missing, unindexed
from muniment.lock import LockedError, locked
from muniment.options import PlainOption, collection_options, existing, settings
from muniment.status import ExitStatus
from warc.collection import Collection

PORT = 8090


@click.command("replay")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@collection_options
@click.option(
    "--port",
    cls=PlainOption,
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help=f"Port to listen on; 0 = any free one  [that of report.replay_base, {PORT}]",
)
def command(files: tuple[Path, ...], port: int | None, **flags: Any) -> ExitStatus:
    """Serve the captures on http://localhost until Ctrl-C.

    Open the address it prints. Links in the report lead here, to port 8090 if the settings name
    no other. Archived scripts do not run, and nothing is fetched from the live web. Addresses are
    /TIMESTAMP/URL as in the Wayback Machine; the nearest capture answers.

    With FILES, those alone, from any tool: WARC or ARC, plain, gzip or Zstandard, closed or still
    being written, and WACZ. They are read once to be indexed; nothing is written beside them.
    """
    config = settings(flags)
    config = config if files else existing(config)
    expected = _port(config.report.replay_base)
    port = expected if port is None else port
    with _captures(files, config) as collection:
        if collection is None:
            return ExitStatus.NOTHING_CAPTURED
        try:
            listener = socket.create_server(("127.0.0.1", port))
        except OSError as error:
            click.echo(f"muniment: {_refused(port, error)}", err=True)
            return ExitStatus.FAILED
        with listener, contextlib.suppress(KeyboardInterrupt):  # the way to end it
            _serve(collection, listener, None if files else config.report.replay_base)
    return ExitStatus.DONE


def _serve(collection: Collection, listener: socket.socket, linked_from: str | None) -> None:
    """Answer at `listener` until Ctrl-C; `linked_from` is where links of reports lead."""
    import uvicorn

    from muniment.highlights import statements
    from muniment.host_aliases import host_aliases
    from warc.replay.server import create_app

    listening = listener.getsockname()[1]
    app = create_app(collection, statements(collection), aliases=host_aliases())
    click.echo(f"Replay of {collection.name}: http://localhost:{listening}/")
    if linked_from is not None and listening != _port(linked_from):
        click.echo(f"(links in reports lead to {linked_from})")
    click.echo("Ctrl-C ends it.")
    options = uvicorn.Config(app, log_level="warning", lifespan="off")
    uvicorn.Server(options).run(sockets=[listener])


@contextmanager
def _captures(files: Sequence[Path], config: Config) -> Iterator[Collection | None]:
    """Yield what is to be served, indexed; None where there is no capture, which is said."""
    if files:
        with _of_files(files) as collection:
            yield collection
        return
    collection = Collection(config.collection)
    if not collection.warc_files():
        click.echo(f"muniment: {collection.root}: nothing captured here yet", err=True)
        yield None
        return
    _index(collection)
    for file in sorted(collection.archive.glob("*.open")):
        click.echo(f"({file.name} is being written: found once it is closed, or given by its path)")
    yield collection


@contextmanager
def _of_files(files: Sequence[Path]) -> Iterator[Collection | None]:
    from muniment.progress import in_megabytes, progress
    from warc.replay.loose_files import LooseFileError, opened

    name = files[0].name if len(files) == 1 else f"{len(files)} files"
    # SIGTERM ends it as Ctrl-C does: the folder made for the files goes.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        stack.callback(signal.signal, signal.SIGTERM, before)
        try:
            with progress("index") as advance:
                collection, found = stack.enter_context(opened(files, name, in_megabytes(advance)))
        except (LooseFileError, OSError) as error:
            raise ConfigError(str(error)) from error
        for one in found:
            click.echo(str(one), err=not one.captures)
        yield collection if any(one.captures for one in found) else None


def _port(replay_base: str) -> int:
    """Return the port that the links of reports lead to, the usual one where they name none."""
    try:
        return urlsplit(replay_base).port or PORT
    except ValueError:
        return PORT


def _refused(port: int, error: OSError) -> str:
    reason = (
        "in use, perhaps by another replay"
        if error.errno == errno.EADDRINUSE
        else (error.strerror or str(error))
    )
    return f"port {port} cannot be had: {reason}; name another with --port"


def _index(collection: Collection) -> None:
    """Make missing indexes again, without which a capture cannot be found."""
    if not unindexed(collection):
        return
    try:
        with locked(collection.root, datetime.now(UTC)):
            for sentence in index_missing(collection):
                click.echo(sentence)
    except (LockedError, OSError) as error:
        click.echo(f"muniment: captures without an index are not found: {error}", err=True)
