from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from warc.capture import Capture
from warc.reader import iter_captures
from warc.wacz import WaczError, is_wacz, unpacked

BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
RECORD = gzip.compress(
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(BODY), BODY)
)


def package(folder: Path, names: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.wacz"
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data in names.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_warcs_of_a_package_are_read(tmp_path: Path, method: int) -> None:
    names = {"datapackage.json": b"{}", "archive/data.warc.gz": RECORD, "pages/pages.jsonl": b""}
    path = package(tmp_path, names, method)
    assert is_wacz(path)
    with unpacked(path) as (file,):
        (capture,) = iter_captures(file)
        assert isinstance(capture, Capture)
        assert capture.payload(10) == b"hi"
    assert not file.exists()


def test_no_name_inside_leaves_the_folder(tmp_path: Path) -> None:
    with unpacked(package(tmp_path, {"archive/../../evil.warc.gz": RECORD})) as (file,):
        assert file.name == "evil.warc.gz"
        assert file.parent.name.startswith("wacz-")
    assert not (tmp_path.parent / "evil.warc.gz").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"no zip at all", "not a whole WACZ"), (b"PK\x03\x04cut", "not a whole WACZ")],
)
def test_what_is_no_package_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "b.wacz"
    path.write_bytes(data)
    with pytest.raises(WaczError, match=words), unpacked(path):
        pass


def test_a_package_without_warcs_is_named(tmp_path: Path) -> None:
    path = package(tmp_path, {"datapackage.json": b"{}"})
    with pytest.raises(WaczError, match=r"a\.wacz: no WARC file in archive/"), unpacked(path):
        pass


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = package(tmp_path, {"archive/data.warc.gz": RECORD})
    data = bytearray(path.read_bytes())
    data[80] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(WaczError, match="CRC"), unpacked(path):
        pass


def test_real_packages_are_read(shared: Path) -> None:
    found = sorted((shared / "warcs").glob("*/*.wacz"))
    packages = [path for path in found if not path.name.startswith("invalid")]
    assert packages
    for path in packages:
        with unpacked(path) as files:
            assert any(isinstance(one, Capture) for file in files for one in iter_captures(file))
