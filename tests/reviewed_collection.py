"""A collection to review: statements that cite good, broken and hostile links, checked once."""

from __future__ import annotations

import html
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from cited_web import cited_web
from click.testing import CliRunner
from statement_pages import HOST, page

from muniment.cli import cli
from pipelines.statements.record import NotAStatement, Provenance
from pipelines.statements.statement import Statement, statement_from_html
from pipelines.store import STORE_NAME, ExtractedWarc, Store
from warc.locator import Locator

GONE = tuple(f"http://gone.test/report/{number}.html" for number in range(60))
FAILING = tuple(f"http://failing.test/talks/{number}" for number in range(3))
GOOD = ("http://good.test/treaty", "http://good.test/visit")
SCRIPTED = "http://scripted.test/page"
HOSTILE = (
    "http://hostile.test/\"><script>document.title='owned'</script>",
    "http://hostile.test/\u202egpj.exe",
    "http://hostile.test/" + "y" * 7_000,
)
SCRIPTS = (
    "javascript:document.title='owned'",
    "data:text/html,<script>document.title='owned'</script>",
)
WORDS = (
    "<script>document.title='owned'</script>",
    "abc\u202egnp.exe\u2066\u200f",
    "Länge " + "x" * 10_000,
    "<img src=x onerror=document.title='owned'>",
    "{{ 7 * 7 }} ]]> --> &lt;",
)
# What a captured page would do if its scripts ran: the review's address is in its `referrer`.
ATTACK = b"""<!doctype html><title>Not found</title><h1 id="answer">404, the page is gone</h1>
<script>document.getElementById('answer').textContent = 'owned';
try { top.document.title = 'owned'; } catch {}
fetch('http://127.0.0.1:1/stolen'); new Image().src = 'http://127.0.0.1:1/stolen.png';</script>
<img src="http://away.example/pixel.gif" onerror="document.title='owned'">
<form action="http://127.0.0.1:1/sent"><button>go</button></form>"""


@dataclass(frozen=True, slots=True)
class Served:
    """A running `muniment review`: where it and its replay are, both without a slash at the end."""

    review: str
    replay: str


def make_collection(folder: Path) -> None:
    """Make `folder` hold a muniment.toml and the checked collection `c`."""
    with cited_web() as web, chdir(folder):
        Path("muniment.toml").write_text(web.settings(), "utf-8")
        Path("c/archive").mkdir(parents=True)
        web.statuses = {"gone.test": 404, "failing.test": 503, "hostile.test": 404}
        web.statuses["scripted.test"] = 404
        web.bodies["scripted.test"] = ATTACK
        with Store(Path("c") / STORE_NAME) as store:
            _put(store, _statements())
            _cite_what_no_browser_opens(store)
        done = CliRunner().invoke(cli, ["check", "--all"], standalone_mode=False)
        assert done.exception is None, done.exception


@contextmanager
def served(folder: Path, *more: str) -> Iterator[Served]:
    """Yield the review of `folder`, run by the command; it has to end on Ctrl-C."""
    command = (sys.executable, "-m", "muniment", "review", "--port", "0", *more)
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
        killer = threading.Timer(90, running.kill)
        killer.start()
        try:
            addresses = _addresses(running)
            with urlopen(f"{addresses.review}/healthz", timeout=20) as answer:  # noqa: S310 - ours
                assert answer.read() == b"ok\n"
            yield addresses
        finally:
            running.send_signal(signal.SIGINT)
            running.wait()
            killer.cancel()
    assert running.returncode == 0


def _addresses(running: subprocess.Popen[str]) -> Served:
    assert running.stdout is not None
    found: list[str] = []
    for line in running.stdout:
        found += re.findall(r"http://\S+?(?=/?$)", line.strip())
        if "Ctrl-C" in line:
            break
    assert len(found) == 2, "the review did not begin"
    return Served(review=found[0], replay=found[1])


def _statements() -> Iterator[Statement]:
    cited = (*GONE, *FAILING, *GOOD, SCRIPTED)
    for number, start in enumerate(range(0, len(cited), 6)):
        yield _statement(number, f"Remarks on Trade, Part {number}", cited[start : start + 6])
    for number, (words, url) in enumerate(zip(WORDS, HOSTILE, strict=False), 100):
        yield _statement(number, words, [url], words)


def _statement(number: int, title: str, links: Sequence[str], words: str = "") -> Statement:
    paragraphs = (
        f'The parties met. See <a href="{html.escape(link)}">'
        f"{html.escape(words) or f'report {number}.{place}'}</a> on the nuclear treaty. They left."
        for place, link in enumerate(links)
    )
    made = statement_from_html(
        page(html.escape(title), *paragraphs),
        Provenance(
            url=f"{HOST}/r/pa/prs/ps/2016/10/{263705 + number}.htm",
            status=200,
            content_type="text/html; charset=utf-8",
            captured=datetime(2026, 2, 1, tzinfo=UTC),
            locator=Locator(file="a.warc.gz", offset=number, length=1),
            payload_digest=None,
            truncated=None,
        ),
    )
    assert not isinstance(made, NotAStatement), made
    return made


def _cite_what_no_browser_opens(store: Store) -> None:
    """Let a statement cite what extraction leaves out, as an older store may."""
    with store.transaction() as database:
        for place, (words, url) in enumerate(zip(WORDS, SCRIPTS, strict=False), 50):
            database.execute("INSERT INTO links (url, host) VALUES (?, '')", (url,))
            database.execute(
                "INSERT INTO citations SELECT 1, link_id, ?, url, ?, ? FROM links WHERE url = ?",
                (place, words, words, url),
            )


def _put(store: Store, statements: Iterator[Statement]) -> None:
    warc = ExtractedWarc(name="a.warc.gz", size=1, extractor="1", pages={"statement": 1}, damage=0)
    store.put_statements(warc, list(statements))
