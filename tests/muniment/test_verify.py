"""`muniment verify` as a user meets it: sound and damaged files, the words and the status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from warc_bytes import members, record, record_id, warcinfo

from muniment.commands.verify import command
from muniment.status import ExitStatus
from warc.digest import Digest


def verify(*arguments: str | Path) -> tuple[ExitStatus, list[str]]:
    made = CliRunner().invoke(command, [*map(str, arguments)], standalone_mode=False)
    assert made.exception is None, made.exception
    return made.return_value, made.stdout.splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.warc.gz"


def wrong(count: int) -> bytes:
    fields = [("WARC-Block-Digest", str(Digest.of(b"other")))]
    return b"".join(members(*(record(number=n, fields=fields) for n in range(1, count + 1))))


def test_a_sound_file_is_one_line_and_status_0(path: Path) -> None:
    path.write_bytes(b"".join(members(warcinfo(), record())))
    assert verify(path) == (
        ExitStatus.DONE,
        ["checked 1 file, 2 records, 0 block digests, 0 payload digests: 0 errors, 0 warnings"],
    )


def test_problems_of_one_kind_are_five_lines_and_a_count(path: Path) -> None:
    path.write_bytes(wrong(1200) + b"".join(members(warcinfo(9999))))
    status, lines = verify(path)
    assert status is ExitStatus.FAILED
    assert sum("byte" in line and "WARC-Block-Digest is" in line for line in lines) == 5
    assert lines[5].startswith("error: 1,195 more like: WARC-Block-Digest is sha1:")
    assert lines[6].endswith(": 1,200 errors, 0 warnings")
    assert len(lines) == 7


def test_kinds_are_counted_apart(path: Path) -> None:
    path.write_bytes(wrong(6) + b"".join(members(warcinfo(1))))
    _, lines = verify(path)
    assert "is the id of the record at byte 0 of x.warc.gz" in lines[5]
    assert lines[6].startswith("error: 1 more like: WARC-Block-Digest")


def test_json_has_every_problem(path: Path) -> None:
    path.write_bytes(wrong(1200))
    status, lines = verify(path, "--json")
    table = json.loads("\n".join(lines))
    assert status is ExitStatus.FAILED
    assert table["sound"] is False
    assert table["found"] == {"error": 1200, "warning": 0, "note": 0}
    assert len(table["problems"]) == 1200
    assert table["problems"][0]["file"] == "x.warc.gz"
    assert table["problems"][0]["offset"] == 0
    assert table["checked"]["records"] == 1200


def test_json_of_a_sound_file_has_no_problem(path: Path) -> None:
    path.write_bytes(b"".join(members(warcinfo())))
    _, lines = verify(path, "--json")
    assert json.loads("\n".join(lines))["problems"] == []


def test_notes_are_told_when_asked_for_and_counted_when_not(path: Path) -> None:
    path.write_bytes(b"".join(members(record(fields=[("WARC-Concurrent-To", record_id(7))]))))
    status, lines = verify(path)
    assert status is ExitStatus.DONE
    assert lines[1].startswith("1 note on what is sound")
    _, with_notes = verify(path, "--notes")
    assert with_notes[0].startswith("note: x.warc.gz, byte 0: WARC-Concurrent-To leads to")
    assert len(with_notes) == 2


def test_a_file_cut_in_the_middle_says_where(path: Path) -> None:
    first, second = members(warcinfo(), record())
    path.write_bytes(first + second[:-9])
    status, lines = verify(path)
    assert status is ExitStatus.FAILED
    assert lines[0].startswith(f"error: x.warc.gz, byte {len(first)}: the file ends inside")


def test_without_files_the_collection_is_checked(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "indexes").mkdir()
    (tmp_path / "archive" / "x.warc.gz").write_bytes(b"".join(members(warcinfo(), record())))
    status, lines = verify("--collection", tmp_path)
    assert status is ExitStatus.FAILED
    assert "a capture that no index line names" in lines[0]
