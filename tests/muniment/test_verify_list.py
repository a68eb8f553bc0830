"""`muniment verify --verdicts FILE`: what `muniment check --output FILE` wrote, proved."""

from __future__ import annotations

import json
from pathlib import Path

from checked_lists import LINES, checked
from click.testing import CliRunner

from muniment.commands import verify
from muniment.status import ExitStatus


def proved(folder: Path) -> tuple[ExitStatus, str]:
    """Return the status and the words of `muniment verify --verdicts` over a list's verdicts."""
    arguments = ["--verdicts", str(folder / "o.jsonl")]
    made = CliRunner().invoke(verify.command, arguments, standalone_mode=False)
    assert made.exception is None, made.exception
    return made.return_value, made.stdout


def test_the_verdicts_on_a_list_can_be_proved_and_changed_ones_cannot(tmp_path: Path) -> None:
    ended = checked(tmp_path, "\n".join(LINES))
    status, told = proved(tmp_path)
    assert status is ExitStatus.DONE, told
    assert f"made {len(LINES)} verdicts again from " in told
    lines = ended.verdicts()
    lines[6] |= {"verdict": "alive", "reason": "ok"}
    lines[7]["evidence"] = []
    lines[0]["evidence"] = lines[6]["evidence"]
    lines[9]["evidence"][0]["offset"] += 1
    text = "\n".join([*map(json.dumps, lines), "{}"])
    (tmp_path / "o.jsonl").write_text(text, "utf-8")
    status, told = proved(tmp_path)
    assert status is ExitStatus.FAILED
    for line, words in {
        1: "contradicted: check-",
        7: "another verdict: the line says alive ok http",
        8: "missing: no record is named that proves the verdict",
        10: "altered: check-",
        20: "contradicted: the line is none that `muniment check --output` writes",
    }.items():
        assert f", line {line}\n  {words}" in told
    assert f" {len(LINES) - 4} proved, " in told
