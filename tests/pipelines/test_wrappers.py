"""Wrapped links are unwrapped without the network, and give nobody's mailbox away."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from pipelines.statements.wrappers import MAX_DEPTH, mask_personal, unwrap

TARGET = "https://www.iaea.org/news?id=1&x=2"


def safelink(url: str) -> str:
    return (
        f"https://gcc02.safelinks.protection.outlook.com/?url={quote(url, safe='')}"
        "&data=05%7C01%7Cjane.doe%40state.gov%7C39e5&sdata=AbC%3D&reserved=0"
    )


def bulletin(url: str) -> str:
    claims = base64.urlsafe_b64encode(json.dumps({"bulletin_id": "1", "url": url}).encode())
    return f"https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9.{claims.decode().rstrip('=')}.sig/s/1234567890/br/9-l"


def test_a_plain_link_is_its_own_target() -> None:
    assert unwrap(TARGET).target == TARGET
    assert unwrap(TARGET).wrappers == ()


@pytest.mark.parametrize(
    ("wrapped", "name"),
    [
        (safelink(TARGET), "safelinks"),
        (bulletin(TARGET), "lnks.gd"),
        (f"https://www.google.com/url?q={quote(TARGET)}&source=gmail", "google"),
        (f"https://links-1.govdelivery.com/CL0/{quote(TARGET, safe='')}/1/0100/x=9", "govdelivery"),
        (f"https://urldefense.com/v3/__{TARGET}__;!!abc!xyz$", "urldefense"),
        (
            "https://urldefense.proofpoint.com/v2/url?u="
            "https-3A__www.iaea.org_news-3Fid-3D1-26x-3D2&d=DwM",
            "urldefense",
        ),
        (f"https://l.facebook.com/l.php?u={quote(TARGET, safe='')}&h=x", "facebook"),
    ],
)
def test_unwraps(wrapped: str, name: str) -> None:
    found = unwrap(wrapped)
    assert (found.target, found.wrappers) == (TARGET, (name,))


def test_proofpoint_puts_replaced_characters_back() -> None:
    encoded = base64.urlsafe_b64encode(b"%%").decode().rstrip("=")
    url = f"https://urldefense.com/v3/__https://a.gov/x*20y*20z__;{encoded}!!q$"
    assert unwrap(url).target == "https://a.gov/x%20y%20z"


def test_layers_are_taken_off_from_the_outside_in() -> None:
    found = unwrap(safelink(bulletin(safelink(TARGET))))
    assert found.target == TARGET
    assert found.wrappers == ("safelinks", "lnks.gd", "safelinks")


def test_an_archived_link_is_a_pair_of_original_and_date() -> None:
    found = unwrap(f"https://web.archive.org/web/20160229010203id_/{TARGET}")
    assert found.target == TARGET
    assert found.memento_date == datetime(2016, 2, 29, 1, 2, 3, tzinfo=UTC)


def test_a_slash_lost_in_an_archived_link_is_put_back() -> None:
    assert unwrap("http://web.archive.org/web/2016/http:/a.gov/x").target == "http://a.gov/x"


@pytest.mark.parametrize(
    "broken",
    [
        "https://lnks.gd/l/a.!!!.c/s/1",
        "https://lnks.gd/l/a.bm90anNvbg.c",
        bulletin("http://half-a-pair.example/\ud800"),
        "https://gcc02.safelinks.protection.outlook.com/?data=1",
        "https://www.google.com/url?q=relative",
    ],
)
def test_a_wrapper_around_nothing_is_its_own_target(broken: str) -> None:
    assert unwrap(broken).target == broken


def test_endless_wrapping_ends() -> None:
    url = TARGET
    for _ in range(MAX_DEPTH + 3):
        url = safelink(url)
    assert len(unwrap(url).wrappers) == MAX_DEPTH


def test_mailboxes_and_subscribers_are_masked_however_deep() -> None:
    masked = mask_personal(safelink(safelink(bulletin(TARGET))))
    assert "jane.doe" not in masked
    assert "1234567890" not in masked
    assert "reserved=0" in masked


def test_masking_keeps_where_the_link_leads() -> None:
    wrapped = safelink(bulletin(TARGET))
    assert unwrap(mask_personal(wrapped)).target == TARGET


def test_links_without_wrappers_are_not_touched() -> None:
    assert mask_personal("https://a.gov/?data=1#s/1234567") == "https://a.gov/?data=1#s/1234567"
