"""The setting `[extract] parquet`, looked at before there is work that would be for nothing."""

from __future__ import annotations

from muniment.config import ConfigError, Extract
from pipelines.parquet_error import ParquetMissingError


def check_parquet(settings: Extract) -> None:
    """Raise ConfigError where Parquet is wanted and cannot be written here."""
    if not settings.parquet:
        return
    from pipelines.parquet import require_parquet

    try:
        require_parquet()
    except ParquetMissingError as error:
        raise ConfigError(f"[extract] parquet: {error}") from error
