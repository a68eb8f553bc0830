"""Run the command: `muniment`, or `python -m muniment`."""

from __future__ import annotations

from typing import NoReturn

from muniment import early_stop


def main() -> NoReturn:
    """Run the command; a signal that comes while it is imported ends it in a line."""
    early_stop.heed()
    from muniment.cli import main as run

    run()


if __name__ == "__main__":
    main()
