"""Whether a signature was made with the private part of a public key."""

from __future__ import annotations

from asn1crypto import core
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from roadmapdocs.approvals.cms.algorithms import (
    SHA_256,
    SHA_384,
    SHA_512,
    Family,
    Scheme,
    Unsupported,
    Weak,
)
from roadmapdocs.approvals.cms.gost_curves import CURVES
from roadmapdocs.approvals.cms.gost_signature import verified
from roadmapdocs.i18n import gettext as _

SMALLEST_RSA = 2048
"""Bits of the shortest RSA key that is relied on."""
LARGEST_RSA = 4096
"""Bits of the longest, for the sake of time."""

_HASHES: dict[str, hashes.HashAlgorithm] = {
    SHA_256: hashes.SHA256(),
    SHA_384: hashes.SHA384(),
    SHA_512: hashes.SHA512(),
}
_GOST_SIZES = {Family.GOST_256: 32, Family.GOST_512: 64}


def signature_holds(key_info: bytes, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
    """Whether ``signature`` belongs to the key (DER of SubjectPublicKeyInfo); ``digest`` is that of what was signed.

    Raises Weak for a short RSA key, Unsupported for a key or a curve that is not checked here.
    """
    if scheme.family in _GOST_SIZES:
        return _gost_holds(key_info, scheme, digest, signature)
    algorithm = _HASHES.get(scheme.digest)
    if algorithm is None:
        return False
    key = _loaded(key_info)
    try:
        if isinstance(key, rsa.RSAPublicKey) and scheme.family in {Family.RSA, Family.PSS}:
            _check_length(key)
            key.verify(signature, digest, _padding(scheme), Prehashed(algorithm))
        elif isinstance(key, ec.EllipticCurvePublicKey) and scheme.family is Family.ECDSA:
            key.verify(signature, digest, ec.ECDSA(Prehashed(algorithm)))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def _loaded(key_info: bytes) -> PublicKeyTypes:
    try:
        return serialization.load_der_public_key(key_info)
    except (ValueError, UnsupportedAlgorithm) as reason:
        raise Unsupported(_("The key of the certificate is of a kind that is not checked here.")) from reason


def _check_length(key: rsa.RSAPublicKey) -> None:
    if key.key_size < SMALLEST_RSA:
        raise Weak(
            _(
                "The RSA key of the certificate is too short: %(bits)s bits, not less than %(smallest)s are needed. "
                "Ask the signer to sign with another certificate.",
                bits=key.key_size,
                smallest=SMALLEST_RSA,
            )
        )
    if key.key_size > LARGEST_RSA:
        raise Unsupported(_("The key of the certificate is of a kind that is not checked here."))


def _padding(scheme: Scheme) -> padding.AsymmetricPadding:
    if scheme.family is Family.RSA:
        return padding.PKCS1v15()
    mask = _HASHES.get(scheme.mask_digest)
    if mask is None:
        raise ValueError(scheme.mask_digest)
    return padding.PSS(mgf=padding.MGF1(mask), salt_length=scheme.salt)


def _gost_holds(key_info: bytes, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
    identifier, key = _gost_key(key_info)
    curve = CURVES.get(identifier)
    if curve is None:
        raise Unsupported(
            _(
                "The key of the certificate lies on a curve that is not checked here (%(curve)s).",
                curve=identifier,
            )
        )
    if curve.size != _GOST_SIZES[scheme.family]:
        return False
    return verified(curve, key, digest, signature)


def _gost_key(key_info: bytes) -> tuple[str, bytes]:
    """Identifier of the curve and the point, as RFC 9215 packs them; asn1crypto's own class knows no such keys."""
    try:
        info = core.Sequence.load(key_info)
        return info[0][1][0].dotted, bytes(core.OctetString.load(info[1].contents[1:]).native)
    except (ValueError, TypeError, LookupError, AttributeError) as reason:
        raise Unsupported(_("The key of the certificate is of a kind that is not checked here.")) from reason
