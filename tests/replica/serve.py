"""Serve the replica until Ctrl-C or SIGTERM: `python tests/replica/serve.py --pages 300`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

if not __package__:
    # As a script its folder comes first on the path, where the package itself is out of reach.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from replica.statement import HOST
from replica.world import serve


def main() -> None:
    """Print the settings that lead to the replica and serve it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="statements (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="of the invented texts (default 1)")
    arguments = parser.parse_args()
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    with serve(pages=arguments.pages, seed=arguments.seed) as replica:
        print(replica.settings())
        print(f"# http://{HOST}/ is at 127.0.0.1:{replica.http_port}; Ctrl-C ends.", flush=True)
        over.wait()


if __name__ == "__main__":
    main()
