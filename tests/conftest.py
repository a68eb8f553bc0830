"""What every test stands on: nothing leaves the machine; browsers and shared data are found."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _stay_on_loopback(event: str, args: tuple[Any, ...]) -> None:
    """Refuse a socket to anywhere beyond 127.0.0.0/8 and ::1, from any test (PEP 578)."""
    if event not in {"socket.connect", "socket.sendto"}:
        return
    address = args[1]
    if not isinstance(address, tuple):
        return  # a Unix socket
    host = str(address[0])
    if host == "localhost":
        return
    parsed = ipaddress.ip_address(host.partition("%")[0])
    if not (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback:
        raise RuntimeError(f"a test tried to reach {address}")


sys.addaudithook(_stay_on_loopback)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser; skip where there is none, except in CI, which installs it."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium: .ci/services installs it")
        pytest.skip("needs Chromium: apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of pages and WARC files that lies beside the project's checkout."""
    if not SHARED.is_dir():
        pytest.skip("needs the shared corpus beside the checkout")
    return SHARED
