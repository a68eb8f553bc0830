"""The flags of `muniment check` that are about a list of links, and how links are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from muniment.config import Check, Config, override
from muniment.fail_on import FailOn
from muniment.options import PlainOption
from pipelines.checks.targets import Target, read_target
from pipelines.link_lists import ListKind
from warc.http.userinfo import masked

F = TypeVar("F", bound=Callable[..., Any])

STANDARD = "-"
# A person waits for the answers to a list, which has few links of each host.
_OF_A_LIST = {"per_host_delay": 0.05, "retry_delay": 3.0, "retry_after_cap": 30.0}
_SECONDS: dict[str, Any] = {
    "type": click.FloatRange(min=0),
    "metavar": "SECONDS",
    "cls": PlainOption,
}
_COUNT: dict[str, Any] = {"metavar": "N", "cls": PlainOption}

_LIST = (
    click.option(
        "--input",
        "source",
        metavar="FILE",
        help="Check the links of FILE (- = standard input) instead of a collection's: plain "
        "URLs, HTML, Markdown, or JSON Lines of {id, href, base}.",
    ),
    click.option(
        "--output",
        "target",
        metavar="FILE",
        help="Where their verdicts go, as JSON Lines in the same order  [standard output]",
    ),
    click.option(
        "--format",
        "kind",
        type=click.Choice([kind.value for kind in ListKind]),
        help="How the input is written  [by its suffix, else by its content]",
    ),
    click.option("--base", metavar="URL", help="What relative links of the input are relative to."),
    click.option(
        "--evidence",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Where the WARC files go  [OUTPUT.evidence; none kept for standard output]",
    ),
    click.option(
        "--fresh", is_flag=True, help="Ask again what an interrupted check of a list has asked."
    ),
    click.option(
        "--fail-on",
        metavar="SHARE",
        help="Exit status 2 beyond a share of broken links of the list: none, any, 5%  [none]",
    ),
)
_ASKING = (
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        help="Longest wait for any next byte  [20]",
        metavar="SECONDS",
        cls=PlainOption,
    ),
    click.option(
        "--per-host", type=click.IntRange(min=1), help="Requests to one host at once  [2]", **_COUNT
    ),
    click.option(
        "--delay", help="Between requests to one host  [0.5; 0.05 for a list]", **_SECONDS
    ),
    click.option(
        "--concurrency", type=click.IntRange(min=1), help="Requests at once in all  [64]", **_COUNT
    ),
    click.option(
        "--retries",
        type=click.IntRange(min=0),
        help="Times that a fault which may pass is tried again  [1]",
        **_COUNT,
    ),
    click.option("--retry-delay", help="Wait before that  [15; 3 for a list]", **_SECONDS),
    click.option(
        "--control-url",
        "control_urls",
        multiple=True,
        metavar="URL",
        help="Asked before the links and after them: where none opens, it is our own network. "
        "Repeatable.",
    ),
    click.option(
        "--retry-after-cap",
        help="Longest Retry-After that is waited for  [120; 30 for a list]",
        **_SECONDS,
    ),
)


def list_options(function: F) -> F:
    """Add the flags of a list."""
    return _add(_LIST, function)


def asking_options(function: F) -> F:
    """Add the flags of how links are asked."""
    return _add(_ASKING, function)


def _add(options: tuple[Callable[[F], F], ...], function: F) -> F:
    for decorate in reversed(options):
        function = decorate(function)
    return function


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFlags:
    """What to check and where its verdicts go; `-` is the standard stream."""

    source: str
    target: str
    kind: ListKind | None
    base: str | None
    evidence: Path | None
    fresh: bool
    fail_on: FailOn


def take_list_flags(flags: dict[str, Any]) -> ListFlags | None:
    """Take the flags of a list out of `flags`; None where there is no list to check."""
    names = ("source", "target", "kind", "base", "evidence", "fresh", "fail_on")
    given = {name: flags.pop(name) for name in names}
    if given["source"] is None:
        alone = [f"--{_SPELT.get(name, name)}" for name in names if given[name]]
        if alone:
            raise click.UsageError(f"{alone[0].replace('_', '-')} goes with --input.")
        return None
    kind = given["kind"]
    return ListFlags(
        source=given["source"],
        target=given["target"] or STANDARD,
        kind=ListKind(kind) if kind else None,
        base=given["base"],
        evidence=given["evidence"],
        fresh=given["fresh"],
        fail_on=FailOn.parse(given["fail_on"] or "none"),
    )


_SPELT = {"target": "output", "kind": "format"}


def take_asking_flags(flags: dict[str, Any]) -> dict[str, Any]:
    """Take the flags of how links are asked out of `flags`, by the names of their settings."""
    names = ("timeout", "per_host", "concurrency", "retries", "retry_delay", "retry_after_cap")
    given = {name: flags.pop(name) for name in names}
    controls = flags.pop("control_urls")
    wrong = [url for url in controls if not isinstance(read_target(url), Target)]
    if wrong:
        raise click.UsageError(f"--control-url: {masked(wrong[0])} is no web address.")
    return {"per_host_delay": flags.pop("delay"), "control_urls": controls, **given}


def asked_as(config: Config, given: dict[str, Any]) -> Config:
    """Return the settings with what `take_asking_flags` took over them."""
    return replace(config, check=override(config.check, **given))


def for_a_list(check: Check) -> Check:
    """Return the settings for people who wait: shorter delays where none were set."""
    default = Check()
    unset = {
        name: seconds
        for name, seconds in _OF_A_LIST.items()
        if getattr(check, name) == getattr(default, name)
    }
    return override(check, **unset)
