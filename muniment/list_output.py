"""Where the verdicts on a list of links go."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

import click

from muniment.check_list_flags import STANDARD
from muniment.runs import UnwritableError
from pipelines.anchors import Anchors
from pipelines.list_answers import ListAnswers
from pipelines.list_verdicts import verdict_of
from pipelines.verdicts.plain import Plain
from warc.collection import Collection


def require_writable(target: Path | None, source: str) -> None:
    """Raise the error that says why `target` cannot be written, before anything is asked."""
    if target is None:
        return
    if source != STANDARD and target.exists() and target.samefile(source):
        raise click.UsageError(f"{target} is the list itself; name another --output.")
    if target.is_dir():
        raise UnwritableError(f"{target}: cannot be written: it is a folder")
    folder = target.absolute().parent
    if not folder.is_dir():
        raise UnwritableError(f"{target}: cannot be written: there is no folder {folder}")
    place = target if target.exists() and not target.is_file() else folder
    if not os.access(place, os.W_OK):
        raise UnwritableError(f"{target}: cannot be written: permission denied")


def write_verdicts(
    answers: ListAnswers,
    collection: Collection,
    target: Path | None,
    verdicts: Counter[str],
    broken: Counter[str],
    *,
    is_kept: bool,
    doubted: Mapping[str, str],
) -> None:
    """Write a line of JSON for each line of the list, whole or not at all; count the verdicts.

    `broken` counts the reasons of what is broken. Records that are not kept are not named,
    and reasons that are `doubted` make nothing broken.
    """
    anchors = Anchors(collection)
    try:
        with _opened(target) as out:
            for line, answer in answers.in_order():
                value = verdict_of(line, answer, anchors.has, doubted)
                if not is_kept:
                    value["evidence"] = []
                verdicts[value["verdict"]] += 1
                if value["verdict"] == Plain.BROKEN:
                    broken[value["reason"]] += 1
                out.write(_as_line(value))
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UnwritableError(f"{target or 'standard output'}: {error.strerror}") from error


def _as_line(value: dict[str, object]) -> bytes:
    try:
        return f"{json.dumps(value, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half a surrogate pair in an id
        return f"{json.dumps(value)}\n".encode()


@contextmanager
def _opened(target: Path | None) -> Iterator[BinaryIO]:
    """Yield what to write to; a file takes its place when all is written."""
    if target is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if target.exists() and not target.is_file():  # a device or a pipe
        with target.open("wb") as out:
            yield out
        return
    target = target.resolve()  # a link stays one
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as out:
        temporary = Path(out.name)
        try:
            yield out  # type: ignore[misc]  # as good as BinaryIO
            out.flush()
            os.fsync(out.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
