"""`muniment capture`: a site into WARC files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from crawler.options import CaptureOptions, OptionsError
from crawler.reach import ScopeType
from muniment.capture_flags import GroupedCommand, capture_flags
from muniment.changes import change_figures, gone_notes
from muniment.config import Config, ConfigError, Requisites, override
from muniment.crawl import CrawlError, Event, crawl
from muniment.network import connections, nameserver, policy
from muniment.options import collection_options, network_options, settings
from muniment.progress import progress
from muniment.runs import Run, open_run
from muniment.status import ExitStatus, StageOutcome
from muniment.words import REASONS, WORDS, nothing_captured

SKIPPED = "skipped.jsonl"
_EXAMPLES = 2
_TOLD = 6
_NO_CONTACT = (
    "the site cannot tell whom to ask about this capture: "
    'set contact = "https://... or a mail address" under [network] in muniment.toml'
)


@click.command("capture", cls=GroupedCommand)
@click.argument("seeds", nargs=-1, metavar="[URL]...")
@capture_flags
@collection_options
@network_options
def command(seeds: tuple[str, ...], **flags: Any) -> ExitStatus:
    """Capture a site into archive/*.warc.gz, byte for byte, redirects and failures included.

    Without a URL, the profile's archive is walked from its indexes to its statements. With
    URLs, those sites are captured from there, whatever they are, into collections/HOST unless
    --collection or the settings name another folder. robots.txt is obeyed.

    A capture that was cut short goes on where it stopped. After one that was finished, only
    what has changed since is fetched.
    """
    config = settings(flags)
    profile = flags.pop("profile")
    if seeds and profile is None:
        profile = ""
    if profile is not None:
        config = override(config, capture=override(config.capture, profile=profile))
    config = override(config, capture=override(config.capture, seeds=seeds, **flags))
    if seeds and config.collection == Config().collection:
        config = override(config, collection=_collection_of(seeds[0]))
    capture_options(config)  # what cannot be followed is told before anything is written
    with open_run(config, "capture") as run:
        run.stage("capture", stage)
    return run.status


def _collection_of(seed: str) -> Path:
    """Return where a site is captured to when nobody says: never among another archive's files."""
    try:
        host = urlsplit(seed).hostname or ""
    except ValueError:  # told in words where the seed is read
        host = ""
    return Path("collections", host.replace(":", "-") or "pages").absolute()


def stage(run: Run) -> StageOutcome:
    """Crawl; the crawling process first puts damaged ends of an earlier capture right."""
    outcome = StageOutcome(stage="capture")
    options = capture_options(run.config, run.folder)
    if _is_anonymous(run.config, options):
        outcome.notes.append(_NO_CONTACT)
    try:
        with progress("capture") as advance:

            def on_event(event: Event) -> None:
                if event.get("event") == "progress":
                    done = event["responses"]
                    advance(done, done + event["queued"], f"{event['bytes'] / 1e6:.1f} MB")
                elif event.get("event") == "note":
                    outcome.notes.append(event["message"])

            last = crawl(options, run.folder, on_event)
            if last["reason"] == "finished":
                done = last["responses"]
                advance(done, done, f"{last['bytes'] / 1e6:.1f} MB")
    except CrawlError as error:
        outcome.status = ExitStatus.FAILED
        outcome.notes.append(str(error))
        return outcome
    _tell(outcome, last)
    if (run.folder / SKIPPED).exists():
        run.reports["skipped"] = str(run.folder / SKIPPED)
    return outcome


def capture_options(config: Config, folder: Path | None = None) -> CaptureOptions:
    """Return what the crawl is asked to do; raise ConfigError for what cannot be followed.

    Its log and its lists go to `folder`.
    """
    asked, network = config.capture, config.network
    policy(network), connections(network), nameserver(network)  # a wrong one fails here, in words
    try:
        return CaptureOptions(
            collection=config.collection,
            spider="statements" if asked.profile else "pages",
            profile=asked.profile or None,
            seeds=asked.seeds,
            scope=ScopeType(asked.scope),
            hosts=asked.hosts,
            max_depth=asked.depth,
            include=asked.include,
            exclude=asked.exclude,
            skip_types=asked.skip_types,
            requisites=asked.requisites != Requisites.NONE,
            requisites_anywhere=asked.requisites == Requisites.ANYWHERE,
            sitemaps=asked.sitemaps,
            concurrency=asked.concurrency,
            delay=asked.delay,
            max_delay=asked.max_delay,
            retries=asked.retries,
            retry_after_cap=asked.retry_after_cap,
            timeout=asked.timeout,
            max_size=asked.max_size or None,
            max_pages=asked.max_pages or None,
            max_bytes=asked.max_bytes or None,
            max_seconds=asked.max_seconds or None,
            obey_robots=asked.obey_robots,
            full=asked.full,
            allow_ranges=network.allow_ranges,
            connect_to=network.connect_to,
            resolver=network.resolver or None,
            ca_file=network.ca_file,
            proxy=network.proxy or None,
            user_agent=network.user_agent or None,
            contact=network.contact or None,
            operator=asked.operator or None,
            prefix=asked.prefix or None,
            warc_size=asked.warc_size or sys.maxsize,
            warc_age=asked.warc_age or sys.maxsize,
            keep_credentials=asked.keep_credentials,
            log_file=folder / "crawl.log" if folder else None,
            skipped_file=folder / SKIPPED if folder else None,
        )
    except OptionsError as error:
        raise ConfigError(f"capture: {error}") from error


_CLASSES = {"3": "redirected or unchanged", "4": "refused or not found", "5": "server errors"}


def _by_class(statuses: Mapping[str, int]) -> dict[str, int | str]:
    """Return how many answers were no plain success, by what that means."""
    counted: dict[str, int | str] = {}
    for first, words in _CLASSES.items():
        if n := sum(count for code, count in statuses.items() if code.startswith(first)):
            counted[words] = n
    return counted


def _tell(outcome: StageOutcome, last: Event) -> None:
    """Turn the crawl's last event into figures and notes."""
    outcome.status = ExitStatus(last["exit_status"])
    outcome.stopped = last["reason"] in ("shutdown", "killed")
    outcome.figures = {
        "responses": last["responses"],
        **_by_class(last.get("statuses", {})),
        "failed": last["failed"],
        **change_figures(last),
        "MB": f"{last['bytes'] / 1e6:.1f}",
        "WARC files": len(last.get("warcs", ())),
    }
    if outcome.status is ExitStatus.NOTHING_CAPTURED:
        outcome.notes[:0] = nothing_captured(last)
        return
    outcome.notes += gone_notes(last)
    outcome.notes += _not_captured(last)
    told = "seconds" in last or last["reason"] == "killed"  # else it never began, and said why
    if last["reason"] != "finished" and told:
        why = REASONS.get(last["reason"], last["reason"])
        outcome.notes.insert(0, f"the crawl stopped early: {why}; run again to go on")


def _not_captured(last: Event) -> list[str]:
    """Return a sentence for each reason why URLs were not captured; the rarest share one."""
    counts = {**last.get("failures", {}), **last.get("skipped", {})}
    kinds = sorted(counts, key=counts.__getitem__, reverse=True)
    told = _TOLD if len(kinds) > _TOLD + 1 else len(kinds)
    notes = []
    for kind in kinds[:told]:
        some = list(dict.fromkeys(last.get("examples", {}).get(kind, ())))[:_EXAMPLES]
        more = ", ..." if counts[kind] > len(some) else ""
        notes.append(f"{WORDS.get(kind, kind)}: {counts[kind]} ({', '.join(some)}{more})")
    if rare := [f"{WORDS.get(kind, kind)} {counts[kind]}" for kind in kinds[told:]]:
        notes.append(f"also: {', '.join(rare)}")
    return notes


def _is_anonymous(config: Config, options: CaptureOptions) -> bool:
    """Return whether a site out there would not learn whom to ask about this capture."""
    network = config.network
    if network.contact or network.user_agent or network.connect_to:
        return False
    return not all(_is_here(urlsplit(url).hostname or "") for url in options.start_urls)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
