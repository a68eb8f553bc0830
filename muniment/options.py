"""The flags that several subcommands share, and the settings they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from muniment.config import Config, ConfigError, load, override
from warc.collection import Collection

F = TypeVar("F", bound=Callable[..., Any])


class PlainOption(click.Option):
    """An option whose help leaves out its range, which only who goes beyond it has to know."""

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Return what help tells beside its text."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


collection_options = _all(
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Settings file  [muniment.toml here]",
    ),
    click.option(
        "--collection",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Folder of the collection  [collections/state-2009-2017]",
    ),
)

network_options = _all(
    click.option(
        "--allow-range",
        "allow_ranges",
        multiple=True,
        metavar="CIDR",
        help="Private addresses that may be asked, e.g. 127.0.0.0/8; all others are refused.",
    ),
    click.option("--resolver", metavar="HOST:PORT", help="DNS server  [the system's]"),
    click.option(
        "--connect-to",
        multiple=True,
        metavar="HOST1:PORT1:HOST2:PORT2",
        help="Connect to HOST2:PORT2 instead of HOST1:PORT1, as in curl; empty = any, unchanged.",
    ),
    click.option(
        "--ca",
        "ca_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="An additional certificate authority (PEM).",
    ),
    click.option("--proxy", metavar="URL", help="HTTP proxy for http and https."),
    click.option("--user-agent", metavar="TEXT", help="The User-Agent sent."),
)

NETWORK_FLAGS = ("allow_ranges", "resolver", "connect_to", "ca_file", "proxy", "user_agent")


def settings(flags: dict[str, Any]) -> Config:
    """Return the settings of the file with the shared flags over them.

    Takes what it understands out of `flags`; what is left is the subcommand's own.
    """
    config = load(flags.pop("config"))
    collection: Path | None = flags.pop("collection")
    network = {name: flags.pop(name) for name in NETWORK_FLAGS if name in flags}
    if collection is not None:
        config = replace(config, collection=collection.absolute())
    return replace(config, network=override(config.network, **network))


def existing(config: Config) -> Config:
    """Return `config`; raise ConfigError where its collection is not there.

    For the commands that need captures: a mistyped folder is told and not made.
    """
    if not Collection(config.collection).archive.is_dir():
        raise ConfigError(
            f"{config.collection}: no collection here; `muniment run` makes one, "
            "--collection names another"
        )
    return config
