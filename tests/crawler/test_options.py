from __future__ import annotations

from pathlib import Path

import pytest

from crawler.options import CaptureOptions, OptionsError

SEED = "http://127.0.0.2:8471/"


def test_options_survive_the_way_to_the_child_as_json() -> None:
    options = CaptureOptions(
        collection=Path("c"),
        seeds=(SEED,),
        allow_ranges=("127.0.0.0/8",),
        max_pages=30,
        delay=0.0,
        ca_file=Path("ca.pem"),
        obey_robots=False,
    )
    assert CaptureOptions.from_json(options.to_json()) == options


def test_text_from_scrapy_crawl_is_read_as_each_options_type() -> None:
    options = CaptureOptions.from_values(
        {"seeds": f"{SEED},{SEED}a", "delay": "0.5", "max_pages": "7", "obey_robots": "no"}
    )
    assert options.seeds == (SEED, SEED + "a")
    assert (options.delay, options.max_pages, options.obey_robots) == (0.5, 7, False)


def test_a_profile_brings_its_own_start_pages() -> None:
    options = CaptureOptions(collection=Path("c"), spider="statements", profile="state-2009-2017")
    assert options.start_urls
    assert all("2009-2017.state.gov" in url for url in options.start_urls)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sedes": SEED}, "sedes"),
        ({"seeds": SEED, "delay": "fast"}, "delay"),
        ({"seeds": SEED, "obey_robots": "perhaps"}, "obey_robots"),
        ({"seeds": SEED, "concurrency": 0}, "concurrency"),
        ({"seeds": "ftp://host/"}, "ftp://host/"),
        ({"seeds": "host/page"}, "host/page"),
        ({"profile": "state-1887"}, "state-2009-2017"),
        ({"spider": "statements", "seeds": SEED}, "needs a profile"),
        ({"seeds": SEED, "include": "("}, "include"),
        ({}, "nothing to start from"),
    ],
)
def test_a_wrong_option_is_named(values: dict[str, object], said: str) -> None:
    with pytest.raises(OptionsError, match=said.replace("(", r"\(")):
        CaptureOptions.from_values(values)


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_what_is_not_a_json_object_is_refused(text: str) -> None:
    with pytest.raises(OptionsError, match="JSON"):
        CaptureOptions.from_json(text)


def test_the_user_agent_says_how_to_reach_the_operator() -> None:
    options = CaptureOptions(collection=Path("c"), seeds=(SEED,), contact="archive@example.org")
    assert "archive@example.org" in options.agent
