"""The list of the URLs that were found and not asked for, one JSON object a line."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import IO

_encode = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make one for each line
logger = logging.getLogger(__name__)


class SkippedList:
    """Written as the crawl goes: {"url": …, "reason": …, "via": …}; nothing is kept in memory.

    Each line is handed to the system at once, so that a killed crawl leaves its list too. There
    is no file where nothing is skipped. A list that cannot be written is given up, with a word in
    the log: the captures matter more.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self._is_given_up = False

    def add(self, url: str, reason: str, via: str | None) -> None:
        """List a URL; `via` is the page it was found in, None for a seed."""
        if self._is_given_up:
            return
        line = _encode({"url": url, "reason": reason, "via": via})
        try:
            if self._file is None:
                self._file = self._path.open("a", 1, encoding="utf-8", errors="replace")
            self._file.write(line + "\n")
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Write what is left; more can be added all the same."""
        file, self._file = self._file, None
        if file is not None:
            try:
                file.close()
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self._is_given_up = True
        logger.error("The list of skipped URLs cannot be written: %s", error)
