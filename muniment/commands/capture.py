"""`muniment capture`: a site into WARC files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from crawler.options import CaptureOptions, OptionsError
from muniment.config import Config, ConfigError, override
from muniment.crawl import CrawlError, Event, crawl
from muniment.network import connections, nameserver, policy
from muniment.options import collection_options, network_options, settings
from muniment.progress import progress
from muniment.runs import Run, open_run
from muniment.status import ExitStatus, StageOutcome

_EXAMPLES = 2


@click.command("capture")
@click.argument("seeds", nargs=-1, metavar="[URL]...")
@collection_options
@network_options
@click.option("--profile", metavar="NAME", help="Site profile  [state-2009-2017; none for URLs]")
@click.option("--concurrency", type=click.IntRange(min=1), help="Requests at once at a host  [2]")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between two at a host  [1]")
@click.option("--max-pages", type=click.IntRange(min=0), help="Stop after so many  [no limit]")
@click.option("--max-bytes", type=click.IntRange(min=0), help="Stop after so many  [no limit]")
@click.option("--max-seconds", type=click.IntRange(min=0), help="Stop after so long  [no limit]")
def command(seeds: tuple[str, ...], **flags: Any) -> ExitStatus:
    """Capture a site into archive/*.warc.gz, byte for byte, redirects and failures included.

    Without a URL, the profile's archive is walked from its indexes to its statements. With
    URLs, those sites are captured from there, whatever they are. robots.txt is obeyed.
    """
    config = settings(flags)
    profile = flags.pop("profile")
    if seeds and profile is None:
        profile = ""
    if profile is not None:
        config = override(config, capture=override(config.capture, profile=profile))
    config = override(config, capture=override(config.capture, seeds=seeds, **flags))
    capture_options(config)  # what cannot be followed is told before anything is written
    with open_run(config, "capture") as run:
        run.stage("capture", stage)
    return run.status


def stage(run: Run) -> StageOutcome:
    """Crawl; the crawling process first puts damaged ends of an earlier capture right."""
    outcome = StageOutcome(stage="capture")
    options = capture_options(run.config, log_file=run.folder / "crawl.log")
    try:
        with progress("capture") as advance:

            def on_event(event: Event) -> None:
                if event.get("event") == "progress":
                    done = event["responses"]
                    advance(done, done + event["queued"], f"{event['bytes'] / 1e6:.1f} MB")
                elif event.get("event") == "note":
                    outcome.notes.append(event["message"])

            last = crawl(options, run.folder, on_event)
    except CrawlError as error:
        outcome.status = ExitStatus.FAILED
        outcome.notes.append(str(error))
        return outcome
    _tell(outcome, last)
    return outcome


def capture_options(config: Config, log_file: Path | None = None) -> CaptureOptions:
    """Return what the crawl is asked to do; raise ConfigError for what cannot be followed."""
    asked, network = config.capture, config.network
    policy(network), connections(network), nameserver(network)  # a wrong one fails here, in words
    try:
        return CaptureOptions(
            collection=config.collection,
            spider="statements" if asked.profile else "pages",
            profile=asked.profile or None,
            seeds=asked.seeds,
            concurrency=asked.concurrency,
            delay=asked.delay,
            timeout=asked.timeout,
            max_pages=asked.max_pages or None,
            max_bytes=asked.max_bytes or None,
            max_seconds=asked.max_seconds or None,
            obey_robots=asked.obey_robots,
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
            log_file=log_file,
        )
    except OptionsError as error:
        raise ConfigError(f"capture: {error}") from error


def _tell(outcome: StageOutcome, last: Event) -> None:
    """Turn the crawl's last event into figures and notes."""
    outcome.status = ExitStatus(last["exit_status"])
    statuses = last.get("statuses", {})
    outcome.figures = {
        "responses": last["responses"],
        **{f"with status {code}": n for code, n in statuses.items() if not code.startswith("2")},
        "failed": last["failed"],
        "MB": f"{last['bytes'] / 1e6:.1f}",
        "WARC files": len(last.get("warcs", ())),
    }
    examples = last.get("examples", {})
    for kind, n in {**last.get("failures", {}), **last.get("skipped", {})}.items():
        some = list(dict.fromkeys(examples.get(kind, ())))[:_EXAMPLES]
        more = ", ..." if n > len(some) else ""
        outcome.notes.append(f"{_WORDS.get(kind, kind)}: {n} ({', '.join(some)}{more})")
    if outcome.status is ExitStatus.NOTHING_CAPTURED:
        outcome.notes.insert(0, _nothing(last))
    elif last["reason"] != "finished":
        outcome.notes.insert(0, f"the crawl stopped early: {last['reason']}; run again to go on")


def _nothing(last: Event) -> str:
    kind = next(iter(last.get("failures", {})), "")
    if kind == "address-refused":
        return "nothing was captured: the address is private; --allow-range lets it be asked"
    return "nothing was captured: no answer; check the address, the network and the settings"


# What is told of URLs that were not captured, in words; the codes are the crawl's.
_WORDS = {
    "address-refused": "private address, not asked",
    "connect-refused": "connection refused",
    "connect-timeout": "no connection in time",
    "connect-unreachable": "unreachable",
    "dns-nxdomain": "no such host",
    "dns-servfail": "name server failed",
    "dns-timeout": "name server silent",
    "endless-run": "endless pages cut off",
    "excluded": "left out by the profile",
    "other-host": "on other hosts",
    "robots": "disallowed by robots.txt",
    "robots-unreachable": "left alone since robots.txt could not be had",
    "timeout": "no answer in time",
}
