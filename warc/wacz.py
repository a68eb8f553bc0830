"""WACZ packages (version 1.1.1): a ZIP of WARC files, indexes and pages."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from warc.collection import WARC_SUFFIXES

_ARCHIVE = "archive"


class WaczError(ValueError):
    """A package that cannot be read; its words name the file and say why."""


def is_wacz(path: Path) -> bool:
    """Return whether `path` is a ZIP file, told by its content."""
    return zipfile.is_zipfile(path)


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """Yield the WARC files of a package, in name order, unpacked into a folder that goes again.

    Raise WaczError where it is no ZIP file, is damaged or holds no WARC file. Names inside the
    package choose no place on this machine: each file is written under its last part alone.
    """
    with tempfile.TemporaryDirectory(prefix="wacz-") as folder:
        yield _unpack(path, Path(folder))


def _unpack(path: Path, folder: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as package:
            members = [info for info in package.infolist() if _is_warc(info)]
            if not members:
                raise WaczError(f"{path}: no WARC file in {_ARCHIVE}/")
            for number, info in enumerate(sorted(members, key=lambda info: info.filename)):
                name = PurePosixPath(info.filename).name
                taken = (folder / name).exists()
                _copy(package, info, folder / (f"{number}-{name}" if taken else name))
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise WaczError(f"{path}: not a whole WACZ file: {error}") from error
    return sorted(folder.iterdir())


def _is_warc(info: zipfile.ZipInfo) -> bool:
    inside = PurePosixPath(info.filename)
    return inside.parts[:1] == (_ARCHIVE,) and inside.name.endswith(WARC_SUFFIXES)


def _copy(package: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    """Write one member; the ZIP's own checksum is held while it is read."""
    with package.open(info) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
