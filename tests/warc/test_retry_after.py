from __future__ import annotations

from datetime import UTC, datetime

import pytest

from warc.http.retry_after import retry_after

NOW = datetime(2024, 5, 6, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("99999999999999999999", 999999999.0),
        ("Mon, 06 May 2024 07:09:30 GMT", 90.0),
        ("Monday, 06-May-24 07:09:30 GMT", 90.0),
        ("Mon May  6 07:09:30 2024", 90.0),
        ("Mon, 06 May 2024 09:09:30 +0200", 90.0),
        ("Mon, 06 May 2024 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_seconds_and_dates_are_read_and_nothing_else(
    value: str | None, seconds: float | None
) -> None:
    assert retry_after(value, NOW) == seconds
