"""`muniment verify --verdicts`: what is proved, and every way in which a proof can fail."""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from probing import NO_SUCH_NAME, PAGE, QUICK, probed
from scripted_web import EverywhereHere, ScriptedWeb, answer, hang, moved

from muniment.commands.verify import command
from muniment.status import ExitStatus
from pipelines.store import Store
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge

PATHS = ("/page", "/twin", "/gone", "/moved", "/slow", "/loop")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a collection of checks of every kind, made once."""
    folder = tmp_path_factory.mktemp("sound")
    answers = {
        "/page": answer("200 OK", PAGE),
        "/twin": answer("200 OK", PAGE),
        "/gone": answer("404 Not Found", b"no"),
        "/moved": moved("301 Moved", "/page"),
        "/slow": hang,
        "/loop": moved("302 Found", "/loop"),
    }

    async def scenario() -> None:
        resolver = EverywhereHere(nowhere=NO_SUCH_NAME)
        async with ScriptedWeb(answers) as web:
            urls = [web.url(path, f"{path[1:]}.test") for path in PATHS]
            urls += ["http://nowhere.test/", "http://10.0.0.1/", "mailto:a@b.example"]
            seen = await probed(folder, urls, QUICK, resolver=resolver)
        with Store(folder / "store.sqlite") as store:
            store.put_checks("run-1", [(one, judge([one], Rules())) for one in seen])

    asyncio.run(scenario())
    (folder / "a").rename(folder / "archive")
    (folder / "i").rename(folder / "indexes")
    return folder


@pytest.fixture
def collection(sound: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may damage."""
    return Path(shutil.copytree(sound, tmp_path / "collection"))


def verify(collection: Path, *flags: str) -> tuple[ExitStatus, str]:
    arguments = ["--verdicts", "--collection", str(collection), *flags]
    made = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert made.exception is None, made.exception
    return made.return_value, made.stdout


def stored(collection: Path, path: str) -> tuple[int, dict[str, Any]]:
    """Return the id and the evidence of the check of `path`."""
    database = sqlite3.connect(collection / "store.sqlite")
    row = database.execute(
        "SELECT check_id, evidence FROM checks JOIN links USING (link_id) WHERE url LIKE ?",
        (f"%{path}",),
    ).fetchone()
    database.close()
    return row[0], json.loads(row[1])


def change(collection: Path, query: str, *values: object) -> None:
    database = sqlite3.connect(collection / "store.sqlite")
    with database:
        assert database.execute(query, values).rowcount == 1
    database.close()


def change_evidence(collection: Path, path: str, **fields: object) -> None:
    """Change fields of the first hop of a stored check."""
    check_id, evidence = stored(collection, path)
    evidence["hops"][0] |= fields
    text = json.dumps(evidence)
    change(collection, "UPDATE checks SET evidence = ? WHERE check_id = ?", text, check_id)


def test_sound_records_prove_every_verdict(collection: Path) -> None:
    status, told = verify(collection)
    assert status is ExitStatus.DONE, told
    assert told.startswith("made 9 verdicts again from ")
    assert told.endswith(" records: 9 proved\n")


def test_no_network_is_asked(collection: Path) -> None:
    program = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event.startswith('socket.'):\n"
        "        raise SystemExit(f'a socket: {event}')\n"
        "sys.addaudithook(refuse)\n"
        "from muniment.cli import main\n"
        "main()\n"
    )
    line = [sys.executable, "-c", program, "verify", "--verdicts", "--collection", str(collection)]
    made = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert (made.returncode, made.stderr) == (0, "")
    assert "9 proved" in made.stdout


def test_a_record_with_other_bytes_is_altered(collection: Path) -> None:
    _, evidence = stored(collection, "/gone")
    file, offset, _ = evidence["hops"][0]["response"]
    path = collection / "archive" / file
    damaged = bytearray(path.read_bytes())
    damaged[offset + 40] ^= 0xFF
    path.write_bytes(damaged)
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert "/gone, checked 20" in told
    assert f"  altered: {file}, byte {offset}: " in told


