"""What the first record of every file says of the crawl."""

from __future__ import annotations

import ipaddress
import json
import platform
from pathlib import Path

import scrapy

from crawler.archive import writer_options
from crawler.options import CaptureOptions
from crawler.own_address import own_address
from crawler.warcinfo import warcinfo_fields

SEED = "http://127.0.0.2/"


def _fields(**options: object) -> dict[str, str]:
    asked = CaptureOptions.from_values({"collection": "c", "seeds": [SEED], **options})
    return dict(warcinfo_fields(asked, "c"))


def test_it_names_the_software_with_every_version_that_shapes_the_records() -> None:
    software = _fields()["software"]
    assert software.startswith("Muniment/")
    assert f"Python/{platform.python_version()}" in software
    assert f"Scrapy/{scrapy.__version__}" in software


def test_robots_are_told_in_the_words_of_archivists() -> None:
    assert _fields()["robots"] == "obey"
    assert _fields(obey_robots=False)["robots"] == "ignore"


def test_the_operator_stands_there_only_where_one_is_named() -> None:
    assert "operator" not in _fields()
    assert _fields(operator="The Library")["operator"] == "The Library"


def test_the_user_agent_is_the_one_that_was_sent() -> None:
    assert _fields(user_agent="x/1 (mail@x)")["http-header-user-agent"] == "x/1 (mail@x)"


def test_every_setting_can_be_read_back_but_files_of_the_machine() -> None:
    told = json.loads(_fields(delay=2.5, warc_size=1000)["settings"])
    assert told["delay"] == 2.5
    assert told["warc_size"] == 1000
    assert told["seeds"] == [SEED]
    assert not told.keys() & {"collection", "log_file", "ca_file"}


def test_names_and_passwords_before_a_host_are_masked() -> None:
    fields = _fields(proxy="http://me:secret@127.0.0.1:8080", seeds=["http://you:word@127.0.0.2/"])
    assert "secret" not in str(fields)
    assert "word" not in str(fields)
    assert json.loads(fields["settings"])["proxy"] == "http://***@127.0.0.1:8080"
    assert "http://***@127.0.0.2/" in fields["description"]


def test_many_seeds_are_counted_not_listed() -> None:
    seeds = [f"http://127.0.0.2/{n}" for n in range(9)]
    assert _fields(seeds=seeds)["description"].endswith("and 6 more")


def test_the_address_is_one_of_an_interface_and_not_loopback() -> None:
    address = own_address()
    assert address is None or not ipaddress.ip_address(address).is_loopback
    assert _fields().get("ip") == address


def test_the_settings_of_files_reach_the_writer(tmp_path: Path) -> None:
    asked = CaptureOptions(
        collection=tmp_path / "my states",
        seeds=(SEED,),
        warc_size=5000,
        warc_age=60,
        keep_credentials=True,
    )
    options = writer_options(asked)
    assert (options.max_bytes, options.max_age_seconds, options.keep_credentials) == (
        5000,
        60,
        True,
    )
    assert options.prefix == "my-states"
    named = CaptureOptions(collection=tmp_path, seeds=(SEED,), prefix="STATE 2009")
    assert writer_options(named).prefix == "STATE-2009"
