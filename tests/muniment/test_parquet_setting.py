"""What cannot be written is told before anything is captured or extracted."""

from __future__ import annotations

import sys

import pytest

from muniment.config import ConfigError, Extract
from muniment.parquet_setting import check_parquet


def test_parquet_without_pyarrow_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ConfigError, match=r"\[extract\] parquet: .*pip install"):
        check_parquet(Extract(parquet=True))
    check_parquet(Extract(parquet=False))
