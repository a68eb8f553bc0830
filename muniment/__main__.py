"""Run the command: `muniment`, or `python -m muniment`."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

from muniment import crawling_process, early_stop


def main() -> NoReturn:
    """Run the command; a signal that comes while it is imported ends it in a line."""
    early_stop.heed()
    crawling_process.begin(sys.argv[1:])
    gc.disable()  # of what is imported nothing becomes garbage
    from muniment.cli import main as run

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
