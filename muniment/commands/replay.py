"""`muniment replay`: the captures in a browser on this machine."""

from __future__ import annotations

import contextlib
import errno
import socket
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import click

from muniment.indexing import index_missing, unindexed
from muniment.lock import LockedError, locked
from muniment.options import PlainOption, collection_options, existing, settings
from muniment.status import ExitStatus
from warc.collection import Collection

PORT = 8090


@click.command("replay")
@collection_options
@click.option(
    "--port",
    cls=PlainOption,
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help=f"Port to listen on; 0 = any free one  [that of report.replay_base, {PORT}]",
)
def command(port: int | None, **flags: Any) -> ExitStatus:
    """Serve the captures on http://localhost until Ctrl-C.

    Open the address it prints. Links in the report lead here, to port 8090 if the settings name
    no other. Archived scripts do not run, and nothing is fetched from the live web. Addresses are
    /TIMESTAMP/URL as in the Wayback Machine; the nearest capture answers.
    """
    import uvicorn

    from muniment.highlights import statements
    from warc.replay.server import create_app

    config = existing(settings(flags))
    collection = Collection(config.collection)
    if not collection.warc_files():
        click.echo(f"muniment: {collection.root}: nothing captured here yet", err=True)
        return ExitStatus.NOTHING_CAPTURED
    expected = _port(config.report.replay_base)
    port = expected if port is None else port
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        click.echo(f"muniment: {_refused(port, error)}", err=True)
        return ExitStatus.FAILED
    with listener:
        _index(collection)
        listening = listener.getsockname()[1]
        click.echo(f"Replay of {collection.name}: http://localhost:{listening}/")
        if listening != expected:
            click.echo(f"(links in reports lead to {config.report.replay_base})")
        click.echo("Ctrl-C ends it.")
        app = create_app(collection, statements(collection))
        options = uvicorn.Config(app, log_level="warning", lifespan="off")
        with contextlib.suppress(KeyboardInterrupt):  # the way to end it
            uvicorn.Server(options).run(sockets=[listener])
    return ExitStatus.DONE


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
