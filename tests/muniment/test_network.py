"""A setting of the network that makes no sense is told before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from muniment.config import ConfigError, Network
from muniment.network import make_wire
from warc.http.request import Limits


def test_a_file_without_a_certificate_is_no_authority(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nobody:x:65534:65534::/:/bin/false\n")
    with pytest.raises(ConfigError, match="no certificate in PEM"):
        make_wire(Network(ca_file=file), Limits())
