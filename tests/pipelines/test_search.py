"""Search and versions over a store filled as extraction fills it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from statement_pages import HOST, captured, page

from pipelines.extraction import extract, part_path
from pipelines.search import MARKS, Query, document_types, match_expression, search
from pipelines.store import Store
from pipelines.versions import Change, difference, statement_in, versions
from warc.collection import Collection

TRADE = "/r/pa/prs/ps/2016/10/263705.htm"
CLIMATE = "/r/pa/prs/ps/2016/10/263706.htm"


def silent(*_: object) -> None:
    """Want no progress."""


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    made = Collection(tmp_path)
    made.create()
    later = "2016-11-01T15:00:00Z"
    same = page("On Trade", "The tariff is low.")
    files = {
        "a": captured(same, TRADE)
        + captured(page("Climate Talks", "A café in Paris.", kind="Remarks"), CLIMATE, number=2),
        "b": captured(same + b"<!-- new -->", TRADE, date="2016-10-30T15:00:00Z"),
        "c": captured(page("On Trade", "The tariff is high. No climate."), TRADE, date=later),
    }
    for name, content in files.items():
        (made.archive / f"{name}.warc.gz").write_bytes(content)
    return made


@pytest.fixture
def store(collection: Collection) -> Iterator[Store]:
    with Store(collection.root / "store.sqlite") as opened:
        extract(collection, opened, silent)
        yield opened


def titles(store: Store, words: str = "", **filters: str) -> list[str]:
    return [hit.title for hit in search(store, Query(words=words, **filters))]  # type: ignore[arg-type]


def test_a_word_in_the_title_comes_before_one_in_the_body(store: Store) -> None:
    assert titles(store, "climate") == ["Climate Talks", "On Trade"]


def test_all_words_count_and_phrases_keep_their_order(store: Store) -> None:
    assert titles(store, "climate tariff") == ["On Trade"]
    assert titles(store, '"tariff is high"') == ["On Trade"]
    assert titles(store, '"high is tariff"') == []
    assert titles(store, "CAFE tal*") == ["Climate Talks"]


def test_only_the_current_version_is_found(store: Store) -> None:
    assert titles(store, "low") == []
    (hit,) = search(store, Query(words="high"))
    assert f"{MARKS[0]}high{MARKS[1]}" in hit.snippet
    assert (hit.url, hit.warc) == (HOST + TRADE, "c.warc.gz")


@pytest.mark.parametrize(
    "words", ['"', "NEAR(", "a AND", "title:x", "-", "(*", "^", '""', "\0", "*"]
)
def test_no_words_are_an_error(store: Store, words: str) -> None:
    assert titles(store, words) in ([], ["Climate Talks"])


def test_filters_narrow_and_partial_dates_are_understood(store: Store) -> None:
    assert titles(store, document_type="remarks") == ["Climate Talks"]
    assert titles(store, "climate", office="spokes") == ["Climate Talks", "On Trade"]
    assert titles(store, "climate", since="2016-10", until="2016") == ["Climate Talks", "On Trade"]
    assert titles(store, "climate", since="2017") == []
    assert titles(store, "climate", until="2016-10-26") == []
    assert titles(store, "climate", office="%") == []
    assert titles(store, speaker="Kerry") == []
    assert sorted(document_types(store)) == ["Media Note", "Remarks"]


def test_what_is_forgotten_is_not_found(store: Store) -> None:
    store.forget_warcs(["c.warc.gz"])
    assert titles(store, "high") == []
    assert titles(store, "low") == ["On Trade"]


def test_typed_operators_are_words() -> None:
    assert match_expression('climate "sea level" ris*') == '"climate" AND "sea level" AND "ris"*'
    assert match_expression("? !") is None


def test_changed_text_is_told_from_changed_markup(store: Store, collection: Collection) -> None:
    found = versions(store, HOST.removeprefix("http://") + TRADE)
    assert [one.change for one in found] == [Change.FIRST, Change.MARKUP, Change.TEXT]
    assert [one.warc for one in found] == ["a.warc.gz", "b.warc.gz", "c.warc.gz"]
    both = [statement_in(part_path(collection, one.warc), one) for one in found[1:]]
    assert both[0] is not None
    assert both[1] is not None
    lines = list(difference(both[0], both[1]))
    assert "-The tariff is low." in lines
    assert "+The tariff is high. No climate." in lines


def test_a_second_extraction_reads_nothing_and_workers_change_nothing(
    store: Store, collection: Collection
) -> None:
    assert extract(collection, store, silent).files_new == 0
    made = {p.name: p.read_bytes() for p in (collection.root / "statements").iterdir()}
    for part in (collection.root / "statements").iterdir():
        part.unlink()
    assert extract(collection, store, silent, workers=2).files_new == 3
    assert {p.name: p.read_bytes() for p in (collection.root / "statements").iterdir()} == made
