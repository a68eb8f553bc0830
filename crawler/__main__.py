"""One crawl in this process: `python -m crawler OPTIONS.json`, or `-` for standard input."""

from __future__ import annotations

import gc
import sys

from crawler import interrupt


def _main() -> int:
    interrupt.heed()
    gc.disable()  # until the crawl begins: of what is imported nothing becomes garbage
    # Half a second of imports, in which a signal must not be lost.
    from crawler.process import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_main())
