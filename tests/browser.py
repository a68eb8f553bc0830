"""A real Chromium for end-to-end tests, spoken to over a pipe (the DevTools protocol).

Only loopback names resolve in it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)
PATIENCE = 20.0
# The protocol wants file descriptors 3 and 4; dash cannot duplicate those above 9.
_ON_3_AND_4 = """
import fcntl, os, sys
asks, answers = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3])
os.dup2(asks, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """A Chromium process; a context manager that ends it."""

    def __init__(self, executable: str, profile: Path, *flags: str) -> None:
        asks, self._ask = os.pipe()
        self._answer, answers = os.pipe()
        python = (sys.executable, "-S", "-E", "-c", _ON_3_AND_4, str(asks), str(answers))
        self._process = subprocess.Popen(
            (*python, executable, *FLAGS, *flags, f"--user-data-dir={profile}"),
            pass_fds=(asks, answers),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(asks)
        os.close(answers)
        self._buffer = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.call("Browser.close")
            self._process.wait(PATIENCE)
        except (AssertionError, OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        os.close(self._ask)
        os.close(self._answer)

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Return the result of a DevTools command; raise AssertionError where it fails."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._last:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answer], [], [], PATIENCE)
            assert ready, "Chromium does not answer"
            piece = os.read(self._answer, 1 << 16)
            assert piece, "Chromium is gone"
            self._buffer += piece
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def page(self, *, width: int = 1400, height: int = 900, scheme: str = "light") -> Page:
        """Return an empty page of that size, in the colour scheme "light" or "dark"."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, attached["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.call(f"{domain}.enable")
        page.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        page.call("Emulation.setEmulatedMedia", features=media)
        return page


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the result of a DevTools command in this page."""
        return self._browser.call(method, self._session, **params)

    def open(self, url: str) -> None:
        """Go to `url`."""
        self.call("Page.navigate", url=url)

    def close(self) -> None:
        """Close the tab."""
        self.call("Page.close")

    def ask(self, expression: str) -> Any:
        """Return the JSON value of a JavaScript expression; a promise is awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression: str) -> Any:
        """Return the first true value of `expression`; fail where it never comes."""
        end = time.monotonic() + PATIENCE
        while not (value := self.ask(expression)):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.02)
        return value

    def key(self, key: str) -> None:
        """Press and release a key, as on a keyboard."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def click(self, x: float, y: float) -> None:
        """Press and release the left button, as with a mouse; in CSS pixels of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def write(self, text: str) -> None:
        """Write `text` where the focus is."""
        self.call("Input.insertText", text=text)

    def requests(self) -> list[str]:
        """Return the URLs this page has asked for so far."""
        return [event["request"]["url"] for event in self._events("Network.requestWillBeSent")]

    def let_through(self) -> list[str]:
        """Return the URLs this page has asked for so far, without those its policy refused."""
        failed = self._events("Network.loadingFailed")
        refused = {one["requestId"] for one in failed if one.get("blockedReason") == "csp"}
        asked = self._events("Network.requestWillBeSent")
        return [one["request"]["url"] for one in asked if one["requestId"] not in refused]

    def complaints(self) -> list[str]:
        """Return what the browser reported: exceptions, refusals by the policy, failed loads."""
        thrown = self._events("Runtime.exceptionThrown")
        logged = self._events("Log.entryAdded")
        return [json.dumps(entry) for entry in (*thrown, *logged)]

    def _events(self, method: str) -> list[dict[str, Any]]:
        self.call("Runtime.evaluate", expression="0")  # so that all earlier events are read
        return [
            event["params"]
            for event in self._browser.events
            if event["method"] == method and event.get("sessionId") == self._session
        ]

    def screenshot(self) -> bytes:
        """Return the whole page as a PNG, in base64."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return shot["data"].encode()
