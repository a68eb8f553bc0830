"""What a crawl says on standard error although nobody expected it to: beside its log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ERRORS = "capture.stderr"


def write_errors_beside(log: Path) -> None:
    """Have standard error go to a new file in the folder of `log` from now on."""
    sys.stderr.flush()
    descriptor = os.open(log.with_name(ERRORS), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    os.dup2(descriptor, sys.stderr.fileno())
    os.close(descriptor)
