"""Which hosts a redirect may lead to.

The host that a user names is the one they mean, on whatever network. Where that host sends us is
its own choice: it must be a public address, or one in a network the user allows, or nothing is sent.

References
----------
The policy is the one proposed for RDF4J, https://github.com/eclipse-rdf4j/rdf4j/issues/5989.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from typing import Final

from healthfm.errors import RemoteError, UsageError

#: Networks that redirects may lead to although they are not public, such as ``10.1.0.0/16,fd00::/8``.
ALLOWED_VARIABLE: Final = "HEALTHFM_ALLOW_NETWORKS"

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: IPv6 addresses in it carry an IPv4 address in their last 32 bits (RFC 6052).
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def checked_address(host: str, port: int) -> str:
    """Return an address of a host that a redirect may lead to; the request must go to that very address.

    Raises
    ------
    RemoteError
        If the name has no address, or any of its addresses is neither public nor allowed.
    """
    allowed = allowed_networks(os.environ.get(ALLOWED_VARIABLE, ""))
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteError(f"{host}: has no address; check the name") from error
    # A scope such as fe80::1%eth0 says through which card, not which address.
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if not is_allowed(address, allowed):
            raise RemoteError(
                f"{host}: a redirect leads to {address}, which is no public address; "
                f"name that server itself, or its network in {ALLOWED_VARIABLE}"
            )
    return str(addresses[0])


def allowed_networks(text: str) -> list[_Network]:
    """Return the networks of a comma-separated list in CIDR notation.

    Raises
    ------
    UsageError
        If one of them is none.
    """
    try:
        return [ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise UsageError(f"{ALLOWED_VARIABLE}: {error}; write networks such as 10.1.0.0/16") from error


def is_allowed(address: _Address, allowed: Sequence[_Network] = ()) -> bool:
    """Say whether an address is public, or in a network that is allowed.

    Examples
    --------
    >>> is_allowed(ipaddress.ip_address("9.9.9.9")), is_allowed(ipaddress.ip_address("::ffff:127.0.0.1"))
    (True, False)
    """
    inner = _embedded(address)
    if any(address in network or inner in network for network in allowed):
        return True
    return all(one.is_global and not one.is_multicast for one in (address, inner))


def _embedded(address: _Address) -> _Address:
    """Return the IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
