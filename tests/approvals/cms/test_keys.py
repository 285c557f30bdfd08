"""Keys that are not checked here are named so, and none of them ever confirms anything."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from roadmapdocs.approvals.cms.algorithms import (
    SHA_256,
    STREEBOG_256,
    STREEBOG_512,
    Family,
    Scheme,
    Unsupported,
)
from roadmapdocs.approvals.cms.keys import signature_holds
from tests.approvals.cms import made

DIGEST = hashlib.sha256(b"order").digest()
ECDSA = Scheme(Family.ECDSA, SHA_256)
GOST = Scheme(Family.GOST_256, STREEBOG_256)
SETS = ("1.2.643.7.1.2.1.1.2", "id-tc26-gost-3410-2012-256-paramSetB")


def ed25519_info() -> bytes:
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    "info", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x05", b"0" * 100, made.gost_key(*SETS).info]
)
def test_what_is_no_key_of_ecdsa_is_not_checked(info: bytes) -> None:
    with pytest.raises(Unsupported, match="of a kind that is not checked"):
        signature_holds(info, ECDSA, DIGEST, b"signature")


@pytest.mark.parametrize("info", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x05", b"0" * 100, made.rsa_key().info])
def test_what_is_no_key_of_gost_is_not_checked(info: bytes) -> None:
    with pytest.raises(Unsupported, match="of a kind that is not checked"):
        signature_holds(info, GOST, DIGEST, b"signature")


@pytest.mark.parametrize(
    "scheme", [ECDSA, Scheme(Family.RSA, SHA_256), Scheme(Family.PSS, SHA_256, 32, SHA_256)]
)
def test_a_readable_key_of_another_kind_confirms_nothing(scheme: Scheme) -> None:
    assert not signature_holds(ed25519_info(), scheme, DIGEST, b"signature")


@pytest.mark.parametrize(
    ("key", "scheme"),
    [
        (made.gost_key(*SETS), Scheme(Family.GOST_512, STREEBOG_512)),
        (made.rsa_key(), Scheme(Family.RSA, STREEBOG_256)),
        (made.pss_key(), Scheme(Family.PSS, SHA_256, 32, STREEBOG_256)),
        (made.pss_key(), Scheme(Family.PSS, SHA_256, 31, SHA_256)),
    ],
    ids=["a curve of another size", "a foreign digest", "a foreign mask", "another salt"],
)
def test_a_key_used_otherwise_than_it_signed_confirms_nothing(key: made.Key, scheme: Scheme) -> None:
    assert not signature_holds(key.info, scheme, DIGEST, key.sign(b"order"))
