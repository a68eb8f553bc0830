"""The flags of `muniment capture`, in the groups in which its help tells them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import click

from crawler.reach import ScopeType
from muniment.config import Requisites
from muniment.options import PlainOption

F = TypeVar("F", bound=Callable[..., Any])


def _one_of(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([each.value for each in kind])


_SHARED = "Network and folders"
_COUNT = click.IntRange(min=0)

_GROUPS: dict[str, tuple[Callable[[Any], Any], ...]] = {
    "What is captured": (
        click.option(
            "--profile", metavar="NAME", help="Site profile  [state-2009-2017; none for URLs]"
        ),
        click.option(
            "--scope", type=_one_of(ScopeType), help="How far links lead from the URLs  [host]"
        ),
        click.option(
            "--host",
            "hosts",
            multiple=True,
            metavar="HOST[:PORT]",
            help="One more host in scope; can be given again.",
        ),
        click.option(
            "--depth",
            cls=PlainOption,
            type=_COUNT,
            metavar="N",
            help="Links from a URL  [no limit]",
        ),
        click.option(
            "--include", multiple=True, metavar="REGEX", help="Only addresses in which it is found"
        ),
        click.option(
            "--exclude", multiple=True, metavar="REGEX", help="No address in which it is found"
        ),
        click.option(
            "--skip-type",
            "skip_types",
            multiple=True,
            metavar="TYPE",
            help="None that ends as such a type, e.g. video/*",
        ),
        click.option(
            "--requisites",
            type=_one_of(Requisites),
            help="Images, styles, scripts, frames of pages  [same]",
        ),
        click.option(
            "--sitemaps/--no-sitemaps", default=None, help="Take sitemaps as seeds  [yes]"
        ),
        click.option(
            "--robots/--ignore-robots", "obey_robots", default=None, help="Obey robots.txt  [yes]"
        ),
        click.option("--full", is_flag=True, default=None, help="Fetch again what has not changed"),
    ),
    "How gently": (
        click.option(
            "--concurrency",
            cls=PlainOption,
            type=click.IntRange(min=1),
            metavar="N",
            help="Requests at once at a host  [2]",
        ),
        click.option(
            "--delay",
            cls=PlainOption,
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            help="Between two requests to a host  [1]",
        ),
        click.option(
            "--timeout",
            cls=PlainOption,
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="For one answer  [300]",
        ),
        click.option(
            "--retries",
            cls=PlainOption,
            type=_COUNT,
            metavar="N",
            help="Second tries where an answer fails  [2]",
        ),
    ),
    "How much, at most": (
        click.option(
            "--max-pages", cls=PlainOption, type=_COUNT, metavar="N", help="Answers  [no limit]"
        ),
        click.option(
            "--max-bytes",
            cls=PlainOption,
            type=_COUNT,
            metavar="BYTES",
            help="Answers, after which none is begun; those under way end  [no limit]",
        ),
        click.option(
            "--max-seconds",
            cls=PlainOption,
            type=_COUNT,
            metavar="SECONDS",
            help="Time  [no limit]",
        ),
        click.option(
            "--max-size",
            cls=PlainOption,
            type=_COUNT,
            metavar="BYTES",
            help="One answer; the rest of it is cut  [no limit]",
        ),
    ),
    "What the WARC files say": (
        click.option("--operator", metavar="TEXT", help="Who captures"),
        click.option(
            "--prefix", metavar="NAME", help="How file names begin  [the collection's name]"
        ),
    ),
}


class GroupedCommand(click.Command):
    """A command whose help has its flags under headings, the shared ones last."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the groups."""
        rows: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (*_GROUPS, _SHARED)}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                rows[_HEADINGS.get(parameter.name or "", _SHARED)].append(record)
        for heading, records in rows.items():
            with formatter.section(heading):
                formatter.write_dl(records)


def capture_flags(function: F) -> F:
    """Give a command all flags of a capture but the shared ones."""
    for decorators in reversed(list(_GROUPS.values())):
        for decorator in reversed(decorators):
            function = decorator(function)
    return function


def _names(decorators: tuple[Callable[[Any], Any], ...]) -> list[str]:
    """Return the names of the options that these decorators add."""

    def nothing() -> None: ...

    for decorator in decorators:
        decorator(nothing)
    parameters: list[click.Parameter] = nothing.__click_params__  # type: ignore[attr-defined]
    return [parameter.name or "" for parameter in parameters]


_HEADINGS = {name: heading for heading, group in _GROUPS.items() for name in _names(group)}
