"""A made-up neighbour is asked where a page could be anybody's, once a folder, and never else."""

from __future__ import annotations

import asyncio
from pathlib import Path

from probing import QUICK, probed, verdict
from scripted_web import ScriptedWeb, answer, moved

from pipelines.checks.evidence import Evidence
from pipelines.checks.siblings import sibling_url

FRONT = answer(
    "200 OK",
    b"<title>Widgets</title><h1>Welcome to Widgets</h1><p>Use the menu to find what we make.",
)
OTHER = FRONT.replace(b"Welcome to Widgets", b"Search our catalogue now")
ARTICLE = answer("200 OK", b"<title>Report</title><h1>Report</h1><p>" + b"We met. " * 300)


def asked(folder: Path, pages: dict[str, bytes], *paths: str) -> tuple[list[Evidence], list[str]]:
    """Return the evidence of links to `paths` on one host, and the paths that were asked for."""

    async def scenario() -> tuple[list[Evidence], list[str]]:
        async with ScriptedWeb({}) as web:
            links = [web.url(path) for path in paths]
            made_up = (sibling_url(link) for link in links)
            folders = {link.partition(f":{web.port}")[2] for link in made_up if link}
            for path, page in pages.items():
                for given in folders if path == "*" else (path,):
                    web.answer(given, page)
            return await probed(folder, links, QUICK), web.paths()

    return asyncio.run(scenario())


def test_links_of_one_folder_share_one_made_up_neighbour(tmp_path: Path) -> None:
    paths = ("/shop/bolt.html", "/shop/nail.html")
    pages = {"/shop/bolt.html": FRONT, "/shop/nail.html": FRONT, "*": FRONT}
    found, seen = asked(tmp_path, pages, *paths)
    assert [verdict(one).reason for one in found] == ["same-as-random"] * 2
    assert len(set(seen)) == 3


def test_a_neighbour_that_is_missing_or_another_page_proves_nothing(tmp_path: Path) -> None:
    found, seen = asked(tmp_path, {"/shop/bolt.html": FRONT}, "/shop/bolt.html")
    assert (verdict(found[0]).reason, len(seen)) == ("ok", 2)
    pages = {"/shop/bolt.html": FRONT, "*": OTHER}
    assert verdict(asked(tmp_path / "b", pages, "/shop/bolt.html")[0][0]).reason == "ok"


def test_no_neighbour_is_asked_where_the_answer_is_clear(tmp_path: Path) -> None:
    pages = {"/a/report.html": ARTICLE, "/": FRONT, "/b/x.html": moved("302 Found", "/")}
    _, seen = asked(tmp_path, pages, "/a/report.html", "/", "/b/x.html", "/c/missing.html")
    assert not [path for path in seen if path not in {*pages, "/c/missing.html"}]


def test_evidence_keeps_the_neighbour(tmp_path: Path) -> None:
    (found,), _ = asked(tmp_path, {"/shop/bolt.html": FRONT, "*": FRONT}, "/shop/bolt.html")
    assert found.sibling is not None
    assert found.sibling in found.all_hops
    assert Evidence.from_json(found.as_json()) == found


def test_a_neighbour_keeps_folder_ending_and_nothing_else() -> None:
    one, two = sibling_url("http://a.test/x/one.html?"), sibling_url("http://a.test/x/two.html")
    assert one == two
    assert str(one).startswith("http://a.test/x/")
    assert str(one).endswith(".html")
    assert sibling_url("http://a.test/x/one.pdf") != one
    assert sibling_url("http://a.test/") is None
    assert sibling_url("http://a.test/x?id=5") is None
