"""Bad input as a user meets it: one clear line, the right exit status, nothing lost."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from warc.collection import Collection


def muniment(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "muniment", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def only_run(collection: Path) -> dict[str, object]:
    (file,) = (collection / "runs").glob("*/run.json")
    table = json.loads(file.read_text("utf-8"))
    assert isinstance(table, dict)
    return table


def test_a_seed_that_cannot_be_reached_is_status_5(tmp_path: Path) -> None:
    closed = "http://127.0.0.1:9/"
    made = muniment(
        "capture", closed, "--collection", tmp_path / "c", "--allow-range", "127.0.0.0/8",
        "--delay", "0",
    )  # fmt: skip
    assert made.returncode == 5
    told = [line.strip() for line in made.stdout.splitlines() if line.startswith("  ! ")]
    assert len(told) == 1
    assert told[0].startswith(f"! nothing was captured from {closed}: connection refused")
    assert "check the address" in told[0]
    assert only_run(tmp_path / "c")["status"] == 5


def test_a_private_seed_is_not_asked_and_says_how(tmp_path: Path) -> None:
    made = muniment("capture", "http://127.0.0.1:9/", "--collection", tmp_path / "c")
    assert made.returncode == 5
    assert "--allow-range" in made.stdout


def test_a_capture_out_there_without_a_contact_is_told_so(tmp_path: Path) -> None:
    nobody = ("capture", "http://10.0.0.1/", "--collection", tmp_path / "c")
    assert "set contact = " in muniment(*nobody).stdout
    (tmp_path / "m.toml").write_text('[network]\ncontact = "archive@example.org"\n')
    assert "set contact = " not in muniment(*nobody, "--config", tmp_path / "m.toml").stdout


def test_a_collection_that_cannot_be_written_is_status_3() -> None:
    made = muniment("capture", "http://127.0.0.1:9/", "--collection", "/proc/none/c")
    assert made.returncode == 3
    assert made.stderr.startswith("muniment: /proc/none/c: the collection cannot be written")
    assert len(made.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["extract", "check", "report", "verify", "replay"])
def test_a_collection_that_is_not_there_is_told_and_not_made(tmp_path: Path, command: str) -> None:
    made = muniment(command, "--collection", tmp_path / "mistyped")
    assert made.returncode == 3
    assert made.stderr.startswith(f"muniment: {tmp_path / 'mistyped'}: no collection here")
    assert len(made.stderr.splitlines()) == 1
    assert not (tmp_path / "mistyped").exists()


def test_a_mistake_in_the_settings_is_one_line_and_status_3(tmp_path: Path) -> None:
    config = tmp_path / "muniment.toml"
    config.write_text("[capture]\ndelai = 1\n", "utf-8")
    made = muniment("run", "--config", config, "--collection", tmp_path / "c")
    assert made.returncode == 3
    assert made.stderr == (
        f"muniment: {config}:2: unknown setting 'capture.delai'; did you mean 'delay'?\n"
    )
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("capture", "ftp://a.example/"), "not an http or https URL"),
        (("capture", "--profile", "none"), "no profile 'none'"),
        (("capture", "http://a.example/", "--resolver", "dns"), "not an address like"),
        (("capture", "http://a.example/", "--connect-to", "x"), "connect_to"),
        (("capture", "http://a.example/", "--allow-range", "127.0.0.1/8"), "allow_ranges"),
        (("report", "--fail-on", "some"), "none, any"),
        (("capture", "--delay", "fast"), "Invalid value for '--delay'"),
        (("nosuch",), "No such command"),
    ],
)
def test_a_wrong_flag_is_status_3_before_anything_is_written(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    own = () if arguments == ("nosuch",) else ("--collection", str(tmp_path / "c"))
    made = muniment(*arguments, *own)
    assert made.returncode == 3
    assert words in made.stderr
    assert not (tmp_path / "c").exists()


def test_a_cut_warc_is_named_with_its_offset_and_the_rest_is_read(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "c")
    collection.create()
    body = b"HTTP/1.1 404 Not Found\r\n\r\n"
    record = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    whole = gzip.compress(record % (1, len(body), body))
    cut = whole + gzip.compress(record % (2, len(body), body))[:-20]
    file = collection.archive / "other.warc.gz"
    file.write_bytes(cut)
    made = muniment("extract", "--collection", collection.root)
    assert made.returncode == 0
    assert f"other.warc.gz at offset {len(whole)}" in made.stdout
    assert "error pages 1" in made.stdout  # the whole record, a page of status 404, was read
    assert file.read_bytes() == cut
    verified = muniment("verify", "--collection", collection.root)
    assert verified.returncode == 1
    assert f"other.warc.gz, byte {len(whole)}: the file ends" in verified.stdout


def test_a_store_that_is_no_database_is_one_line_and_status_1(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "c")
    collection.create()
    store = collection.root / "store.sqlite"
    store.write_bytes(b"not a database, but long enough to look at" * 100)
    made = muniment("extract", "--collection", collection.root)
    assert made.returncode == 1
    assert "store.sqlite" in made.stdout
    assert "Traceback" not in made.stdout + made.stderr


def test_two_runs_in_one_collection_are_told_apart(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from muniment.lock import locked

    collection = Collection(tmp_path / "c")
    collection.create()
    with locked(collection.root, datetime.now(UTC)):
        made = muniment("extract", "--collection", collection.root)
    assert made.returncode == 1
    assert "another run is at work here (pid " in made.stderr
    assert muniment("extract", "--collection", collection.root).returncode == 0


def test_a_site_that_is_captured_without_a_folder_gets_one_of_its_own(tmp_path: Path) -> None:
    muniment("capture", "http://127.0.0.1:9/", cwd=tmp_path)
    assert [path.name for path in (tmp_path / "collections").iterdir()] == ["127.0.0.1"]
