"""ГОСТ Р 34.10-2012 against the example of its standard, the certificates of RFC 9215, and gostcrypto."""

from __future__ import annotations

from base64 import b64decode

import pytest

from roadmapdocs.approvals.cms.algorithms import Unsupported, scheme_of
from roadmapdocs.approvals.cms.certificates import parsed
from roadmapdocs.approvals.cms.gost_curves import CURVES, Curve
from roadmapdocs.approvals.cms.gost_signature import verified
from roadmapdocs.approvals.cms.keys import signature_holds
from roadmapdocs.approvals.cms.streebog import streebog
from tests.approvals.cms import made

EXAMPLE = Curve(  # RFC 7091, 7.1
    p=0x8000000000000000000000000000000000000000000000000000000000000431,
    a=7,
    b=0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    q=0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    x=2,
    y=0x08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8,
)
POINT = (
    0x7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B,
    0x26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA,
)
DIGEST = 0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5
R = 0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493
S = 0x01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40

EXAMPLE_512 = Curve(  # RFC 7091, 7.2, known as id-tc26-gost-3410-2012-512-paramSetTest
    p=int(
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d"
        "f1d852741af4704a0458047e80e4546d35b8336fac224dd81664bbf528be6373",
        16,
    ),
    a=7,
    b=int(
        "1cff0806a31116da29d8cfa54e57eb748bc5f377e49400fdd788b649eca1ac43"
        "61834013b2ad7322480a89ca58e0cf74bc9e540c2add6897fad0a3084f302adc",
        16,
    ),
    q=int(
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d"
        "a82f2d7ecb1dbac719905c5eecc423f1d86e25edbe23c595d644aaf187e6e6df",
        16,
    ),
    x=int(
        "24d19cc64572ee30f396bf6ebbfd7a6c5213b3b3d7057cc825f91093a68cd762"
        "fd60611262cd838dc6b60aa7eee804e28bc849977fac33b4b530f1b120248a9a",
        16,
    ),
    y=int(
        "2bb312a43bd2ce6e0d020613c857acddcfbf061e91e5f2c3f32447c259f39b2c"
        "83ab156d77f1496bf7eb3351e1ee4e43dc1a18b91b24640b6dbb92cb1add371e",
        16,
    ),
)

# Certificates signed by themselves, of RFC 9215, appendices D.2 and D.3.
CERTIFICATE_256_A = b64decode(
    "MIIBJTCB06ADAgECAgEKMAoGCCqFAwcBAQMCMBIxEDAOBgNVBAMTB0V4YW1wbGUwIBcNMDEwMTAxMDAwMDAwWhgPMjA1MDEyMzEwMDAwMDBa"
    "MBIxEDAOBgNVBAMTB0V4YW1wbGUwXjAXBggqhQMHAQEBATALBgkqhQMHAQIBAQEDQwAEQHQnldS+6ITd8oUP7APqP68YROAdnaYLZFCTpV4m"
    "38OZePWWz01NDGzx0YlD2UST0WuewKFtUS0uEnzEaRpjGOKjEzARMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoUDBwEBAwIDQQAUC02pEksJyw1c"
    "6Sjuh0JzoxASlJLsDik2njt5EkhXjB0OHaW+NHxvG1JWx66sIArWSsd6b1s6DglzGOeubudp"
)
CERTIFICATE_512 = b64decode(
    "MIIBqjCCARagAwIBAgIBCzAKBggqhQMHAQEDAzASMRAwDgYDVQQDEwdFeGFtcGxlMCAXDTAxMDEwMTAwMDAwMFoYDzIwNTAxMjMxMDAwMDAw"
    "WjASMRAwDgYDVQQDEwdFeGFtcGxlMIGgMBcGCCqFAwcBAQECMAsGCSqFAwcBAgECAAOBhAAEgYDh7zDVLGEz3dmdHVxBRVz3302LTJJbvGmv"
    "FDPRVlhRWt0hRoUMMlxbgcEzvmVaqMTUQOe5io1ZSHsMdpa8xV0R7L53NqnsNX/y/TmTH04RTLjNo1knCsfw5/9D2UGUGeph/Sq3f12fY1I9"
    "O1CgT2PioM9Rt8E63CFWDwvUDMnHN6MTMBEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhQMHAQEDAwOBgQBBVwPYkvGl8/aMQ1MYmn7iB7gLVjHv"
    "nUlSmk1rVCws+hWqLqzxH0cP3n2VSFaQPDX9j5Ve8wDZXHdTSnJKDu5wL4b6YKCBCRoj3XleHjxonuUSo8gu4NzCZDx47qj8rNNUklWEhrIP"
    "HJ7Bl8kGmYUCYMk7y82cXDMX4ZNE4XOuNg=="
)
SETS = [
    ("1.2.643.7.1.2.1.1.1", "id-tc26-gost-3410-2012-256-paramSetA"),
    ("1.2.643.7.1.2.1.1.2", "id-tc26-gost-3410-2012-256-paramSetB"),
    ("1.2.643.7.1.2.1.1.3", "id-tc26-gost-3410-2012-256-paramSetC"),
    ("1.2.643.7.1.2.1.1.4", "id-tc26-gost-3410-2012-256-paramSetD"),
    ("1.2.643.2.2.35.1", "id-tc26-gost-3410-2012-256-paramSetB"),
    ("1.2.643.2.2.35.2", "id-tc26-gost-3410-2012-256-paramSetC"),
    ("1.2.643.2.2.35.3", "id-tc26-gost-3410-2012-256-paramSetD"),
    ("1.2.643.2.2.36.0", "id-tc26-gost-3410-2012-256-paramSetB"),
    ("1.2.643.2.2.36.1", "id-tc26-gost-3410-2012-256-paramSetD"),
    ("1.2.643.7.1.2.1.2.1", "id-tc26-gost-3410-12-512-paramSetA"),
    ("1.2.643.7.1.2.1.2.2", "id-tc26-gost-3410-12-512-paramSetB"),
    ("1.2.643.7.1.2.1.2.3", "id-tc26-gost-3410-2012-512-paramSetC"),
]


