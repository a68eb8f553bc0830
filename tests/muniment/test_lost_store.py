"""`muniment verify --verdicts` where the store is lost and the WARC files are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from cited_web import Web, cite, cited_web
from click.testing import CliRunner, Result

from muniment.cli import cli
from muniment.config import ConfigError
from muniment.status import ExitStatus
from pipelines.store import STORE_NAME, Store


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with cited_web() as served, chdir(tmp_path):
        Path("muniment.toml").write_text(served.settings(), "utf-8")
        yield served


def verify() -> Result:
    result = CliRunner().invoke(cli, ["verify", "--verdicts"], standalone_mode=False)
    assert result.exception is None, result.exception
    return result


@pytest.mark.parametrize("is_there", [False, True])
def test_a_lost_store_proves_nothing_until_it_is_read_back(web: Web, *, is_there: bool) -> None:
    cite(Path("c"), "http://good.test/a")
    CliRunner().invoke(cli, ["check"], standalone_mode=False)
    assert verify().return_value is ExitStatus.DONE
    for file in Path("c").glob(f"{STORE_NAME}*"):
        file.unlink()
    if is_there:
        Store(Path("c") / STORE_NAME).close()
    lost = verify()
    assert lost.return_value is ExitStatus.FAILED
    assert "the store has no checks, but the WARC files do" in lost.stderr
    assert "`muniment extract`" in lost.stderr
    CliRunner().invoke(cli, ["extract"], standalone_mode=False)
    found = verify()
    assert found.return_value is ExitStatus.DONE
    assert "1 proved" in found.stdout


def test_a_collection_without_checks_has_nothing_to_prove(web: Web) -> None:
    Path("c/archive").mkdir(parents=True)
    arguments = ["verify", "--verdicts"]
    with pytest.raises(ConfigError, match="no checks to prove"):
        CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
