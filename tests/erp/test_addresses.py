"""Which addresses other programs may be reached at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.erp.addresses import checked_addresses, may_reach, target_of
from roadmapdocs.errors import Refusal

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://example.org/hook", "example.org", 443, "/hook"),
        ("https://example.org", "example.org", 443, "/"),
        ("https://example.org:8443/a/b?key=1", "example.org", 8443, "/a/b?key=1"),
        ("https://пример.рф/приём".replace("приём", "in"), "xn--e1afmkfd.xn--p1ai", 443, "/in"),
        (f"https://{PUBLIC}/", PUBLIC, 443, "/"),
        ("https://[2606:4700::1]:9000/", "2606:4700::1", 9000, "/"),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, port: int, path: str) -> None:
    target = target_of(url, internal=False)
    assert (target.scheme, target.host, target.port, target.path) == ("https", host, port, path)


def test_a_header_names_a_port_that_is_not_usual() -> None:
    assert target_of("https://example.org/", internal=False).host_header == "example.org"
    assert target_of("https://[2606:4700::1]:9000/", internal=False).host_header == "[2606:4700::1]:9000"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/hook",
        "https://",
        "https:///hook",
        "http://example.org/hook",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "https://user:word@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org/#part",
        "https://example.org:25/",
        "https://example.org:80/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://example.org/a b",
        "https://example.org\\@inside/",
        "https://example.org/\r\nX-Header: 1",
        "https://example.org/\x00",
        "https://[::1",
        "https://пример..рф/",
        "https://example.org/приём",
        "https://" + "a" * 3000,
        "https://" + "ж" * 300 + ".рф/",
    ],
)
def test_what_is_no_address_for_deliveries_is_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        target_of(url, internal=False)
    assert refused.value.code == "address"


def test_inside_a_network_that_is_allowed_any_port_and_http_will_do() -> None:
    assert target_of("http://inside:8069/jsonrpc", internal=True).port == 8069
    assert target_of("http://inside:25/", internal=True).port == 25


INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "fec0::1",
]
NEVER = ["0.0.0.0", "169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "224.0.0.1", "ff02::1", "::", "100.100.100.200", "168.63.129.16", "192.0.0.192", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "word", ""]  # an address that is refused


@pytest.mark.parametrize("address", INNER + NEVER)
def test_no_inner_address_is_reached_from_outside(address: str) -> None:
    assert not may_reach(address, internal=False)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_reached(address: str) -> None:
    assert not may_reach(address, internal=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd12:3456::1", "::ffff:10.0.0.1", PUBLIC])
def test_an_operator_can_allow_the_inner_network(address: str) -> None:
    assert may_reach(address, internal=True)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1", "8.8.8.8"])
def test_what_is_public_is_reached(address: str) -> None:
    assert may_reach(address, internal=False)


@given(st.ip_addresses(v=4))
def test_an_address_of_version_4_inside_one_of_version_6_is_judged_as_itself(address: object) -> None:
    for internal in (False, True):
        assert may_reach(f"::ffff:{address}", internal=internal) == may_reach(str(address), internal=internal)


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    target = target_of("https://example.org/", internal=False)
    assert checked_addresses(target, internal=False, resolver=lambda _host, _port: [PUBLIC]) == [PUBLIC]
    with pytest.raises(Refusal) as refused:
        checked_addresses(target, internal=False, resolver=lambda _host, _port: [PUBLIC, "10.0.0.5"])
    assert "10.0.0.5" in refused.value.message


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"])
def test_another_spelling_of_this_machine_is_this_machine(host: str) -> None:
    """By the real resolver, which takes them all."""
    with pytest.raises(Refusal) as refused:
        checked_addresses(target_of(f"https://{host}/", internal=False), internal=False)
    assert refused.value.code == "address"


@pytest.mark.parametrize("host", ["a..example", ".example", f"{'a' * 64}.example"])
def test_a_name_that_cannot_be_one_is_known_to_nobody(host: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_addresses(target_of(f"https://{host}/", internal=False), internal=False)
    assert refused.value.code == "address"


def test_an_unknown_name_is_told() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    for resolver in (unknown, lambda _host, _port: []):
        with pytest.raises(Refusal, match=r"nowhere\.example"):
            checked_addresses(target_of("https://nowhere.example/", internal=False), internal=False, resolver=resolver)
