"""One crawl in this process: `python -m crawler OPTIONS.json`, or `-` for standard input."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from typing import NoReturn

from crawler import interrupt


def _main() -> NoReturn:
    interrupt.heed()
    gc.disable()  # until the crawl begins: of what is imported nothing becomes garbage
    # Half a second of imports, in which a signal must not be lost.
    from crawler.process import main

    status = main(sys.argv[1:])
    # All that counts is closed by now, or else was written so that a kill does not hurt it: nobody
    # need wait while a thousand modules are taken apart.
    logging.shutdown()
    with contextlib.suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    _main()
