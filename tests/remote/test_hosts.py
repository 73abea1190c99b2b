"""Which addresses a redirect may lead to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthfm.errors import UsageError
from healthfm.remote.hosts import allowed_networks, is_allowed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::",
    ],
)  # fmt: skip
def test_no_redirect_leads_inside(address: str) -> None:
    """Neither to this machine nor to its networks, nor to many at once, in whichever spelling."""
    assert not is_allowed(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_is_the_same_in_every_spelling(address: ipaddress.IPv4Address) -> None:
    """An IPv4 address wrapped into IPv6 is as public as it is bare, never more."""
    for spelling in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_allowed(ipaddress.ip_address(spelling)) == is_allowed(address)


@given(st.ip_addresses())
def test_what_is_allowed_is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """A network that was named may be led to, whatever it is."""
    assert is_allowed(address, allowed_networks(f"{address}, 203.0.113.0/24"))


def test_what_is_no_network_is_an_error() -> None:
    """A typing mistake must not open or close anything in silence."""
    with pytest.raises(UsageError, match="HEALTHFM_ALLOW_NETWORKS"):
        allowed_networks("10.0.0.0/8, ten")
