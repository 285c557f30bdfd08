"""Chains of certificates: from the signer's own up to one that the office trusts (RFC 5280, 6.1, without revocation)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from roadmapdocs.approvals.cms.algorithms import Unsupported, Weak, digest_of, scheme_of
from roadmapdocs.approvals.cms.certificates import Parsed, parsed
from roadmapdocs.approvals.cms.keys import signature_holds
from roadmapdocs.approvals.cms.packing import Unreadable, certificates_in
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

LONGEST_CHAIN = 8
CHECKS_LIMIT = 60
"""Signatures of certificates verified for one signature file: crossed certificates could ask for any number."""


def read_anchors(files: Sequence[bytes]) -> tuple[Parsed, ...]:
    """Trusted certificates from files in DER or PEM. Refuses what holds no certificate, saying which file."""
    found: list[Parsed] = []
    for number, given in enumerate(files, start=1):
        try:
            here = [parsed(der) for der in certificates_in(given)]
        except (Unreadable, ValueError, TypeError, KeyError):
            here = []
        if not here:
            raise Refusal(
                "trusted_certificate_unreadable",
                _(
                    "File %(number)s of the trusted certificates holds no certificate that can be read. Save the "
                    "certificate of the authority anew, in DER or PEM (.cer, .crt, .pem).",
                    number=number,
                ),
                number=number,
            )
        found.extend(here)
    return tuple(found)


class Trust:
    """What is trusted, which certificates came along, and the moment at which chains are judged."""

    def __init__(self, anchors: Sequence[Parsed], others: Sequence[Parsed], at: dt.datetime) -> None:
        self.anchored = bool(anchors)
        self._anchors = {anchor.der for anchor in anchors}
        self._issuers = [one for one in (*anchors, *others) if one.authority and one.may("key_cert_sign")]
        self._at = at
        self._checks = CHECKS_LIMIT

    def reaches(self, certificate: Parsed) -> bool:
        """Whether a chain of verified certificates, each valid now, leads from this one to a trusted one."""
        return self._climb(certificate, (certificate.der,))

    def _climb(self, certificate: Parsed, below: tuple[bytes, ...]) -> bool:
        if not certificate.valid_at(self._at) or certificate.obscure:
            return False
        if certificate.der in self._anchors:
            return True
        if len(below) >= LONGEST_CHAIN:
            return False
        return any(
            self._issued(issuer, certificate) and self._climb(issuer, (*below, issuer.der))
            for issuer in self._issuers
            if issuer.subject == certificate.issuer
            and issuer.der not in below
            and _long_enough(issuer, below)
        )

    def _issued(self, issuer: Parsed, certificate: Parsed) -> bool:
        if self._checks == 0:
            return False
        self._checks -= 1
        try:
            scheme = scheme_of(certificate.algorithm)
            digest = digest_of(scheme.digest, certificate.signed_part)
            return signature_holds(issuer.key_info, scheme, digest, certificate.signature)
        except (Weak, Unsupported):
            return False


def _long_enough(issuer: Parsed, below: tuple[bytes, ...]) -> bool:
    """Whether the issuer may stand above so many authorities; the lowest certificate of a chain is not one."""
    return issuer.path_length is None or len(below) - 1 <= issuer.path_length
