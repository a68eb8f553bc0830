"""`muniment review`: the findings in a browser, for people to decide on."""

from __future__ import annotations

import contextlib
import ipaddress
import signal
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muniment.author import author_name
from muniment.check_settings import void_rules
from muniment.config import Config, override
from muniment.indexing import index_missing, unindexed
from muniment.lock import LockedError, locked
from muniment.options import PlainOption, collection_options, existing, settings
from muniment.runs import utcnow
from muniment.status import ExitStatus
from pipelines.refill import refill_lost
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.rules import Rules
from warc.collection import Collection

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from muniment.reviewing import Served

PORT = 8091
_HERE = "127.0.0.1"


@click.command("review")
@collection_options
@click.option(
    "--port",
    cls=PlainOption,
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="PORT",
    help=f"Port to listen on; 0 = any free one  [{PORT}]",
)
@click.option("--host", metavar="ADDRESS", help="Let others in at this address; with a token.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The token they sign in with; made if there is no such file.",
)
@click.option("--author", metavar="NAME", help="Whose decisions  [git's user.name, or the login]")
@click.option(
    "--pack", type=click.Choice([one.value for one in PackName]), help="What is broken  [strict]"
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def command(
    port: int,
    host: str | None,
    token_file: Path | None,
    author: str | None,
    pack: str | None,
    *,
    show: bool,
    **flags: Any,
) -> ExitStatus:
    """Serve the findings for review on http://127.0.0.1 until Ctrl-C.

    Open the address it prints: a queue of broken links with filters and search, each with its
    history, the statements that cite it and the captured answer. What is decided there is kept
    in the collection's log of decisions and honoured by reports: docs/review.md.

    Others come in only with --host and --token-file, and sign in with a name of their own.
    """
    config_file: Path | None = flags["config"]
    config = existing(settings(flags))
    config = override(config, report=override(config.report, pack=pack and PackName(pack)))
    token = _token(host, token_file)
    with contextlib.ExitStack() as stack:
        try:
            listeners = _listen(stack, host or _HERE, port)
        except OSError as error:
            reason = error.strerror or str(error)
            click.echo(
                f"muniment: port {port} of {host or _HERE} cannot be had: {reason}", err=True
            )
            return ExitStatus.FAILED
        _prepare(config)
        from muniment.reviewing import Served

        served = Served(
            host=host or _HERE,
            port=listeners[0].getsockname()[1],
            replay_port=listeners[1].getsockname()[1],
            author="" if token else author_name(author),
            token=token,
            config_file=config_file,
        )
        _serve(config, served, listeners, show=show)
    return ExitStatus.DONE


def _token(host: str | None, token_file: Path | None) -> str:
    if host is None and token_file is None:
        return ""
    if host is None or token_file is None:
        raise click.UsageError("--host and --token-file go together: others come in with a token.")
    if _is_any(host):
        raise click.UsageError(
            f"--host {host}: name the address or the host name that others reach this machine by."
        )
    from muniment.review_token import read_token

    token, is_new = read_token(token_file)
    if is_new:
        click.echo(f"A token was made: {token_file}")
    return token


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host.strip()


def _listen(stack: contextlib.ExitStack, host: str, port: int) -> list[socket.socket]:
    """Return the sockets of the review and, on the next port that is free, of its replay."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    first = stack.enter_context(socket.create_server((host, port), family=family))
    own = first.getsockname()[1]
    for wanted in (own + 1, 0):
        with contextlib.suppress(OSError, OverflowError):
            return [first, stack.enter_context(socket.create_server((host, wanted), family=family))]
    raise OSError("no port for the replay")


def _prepare(config: Config) -> None:
    """Make again what can be: indexes that are missing, and checks that a lost store had."""
    collection = Collection(config.collection)
    if not unindexed(collection) and (collection.root / STORE_NAME).exists():
        return
    try:
        with locked(collection.root, utcnow()):
            notes = index_missing(collection)
            with Store(collection.root / STORE_NAME) as store:
                notes += refill_lost(collection, store, Rules(), void_rules(config))
            for sentence in notes:
                click.echo(sentence)
    except LockedError as error:
        click.echo(f"muniment: what is missing cannot be made again now: {error}", err=True)


def _serve(config: Config, served: Served, listeners: list[socket.socket], *, show: bool) -> None:
    import uvicorn

    from muniment.reviewing import Ports, replay_of, review_of
    from reports.review.index import INDEX_NAME

    review = review_of(config, served)
    if not (config.collection / INDEX_NAME).exists():
        click.echo("Making the index of the queue ...")
    review.prepare()
    click.echo(f"Review of {config.collection.name}: {served.origin}/")
    click.echo(f"Its replay: {served.replay_origin}/")
    who = "get the name that their reviewer signed in with" if served.token else ""
    click.echo(f"Decisions {who or f'are those of {served.author}'}. Ctrl-C ends it.")
    ports: dict[int, ASGIApp] = {
        served.port: review,
        served.replay_port: review.for_reviewers(replay_of(config, served)),
    }
    options = uvicorn.Config(
        Ports(ports),
        log_level="warning",
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(options)
    # uvicorn ends in order and then raises the signal once more: what is under way is ended, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), contextlib.closing(review):
        if show:
            webbrowser.open(f"{served.origin}/")
        server.run(sockets=listeners)
