"""Check the links of a list with the real command, beside lychee where it is installed.

`python benchmarks/check.py --full`: 10,000 links on 200 hosts of loopback, the fullest with some
740; an answer takes 150 ms at the median, 3 % of the links hang, 5 % are dead, 2 % of the hosts
have no name. Two requests to one host at once, and 5 seconds of patience. The bound is what the
fullest host takes by itself, each link asked once. Without `--full` a fifth of that.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from link_web import Act, Host, Plan, bound, served
from measured import Cost, run

_TIMEOUT, _PER_HOST, _AT_ONCE = 5.0, 2, 256
_MOST_OF_BOUND, _MOST_CPU_MS, _MOST_MIB = 1.15, 0.6, 200.0
_RIGHT = {Act.PAGE: "alive", Act.DEAD: "broken", Act.NO_NAME: "broken"}


def main() -> int:
    """Return 1 where a verdict is wrong or the run takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 links on 200 hosts")
    parser.add_argument("--links", type=int, help="so many")
    parser.add_argument("--hosts", type=int, help="on so many hosts")
    parser.add_argument("--speed", type=float, default=1.0, help="divides the latencies")
    parser.add_argument("--by-host", action="store_true", help="whole hosts hang or refuse")
    parser.add_argument("--kilobytes", type=float, default=4.0, help="of a page (default 4)")
    parser.add_argument("--keep", type=Path, help="a folder for what is written, kept")
    given = parser.parse_args()
    plan = Plan(
        links=given.links or (10_000 if given.full else 2_000),
        hosts=given.hosts or (200 if given.full else 100),
        by_host=given.by_host,
        speed=given.speed,
        kilobytes=given.kilobytes,
    )
    with tempfile.TemporaryDirectory() as scratch:
        return _compare(plan, given.keep or Path(scratch))


def _compare(plan: Plan, folder: Path) -> int:
    web = plan.web()
    least = bound(web, timeout=_TIMEOUT, per_host=_PER_HOST)
    links = sum(len(host.links) for host in web)
    print(f"{links:,} links on {len(web)} hosts, {len(web[0].links):,} on the fullest")
    print(f"bound set by the fullest host: {least:.1f} s\n")
    print(f"{'':12}{'seconds':>9}{'x bound':>9}{'CPU s':>8}{'ms a link':>11}{'MiB':>7}")
    with served(plan) as (port, names):
        cost = run(_muniment(web, port, names, folder), folder)
        _tell("muniment", cost, least, links)
        _beside(web, port, folder, least, links)
    faults = _faults(web, port, folder / "verdicts.jsonl") if not cost.status else ["it failed"]
    written = sum(path.stat().st_size for path in folder.rglob("*.warc.gz"))
    print(
        f"\nevidence {written / 1e6:.1f} MB; {len(faults)} verdicts wrong", *faults[:10], sep="\n"
    )
    return int(bool(faults) or cost.seconds > _MOST_OF_BOUND * least + 5.0)


def _muniment(web: list[Host], port: int, names: int, folder: Path) -> list[str]:
    """Return the command, its list in another order than the hosts'."""
    urls = [f"http://{host.name}:{port}{link.path}" for host in web for link in host.links]
    random.Random(3).shuffle(urls)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "links.txt").write_text("\n".join(urls) + "\n", "utf-8")
    return [
        sys.executable,
        *("-m", "muniment", "check"),
        *("--input", "links.txt", "--output", "verdicts.jsonl", "--evidence", "evidence"),
        *("--resolver", f"127.0.0.1:{names}", "--allow-range", "127.0.0.0/8"),
        *("--timeout", f"{_TIMEOUT:g}", "--per-host", str(_PER_HOST), "--delay", "0"),
        *("--concurrency", str(_AT_ONCE)),
    ]


def _beside(web: list[Host], port: int, folder: Path, least: float, links: int) -> None:
    """Run lychee on the same hosts by their addresses, since it asks no other name server."""
    lychee = shutil.which("lychee")
    if lychee is None:
        print(f"{'lychee':12}left out: not installed")
        return
    urls = [
        f"http://{'no-name.invalid' if link.act is Act.NO_NAME else host.address}:{port}{link.path}"
        for host in web
        for link in host.links
    ]
    (folder / "lychee.txt").write_text("\n".join(urls) + "\n", "utf-8")
    options = ("--no-progress", "--timeout", f"{_TIMEOUT:g}", "--host-concurrency", str(_PER_HOST))
    cost = run([lychee, *options, "--max-concurrency", str(_AT_ONCE), "lychee.txt"], folder / "l")
    _tell("lychee", cost, least, links)


def _tell(name: str, cost: Cost, least: float, links: int) -> None:
    figures = (cost.seconds, cost.seconds / least, cost.cpu, cost.cpu / links * 1e3, cost.peak)
    print("{:12}{:9.1f}{:9.2f}{:8.2f}{:11.3f}{:7.0f}".format(name, *figures))


def _faults(web: list[Host], port: int, verdicts: Path) -> list[str]:
    """Return each link whose verdict is not what its server did."""
    acts = {
        f"http://{host.name}:{port}{link.path}": link.act for host in web for link in host.links
    }
    faults, seen = [], Counter[str]()
    for line in verdicts.read_text("utf-8").splitlines():
        said = json.loads(line)
        act = acts.pop(said["url"])
        seen[f"{act.name.lower()}: {said['verdict']}, {said['reason']}"] += 1
        wanted = _RIGHT.get(act)
        if said["verdict"] != wanted and (wanted or said["verdict"] == "alive"):
            faults.append(f"{said['url']} {act.name}: {said['verdict']} {said['reason']}")
    print()
    print("\n".join(f"{count:7} {words}" for words, count in sorted(seen.items())))
    return faults + [f"{url} has no verdict" for url in acts]


if __name__ == "__main__":
    sys.exit(main())
