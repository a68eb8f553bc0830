"""`muniment replay`: the captures in a browser on this machine."""

from __future__ import annotations

import socket
from typing import Any

import click

from muniment.options import collection_options, settings
from muniment.status import ExitStatus
from warc.collection import Collection

PORT = 8090


@click.command("replay")
@collection_options
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
def command(port: int, **flags: Any) -> ExitStatus:
    """Serve the captures on http://localhost until Ctrl-C.

    Archived scripts do not run, and nothing is fetched from the live web. Links in the report
    lead here. Addresses are /TIMESTAMP/URL as in the Wayback Machine; the nearest capture answers.
    """
    import uvicorn

    from warc.replay.server import create_app

    collection = Collection(settings(flags).collection)
    if not collection.warc_files():
        click.echo(f"muniment: {collection.root}: nothing captured here yet", err=True)
        return ExitStatus.NOTHING_CAPTURED
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        click.echo(
            f"muniment: port {port} cannot be had: {error.strerror}; name another with --port",
            err=True,
        )
        return ExitStatus.FAILED
    with listener:
        click.echo(f"replaying {collection.name} at http://localhost:{listener.getsockname()[1]}/")
        config = uvicorn.Config(create_app(collection), log_level="warning", lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])
    return ExitStatus.DONE
