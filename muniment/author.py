"""Who decides: the name that decisions are signed with."""

from __future__ import annotations

import getpass
import subprocess


def author_name(given: str | None) -> str:
    """Return the name given, else that of git's settings, else that of the login."""
    for name in (given, _of_git(), _of_login()):
        if name and (known := " ".join(name.split())):
            return known
    return "unknown"


def _of_git() -> str:
    try:
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - the git that the user would call
            capture_output=True,
            text=True,
            errors="replace",
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()


def _of_login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
