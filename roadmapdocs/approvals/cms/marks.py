"""«Отметка об электронной подписи», the mark that a printed copy bears (ГОСТ Р 7.0.97, 5.23)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.approvals.cms.moments import local
from roadmapdocs.approvals.cms.results import Signer, Verdict, Verification

PHRASE = "Документ подписан электронной подписью"
"""Set by the standard; a text of the document, not a message, so never translated."""


@dataclass(frozen=True, slots=True)
class MarkData:
    """What the mark of one signer says."""

    phrase: str
    certificate: str
    """Number of the certificate in hexadecimal digits."""
    owner: str
    """Full name of the certificate's owner."""
    valid_from: dt.date
    valid_to: dt.date


def marks(verification: Verification, *, zone: dt.tzinfo) -> tuple[MarkData, ...]:
    """Marks of a signature file, one for each signer; dates are days of ``zone``.

    None at all unless every signature was verified up to a trusted authority, and every certificate names itself
    qualified: the phrase must not stand under what was not proved. Of a simple signature the office's own rule
    has other words.
    """
    if verification.verdict is not Verdict.VALID:
        return ()
    found = [_mark(signer, zone) for signer in verification.signers]
    return tuple(mark for mark in found if mark) if all(found) else ()


def _mark(signer: Signer, zone: dt.tzinfo) -> MarkData | None:
    certificate = signer.certificate
    if certificate is None or not certificate.qualified:
        return None
    return MarkData(
        phrase=PHRASE,
        certificate=certificate.serial,
        owner=certificate.owner.full_name,
        valid_from=local(certificate.valid_from, zone).date(),
        valid_to=local(certificate.valid_to, zone).date(),
    )
