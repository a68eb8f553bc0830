"""`muniment review` as a process: its ports, its doors, its end."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from review_desk import GONE, Made

from muniment.commands.review import command
from muniment.config import ConfigError
from muniment.review_token import read_token

_SECONDS = 60


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    replay_port: int

    def get(
        self, path: str, *, port: int = 0, host: str = "", address: str = "127.0.0.1"
    ) -> tuple[int, str, bytes]:
        """Return the status, the security policy and the body."""
        port = port or self.port
        with closing(http.client.HTTPConnection(address, port, timeout=_SECONDS)) as connection:
            connection.putrequest("GET", path, skip_host=True)
            connection.putheader("Host", host or f"127.0.0.1:{port}")
            connection.endheaders()
            answer = connection.getresponse()
            policy = answer.getheader("Content-Security-Policy") or ""
            return answer.status, policy, answer.read()

    def sign_in(self, there: str, token: str) -> int:
        with closing(http.client.HTTPConnection(there, timeout=_SECONDS)) as connection:
            headers = {
                "Origin": f"http://{there}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", "/login", f"name=Ada&token={token}", headers)
            return connection.getresponse().status


@contextmanager
def review(folder: Path, *flags: str) -> Iterator[Running]:
    line = [sys.executable, "-m", "muniment", "review", "--collection", str(folder), "--port", "0"]
    process = subprocess.Popen(
        [*line, *flags], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        ports: list[int] = []
        while len(ports) < 2:
            said = process.stdout.readline()
            assert said, "it ended"
            ports += [int(port) for port in re.findall(r"http://[^/]*:(\d+)/", said)]
        yield Running(process, ports[0], ports[1])
    finally:
        process.kill()
        process.communicate(timeout=_SECONDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("collection")
    Made(root).close()
    return root


def test_review_and_replay_are_served_at_two_origins(folder: Path) -> None:
    with review(folder, "--author", "Ada") as running:
        status, policy, body = running.get("/queue")
        assert status == 200
        assert GONE[0].encode() in body
        there = f"localhost:{running.replay_port}"
        assert f"frame-src http://{there};" in policy
        path = f"/20260301120000mp_/{GONE[0]}"
        status, _, body = running.get(path, port=running.replay_port, host=there)
        assert status == 404
        assert b"<h1>No</h1>" in body
        # Neither answers for the other, whatever the Host says.
        here = f"127.0.0.1:{running.port}"
        assert b"gone.example" not in running.get("/queue", port=running.replay_port, host=here)[2]
        assert running.get("/queue", host="evil.example")[0] == 421
        assert running.get("/queue", host=there)[0] == 421
        policy = running.get("/list?url=x", port=running.replay_port, host=there)[1]
        assert f"frame-ancestors http://{here}" in policy
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(_SECONDS) == 0


def test_a_service_manager_ends_it_in_order(folder: Path) -> None:
    with review(folder) as running:
        assert running.get("/healthz")[0] == 200
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(_SECONDS) == 0


def test_bytes_that_are_no_request_end_nothing(folder: Path) -> None:
    with review(folder) as running:
        for said in (
            b"\x16\x03\x01\x00\r\n\r\n",
            b"GET /queue HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", running.port), _SECONDS) as connection:
                connection.sendall(said)
                assert connection.recv(100).startswith(b"HTTP/1.1 400")
        assert running.get("/healthz")[2] == b"ok\n"


def test_nobody_else_is_let_in_without_a_token(folder: Path) -> None:
    with review(folder) as running, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", running.port), 1).close()


def test_with_a_token_another_address_is_served(folder: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    with review(folder, "--host", "127.0.0.2", "--token-file", str(token)) as running:
        assert stat.S_IMODE(token.stat().st_mode) == 0o600
        there = f"127.0.0.2:{running.port}"
        assert running.get("/queue", host=there, address="127.0.0.2")[0] == 401
        assert running.get("/queue", host="127.0.0.2", address="127.0.0.2")[0] == 421
        replay = f"127.0.0.2:{running.replay_port}"
        path, port = f"/20260301120000mp_/{GONE[0]}", running.replay_port

        def captured(host: str = replay) -> tuple[int, bytes]:
            status, _, body = running.get(path, port=port, host=host, address="127.0.0.2")
            return status, body

        assert captured() == (403, b"sign in to the review first\n")
        assert running.sign_in(there, "wrong") == 403
        assert captured()[0] == 403
        assert running.sign_in(there, token.read_text().strip()) == 303
        assert b"<h1>No</h1>" in captured()[1]
        assert captured(f"localhost:{port}")[0] == 421


@pytest.mark.parametrize(
    "flags",
    [
        ["--host", "127.0.0.2"], ["--token-file", "t"], ["--host", "0.0.0.0", "--token-file", "t"],
        ["--host", "::", "--token-file", "t"], ["--host", "", "--token-file", "t"],
    ],
)  # fmt: skip
def test_flags_that_would_open_it_to_all_are_refused(folder: Path, flags: list[str]) -> None:
    done = CliRunner().invoke(command, ["--collection", str(folder), *flags])
    assert done.exit_code == 2
    assert "--host" in done.output


def test_a_port_in_use_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        flags = ["--collection", str(folder), "--port", port]
        done = CliRunner().invoke(command, flags, standalone_mode=False)
    assert done.return_value == 1
    assert f"port {port} of 127.0.0.1 cannot be had" in done.output


def test_a_token_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "token"
    token, is_new = read_token(path)
    assert is_new
    assert len(token) >= 32
    assert read_token(path) == (token, False)


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        ("t" * 40, 0o644, "chmod 600"), ("t" * 40, 0o640, "chmod 600"), ("t" * 31, 0o600, "32"),
        ("", 0o600, "32"), ("t" * 20 + " " + "t" * 20, 0o600, "one word"),
        ("é" * 40, 0o600, "read"),
    ],
)  # fmt: skip
def test_a_token_that_protects_nothing_is_refused(
    tmp_path: Path, content: str, mode: int, words: str
) -> None:
    path = tmp_path / "token"
    path.write_text(content, "utf-8")
    path.chmod(mode)
    with pytest.raises(ConfigError, match=words):
        read_token(path)
