from __future__ import annotations

from pathlib import Path

import pytest

from muniment.config import Config, ConfigError, as_table, load, override


def written(folder: Path, text: str) -> Path:
    path = folder / "muniment.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_are_polite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(None)
    assert config.capture.delay == 1.0
    assert config.capture.obey_robots
    assert config.network.allow_ranges == ()


def test_the_file_in_the_current_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "[capture]\ndelay = 3\n")
    monkeypatch.chdir(tmp_path)
    assert load(None).capture.delay == 3.0


def test_paths_are_relative_to_the_files_folder(tmp_path: Path) -> None:
    config = load(written(tmp_path, 'collection = "here"\n[network]\nca_file = "ca.pem"\n'))
    assert config.collection == tmp_path / "here"
    assert config.network.ca_file == tmp_path / "ca.pem"


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    changed = override(Config().capture, delay=None, seeds=(), concurrency=7)
    assert (changed.delay, changed.seeds, changed.concurrency) == (1.0, (), 7)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("colection = 'x'\n", 1, "did you mean 'collection'?"),
        ("# a\n\n[capture]\ndelay = 1\nconcurency = 2\n", 5, "did you mean 'concurrency'?"),
        ("[captur]\ndelay = 1\n", 1, "did you mean 'capture'?"),
        ("capture.delai = 1\n", 1, "did you mean 'delay'?"),
        ("\n\n[check]\nzzz = 1\n", 4, "known: concurrency"),
        ("[capture]\n\ndelay = 'slow'\n", 3, "must be a number, not 'slow'"),
        ("[capture]\nobey_robots = 0\n", 2, "must be true or false, not 0"),
        ("[capture]\nconcurrency = true\n", 2, "must be a whole number"),
        ("[capture]\nseeds = 'http://a/'\n", 2, "must be a list of strings"),
        ("capture = 3\n", 1, "is a table: write [capture]"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}:{line}: ")
    assert words in str(raised.value)


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        load(written(tmp_path, "[capture]\ndelay = = 1\n"))


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_settings_as_a_table_are_plain_values() -> None:
    table = as_table(Config())
    assert isinstance(table["collection"], str)
    assert table["capture"]["delay"] == 1.0
