"""Algorithms of signatures by their object identifiers: which are checked, which are too weak, which unknown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum

from asn1crypto.algos import DigestAlgorithm, RSASSAPSSParams, SignedDigestAlgorithm

from roadmapdocs.approvals.cms.streebog import streebog
from roadmapdocs.approvals.cms.system_streebog import system_streebog
from roadmapdocs.i18n import gettext as _


class Unsupported(Exception):
    """This cannot be checked here; the message is a sentence for people."""


class Weak(Exception):
    """This must not be relied on, right or wrong; the message is a sentence for people."""


class Family(Enum):
    """Kind of signature, by the key that makes it."""

    RSA = "RSA"
    PSS = "RSA-PSS"
    ECDSA = "ECDSA"
    GOST_256 = "ГОСТ Р 34.10-2012 (256)"
    GOST_512 = "ГОСТ Р 34.10-2012 (512)"


SHA_256 = "2.16.840.1.101.3.4.2.1"
SHA_384 = "2.16.840.1.101.3.4.2.2"
SHA_512 = "2.16.840.1.101.3.4.2.3"
STREEBOG_256 = "1.2.643.7.1.1.2.2"
STREEBOG_512 = "1.2.643.7.1.1.2.3"
SLOW_STREEBOG = 4 * 1024 * 1024
"""Bytes of the largest file hashed by Streebog without the system's help: at 280 KB a second, a quarter of a minute."""
_LONGEST_SALT = 512

_DIGESTS = {
    SHA_256: "SHA-256",
    SHA_384: "SHA-384",
    SHA_512: "SHA-512",
    STREEBOG_256: "ГОСТ Р 34.11-2012 (256)",
    STREEBOG_512: "ГОСТ Р 34.11-2012 (512)",
}
_HASHLIB = {SHA_256: "sha256", SHA_384: "sha384", SHA_512: "sha512"}
_STREEBOG_SIZES = {STREEBOG_256: 32, STREEBOG_512: 64}
_WEAK = {
    "1.2.840.113549.2.5": "MD5",
    "1.3.14.3.2.26": "SHA-1",
    "1.2.840.113549.1.1.4": "MD5",
    "1.2.840.113549.1.1.5": "SHA-1",
    "1.2.840.10045.4.1": "SHA-1",
}
_FORMER_GOST = {"1.2.643.2.2.9", "1.2.643.2.2.19", "1.2.643.2.2.3"}
"""ГОСТ Р 34.11-94 and 34.10-2001: not to be signed with since 2020."""
_SCHEMES: dict[str, tuple[Family, str | None]] = {
    "1.2.840.113549.1.1.1": (Family.RSA, None),
    "1.2.840.113549.1.1.11": (Family.RSA, SHA_256),
    "1.2.840.113549.1.1.12": (Family.RSA, SHA_384),
    "1.2.840.113549.1.1.13": (Family.RSA, SHA_512),
    "1.2.840.113549.1.1.10": (Family.PSS, None),
    "1.2.840.10045.2.1": (Family.ECDSA, None),
    "1.2.840.10045.4.3.2": (Family.ECDSA, SHA_256),
    "1.2.840.10045.4.3.3": (Family.ECDSA, SHA_384),
    "1.2.840.10045.4.3.4": (Family.ECDSA, SHA_512),
    "1.2.643.7.1.1.1.1": (Family.GOST_256, STREEBOG_256),
    "1.2.643.7.1.1.3.2": (Family.GOST_256, STREEBOG_256),
    "1.2.643.7.1.1.1.2": (Family.GOST_512, STREEBOG_512),
    "1.2.643.7.1.1.3.3": (Family.GOST_512, STREEBOG_512),
}
"""Family and digest by identifier; without a digest the signature file names it apart."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a signature is made; ``digest`` is an object identifier. ``salt`` is the length of RSA-PSS's, in bytes."""

    family: Family
    digest: str
    salt: int = 0
    mask_digest: str = ""

    @property
    def words(self) -> str:
        """Name of the algorithm for people: «ECDSA, SHA-256»."""
        return f"{self.family.value}, {_DIGESTS[self.digest]}"


@dataclass(frozen=True, slots=True)
class Content:
    """The signed file; several signers do not have it hashed several times."""

    data: bytes
    _digests: dict[str, bytes] = field(default_factory=dict)

    def digest(self, identifier: str) -> bytes:
        """Digest by a checked identifier. Raises as ``digest_of`` does."""
        if identifier not in self._digests:
            self._digests[identifier] = digest_of(identifier, self.data)
        return self._digests[identifier]


def scheme_of(algorithm: SignedDigestAlgorithm, digest: str = "") -> Scheme:
    """Scheme named by ``algorithm``; ``digest`` is the one named beside it, if any. Raises Weak or Unsupported."""
    identifier: str = algorithm["algorithm"].dotted
    known = _SCHEMES.get(identifier)
    if known is None:
        raise _not_checked(identifier)
    family, own_digest = known
    if family is Family.PSS:
        return _pss(algorithm)
    return Scheme(family, checked_digest(own_digest or digest))


def _pss(algorithm: SignedDigestAlgorithm) -> Scheme:
    parameters = algorithm["parameters"]
    if not isinstance(parameters, RSASSAPSSParams):
        raise _not_checked(algorithm["algorithm"].dotted)
    salt, mask = parameters["salt_length"].native, parameters["mask_gen_algorithm"]
    if not 0 <= salt <= _LONGEST_SALT or not isinstance(mask["parameters"], DigestAlgorithm):
        raise _not_checked(algorithm["algorithm"].dotted)
    digest = checked_digest(parameters["hash_algorithm"]["algorithm"].dotted)
    return Scheme(Family.PSS, digest, salt, checked_digest(mask["parameters"]["algorithm"].dotted))


def checked_digest(identifier: str) -> str:
    """The identifier of a digest that is computed here. Raises Weak or Unsupported."""
    if identifier not in _DIGESTS:
        raise _not_checked(identifier)
    return identifier


def digest_of(identifier: str, data: bytes) -> bytes:
    """Digest of ``data`` by a checked identifier. Raises Unsupported for what Streebog would take too long over."""
    size = _STREEBOG_SIZES.get(identifier)
    if size is None:
        return hashlib.new(_HASHLIB[identifier], data).digest()
    quickly = system_streebog(data, size)
    if quickly is not None:
        return quickly
    if len(data) > SLOW_STREEBOG:
        raise Unsupported(
            _(
                "The file is larger than %(limit)s MB: a signature of ГОСТ over it is checked only where the system "
                "has the library libgcrypt. Ask the administrator to install it.",
                limit=SLOW_STREEBOG // 1024 // 1024,
            )
        )
    return streebog(data, size)


def _not_checked(identifier: str) -> Exception:
    if identifier in _WEAK:
        return Weak(
            _(
                "The signature is made with %(algorithm)s, which is forged nowadays. Ask the signer to sign anew "
                "with SHA-256 or ГОСТ Р 34.11-2012.",
                algorithm=_WEAK[identifier],
            )
        )
    if identifier in _FORMER_GOST:
        return Unsupported(
            _(
                "The signature is made by ГОСТ Р 34.10-2001, which was replaced in 2020 and is not checked here. "
                "Ask the signer to sign anew by ГОСТ Р 34.10-2012."
            )
        )
    return Unsupported(
        _("The algorithm of the signature (%(identifier)s) is not checked here.", identifier=identifier)
    )
