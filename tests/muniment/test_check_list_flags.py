"""How the links of a list are asked where nobody says otherwise."""

from __future__ import annotations

from muniment.check_list_flags import asked_as, for_a_list
from muniment.config import Check, Config


def test_who_waits_for_a_list_waits_less() -> None:
    found = for_a_list(Check())
    assert (found.per_host_delay, found.retry_delay, found.retry_after_cap) == (0.05, 3, 30)
    assert (found.per_host, found.timeout, found.retries) == (2, 20, 1)


def test_what_was_set_is_heeded() -> None:
    found = for_a_list(Check(per_host_delay=2, retry_delay=60))
    assert (found.per_host_delay, found.retry_delay, found.retry_after_cap) == (2, 60, 30)


def test_a_flag_goes_before_all() -> None:
    given = {"per_host_delay": 0.5, "timeout": None, "retries": 0}
    found = asked_as(Config(check=for_a_list(Check())), given).check
    assert (found.per_host_delay, found.timeout, found.retries) == (0.5, 20, 0)
