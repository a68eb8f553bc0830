"""`muniment why`: one link's history, its state, and the records that prove it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from muniment.config import Config, ConfigError
from muniment.link_story import WIDTH, LinkStory, tell
from muniment.options import collection_options, existing, settings
from muniment.printable import printable
from muniment.runs import utcnow
from muniment.status import ExitStatus
from pipelines.decisions.log import history as decisions_on
from pipelines.link_lookup import find_link, nearest
from pipelines.link_state import LinkState
from pipelines.rule_words import rule
from pipelines.states import link_trace
from pipelines.store import STORE_NAME, Store

_NARROWEST, _WIDEST = 60, 100


@click.command("why")
@click.argument("url")
@collection_options
@click.option("--json", "as_json", is_flag=True, help="Write all that is known as one JSON object.")
def command(url: str, *, as_json: bool, **flags: Any) -> ExitStatus:
    """Tell why the link URL has the verdict it has: its checks, its state, who cites it.

    Each request of the last check is told with the WARC file and the byte at which its record
    begins, and with the address at which `muniment replay` shows it. URL may be written as in
    the statement, or without its scheme.

    Exit status 1 where no such link is known; the nearest known ones are told then.
    """
    config = existing(settings(flags))
    if not (config.collection / STORE_NAME).exists():
        raise ConfigError(f"{config.collection}: no links yet; `muniment extract` derives them")
    with Store(config.collection / STORE_NAME) as store:
        history = find_link(store, url)
        if history is None:
            return _unknown(store, url, as_json=as_json)
        course = dict(link_trace(store, history.url, config.lifecycle, now=utcnow()))
        state = list(course.values())[-1] if course else LinkState()
        story = LinkStory(
            history=history,
            state=state,
            course=course,
            rule=rule(state.state, config.lifecycle),
            replay_base=config.report.replay_base,
            collection=_short(config),
            decisions=tuple(decisions_on(store, history.url)),
        )
    if as_json:
        from muniment.link_story_json import as_json as everything

        click.echo(json.dumps(everything(story), ensure_ascii=False))
    else:
        click.echo("\n".join(tell(story, _width())))
    return ExitStatus.DONE


def _unknown(store: Store, url: str, *, as_json: bool) -> ExitStatus:
    near = nearest(store, url)
    if as_json:
        click.echo(json.dumps({"url": url, "known": False, "nearest": near}, ensure_ascii=False))
    else:
        click.echo(f"no statement cites {printable(url)}, and it was never checked", err=True)
        if near:
            click.echo("the nearest known links are:", err=True)
        for one in near:
            click.echo(f"  {printable(one)}", err=True)
    return ExitStatus.FAILED


def _width() -> int:
    if not sys.stdout.isatty():
        return WIDTH
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def _short(config: Config) -> str:
    relative = os.path.relpath(config.collection)
    return str(config.collection) if relative.startswith("..") else str(Path(relative))
