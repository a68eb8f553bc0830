"""The setting `[report] formats`, looked at before there is work that would be for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.config import ConfigError
from reports.formats import FORMATS, FormatMissingError, require


def split_formats(text: str | None) -> tuple[str, ...]:
    """Return the names in a list with commas; none where nothing was given."""
    return tuple(filter(None, (name.strip() for name in (text or "").split(","))))


def check_formats(names: Sequence[str]) -> None:
    """Raise ConfigError where a format is not known or cannot be written here."""
    for name in names:
        if name not in FORMATS:
            raise ConfigError(f"formats: {name!r} is none of: {', '.join(FORMATS)}")
    try:
        require(names)
    except FormatMissingError as error:
        raise ConfigError(f"formats: {error}") from error
