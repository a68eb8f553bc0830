"""`muniment check --input` run against a web and a name server on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripted_web import Answer, ScriptedWeb, answer, hang, moved, reset

from replica.nameserver import Lookup, NameServer

PAGE = b"<title>A page</title><h1 id=here>A page</h1><p>" + b"Text enough to be one. " * 20
OK = answer("200 OK", PAGE)
WEB: dict[str, Answer | list[Answer]] = {
    "/page": OK,
    "/a%20b": OK,
    "/gone": answer("410 Gone"),
    "/old": moved("301 Moved", "/archive/page"),
    "/archive/page": OK,
    "/hang": hang,
    "/reset": reset,
    "/busy": answer("503 Busy", b"", "Retry-After: 0"),
    "/flaky": [answer("500 Fault", b"x"), OK],
    "/private": moved("302 Found", "http://10.0.0.1/"),
    "/wall": answer("403 Forbidden"),
}
QUICK = ("--delay", "0", "--timeout", "2", "--retry-delay", "0.1")


def _lookup(host: str) -> Lookup:
    first = host.partition(".")[0]
    return Lookup(first) if first in list(Lookup) else Lookup.LOOPBACK


@dataclass
class Ended:
    """What a command left: its status, what it wrote, and how often each path was asked."""

    status: int
    out: str
    err: str
    folder: Path
    asked: Counter[str]

    def verdicts(self) -> list[dict[str, Any]]:
        return written(self.folder)


def written(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "o.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


Work = Callable[[ScriptedWeb, "Command"], Awaitable[None]]
Command = Callable[..., Awaitable["asyncio.subprocess.Process"]]


def met(folder: Path, answers: Mapping[str, Any], work: Work) -> Counter[str]:
    """Run `work` beside the web, and return how often each path was asked."""

    async def scenario() -> Counter[str]:
        names = NameServer(_lookup)
        port = await names.start()

        async def command(
            *arguments: str, stderr: int = asyncio.subprocess.PIPE
        ) -> asyncio.subprocess.Process:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "muniment", "check", "--resolver", f"127.0.0.1:{port}"),
                *("--allow-range", "127.0.0.0/8", *QUICK, *arguments),
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
            )

        try:
            async with ScriptedWeb(answers) as web:
                await work(web, command)
                return Counter(web.paths())
        finally:
            await names.stop()

    return asyncio.run(scenario())


def checked(
    folder: Path,
    text: str,
    *flags: str,
    name: str = "l.txt",
    answers: Mapping[str, Any] = WEB,
) -> Ended:
    """Return what the check of a list left; `{port}` in it is the web's."""
    ended = Ended(-1, "", "", folder, Counter())

    async def work(web: ScriptedWeb, command: Command) -> None:
        (folder / name).write_text(text.replace("{port}", str(web.port)), "utf-8")
        output = () if "--output" in flags else ("--output", "o.jsonl")
        given = [flag.replace("{port}", str(web.port)) for flag in flags]
        process = await command("--input", name, *output, *given)
        out, err = await asyncio.wait_for(process.communicate(), 30)
        ended.status, ended.out, ended.err = process.returncode or 0, out.decode(), err.decode()

    ended.asked = met(folder, answers, work)
    return ended


LINES = {
    "http://a.test:{port}/page": ("alive", "ok"),
    "HTTP://A.test:{port}/page#here": ("alive", "ok"),
    "http://a.test:{port}/page#nowhere": ("alive", "ok"),
    "http://user:secret@b.test:{port}/a b": ("alive", "ok"),
    "http://c.test:{port}/old": ("alive", "moved"),
    "http://d.test:{port}/flaky": ("alive", "ok"),
    "http://e.test:{port}/gone": ("broken", "http-410"),
    "http://f.test:{port}/hang": ("broken", "timeout"),
    "http://g.test:{port}/reset": ("broken", "reset"),
    "http://nxdomain.test/": ("broken", "dns-nxdomain"),
    "http://servfail.test/": ("broken", "dns-servfail"),
    "http://h.test:{port}/busy": ("uncertain", "http-503"),
    "http://i.test:{port}/wall": ("uncertain", "http-403"),
    "http://j.test:{port}/private": ("skipped", "redirect-to-refused"),
    "http://metadata.test/": ("skipped", "address-refused"),
    "mailto:a@x.test": ("skipped", "url-scheme"),
    "http://user:secret@x.test:x/": ("invalid", "url-malformed"),
    "x.test/page": ("invalid", "url-relative"),
    "  http://a.test:{port}/page": ("alive", "ok"),
}
