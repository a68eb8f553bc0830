"""The address of this machine, asked of the system and of nobody else."""

from __future__ import annotations

import fcntl
import socket
import struct
import sys

_SIOCGIFADDR = 0x8915  # Linux, netdevice(7): the IPv4 address of an interface
_NAME_SIZE, _ADDRESS = 15, slice(20, 24)


def own_address() -> str | None:
    """Return the first IPv4 address that is not loopback; None where the system does not say."""
    if sys.platform != "linux":
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            asked = struct.pack("256s", name.encode()[:_NAME_SIZE])
            try:
                address = socket.inet_ntoa(fcntl.ioctl(probe, _SIOCGIFADDR, asked)[_ADDRESS])
            except OSError:  # an interface without an IPv4 address
                continue
            if not address.startswith("127."):
                return address
    return None
