"""Whether a signature was made over this very file with the key of this certificate."""

from __future__ import annotations

from roadmapdocs.approvals.cms.algorithms import (
    Content,
    Scheme,
    Unsupported,
    Weak,
    checked_digest,
    digest_of,
    scheme_of,
)
from roadmapdocs.approvals.cms.certificates import Parsed
from roadmapdocs.approvals.cms.findings import Findings
from roadmapdocs.approvals.cms.keys import signature_holds
from roadmapdocs.approvals.cms.reading import Attributes, Signature, SignedFile
from roadmapdocs.i18n import gettext as _

_DATA = "1.2.840.113549.1.7.1"
_SET = b"\x31"
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")


def integrity(
    signature: Signature, signed: SignedFile, content: Content, certificate: Parsed, findings: Findings
) -> tuple[str, bool]:
    """The algorithm in words, and whether the signature was verified over this very file."""
    words = ""
    try:
        digest = checked_digest(signature.digest_algorithm)
        scheme = scheme_of(signature.algorithm, digest)
        words = scheme.words
        if signature.attributes is None:
            problem = _plain_problem(signature, signed, content, certificate, scheme)
        else:
            problem = _attributes_problem(signature.attributes, signed, certificate, content.digest(digest))
            problem = problem or _signature_problem(signature, signature.attributes, certificate, scheme)
    except Weak as reason:
        problem = str(reason)
    except Unsupported as reason:
        findings.unchecked.append(str(reason))
        return words, False
    if problem:
        findings.problems.append(problem)
    return words, not problem


def _attributes_problem(
    attributes: Attributes, signed: SignedFile, certificate: Parsed, digest: bytes
) -> str | None:
    """What the signer signed beside the file must speak of this file and of this certificate."""
    if attributes.digest != digest:
        return _other_file()
    if attributes.content_type != signed.content_type:
        return _forged()
    if attributes.certificate_digest is not None:
        algorithm, expected = attributes.certificate_digest
        if digest_of(checked_digest(algorithm), certificate.der) != expected:
            return _forged()
    return None


def _signature_problem(
    signature: Signature, attributes: Attributes, certificate: Parsed, scheme: Scheme
) -> str | None:
    for encoding in attributes.encodings:
        digest = digest_of(scheme.digest, encoding)
        if signature_holds(certificate.key_info, scheme, digest, signature.value):
            return None
    return _forged()


def _plain_problem(
    signature: Signature, signed: SignedFile, content: Content, certificate: Parsed, scheme: Scheme
) -> str | None:
    """A signature right over the file. Signed attributes must not be passed off as a file (RFC 5652, 13)."""
    attributes_as_file = content.data.startswith(_SET) and _MESSAGE_DIGEST in content.data
    if signed.content_type != _DATA or attributes_as_file:
        return _forged()
    if signature_holds(certificate.key_info, scheme, content.digest(scheme.digest), signature.value):
        return None
    return _other_file()


def _other_file() -> str:
    return _(
        "The signature is of another file, or the file was changed after signing. Attach the signature that was "
        "made of this very version."
    )


def _forged() -> str:
    return _(
        "The signature does not match its certificate: the signature file is damaged or forged. Attach the file "
        "just as the signing program made it."
    )
