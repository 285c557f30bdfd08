"""A signature file as plain values: everything is taken out of ASN.1 here, before anything is believed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from asn1crypto import cms, core, tsp

from roadmapdocs.approvals.cms.certificates import Parsed, parsed, wholly
from roadmapdocs.approvals.cms.encoding import members, set_of
from roadmapdocs.approvals.cms.moments import moment_of
from roadmapdocs.approvals.cms.packing import Unreadable, unpacked
from roadmapdocs.i18n import gettext as _

SIGNERS_LIMIT = 20
CERTIFICATES_LIMIT = 50
ATTRIBUTES_LIMIT = 50

_DATA = "1.2.840.113549.1.7.1"
_SEQUENCE = b"\x30"
_READ = {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the signer signed beside the file. ``encodings`` are the bytes that may have been signed.

    The standard wants DER, where members of a set are sorted; some programs send them in another order than they
    were signed in, others sign them unsorted.
    """

    encodings: tuple[bytes, ...]
    content_type: str
    digest: bytes
    signed_at: dt.datetime | None
    certificate_digest: tuple[str, bytes] | None
    """Identifier of an algorithm and the digest of the signer's certificate (RFC 5035), if given."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Token of a time stamping authority: the moment it names, and what it names it of."""

    moment: dt.datetime
    digest_algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """One SignerInfo of RFC 5652."""

    key_id: bytes | None
    issuer: bytes | None
    serial: int | None
    digest_algorithm: str
    algorithm: cms.SignedDigestAlgorithm
    value: bytes
    attributes: Attributes | None
    stamp: Stamp | None

    def is_by(self, certificate: Parsed) -> bool:
        """Whether the signature names this certificate as its own."""
        if self.key_id is not None:
            return self.key_id == certificate.key_id
        return (self.issuer, self.serial) == (certificate.issuer, certificate.serial)


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A whole signature file. ``content`` is the signed file if it lies inside."""

    content_type: str
    content: bytes | None
    certificates: tuple[Parsed, ...]
    signatures: tuple[Signature, ...]


def read(given: bytes) -> SignedFile:
    """Read a signature file in any packing. Raises Unreadable with a sentence that says what is wrong."""
    message = unpacked(given)
    try:
        return _signed_file(message)
    except Unreadable:
        raise
    except Exception as reason:  # asn1crypto meets malformed bytes with errors of many kinds
        raise Unreadable(
            _(
                "The signature file is damaged or cut short. Attach it again just as the signing program made it; "
                "do not send it through an editor or a messenger that changes files."
            )
        ) from reason


def _signed_file(message: bytes) -> SignedFile:
    outer = cms.ContentInfo.load(message, strict=True)
    if outer["content_type"].native != "signed_data":
        raise Unreadable(
            _(
                "The file is not a signature: it is another kind of protected message. Attach the signature file."
            )
        )
    data = outer["content"]
    signers, certificates = data["signer_infos"], data["certificates"]
    if not len(signers):
        raise Unreadable(
            _("There is no signature in the file, certificates only. Attach the signature file.")
        )
    if len(signers) > SIGNERS_LIMIT or len(certificates) > CERTIFICATES_LIMIT:
        raise Unreadable(
            _(
                "There are more than %(signers)s signatures or %(certificates)s certificates in the file. "
                "Attach signatures one by one.",
                signers=SIGNERS_LIMIT,
                certificates=CERTIFICATES_LIMIT,
            )
        )
    inside = data["encap_content_info"]
    return SignedFile(
        content_type=inside["content_type"].dotted,
        content=None if isinstance(inside["content"], core.Void) else bytes(inside["content"]),
        certificates=tuple(
            parsed(one) for one in members(certificates.contents or b"") if one[:1] == _SEQUENCE
        ),
        signatures=tuple(_signature(one) for one in signers),
    )


def _signature(info: cms.SignerInfo) -> Signature:
    by_key = info["sid"].name == "subject_key_identifier"
    named = info["sid"].chosen
    return Signature(
        key_id=named.native if by_key else None,
        issuer=None if by_key else members(named.contents)[0],
        serial=None if by_key else named["serial_number"].native,
        digest_algorithm=info["digest_algorithm"]["algorithm"].dotted,
        algorithm=wholly(info["signature_algorithm"]),
        value=info["signature"].native,
        attributes=_attributes(info["signed_attrs"]),
        stamp=_stamp(info["unsigned_attrs"]),
    )


def _attributes(given: cms.CMSAttributes) -> Attributes | None:
    if isinstance(given, core.Void):
        return None
    values = _values(given)
    encodings = set_of(given.contents), set_of(b"".join(sorted(members(given.contents))))
    signed_at = values.get("signing_time")
    return Attributes(
        encodings=tuple(dict.fromkeys(encodings)),
        content_type=values["content_type"].dotted,
        digest=values["message_digest"].native,
        signed_at=moment_of(signed_at.native) if signed_at is not None else None,
        certificate_digest=_certificate_digest(values.get("signing_certificate_v2")),
    )


def _values(given: cms.CMSAttributes) -> dict[str, core.Asn1Value]:
    """Signed attributes by name: one value each, and a name stands once (RFC 5652, 11)."""
    if len(given) > ATTRIBUTES_LIMIT:
        raise ValueError(f"{len(given)} attributes")
    values: dict[str, core.Asn1Value] = {}
    for attribute in given:
        name = attribute["type"].native
        if name in _READ:
            if name in values or len(attribute["values"]) != 1:
                raise ValueError(f"attribute {name} more than once")
            values[name] = attribute["values"][0]
    return values


def _certificate_digest(given: tsp.SigningCertificateV2 | None) -> tuple[str, bytes] | None:
    if given is None:
        return None
    first = given["certs"][0]
    return first["hash_algorithm"]["algorithm"].dotted, first["cert_hash"].native


def _stamp(given: cms.CMSAttributes) -> Stamp | None:
    """The first token, if there is one; tokens of later archiving name later moments."""
    tokens = (one["values"][0] for one in given if one["type"].native == "signature_time_stamp_token")
    token = next(tokens, None)
    if token is None:
        return None
    info = token["content"]["encap_content_info"]["content"].parse(tsp.TSTInfo)
    imprint = info["message_imprint"]
    return Stamp(
        moment=moment_of(info["gen_time"].native),
        digest_algorithm=imprint["hash_algorithm"]["algorithm"].dotted,
        digest=imprint["hashed_message"].native,
    )
