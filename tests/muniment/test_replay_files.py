"""`muniment replay FILE...`: any file, no collection, nothing written beside it."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from warc_bytes import URL, members, record, warcinfo

from muniment.commands.replay import command
from muniment.config import ConfigError
from muniment.status import ExitStatus

_SECONDS = 60
ARC_BLOCK = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Old.</p>"


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    said: list[str]

    def get(self, path: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)) as one:
            one.request("GET", path)
            answer = one.getresponse()
            return answer.status, answer.read()

    def raw(self, url: str) -> bytes:
        """Return the raw body of the capture of `url`; its own date is asked for."""
        return self.get(f"/20161027150000id_/{url}")[1]


@contextmanager
def replay(folder: Path, *files: Path) -> Iterator[Running]:
    line = [sys.executable, "-m", "muniment", "replay", "--port", "0", *map(str, files)]
    process = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=folder, env={"TMPDIR": str(folder)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said: list[str] = []
        while not (found := re.search(r"http://localhost:(\d+)/", said[-1] if said else "")):
            said.append(process.stdout.readline())
            assert said[-1], f"it ended: {said}"
        yield Running(process, int(found[1]), said)
    finally:
        process.kill()
        process.communicate(timeout=_SECONDS)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def arc() -> bytes:
    version = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20161027150000 text/plain %d\n" % len(version)
    line = b"http://old.example/ 1.2.3.4 20161027150000 text/html %d\n" % len(ARC_BLOCK)
    return head + version + b"\n" + line + ARC_BLOCK + b"\n"


def package(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("datapackage.json", "{}")
        packed = b"".join(members(warcinfo(), record()))
        made.writestr("archive/one.warc.gz", packed)
        made.writestr("archive/../../two.warc", record(url="http://two.example/"))
        tight = record(url="http://tight.example/")
        made.writestr("archive/t.warc", tight, compress_type=zipfile.ZIP_DEFLATED)
        made.writestr("pages/pages.jsonl", "{}")
    return path


def test_every_kind_of_file_is_replayed_and_left_alone(tmp_path: Path, files: Path) -> None:
    whole = b"".join(members(warcinfo(), record(), record(url="http://late.example/")))
    (files / "a.warc.gz").write_bytes(whole[:-60])
    (files / "dump").write_bytes(warcinfo() + record(url="http://plain.example/"))
    (files / "o.arc").write_bytes(arc())
    package(files / "p.wacz")
    before = {one: one.stat().st_mtime_ns for one in files.iterdir()}
    with replay(tmp_path, *sorted(files.iterdir())) as running:
        assert running.raw(URL) == b"<p>Hello.</p>"
        assert running.raw("http://old.example/") == b"<p>Old.</p>"
        for host in ("plain", "two", "tight"):
            assert running.raw(f"http://{host}.example/") == b"<p>Hello.</p>", host
        assert running.get("/20161027150000id_/http://late.example/")[0] == 404
        assert "damaged at byte" in running.said[0]
        assert "the file ends inside a gzip member" in running.said[0]
        assert running.said[3].endswith("p.wacz: 3 captures\n")
    assert {one: one.stat().st_mtime_ns for one in files.iterdir()} == before


def test_a_file_being_written_shows_what_is_there(tmp_path: Path, files: Path) -> None:
    written = members(warcinfo(), record(), record(url="http://late.example/"))
    path = files / "c.warc.gz.open"
    path.write_bytes(b"".join(written)[: -len(written[-1]) // 2])
    with replay(tmp_path, path) as running:
        assert "1 capture, still being written" in running.said[0]
        assert running.raw(URL) == b"<p>Hello.</p>"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_folder_made_for_it_goes_with_it(
    tmp_path: Path, files: Path, number: signal.Signals
) -> None:
    path = files / "a.warc"
    path.write_bytes(record())
    with replay(tmp_path, path) as running:
        assert list(tmp_path.glob("replay-*"))
        running.process.send_signal(number)
        assert running.process.wait(_SECONDS) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["files"]


def test_two_files_of_one_name_are_both_served(tmp_path: Path, files: Path) -> None:
    for name in ("a", "b"):
        (files / name).mkdir()
        (files / name / "x.warc").write_bytes(record(url=f"http://{name}.example/"))
    with replay(tmp_path, files / "a/x.warc", files / "b/x.warc") as running:
        for name in ("a", "b"):
            assert running.raw(f"http://{name}.example/") == b"<p>Hello.</p>"


def test_a_file_without_captures_is_status_5(files: Path) -> None:
    (files / "x.warc").write_bytes(b"nothing of the kind")
    made = CliRunner().invoke(command, [str(files / "x.warc")], standalone_mode=False)
    assert made.return_value is ExitStatus.NOTHING_CAPTURED
    assert "x.warc: 0 captures; damaged at byte 0" in made.stderr


def refused(*files: Path) -> str:
    made = CliRunner().invoke(command, [*map(str, files), "--port", "0"])
    assert isinstance(made.exception, ConfigError)
    return str(made.exception)


def test_a_package_that_is_not_whole_is_refused_in_words(files: Path) -> None:
    path = package(files / "p.wacz")
    whole = path.read_bytes()
    at = whole.index(b"archive/one.warc.gz") - 30
    path.write_bytes(whole[:at] + b"XX" + whole[at + 2 :])
    assert refused(path) == (
        f"{path}: not a whole WACZ file: archive/one.warc.gz is not where the directory says"
    )
    path.write_bytes(whole.replace(b"archive/", b"elsewhe/"))
    assert refused(path) == f"{path}: no WARC file in archive/"
