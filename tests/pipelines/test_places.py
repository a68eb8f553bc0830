"""Where payloads lie, by millions in little memory."""

from __future__ import annotations

from pipelines.places import Places


def test_every_key_is_found_again_at_its_first_place() -> None:
    places = Places()
    for number in range(10_000):
        places.add(f"key {number}", number)
        places.add(f"key {number}", -7)
    assert [places.get(f"key {number}") for number in range(10_000)] == list(range(10_000))
    assert places.get("another") is None


def test_keys_whose_hashes_end_alike_are_told_apart() -> None:
    places = Places()
    for number in range(1500):
        places.add(number << 40, number)
    assert [places.get(number << 40) for number in range(1500)] == list(range(1500))
    assert places.get(1501 << 40) is None
