"""The summary fits a terminal: its width, its lines, and what matters first."""

from __future__ import annotations

from muniment.status import ExitStatus, StageOutcome
from muniment.summary import summary

LONG = "http://2009-2017.state.gov/" + "secretary/remarks/2016/10/print/" * 3 + "263276.htm"
CAPTURE = StageOutcome(
    stage="capture",
    figures={"responses": 580, "with status 301": 9, "failed": 0, "MB": "4.9", "WARC files": 1},
    notes=[f"left out by the profile: 75 ({LONG}, {LONG}, ...)"],
    seconds=2.5,
)


def test_no_line_is_wider_than_the_terminal_and_a_url_keeps_its_end() -> None:
    lines = summary("run: done", [CAPTURE], {}, width=60)
    assert max(map(len, lines)) <= 60
    assert any("…" in line and line.rstrip(",").endswith("263276.htm") for line in lines)
    assert lines[1].startswith("  capture  580 responses, ")
    assert lines[2].startswith(" " * 11)


def test_without_a_terminal_a_note_is_one_whole_line() -> None:
    lines = summary("run: done", [CAPTURE], {})
    assert f"  ! {CAPTURE.notes[0]}" in lines


def test_a_path_stays_whole_so_that_it_can_be_copied() -> None:
    assert f"  report   {'x' * 100}" in summary("run: done", [], {"report": "x" * 100}, width=60)


def test_what_has_no_room_is_counted_and_the_failed_stage_comes_first() -> None:
    many = StageOutcome(stage="extract", notes=[f"note {n} " + "w " * 60 for n in range(40)])
    failed = StageOutcome(stage="check", status=ExitStatus.FAILED, notes=["check failed: why"])
    lines = summary("run: failed", [many, failed], {"log": "muniment.log"}, width=60)
    assert len(lines) <= 25
    assert lines[1] == "  ! check failed: why"
    shown = sum(line.startswith("  ! note") for line in lines)
    assert f"  ... and {40 - shown} more notes, in the log" in lines
    assert lines[-1] == "  log      muniment.log"