def test_a_record_whose_digest_does_not_fit_is_altered(collection: Path) -> None:
    _, evidence = stored(collection, "/gone")
    file, offset, length = evidence["hops"][0]["response"]
    member = (collection / "archive" / file).read_bytes()[offset : offset + length]
    forged = gzip.compress(gzip.decompress(member).replace(b"\r\n\r\nno", b"\r\n\r\nNO"))
    (collection / "archive" / "forged.warc.gz").write_bytes(forged)
    change_evidence(collection, "/gone", response=["forged.warc.gz", 0, len(forged)])
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert "  altered: forged.warc.gz, byte 0: WARC-Block-Digest is sha1:" in told
    assert "8 proved, 1 with records altered" in told


def test_a_file_that_is_gone_is_missing(collection: Path) -> None:
    change_evidence(collection, "/gone", response=["none.warc.gz", 0, 9])
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert "  missing: none.warc.gz, byte 0: the file is not in the archive" in told


def test_the_original_of_a_revisit_is_looked_at(collection: Path) -> None:
    _, page = stored(collection, "/page")
    _, twin = stored(collection, "/twin")
    first, second = sorted((page, twin), key=lambda one: one["hops"][0]["response"][1])
    file, offset, length = first["hops"][0]["response"]
    path = collection / "archive" / file
    damaged = bytearray(path.read_bytes())
    damaged[offset + length - 24] ^= 0xFF  # in the body
    path.write_bytes(damaged)
    _, told = verify(collection)
    assert f"error: {first['url']}, checked" in told
    assert f"error: {second['url']}, checked" in told


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": 200}, "the store has status 200, the record 404"),
        ({"address": "192.0.2.1"}, "the store has address 192.0.2.1, the record 127.0.0.1"),
        ({"url": "http://other.test/gone"}, "the records are of http://other.test/gone, not of"),
    ],
)
def test_a_store_that_contradicts_its_records_is_told(
    collection: Path, fields: dict[str, object], words: str
) -> None:
    change_evidence(collection, "/gone", **fields)
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert words in told


def test_evidence_that_cannot_be_read_is_told(collection: Path) -> None:
    check_id, _ = stored(collection, "/gone")
    change(collection, "UPDATE checks SET evidence = '{' WHERE check_id = ?", check_id)
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert "/gone, checked" in told
    assert "the stored evidence cannot be read" in told


def test_another_verdict_than_the_records_lead_to_is_told(collection: Path) -> None:
    check_id, _ = stored(collection, "/page")
    change(
        collection,
        "UPDATE verdicts SET outcome = 'gone', reason = 'http-404' WHERE check_id = ?",
        check_id,
    )
    status, told = verify(collection)
    assert status is ExitStatus.FAILED
    assert "another verdict: the store says gone http-404, the records lead to ok ok" in told


def test_a_verdict_of_older_rules_is_no_fault_but_counted(collection: Path) -> None:
    check_id, _ = stored(collection, "/page")
    change(
        collection,
        "UPDATE verdicts SET reason = 'ok-unsure', rules = '1999.1' WHERE check_id = ?",
        check_id,
    )
    status, told = verify(collection)
    assert status is ExitStatus.DONE
    assert "8 proved" in told
    assert "1 of older rules" in told


def test_json_names_every_check_that_is_not_proved(collection: Path) -> None:
    change_evidence(collection, "/gone", response=["none.warc.gz", 7, 9])
    status, told = verify(collection, "--json")
    table = json.loads(told)
    assert status is ExitStatus.FAILED
    assert table["proved"] is False
    assert table["counts"]["checks"] == 9
    (problem,) = table["problems"]
    assert (problem["fault"], problem["record"]) == ("missing", ["none.warc.gz", 7, 9])
    assert problem["url"].endswith("/gone")
