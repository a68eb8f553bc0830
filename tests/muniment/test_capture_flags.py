"""The flags of `muniment capture`: what they ask for, and what is said of wrong ones."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import pytest

from crawler.options import CaptureOptions
from crawler.reach import ScopeType
from muniment.commands.capture import capture_options, command
from muniment.config import Capture, Config, load, override
from muniment.options import settings

SEED = "http://127.0.0.2:8471/"
LEFT_OUT = (
    *(f"http://{n}.example/" for n in range(30)),
    *("/excluded", "/v.mp4", "/private", "ftp://f.example/", "http://a b/", "http://a:99999/"),
    *("/" + "l" * 3000, "/r/r/r/r", "/s?sessionid=1", "/s?sessionid=2"),
)


class _Site(BaseHTTPRequestHandler):
    """One page whose links are all left out but one."""

    def do_GET(self) -> None:
        pages = {
            "/": "".join(f"<a href='{url}'>x</a>" for url in LEFT_OUT),
            "/robots.txt": "User-agent: *\nDisallow: /private\n",
        }
        body = pages.get(self.path, "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def many_reasons() -> Iterator[str]:
    """Return the address of a site with a link for each reason to leave one out."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def asked(*arguments: str) -> CaptureOptions:
    """Return what these arguments ask of the crawl."""
    flags = command.make_context("capture", [*arguments, SEED]).params
    seeds = flags.pop("seeds")
    config = settings(flags)
    flags["profile"] = ""
    return capture_options(override(config, capture=override(config.capture, seeds=seeds, **flags)))


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        ("--scope prefix", "scope", ScopeType.PREFIX),
        ("--host a.example --host b.example:81", "hosts", ("a.example", "b.example:81")),
        ("--depth 0", "max_depth", 0),
        ("--depth 3", "max_depth", 3),
        ("--include /r/ --include /s/", "include", ("/r/", "/s/")),
        ("--exclude pdf$", "exclude", ("pdf$",)),
        ("--skip-type video/*", "skip_types", ("video/*",)),
        ("--requisites none", "requisites", False),
        ("--requisites same", "requisites_anywhere", False),
        ("--requisites anywhere", "requisites_anywhere", True),
        ("--no-sitemaps", "sitemaps", False),
        ("--ignore-robots", "obey_robots", False),
        ("--full", "full", True),
        ("--concurrency 8", "concurrency", 8),
        ("--delay 0", "delay", 0.0),
        ("--timeout 5", "timeout", 5.0),
        ("--retries 0", "retries", 0),
        ("--max-pages 7", "max_pages", 7),
        ("--max-bytes 8", "max_bytes", 8),
        ("--max-seconds 9", "max_seconds", 9),
        ("--max-size 10", "max_size", 10),
        ("--operator Archive", "operator", "Archive"),
        ("--prefix name", "prefix", "name"),
        ("--proxy http://p.example:3128", "proxy", "http://p.example:3128"),
    ],
)
def test_each_flag_asks_for_one_thing(arguments: str, name: str, value: object) -> None:
    plain, changed = asked(), asked(*arguments.split())
    assert getattr(changed, name) == value
    others = {f.name for f in dataclasses.fields(CaptureOptions)} - {name, "requisites"}
    assert {n for n in others if getattr(plain, n) != getattr(changed, n)} == set()


def test_without_flags_a_site_is_captured_on_its_host_with_its_sitemaps() -> None:
    options = asked()
    assert options.scope is ScopeType.HOST
    assert (options.requisites, options.requisites_anywhere) == (True, False)
    assert (options.sitemaps, options.obey_robots, options.max_depth) == (True, True, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scope", "galaxy"], "'galaxy' is not one of 'page', 'prefix', 'host', 'domain', 'any'"),
        (["--requisites", "some"], "'none', 'same', 'anywhere'"),
        (["--depth", "-1"], "--depth"),
        (["--include", "("], "include '(' is no regular expression"),
        (["--bogus"], "No such option '--bogus'"),
        (["http://a b/"], "seed 'http://a b/' is not an http or https URL"),
        (["--profile", "state-1887"], "there are state-2009-2017"),
    ],
)
def test_a_wrong_value_is_one_line_and_status_3(arguments: list[str], words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "capture", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_the_help_tells_every_flag_under_a_heading_and_in_one_screen() -> None:
    context = click.Context(command, info_name="capture", max_content_width=100)
    text = command.get_help(context)
    for heading in (
        "What is captured:",
        "How gently:",
        "How much, at most:",
        "Network and folders:",
    ):
        assert f"\n{heading}\n" in text
    flags = [p.opts[0] for p in command.params if isinstance(p, click.Option)]
    assert [flag for flag in flags if text.count(f"  {flag}") != 1] == []
    assert len(text.splitlines()) < 70


def test_settings_of_a_file_are_read_and_wrong_ones_named(tmp_path: Path) -> None:
    file = tmp_path / "muniment.toml"
    file.write_text('[capture]\nscope = "domain"\ndepth = 2\nrequisites = "anywhere"\n')
    capture = load(file).capture
    assert (capture.scope, capture.depth, capture.requisites) == ("domain", 2, "anywhere")
    file.write_text('[capture]\nscope = "galaxy"\n')
    with pytest.raises(Exception, match=r":2: 'capture.scope' must be one of page, prefix"):
        load(file)


def test_the_settings_are_the_options_defaults() -> None:
    options = capture_options(Config(capture=Capture(profile="", seeds=(SEED,))))
    plain = CaptureOptions(collection=options.collection, seeds=(SEED,))
    unlike = {
        f.name
        for f in dataclasses.fields(CaptureOptions)
        if getattr(options, f.name) != getattr(plain, f.name)
    }
    assert unlike == set()


def test_the_list_of_what_was_left_out_is_in_run_json_and_the_summary_stays_short(
    tmp_path: Path, many_reasons: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "capture", many_reasons, "--collection", tmp_path / "c",
         "--delay", "0", "--allow-range", "127.0.0.0/8", "--retries", "0",
         "--exclude", "excluded", "--skip-type", "video/*"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) <= 25
    (run,) = (tmp_path / "c" / "runs").glob("*/run.json")
    listed = Path(json.loads(run.read_text())["reports"]["skipped"])
    rows = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
    reasons = {row["reason"] for row in rows}
    assert reasons == {
        *("other-host", "excluded", "type", "robots", "scheme", "bad-host", "bad-port", "too-long"),
        *("repeating-path", "session-id"),
    }  # fmt: skip
    assert "on other hosts: 30 (" in done.stdout
    assert "also: " in done.stdout
    assert any(line.strip().startswith("skipped ") for line in lines)