def key(x: int = POINT[0], y: int = POINT[1]) -> bytes:
    return x.to_bytes(32, "little") + y.to_bytes(32, "little")


def signature(r: int = R, s: int = S) -> bytes:
    return s.to_bytes(32) + r.to_bytes(32)


def digest(number: int = DIGEST) -> bytes:
    return number.to_bytes(32, "little")


def test_the_example_of_rfc_7091_holds() -> None:
    assert verified(EXAMPLE, key(), digest(), signature())


@pytest.mark.parametrize(
    ("point", "number", "value"),
    [
        (key(), digest(DIGEST + 1), signature()),
        (key(), digest(), signature(r=R + 1)),
        (key(), digest(), signature(s=S + 1)),
        (key(), digest(), signature(r=S, s=R)),
        (key(), digest(), signature(r=0)),
        (key(), digest(), signature(s=0)),
        (key(), digest(), signature(r=EXAMPLE.q)),
        (key(), digest(), signature(s=EXAMPLE.q + S)),
        (key(POINT[0] + 1), digest(), signature()),
        (key(0, 0), digest(), signature()),
        (key(EXAMPLE.x, EXAMPLE.y), digest(), signature()),
        (key(y=EXAMPLE.p - POINT[1]), digest(), signature()),
        (key()[:-1], digest(), signature()),
        (key(), digest()[:-1], signature()),
        (key(), digest(), signature() + b"\x00"),
        (b"", b"", b""),
    ],
)
def test_whatever_is_changed_in_it_it_holds_no_more(point: bytes, number: bytes, value: bytes) -> None:
    assert not verified(EXAMPLE, point, number, value)


def test_the_certificate_of_rfc_9215_on_curve_256_a_was_signed_by_its_own_key() -> None:
    read = parsed(CERTIFICATE_256_A)
    scheme, digest = scheme_of(read.algorithm), streebog(read.signed_part, 32)
    assert signature_holds(read.key_info, scheme, digest, read.signature)
    assert not signature_holds(read.key_info, scheme, digest[::-1], read.signature)


def test_the_certificate_of_rfc_9215_of_512_bits_was_signed_by_its_own_key() -> None:
    read = parsed(CERTIFICATE_512)
    point = read.key_info[-128:]
    assert verified(EXAMPLE_512, point, streebog(read.signed_part, 64), read.signature)


def test_a_curve_made_for_examples_is_named_as_one_that_is_not_checked() -> None:
    read = parsed(CERTIFICATE_512)
    with pytest.raises(Unsupported, match=r"1\.2\.643\.7\.1\.2\.1\.2\.0"):
        signature_holds(read.key_info, scheme_of(read.algorithm), bytes(64), read.signature)


@pytest.mark.parametrize(("identifier", "name"), SETS)
def test_what_another_implementation_signed_holds_on_every_curve(identifier: str, name: str) -> None:
    curve, made_key = CURVES[identifier], made.gost_key(identifier, name)
    point = made_key.info[-2 * curve.size :]
    hashed = made_key.hashed(b"order")
    assert verified(curve, point, hashed, made_key.sign(b"order"))
    assert not verified(curve, point, made_key.hashed(b"another"), made_key.sign(b"order"))


def test_every_curve_is_tried() -> None:
    assert {identifier for identifier, _ in SETS} == set(CURVES)


@pytest.mark.parametrize("curve", CURVES.values())
def test_the_generator_of_every_curve_lies_on_it_and_has_its_order(curve: Curve) -> None:
    from roadmapdocs.approvals.cms.gost_signature import _sum_of_multiples

    assert (curve.y**2 - curve.x**3 - curve.a * curve.x - curve.b) % curve.p == 0
    assert _sum_of_multiples(curve, curve.q, 0, (curve.x, curve.y, 1)) is None
