"""`muniment check` over a collection: what is due, what is void, what a killed run leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import click
import pytest
from cited_web import Web, age, cite, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.status import ExitStatus
from pipelines.lifecycle import LinkState, State
from pipelines.states import link_states
from pipelines.store import STORE_NAME, Check, Store

_TABLES = (
    "SELECT url, run_id, checks.checked, evidence FROM checks JOIN links USING (link_id)"
    " ORDER BY check_id",
    "SELECT * FROM check_runs ORDER BY run_id",
    "SELECT url, s.state, s.since, s.failures, s.next_due, s.event, s.why, s.checked"
    " FROM link_states AS s JOIN links USING (link_id) ORDER BY url",
)
GOOD, BAD = "http://good.test/a", "http://bad.test/b"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with cited_web() as served, chdir(tmp_path):
        Path("muniment.toml").write_text(served.settings(), "utf-8")
        yield served


def muniment(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    return result


def all_states() -> dict[str, LinkState]:
    with Store(Path("c") / STORE_NAME) as store:
        return link_states(store)


def states() -> dict[str, State]:
    return {url: one.state for url, one in all_states().items()}


def last_run() -> dict[str, Any]:
    file = max(Path("c/runs").glob("*/run.json"), key=lambda one: one.stat().st_mtime_ns)
    return json.loads(file.read_text("utf-8"))


def test_only_what_is_due_is_asked(web: Web) -> None:
    cite(Path("c"), GOOD, BAD, "mailto:a@b.example")
    web.statuses["bad.test"] = 404
    assert muniment("check").return_value is ExitStatus.DONE
    assert states() == {
        BAD: State.SUSPECT, GOOD: State.ALIVE, "mailto:a@b.example": State.UNSUPPORTED,
    }  # fmt: skip
    again = muniment("check")
    assert web.asked.total() == 2
    assert "2 links are not due; the first will be on " in again.stdout
    age(Path("c"), 4)
    third = muniment("check")
    assert web.asked == {GOOD: 1, BAD: 2}
    assert "1 not due" in third.stdout
    age(Path("c"), 4)
    muniment("check")
    assert web.asked == {GOOD: 2, BAD: 3}
    assert states()[BAD] is State.DEAD_GONE
    age(Path("c"), 8)
    muniment("check")
    assert web.asked == {GOOD: 2, BAD: 3}, "14 days after the second good check, 30 after the death"


def test_everything_one_link_and_one_host_can_be_asked_for(web: Web) -> None:
    cite(Path("c"), GOOD, BAD)
    muniment("check")
    muniment("check", "--all")
    assert web.asked == {GOOD: 2, BAD: 2}
    muniment("check", "--url", GOOD)
    assert web.asked == {GOOD: 3, BAD: 2}
    muniment("check", "--url", f"{GOOD}#place", "--url", "http://uncited.test/")
    assert web.asked == {GOOD: 4, BAD: 2, "http://uncited.test/": 1}
    muniment("check", "--host", "BAD.test")
    assert web.asked[BAD] == 2
    muniment("check", "--host", "bad.test", "--all")
    assert web.asked == {GOOD: 4, BAD: 3, "http://uncited.test/": 1}
    assert "no links of other.test to check" in muniment("check", "--host", "other.test").stdout
    assert set(states()) == {GOOD, BAD}


def test_a_run_whose_control_url_fails_is_void_and_asks_no_link(web: Web) -> None:
    settings = web.settings('control_urls = ["http://control.test/"]\n')
    Path("muniment.toml").write_text(settings, "utf-8")
    cite(Path("c"), GOOD)
    web.statuses["control.test"] = 0
    result = muniment("check")
    assert result.return_value is ExitStatus.CUT_SHORT
    assert "this run is void and changes no link's state: the control address" in result.stdout
    assert set(web.asked) == {"http://control.test/"}
    assert last_run()["stages"][0]["void"].startswith("the control address http://control.test/")
    del web.statuses["control.test"]
    web.order.clear()
    assert muniment("check").return_value is ExitStatus.DONE
    assert web.order == ["control.test", "good.test", "control.test"]
    assert states() == {GOOD: State.ALIVE}


def test_a_run_that_cannot_go_on_keeps_what_it_has(web: Web) -> None:
    cite(Path("c"), GOOD)
    muniment("check")
    with Store(Path("c") / STORE_NAME) as store, store.transaction() as database:
        database.execute("UPDATE check_runs SET ended = NULL")  # as a killed run leaves it
    cite(Path("c"), GOOD, BAD)
    settings = web.settings('control_urls = ["http://control.test/"]\n')
    Path("muniment.toml").write_text(settings, "utf-8")
    web.statuses["control.test"] = 0
    assert muniment("check").return_value is ExitStatus.CUT_SHORT
    assert states() == {GOOD: State.ALIVE, BAD: State.NEW}
    del web.statuses["control.test"]
    assert "going on with the run " in muniment("check").stdout
    assert states() == {GOOD: State.ALIVE, BAD: State.ALIVE}
    assert (web.asked[GOOD], web.asked[BAD]) == (1, 1)


def test_a_run_in_which_too_much_fails_at_once_changes_no_state(web: Web) -> None:
    urls = [f"http://h{number}.test/" for number in range(12)]
    cite(Path("c"), *urls)
    assert muniment("check").return_value is ExitStatus.DONE
    age(Path("c"), 8)
    web.statuses = {f"h{number}.test": 503 for number in range(3)}
    before = states()
    result = muniment("check")
    assert result.return_value is ExitStatus.CUT_SHORT
    assert "3 of 12 hosts that had not failed before failed at once" in result.stdout
    assert states() == before == dict.fromkeys(urls, State.ALIVE)
    told = muniment("report").stdout
    assert "0 broken" in told
    assert "are void and changed no link's state: 3 of 12" in told
    assert "void" in muniment("status").stdout
    assert "0 broken, 0 could not look, 0 moved, 12 working" in muniment("status").stdout
    # The hosts answered mostly, so that the network was there: who fails again is known to fail.
    assert muniment("check").return_value is ExitStatus.DONE
    assert [state for url, state in states().items() if state is not State.ALIVE] == [
        State.SUSPECT
    ] * 3
    assert "void" not in muniment("report").stdout


def test_a_network_that_is_down_twice_is_void_twice(web: Web) -> None:
    urls = [f"http://h{number}.test/" for number in range(10)]
    cite(Path("c"), *urls)
    web.statuses = {f"h{number}.test": 503 for number in range(10)}
    for _ in range(2):
        assert muniment("check").return_value is ExitStatus.CUT_SHORT
        assert set(states().values()) == {State.NEW}
    web.statuses.clear()
    assert muniment("check").return_value is ExitStatus.DONE
    assert set(states().values()) == {State.ALIVE}


def test_status_and_report_tell_states_apart(web: Web) -> None:
    cite(Path("c"), GOOD, BAD)
    web.statuses["bad.test"] = 410
    muniment("check")
    told = muniment("status").stdout
    assert "states      1 alive, 1 suspect" in told
    assert "due         0 links now, 2 later, the first on " in told
    age(Path("c"), 4)
    muniment("check")
    muniment("report")
    (file,) = Path("c/runs").glob("*/report.jsonl")
    found = {one["url"]: one for one in map(json.loads, file.read_text("utf-8").splitlines())}
    assert (found[BAD]["state"], found[BAD]["failures"]) == ("dead-gone", 2)
    assert found[BAD]["broken_since"] < found[BAD]["checked"]
    assert (found[GOOD]["state"], found[GOOD]["broken_since"]) == ("alive", None)


def test_a_404_behind_a_wall_is_told_as_what_could_not_be_seen(web: Web) -> None:
    cite(Path("c"), BAD)
    web.statuses["bad.test"] = 403
    muniment("check")
    web.statuses["bad.test"] = 404
    muniment("check", "--all")
    assert states() == {BAD: State.BLOCKED}
    assert last_run()["stages"][0]["figures"] == {"links": 1, "could not look": 1}
    assert "0 broken, 1 could not look" in muniment("status").stdout
    assert "0 broken" in muniment("report").stdout
    assert "  COULD NOT LOOK: " in muniment("why", BAD).stdout


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_history_outlives_the_store(web: Web, command: str) -> None:
    web.statuses["bad.test"] = 404
    cite(Path("c"), GOOD, BAD)
    muniment("check")
    muniment("check", "--all")
    asked, before = web.asked.total(), all_states()
    for file in Path("c").glob(f"{STORE_NAME}*"):
        file.unlink()
    cite(Path("c"), GOOD, BAD)
    told = muniment(command)
    assert "the store had no checks: 4 were read back from the WARC files" in told.stdout
    assert web.asked.total() == asked
    assert all_states() == before
    assert "read back" not in muniment(command).stdout


def test_a_void_run_outlives_the_store_too(web: Web) -> None:
    settings = web.settings('control_urls = ["http://control.test/"]\n')
    Path("muniment.toml").write_text(settings, "utf-8")
    cite(Path("c"), GOOD, BAD, "mailto:a@b.example")
    muniment("check")
    web.statuses["control.test"] = 404
    muniment("check", "--all")
    with Store(Path("c") / STORE_NAME) as store:
        before = [store.read(query) for query in _TABLES]
    for file in Path("c").glob(f"{STORE_NAME}*"):
        file.unlink()
    cite(Path("c"), GOOD, BAD, "mailto:a@b.example")
    assert "3 were read back" in muniment("report").stdout
    with Store(Path("c") / STORE_NAME) as store:
        assert [store.read(query) for query in _TABLES] == before
        assert store.read("SELECT void FROM check_runs ORDER BY began")[1][0] != ""


def test_a_wrong_clock_of_ours_makes_no_certificate_expired(web: Web) -> None:
    urls = [f"http://h{number}.test/" for number in range(4)]
    cite(Path("c"), *urls)
    web.date = "Mon, 01 Jan 2024 12:00:00 GMT"
    muniment("check")
    with Store(Path("c") / STORE_NAME) as store, store.transaction() as database:
        database.execute(
            "UPDATE verdicts SET outcome = 'tls', reason = 'tls-expired' WHERE check_id = 1"
        )
        database.execute("UPDATE check_runs SET ended = NULL")  # settled again by the next check
    told = muniment("check").stdout
    assert "is this machine's clock wrong?" in told
    assert sorted(states().values()) == [State.ALIVE] * 3 + [State.NEW]
    with Store(Path("c") / STORE_NAME) as store:
        (doubted,) = [one for url in urls for one in _checks(store, url) if one.void]
        assert doubted.why_void.startswith("most servers gave another day")
    assert "no certificate is called expired for it" in muniment("report").stdout


def _checks(store: Store, url: str) -> tuple[Check, ...]:
    history = store.history(url)
    return history.checks if history else ()


def test_the_rules_are_settings_and_apply_to_old_evidence(web: Web) -> None:
    cite(Path("c"), BAD)
    web.statuses["bad.test"] = 404
    muniment("check")
    more = "[lifecycle]\ngone_checks = 1\n"
    Path("muniment.toml").write_text(web.settings(more), "utf-8")
    muniment("check")
    assert states() == {BAD: State.DEAD_GONE}
    assert web.asked == {BAD: 1}
    Path("muniment.toml").write_text(web.settings("[lifecycle]\ngone_checks = 0\n"), "utf-8")
    with pytest.raises(Exception, match=r"muniment\.toml:\d+: gone_checks must be at least 1"):
        CliRunner().invoke(cli, ["check"], standalone_mode=False, catch_exceptions=False)


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "muniment", "check"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_killed_asks_nothing_again_that_was_answered(
    web: Web, number: signal.Signals
) -> None:
    urls = [f"http://h{number}.test/" for number in range(40)]
    cite(Path("c"), *urls)
    Path("muniment.toml").write_text(web.settings("concurrency = 3\n"), "utf-8")
    web.latency = 0.05
    process = start(Path.cwd())
    until = time.monotonic() + 20
    while web.asked.total() < 15:
        assert time.monotonic() < until
        time.sleep(0.005)
    process.send_signal(number)
    process.communicate(timeout=20)
    web.latency = 0.0
    asked = web.asked.total()
    second = muniment("check")
    assert "going on with the run " in second.stdout
    assert set(web.asked) == set(urls)
    assert web.asked.total() - asked <= len(urls) - asked + 3, "but for what was under way"
    assert max(web.asked.values()) <= 2
    with Store(Path("c") / STORE_NAME) as store:
        assert store.read("SELECT count(*), count(DISTINCT run_id) FROM checks") == [(40, 1)]
        assert store.read("SELECT count(*) FROM check_runs WHERE ended IS NULL") == [(0,)]
    assert set(states().values()) == {State.ALIVE}


@pytest.mark.parametrize("flag", [["--all"], ["--url", GOOD], ["--host", "good.test"]])
def test_a_list_has_no_links_that_are_due(tmp_path: Path, flag: list[str]) -> None:
    (tmp_path / "list.txt").write_text(f"{GOOD}\n", "utf-8")
    arguments = ["check", "--input", str(tmp_path / "list.txt"), *flag]
    with pytest.raises(click.UsageError, match="choose links of a collection"):
        CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
