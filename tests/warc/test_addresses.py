"""Which addresses may be asked."""

from __future__ import annotations

import pytest

from warc.http.addresses import AddressPolicy

REFUSED = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "this network",
    "10.1.2.3": "private",
    "100.64.0.1": "shared by a carrier",
    "100.127.255.255": "shared by a carrier",
    "100.100.100.200": "a cloud's metadata service",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "168.63.129.16": "a cloud's metadata service",
    "169.254.0.1": "link-local",
    "169.254.169.254": "a cloud's metadata service",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.1": "reserved",
    "192.0.2.1": "for documentation",
    "192.168.0.1": "private",
    "198.18.0.1": "for benchmarks",
    "198.51.100.1": "for documentation",
    "203.0.113.1": "for documentation",
    "224.0.0.1": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::7f00:1": "reserved",
    "::ffff:10.0.0.1": "private",
    "::ffff:169.254.169.254": "a cloud's metadata service",
    "::ffff:0:127.0.0.1": "loopback",
    "64:ff9b::127.0.0.1": "loopback",
    "64:ff9b::a9fe:a9fe": "a cloud's metadata service",
    "64:ff9b:1::1": "private",
    "100::1": "reserved",
    "2001::1": "reserved",
    "2001:db8::1": "for documentation",
    "2002:7f00:1::": "loopback",
    "2002:c0a8:101::1": "private",
    "3fff::1": "for documentation",
    "5f00::1": "reserved",
    "fc00::1": "private",
    "fd00:ec2::254": "a cloud's metadata service",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "private",
    "ff02::1": "multicast",
}


@pytest.mark.parametrize(("address", "words"), REFUSED.items())
def test_what_is_not_of_the_public_internet_is_refused(address: str, words: str) -> None:
    assert AddressPolicy().refusal(address) == f"{address} is {words}"


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "193.0.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1",
    ],
)
def test_the_public_internet_may_be_asked(address: str) -> None:
    assert AddressPolicy().refusal(address) is None


@pytest.mark.parametrize("address", ["", "localhost", "127.1", "1.2.3.4.5", "300.1.1.1", "::g"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert AddressPolicy().refusal(address) == f"{address} is not an IP address"


def test_an_allowed_range_is_allowed_and_nothing_besides() -> None:
    policy = AddressPolicy.allowing("127.0.0.0/8", "fd00::/8")
    assert policy.refusal("127.9.9.9") is None
    assert policy.refusal("fd12::1") is None
    assert policy.refusal("::ffff:127.0.0.1") is None
    assert policy.refusal("10.0.0.1") is not None
    assert policy.refusal("::1") is not None
    assert policy.refusal("1.1.1.1") is None


def test_an_ipv6_range_does_not_open_what_its_addresses_carry() -> None:
    assert AddressPolicy.allowing("2001:db8::/32").refusal("::ffff:10.0.0.1") is not None


def test_a_range_with_host_bits_is_its_network() -> None:
    assert AddressPolicy.allowing("127.0.0.1/8").refusal("127.2.3.4") is None


def test_what_is_no_range_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        AddressPolicy.allowing("everything")
