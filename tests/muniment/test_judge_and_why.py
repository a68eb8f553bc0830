"""`muniment judge` and `muniment why` on a store of literal evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from citing import cite
from click.testing import CliRunner, Result

from muniment.commands import judge, why
from muniment.status import ExitStatus
from pipelines.checks.evidence import Evidence, Incident, IncidentKind
from pipelines.checks.hop import Hop, Via
from pipelines.checks.page_facts import PageFacts
from pipelines.store import Store
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Verdict
from pipelines.verdicts.verdict import judge as judge_evidence
from warc.exchange import Ending, FailureKind
from warc.locator import Locator

DAY = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
URL = "http://www.harbor.example/report"
DOWN = "http://down.example/a"
REST = "http://down.example/b"


def at(offset: int) -> Locator:
    return Locator(file="check-1.warc.gz", offset=offset, length=500)


def hop(url: str, day: datetime, **fields: object) -> Hop:
    given = {"status": 200, "ending": Ending.COMPLETE, "size": 900, "sniffed": "html",
             "content_type": "text/html", "address": "192.0.2.7", "elapsed": 0.25,
             "page": PageFacts(title="A report", text_length=900, prose_length=2500),
             "response": at(100), "metadata": at(700)}  # fmt: skip
    return Hop(url=url, method="GET", began=day, **given | fields)


def gone(day: datetime) -> Evidence:
    first = hop(
        URL, day, status=301, next_url=URL + "/new", via=Via.REDIRECT, page=None, sniffed="empty"
    )
    last = hop(URL + "/new", day, status=404, response=at(900), metadata=at(1300))
    return Evidence(url=URL, checked=day, hops=(first, last))


def good(day: datetime) -> Evidence:
    return Evidence(url=URL, checked=day, hops=(hop(URL, day),))


def down(day: datetime) -> Evidence:
    failed = {
        "status": None,
        "failure": FailureKind.CONNECT_REFUSED,
        "detail": "Connection refused",
        "ending": Ending.NONE,
        "page": None,
        "response": None,
    }
    one = hop(DOWN, day, **failed, metadata=at(2000))
    two = hop(DOWN, day + timedelta(seconds=30), **failed, metadata=at(2600))
    return Evidence(url=DOWN, checked=day, hops=(two,), earlier=(one,))


def not_asked(day: datetime) -> Evidence:
    incident = Incident(
        host="down.example", kind=IncidentKind.UNREACHABLE, links=3, since=day,
        detail="Connection refused", locators=(at(2000), at(2600)),
    )  # fmt: skip
    return Evidence(url=REST, checked=day, incident=incident)


def verdict(evidence: Evidence) -> Verdict:
    return judge_evidence([evidence], Rules())


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    root = tmp_path / "collection"
    (root / "archive").mkdir(parents=True)
    with Store(root / "store.sqlite") as store:
        cite(store, URL, DOWN, REST)
        for run, evidence in enumerate((good(DAY), gone(DAY + timedelta(days=7)))):
            store.put_checks(f"run{run}", [(evidence, verdict(evidence))])
        for evidence in (down(DAY), not_asked(DAY)):
            store.put_checks("run0", [(evidence, verdict(evidence))])
    return root


def run(command: object, arguments: Sequence[str], collection: Path) -> Result:
    made = CliRunner().invoke(
        command,  # type: ignore[arg-type]
        [*arguments, "--collection", str(collection)],
        standalone_mode=False,
    )
    assert made.exception is None, made.exception
    return made


def told(collection: Path, url: str) -> str:
    made = run(why.command, [url], collection)
    assert made.return_value is ExitStatus.DONE
    long = [line for line in made.stdout.splitlines() if len(line) > 80]
    assert all("://" in line or "--collection" in line for line in long)
    return made.stdout


def test_why_tells_the_verdict_the_state_and_the_history(collection: Path) -> None:
    page = told(collection, URL)
    assert page.splitlines()[:4] == [
        URL,
        "",
        "  BROKEN: The link is sent on to a page that does not exist (404).",
        f"  Verdict: gone (redirect-to-http-404), confidence high, by the rules {Rules().version}.",
    ]
    assert "Where it stands\n  Suspect, since 2026-03-08.\n" in page
    assert "Failing checks in a row: 1, the first on 2026-03-08." in page
    assert "Due to be asked again on 2026-03-11." in page
    assert "It failed on one check (redirect-to-http-404); 1 of the 3 that it takes" in page
    assert "Rule: a failing link is asked again after 3 days. It is dead after 3 checks" in page
    assert (
        "History: 2 checks\n"
        "  2026-03-01 09:30  Working: The page opens.\n"
        "                    → alive\n"
        "                    proof: check-1.warc.gz, byte 100\n" in page
    )
    assert "→ suspect\n                    proof: check-1.warc.gz, byte 900\n" in page


def test_why_leads_from_each_request_to_the_record_that_proves_it(collection: Path) -> None:
    page = told(collection, URL)
    assert (
        f"  1. GET {URL}\n"
        "     301 from 192.0.2.7, 2026-03-08 09:30:00 UTC, after 0.25 s\n"
        f"     sent on to {URL}/new\n"
        "     proof: check-1.warc.gz, byte 100\n"
        "            http://localhost:8090/record/check-1.warc.gz/100\n"
        f"  2. GET {URL}/new\n"
        "     404 from 192.0.2.7" in page
    )
    assert f"  http://localhost:8090/20260308093000/{URL}/new\n" in page
    assert "  muniment replay --collection " in page


def test_why_tells_the_name_servers_that_a_guess_rests_on(collection: Path) -> None:
    short = PageFacts(title="Hello", text="Hello.", text_length=6, prose_length=6)
    last = hop(URL, DAY, page=short, name_servers=("ns1.sedoparking.com", "ns2.sedoparking.com"))
    found = Evidence(url=URL, checked=DAY + timedelta(days=9), hops=(last,))
    with Store(collection / "store.sqlite") as store:
        store.put_checks("run3", [(found, verdict(found))])
    page = told(collection, URL)
    assert "(parked-by-name-server)" in page
    assert (
        "     name servers of the site then: ns1.sedoparking.com, ns2.sedoparking.com\n"
        "     noted: check-1.warc.gz, byte 700\n" in page
    )


def test_why_does_not_call_a_guess_broken(collection: Path) -> None:
    short = PageFacts(title="Press", text="Press releases.", text_length=15, prose_length=15)
    deep, above = "http://www.harbor.example/press/1999/eins", "http://www.harbor.example/press/"
    first = hop(deep, DAY, status=302, next_url=above, via=Via.REDIRECT, page=None)
    found = Evidence(url=deep, checked=DAY, hops=(first, hop(above, DAY, page=short)))
    with Store(collection / "store.sqlite") as store:
        cite(store, deep)
        store.put_checks("run3", [(found, verdict(found))])
    page = told(collection, deep)
    assert "  COULD NOT LOOK: The link is sent to http://www.harbor.example/press/" in page
    assert "Verdict: unsure (redirect-to-section), confidence low" in page
    assert "It may be gone, but that is not certain (redirect-to-section)" in page


def test_why_tells_who_cites_the_link(collection: Path) -> None:
    page = told(collection, URL)
    assert "Cited by 1 statement\n  2016-10-27  Media Note  On Trade\n" in page
    assert "http://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm" in page


def test_why_tells_what_was_no_answer_and_the_tries_before(collection: Path) -> None:
    page = told(collection, DOWN)
    assert "no answer: connection refused (Connection refused) from 192.0.2.7" in page
    assert "The try before, in the same run, ended with:\n  - GET http://down.example/a\n" in page
    assert "the proofs above: nothing was answered." in page


def test_why_tells_an_incident_with_the_records_of_its_host(collection: Path) -> None:
    page = told(collection, REST)
    assert "Not asked (further): down.example failed 3 times in a row" in page
    assert "proof: check-1.warc.gz, byte 2000" in page


@pytest.mark.parametrize(
    "typed", ["www.harbor.example/report", "https://www.harbor.example/report", f"{URL}#part"]
)
def test_a_link_is_found_as_people_type_it(collection: Path, typed: str) -> None:
    assert told(collection, typed).startswith(f"{URL}\n")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("http://www.harbor.example/reports/2", URL),
        ("http://www.habor.example/report", URL),
        ("harbor", URL),
    ],
)
def test_an_unknown_link_offers_the_nearest(collection: Path, typed: str, near: str) -> None:
    made = run(why.command, [typed], collection)
    assert made.return_value is ExitStatus.FAILED
    assert made.stdout == ""
    assert "no statement cites" in made.stderr
    assert f"\n  {near}\n" in made.stderr


def test_nothing_near_is_nothing_offered(collection: Path) -> None:
    made = run(why.command, ["http://quite.other.test/x"], collection)
    assert made.return_value is ExitStatus.FAILED
    assert len(made.stderr.splitlines()) == 1


def test_why_as_json_has_every_check_and_record(collection: Path) -> None:
    value = json.loads(run(why.command, [URL, "--json"], collection).stdout)
    assert value["state"]["state"] == "suspect"
    assert value["state"]["rule"].startswith("a failing link is asked again")
    assert [check["state"] for check in value["checks"]] == ["alive", "suspect"]
    assert [check["outcome"] for check in value["checks"]] == ["ok", "gone"]
    first = value["checks"][1]["hops"][0]
    assert (first["status"], first["via"], first["address"]) == (301, "redirect", "192.0.2.7")
    assert first["response"] == {
        "file": "check-1.warc.gz", "offset": 100, "length": 500,
        "replay": "http://localhost:8090/record/check-1.warc.gz/100",
    }  # fmt: skip
    assert value["citations"][0]["statement_title"] == "On Trade"
    unknown = json.loads(run(why.command, ["http://x.test/", "--json"], collection).stdout)
    assert unknown == {"url": "http://x.test/", "known": False, "nearest": []}


# judge


def put_old_verdicts(collection: Path) -> None:
    """Let two checks have verdicts of rules that knew no redirects and no refusals."""
    with Store(collection / "store.sqlite") as store:
        rows = store.read("SELECT check_id, reason FROM verdicts ORDER BY check_id")
        for check_id, reason in rows:
            old = {"redirect-to-http-404": "moved", "connect-refused": "timeout"}.get(reason)
            if old:
                database = sqlite3.connect(collection / "store.sqlite")
                with database:
                    database.execute(
                        "UPDATE verdicts SET rules = '1999.1', reason = ?,"
                        " outcome = iif(? = 'moved', 'moved', outcome) WHERE check_id = ?",
                        (old, old, check_id),
                    )
                database.close()


def dump(collection: Path, table: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(collection / "store.sqlite")
    rows = database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608
    database.close()
    return rows


def test_judge_shows_what_was_and_what_is_and_touches_no_check(collection: Path) -> None:
    right = dump(collection, "verdicts")
    put_old_verdicts(collection)
    checks, old = dump(collection, "checks"), dump(collection, "verdicts")
    dry = run(judge.command, ["--dry-run"], collection).stdout
    assert dry.splitlines() == [
        f"judged 4 checks by rules {Rules().version}: 2 verdicts changed",
        "       1  moved → gone (redirect-to-http-404)",
        f"          {URL}",
        "       1  transient (timeout) → transient (connect-refused)",
        f"          {DOWN}",
        "       3  links: new → suspect",
        *(f"          {url}" for url in sorted((URL, DOWN, REST))),
        "nothing was written; without --dry-run it is",
    ]
    assert dump(collection, "verdicts") == old
    assert dump(collection, "link_states") == []
    wet = run(judge.command, [], collection).stdout
    assert wet.splitlines() == dry.splitlines()[:-1]
    assert dump(collection, "verdicts") == right
    assert dump(collection, "checks") == checks
    again = run(judge.command, [], collection).stdout
    assert again == f"judged 4 checks by rules {Rules().version}: no verdict changed\n"


def test_judge_lets_the_states_follow(collection: Path) -> None:
    put_old_verdicts(collection)
    run(judge.command, [], collection)
    states = {row[1] for row in dump(collection, "link_states")}
    assert states == {"suspect"}


def test_judge_tells_what_other_rules_over_time_change(
    collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(judge.command, [], collection)
    monkeypatch.chdir(tmp_path)
    Path("muniment.toml").write_text("[lifecycle]\ngone_checks = 1\n", "utf-8")
    assert run(judge.command, [], collection).stdout.splitlines()[1:] == [
        "       1  link: suspect → dead-gone",
        f"          {URL}",
    ]
    value = json.loads(run(judge.command, ["--json"], collection).stdout)
    assert (value["changed"], value["states"]) == (0, [])


def test_judge_as_json(collection: Path) -> None:
    put_old_verdicts(collection)
    value = json.loads(run(judge.command, ["--dry-run", "--json"], collection).stdout)
    assert (value["checks"], value["changed"], value["written"]) == (4, 2, False)
    assert value["changes"][0] == {
        "was": {"outcome": "moved", "reason": "moved"},
        "is": {"outcome": "gone", "reason": "redirect-to-http-404"},
        "count": 1,
        "examples": [URL],
    }


def test_a_verdict_that_only_changes_its_words_is_counted_apart(collection: Path) -> None:
    with Store(collection / "store.sqlite") as store:
        store.put_verdicts([(1, replace(verdict(good(DAY)), sentence="It opens."))])
    made = run(judge.command, [], collection).stdout
    assert "no verdict changed" in made
    assert "       1  with other words or another confidence only" in made
    assert dump(collection, "verdicts")[0][4] == "The page opens."


def test_evidence_that_cannot_be_read_keeps_its_verdict(collection: Path) -> None:
    old = dump(collection, "verdicts")
    made = run(judge.command, ["--from-records"], collection).stdout
    assert "       3  left as they were, their evidence cannot be read" in made
    assert dump(collection, "verdicts") == old
