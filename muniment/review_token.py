"""The token that lets reviewers in from other machines: a file that nobody else may read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from muniment.config import ConfigError

SHORTEST = 32


def read_token(path: Path) -> tuple[str, bool]:
    """Return the token of a file and whether it was made now, as it is where there is no file.

    Raise ConfigError where the file is open to others, or holds less than 32 characters.
    """
    try:
        with path.open(encoding="ascii") as file:
            mode = os.fstat(file.fileno()).st_mode
            token = file.read().strip()
    except FileNotFoundError:
        return _made(path), True
    except (OSError, ValueError) as error:
        raise ConfigError(f"--token-file {path}: cannot be read: {error}") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(f"--token-file {path}: others may read it; chmod 600 {path}")
    if len(token) < SHORTEST or not token.isprintable() or " " in token:
        raise ConfigError(
            f"--token-file {path}: needs {SHORTEST} characters or more in one word; delete it to "
            "have one made"
        )
    return token, False


def _made(path: Path) -> str:
    token = secrets.token_urlsafe(SHORTEST)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{token}\n")
    except OSError as error:
        raise ConfigError(f"--token-file {path}: cannot be made: {error}") from error
    return token
