"""`muniment check --input`: the links of a list, without a collection."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crawler.disk import is_full
from muniment import __version__
from muniment.check_list_flags import STANDARD, ListFlags
from muniment.check_settings import probe_options, user_agent
from muniment.config import Config, as_table
from muniment.controls import ask_controls, failed_controls
from muniment.list_input import load_lines
from muniment.list_keeping import kept_each_second
from muniment.list_output import require_writable, write_verdicts
from muniment.list_progress import list_progress
from muniment.lock import locked
from muniment.memory import hold_memory
from muniment.network import make_wire
from muniment.printable import printable
from muniment.runs import UnwritableError, utcnow
from muniment.status import ExitStatus
from muniment.until_signal import run_until_signal
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe
from pipelines.extraction import CHECK_PREFIX
from pipelines.list_answers import ANSWERS_NAME, ListAnswers, answer_of
from pipelines.list_readback import read_back
from pipelines.list_verdicts import OWN_CLOCK, OWN_NETWORK
from pipelines.own_clock import IN_DOUBT as CLOCK_IN_DOUBT
from pipelines.own_clock import UNTIMELY, OwnClock
from pipelines.own_network import UNANSWERED, UNHEARD, OwnNetwork
from pipelines.unjudged import Unjudged
from pipelines.verdicts.plain import Plain
from pipelines.verdicts.rules import RULES_VERSION, Rules
from pipelines.verdicts.verdict import NOT_JUDGED, judge
from pipelines.void_runs import control_failed
from warc.collection import Collection
from warc.recovery import recover
from warc.wire import Limits
from warc.writer import WarcWriter, WriterOptions

_MOST_REASONS = 8


@dataclass(slots=True)
class _Told:
    """What there is to tell at the end."""

    lines: int = 0
    addresses: int = 0
    before: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    doubted: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unjudged: Unjudged = field(default_factory=Unjudged)
    status: ExitStatus = ExitStatus.DONE
    is_void: bool = False


def check_list(config: Config, flags: ListFlags) -> ExitStatus:
    """Check the links of a list; write a line for each, in the list's order, and a summary.

    What was answered when a signal, a kill or a full disk ended a check is not asked again by
    the next one with the same evidence folder and settings.
    """
    target = None if flags.target == STANDARD else Path(flags.target)
    require_writable(target, flags.source)
    told = _Told()
    began = utcnow()
    kept = None if _is_for_now(flags, target) else flags.evidence or Path(f"{target}.evidence")
    with _evidence(kept) as collection, locked(collection.root, began):
        recover(collection)
        with ListAnswers(collection.root / ANSWERS_NAME) as answers:
            _begin(answers, config, flags, collection, told)
            _ask(answers, config, collection, told)
            write_verdicts(
                answers,
                collection,
                target,
                told.verdicts,
                told.broken,
                is_kept=kept is not None,
                doubted=told.doubted,
            )
            if told.status is ExitStatus.DONE:
                answers.done()
    seconds = (utcnow() - began).total_seconds()
    for line in _summary(told, seconds, target, kept):
        click.echo(line, err=True)
    return _status(told, flags)


def _status(told: _Told, flags: ListFlags) -> ExitStatus:
    broken, alive = told.verdicts[Plain.BROKEN], told.verdicts[Plain.ALIVE]
    if told.unjudged.count:
        return ExitStatus.FAILED
    if told.is_void:
        return ExitStatus.CUT_SHORT
    if told.status is ExitStatus.DONE and flags.fail_on.is_exceeded(broken, broken + alive):
        return ExitStatus.BROKEN_LINKS
    return told.status


def _is_for_now(flags: ListFlags, target: Path | None) -> bool:
    """Return whether the evidence goes with the check: no folder was named, none goes without."""
    is_file = target is not None and (target.is_file() or not target.exists())
    return flags.evidence is None and not is_file


@contextmanager
def _evidence(kept: Path | None) -> Iterator[Collection]:
    """Yield the folder of the evidence, with the folders of a collection in it."""
    if kept is None:
        with TemporaryDirectory(prefix="muniment-check-") as folder:
            collection = Collection(Path(folder))
            collection.create()
            yield collection
        return
    collection = Collection(kept.absolute())
    try:
        collection.create()
    except OSError as error:
        raise UnwritableError(
            f"{kept}: the evidence cannot be written: {error.strerror}; "
            "name another folder with --evidence"
        ) from error
    yield collection


def _begin(
    answers: ListAnswers, config: Config, flags: ListFlags, collection: Collection, told: _Told
) -> None:
    """Read the list, and find out what of it is answered already."""
    asked = [as_table(config.network), config.check.timeout, config.check.retries, RULES_VERSION]
    since = answers.begin(utcnow(), json.dumps(asked), fresh=flags.fresh)
    if since is not None:
        answers.forget_lost(collection.archive)
    load_lines(answers, flags)
    if since is not None:
        read_back(collection, answers, since, Rules())
    told.lines, told.addresses, told.before = answers.counts()
    if since is not None and told.before:
        told.notes.append(
            f"{told.before} were answered by the check that was interrupted, begun "
            f"{since:%Y-%m-%d %H:%M} UTC; --fresh asks them again"
        )


def _ask(answers: ListAnswers, config: Config, collection: Collection, told: _Told) -> None:
    left = told.addresses - told.before
    if not left:
        return
    rules, network, own_clock = Rules(), OwnNetwork(), OwnClock()
    hold_memory()
    with (
        WarcWriter(_writer_options(config, collection), clock=utcnow) as writer,
        list_progress(left) as advance,
    ):

        def on_evidence(probe: Probe, evidence: Evidence) -> None:
            verdict = judge([evidence], rules)
            answer = answer_of(evidence, verdict)
            told.unjudged.add(evidence.url, verdict)
            network.add(evidence)
            own_clock.add(evidence)
            is_settled = evidence.incident is None and verdict.reason != NOT_JUDGED
            answers.put(evidence.url, answer, is_settled=is_settled)
            advance(probe)

        async def work() -> None:
            await _ask_each(answers, config, writer, told, on_evidence)

        try:
            stopped = run_until_signal(work)
        except OSError as error:
            told.status = ExitStatus.CUT_SHORT if is_full(error) else ExitStatus.FAILED
            told.notes.append(f"the check broke off: {error.strerror or error}")
            stopped = False
    _doubt_ourselves(told, network, own_clock)
    told.notes += map(printable, told.unjudged.notes())
    unasked = told.addresses - answers.counts()[2]
    if stopped:
        told.status = ExitStatus.CUT_SHORT
        told.notes.append(f"stopped by a signal with {unasked} not asked")
    if told.status is not ExitStatus.DONE:
        told.notes.append("the same command goes on where this one ended")


async def _ask_each(
    answers: ListAnswers,
    config: Config,
    writer: WarcWriter,
    told: _Told,
    on_evidence: Callable[[Probe, Evidence], None],
) -> None:
    """Ask what is unanswered, and the control URLs before and after it."""
    limits = Limits(connect=config.check.timeout, idle=config.check.timeout)
    async with make_wire(config.network, limits) as wire:
        if failed := failed_controls(await ask_controls(config, wire, writer)):
            told.status = ExitStatus.CUT_SHORT
            told.notes.append(f"no link was asked: {control_failed(failed)}")
            return
        probe = Probe(wire, writer, probe_options(config), clock=utcnow, sleep=asyncio.sleep)
        with kept_each_second(answers):
            await probe.run(answers.unanswered(), partial(on_evidence, probe))
        if failed := failed_controls(await ask_controls(config, wire, writer)):
            _void(told, failed)


def _void(told: _Told, failed: list[str]) -> None:
    """Call nothing broken that gave no answer, since our own network has gone meanwhile."""
    told.is_void = True
    told.doubted |= dict.fromkeys(UNANSWERED, OWN_NETWORK)
    told.notes.append(f"what gave no answer is not called broken: {control_failed(failed)}")


def _doubt_ourselves(told: _Told, network: OwnNetwork, own_clock: OwnClock) -> None:
    """Call nothing broken for what may be a fault of this machine."""
    if network.is_doubtful:
        silent, asked = network.hosts
        told.doubted |= dict.fromkeys(UNHEARD, OWN_NETWORK)
        told.notes.append(
            f"nothing was heard of {silent} of {asked} hosts: is this machine's network down? "
            "They are not called broken"
        )
    if own_clock.is_doubtful:
        told.doubted |= dict.fromkeys(UNTIMELY, OWN_CLOCK)
        told.notes.append(CLOCK_IN_DOUBT)


def _writer_options(config: Config, collection: Collection) -> WriterOptions:
    return WriterOptions(
        archive=collection.archive,
        indexes=collection.indexes,
        prefix=CHECK_PREFIX,
        info=(
            ("software", f"Muniment/{__version__}"),
            ("operator", config.capture.operator),
            ("description", "checks of a list of links"),
            ("http-header-user-agent", user_agent(config.network)),
        ),
    )


def _summary(told: _Told, seconds: float, target: Path | None, kept: Path | None) -> Iterator[str]:
    """Yield a few lines for people."""
    yield (
        f"{_number(told.lines, 'link')}, {told.addresses:,} different to ask, in {seconds:.1f} s: "
        + (", ".join(f"{told.verdicts[one]:,} {one}" for one in Plain if told.verdicts[one]) or "-")
    )
    if told.broken:
        reasons = [f"{count:,} {reason}" for reason, count in told.broken.most_common()]
        more = len(reasons) - _MOST_REASONS
        rest = f" and {more} more reasons" if more > 0 else ""
        yield f"  broken: {', '.join(reasons[:_MOST_REASONS])}{rest}"
    for note in told.notes:
        yield f"  ! {note}"
    if target is not None:
        yield f"  verdicts {target}"
    if kept is not None:
        yield f"  evidence {kept}"


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"
