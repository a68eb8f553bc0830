"""Whole captures over TLS and through a proxy; what is secret stays out of every file."""

from __future__ import annotations

import base64
import gzip
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography import x509
from loopback_proxy import proxying

from warc.files.record import Record
from warc.reader import iter_records

NAME = "site.example"
HIDDEN = "p%40ss-word"
CREDENTIALS = "me:p@ss-word"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return tmp_path / "ca.pem"


def context(authority: trustme.CA, name: str, **values: Any) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **values).configure_cert(tls)
    return tls


def records(archive: Path) -> list[Record]:
    read = [rec for file in sorted(archive.glob("*.warc.gz")) for rec in iter_records(file)]
    assert all(isinstance(rec, Record) for rec in read)
    return [rec for rec in read if isinstance(rec, Record)]


def of(archive: Path, kind: str, url: str) -> Record:
    (one,) = (
        rec
        for rec in records(archive)
        if rec.get("WARC-Type") == kind and rec.get("WARC-Target-URI") == url
    )
    return one


def block(record: Record) -> bytes:
    return b"".join(record.chunks())


def fill(site: Any) -> None:
    site.page("/robots.txt", f"User-agent: *\nDisallow: /no.htm\n# {site.scheme}")
    site.page("/favicon.ico", "")
    site.page("/", f"<a href=/a.htm>{site.scheme}</a><a href=/no.htm>n</a>")
    site.page("/a.htm", f"<p>{site.scheme} found</p>")


def assert_secret(folder: Path) -> None:
    """Assert that no file below `folder` has the password, in any spelling, packed or not."""
    encoded = base64.b64encode(CREDENTIALS.encode())
    spellings = (HIDDEN.encode(), b"p@ss-word", encoded)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        if path.name.endswith(".warc.gz"):
            data = gzip.decompress(data)
        assert not any(spelling in data for spelling in spellings), path


def muniment(collection: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    common = ["--collection", str(collection), "--delay", "0", "--allow-range", "127.0.0.0/8"]
    return subprocess.run(
        [sys.executable, "-m", "muniment", "capture", *arguments, *common],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_site_over_tls_is_captured_with_an_authority_of_our_own(
    serve: Callable[..., Any], authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    with serve(context(authority, "127.0.0.1")) as site:
        fill(site)
        made = muniment(tmp_path / "c", site.url, "--ca", str(ca_file))
    assert made.returncode == 0, made.stdout
    assert {"/robots.txt", "/", "/a.htm"} <= set(site.paths)
    said = block(of(tmp_path / "c/archive", "metadata", site.url + "a.htm"))
    assert b"tlsVersion: TLSv1.3\r\n" in said
    assert block(of(tmp_path / "c/archive", "response", site.url + "a.htm")).endswith(
        b"https found</p>"
    )


def test_an_expired_certificate_is_a_failure_recorded_with_its_chain(
    serve: Callable[..., Any], authority: trustme.CA, ca_file: Path, tmp_path: Path
) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with serve(context(authority, "127.0.0.1", not_after=yesterday)) as site:
        fill(site)
        made = muniment(tmp_path / "c", site.url, "--ca", str(ca_file))
    assert made.returncode == 5
    assert f"nothing was captured from {site.url}: certificate expired" in made.stdout
    assert made.stdout.count("  ! ") == 1
    said = block(of(tmp_path / "c/archive", "metadata", site.url + "robots.txt"))
    assert b"tls-expired" in said
    (line,) = (line for line in said.splitlines() if line.startswith(b"tlsCertificate: "))
    assert x509.load_der_x509_certificate(base64.b64decode(line.split()[1])).not_valid_after_utc
    assert site.sent == []


def test_a_seed_with_a_password_is_asked_with_it_and_no_other_site_is(
    site: Any, other: Any, tmp_path: Path
) -> None:
    fill(site)
    fill(other)
    site.page("/", f"<a href=/a.htm>a</a><img src={other.url}i.png>")
    seed = site.url.replace("://", f"://me:{HIDDEN}@")
    made = muniment(tmp_path / "c", seed, "--requisites", "anywhere")
    assert made.returncode == 0, made.stdout
    sent = f"Authorization: Basic {base64.b64encode(CREDENTIALS.encode()).decode()}\r\n".encode()
    assert all(sent in head for _, head, _ in site.sent)
    assert "/i.png" in other.paths
    assert not any(b"Authorization" in head for _, head, _ in other.sent)
    said = block(of(tmp_path / "c/archive", "metadata", site.url + "a.htm"))
    assert b"requestHeadersLeftOut: Authorization\r\n" in said
    assert_secret(tmp_path / "c")


def test_http_and_https_go_through_a_proxy_that_is_told_the_password_alone(
    site: Any,
    serve: Callable[..., Any],
    authority: trustme.CA,
    ca_file: Path,
    tmp_path: Path,
) -> None:
    with proxying(CREDENTIALS) as proxy, serve(context(authority, NAME)) as secure:
        proxy.leads = {NAME: site.port, f"{NAME}:443": secure.port}
        fill(site)
        fill(secure)
        address = proxy.url.replace("://", f"://me:{HIDDEN}@")
        made = muniment(
            tmp_path / "c", f"http://{NAME}/", f"https://{NAME}/", "--ca", str(ca_file),
            "--proxy", address,
        )  # fmt: skip
    assert made.returncode == 0, made.stdout
    assert f"GET http://{NAME}/a.htm HTTP/1.1" in proxy.asked
    assert f"CONNECT {NAME}:443 HTTP/1.1" in proxy.asked
    for scheme, origin in (("http", site), ("https", secure)):
        sent = {path: answer for path, _, answer in origin.sent}
        for path in ("/", "/a.htm", "/robots.txt"):
            url = f"{scheme}://{NAME}{path}"
            assert block(of(tmp_path / "c/archive", "response", url)) == sent[path]
    assert "/no.htm" not in [*site.paths, *secure.paths]
    assert all(b"Proxy-Authorization" not in head for _, head, _ in site.sent)
    (run,) = (tmp_path / "c/runs").glob("*/run.json")
    assert json.loads(run.read_text())["settings"]["network"]["proxy"] == (
        f"http://***@127.0.0.1:{proxy.port}"
    )
    assert_secret(tmp_path / "c")
    assert HIDDEN not in made.stdout + made.stderr


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_refuses_us_is_named(scheme: str, tmp_path: Path) -> None:
    with proxying("somebody:else") as proxy:
        address = proxy.url.replace("://", f"://me:{HIDDEN}@")
        made = muniment(tmp_path / "c", f"{scheme}://{NAME}/", "--proxy", address)
    assert made.returncode == 5
    (line,) = [line for line in made.stdout.splitlines() if "nothing was captured" in line]
    assert "the proxy failed or refused" in line
    assert "407" in line
    assert "network.proxy" in line
    assert_secret(tmp_path / "c")
    assert HIDDEN not in made.stdout + made.stderr


def test_a_proxy_that_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://me:{HIDDEN}@127.0.0.1:{closed.getsockname()[1]}"
        made = muniment(tmp_path / "c", f"http://{NAME}/", "--proxy", address)
    assert made.returncode == 5
    (line,) = [line for line in made.stdout.splitlines() if "nothing was captured" in line]
    assert "the proxy failed or refused (Connection refused)" in line
    assert_secret(tmp_path / "c")
