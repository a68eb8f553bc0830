from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.checks.evidence import Evidence
from pipelines.one_tree import other_address
from pipelines.statements.record import NotAStatement, Provenance, Statement
from pipelines.statements.statement import statement_from_html
from pipelines.store import ExtractedWarc, Store
from pipelines.store_error import StoreError
from pipelines.verdicts.verdict import Outcome, Verdict
from pipelines.versions import versions
from warc.locator import Locator

DAY = datetime(2026, 11, 23, tzinfo=UTC)
HOST = "http://2009-2017.state.gov"


def statement(path: str, captured: datetime, *links: str) -> Statement:
    cited = "".join(f'<p>See <a href="{link}">this</a>.</p>' for link in links)
    html = (
        '<div id="centerblock-outer"><h2 id="page-title">On Trade</h2><!-- TOP-META START -->'
        '<div id="templateFields"><span class="document_type">Media Note<br></span></div>'
        '<div id="templateFields"><span class="releasing_office">Office of the Spokesperson<br>'
        '</span></div><div id="date_long">October 27, 2016</div><!-- TOP-META END -->'
        f'<!-- CENTERBLOCK START --><div id="centerblock"><p>Text.</p>{cited}</div>'
        "<!-- CENTERBLOCK END --></div>"
    )
    made = statement_from_html(
        html.encode(),
        Provenance(
            url=f"{HOST}{path}", status=200, content_type="text/html", captured=captured,
            locator=Locator(file="a.warc.gz", offset=0, length=1),
            payload_digest=None, truncated=None,
        ),
    )  # fmt: skip
    assert not isinstance(made, NotAStatement), made
    return made


def warc(name: str = "a.warc.gz") -> ExtractedWarc:
    return ExtractedWarc(name=name, size=1, extractor="1", pages={"statement": 1}, damage=0)


def verdict(outcome: Outcome) -> Verdict:
    return Verdict(
        outcome=outcome, reason="http-404", sentence="Gone.", confidence="high",
        final_url=None, rules_version="1",
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.sqlite")


def test_a_link_is_kept_once_however_often_it_is_cited(store: Store) -> None:
    with store:
        cited = "http://un.example/a#top"
        first = statement("/r/pa/prs/ps/2016/10/263705.htm", DAY, cited, "http://un.example/a")
        store.put_statements(warc(), [first])
        assert store.cited_urls() == ["http://un.example/a"]


def test_only_the_current_capture_of_a_statement_cites(store: Store) -> None:
    path = "/r/pa/prs/ps/2016/10/263705.htm"
    with store:
        old = statement(path, DAY, "http://old.example/")
        new = statement(path, DAY + timedelta(days=1), "http://new.example/")
        store.put_statements(warc("a.warc.gz"), [old])
        store.put_statements(warc("b.warc.gz"), [new])
        assert store.cited_urls() == ["http://new.example/"]
        assert store.statement_count() == 1


def test_a_page_at_two_addresses_of_one_archive_has_one_current_capture(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    tree = "http://1997-2001.state.gov"
    old = replace(statement("/x", DAY), url=f"{tree}/www/global/a.html")
    new = replace(statement("/x", DAY + timedelta(days=1)), url=f"{tree}/global/a.html")
    other = replace(statement("/x", DAY), url=f"{tree}/global/b.html")
    with Store(path) as store:
        store.put_statements(warc(), [old, new, other])
        assert store.statement_count() == 2
        for url in (old.url, new.url):
            assert other_address(other_address(url)) == url
            assert [v.url for v in versions(store, url)] == [old.url, new.url]
    database = sqlite3.connect(path)
    database.execute("DROP VIEW current_statements")
    database.execute("CREATE VIEW current_statements AS SELECT * FROM statements")  # any older one
    database.execute("PRAGMA user_version = 1")
    database.close()
    with Store(path) as store:
        assert store.statement_count() == 2


def test_a_warc_is_replaced_and_forgotten_with_all_that_came_of_it(store: Store) -> None:
    one = statement("/r/pa/prs/ps/2016/10/263705.htm", DAY, "http://a.example/")
    two = statement("/r/pa/prs/ps/2016/10/263706.htm", DAY, "http://b.example/")
    with store:
        store.put_statements(warc(), [one, two])
        store.put_statements(warc(), [two])
        assert store.statement_count() == 1
        assert list(store.extracted()) == ["a.warc.gz"]
        store.forget_warcs(["a.warc.gz"])
        assert store.statement_count() == 0
        assert store.cited_urls() == []


def test_checks_are_appended_and_told_oldest_first(store: Store) -> None:
    url = "http://a.example/"
    with store:
        store.put_statements(warc(), [statement("/r/pa/prs/ps/2016/10/263705.htm", DAY, url)])
        for days, outcome in ((1, Outcome.GONE), (0, Outcome.OK)):
            evidence = Evidence(url=url, checked=DAY + timedelta(days=days))
            store.put_checks(f"run{days}", [(evidence, verdict(outcome))])
        (history,) = store.histories()
        assert [check.verdict.outcome for check in history.checks] == [Outcome.OK, Outcome.GONE]
        assert [one.title for one in history.citations] == ["On Trade"]
        assert store.outcome_counts() == {"ok": 1}
        assert store.cited_urls(not_in_run="run0") == []
        assert store.cited_urls(not_in_run="run2") == [url]


def test_checks_outlive_the_statements_they_came_from(store: Store) -> None:
    url = "http://a.example/"
    one = statement("/r/pa/prs/ps/2016/10/263705.htm", DAY, url)
    with store:
        store.put_statements(warc(), [one])
        store.put_checks("run", [(Evidence(url=url, checked=DAY), verdict(Outcome.OK))])
        store.forget_warcs(["a.warc.gz"])
        assert list(store.histories()) == []
        store.put_statements(warc(), [one])
        assert [len(history.checks) for history in store.histories()] == [1]


def test_a_batch_is_kept_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    good = (Evidence(url="http://a.example/", checked=DAY), verdict(Outcome.OK))
    with store, pytest.raises(AttributeError):
        store.put_checks("run", [good, (None, None)])  # type: ignore[list-item]
    count = sqlite3.connect(tmp_path / "store.sqlite").execute("SELECT count(*) FROM checks")
    assert count.fetchone() == (0,)
    count.connection.close()


def test_a_newer_store_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()
    with pytest.raises(StoreError, match=r"store\.sqlite: made by a newer Muniment"):
        Store(path)
