"""One signature judged: is it of this file, was the certificate valid, who vouches for it."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.approvals.cms.algorithms import Content, Unsupported, Weak, checked_digest, digest_of
from roadmapdocs.approvals.cms.certificates import Parsed
from roadmapdocs.approvals.cms.chains import Trust
from roadmapdocs.approvals.cms.findings import Findings
from roadmapdocs.approvals.cms.integrity import integrity
from roadmapdocs.approvals.cms.moments import local
from roadmapdocs.approvals.cms.reading import Signature, SignedFile
from roadmapdocs.approvals.cms.results import Signer
from roadmapdocs.i18n import gettext as _

CLOCKS = dt.timedelta(hours=1)
"""By how much the signer's clock may be ahead without a word about it."""


def judged(
    signature: Signature, signed: SignedFile, content: Content, *, at: dt.datetime, trust: Trust
) -> Signer:
    """Judge one signature of ``content`` as it stands at the moment ``at``, in whose zone dates are told."""
    findings = Findings()
    certificate = next((one for one in signed.certificates if signature.is_by(one)), None)
    if certificate is None:
        findings.problems.append(
            _(
                "The signer's certificate is not in the signature file, so that nothing can be checked. Ask the "
                "signer to sign anew and to include the certificate."
            )
        )
    words, intact, valid, trusted = "", False, False, False
    signed_at = signature.attributes.signed_at if signature.attributes else None
    if certificate is not None:
        words, intact = integrity(signature, signed, content, certificate, findings)
        valid = _validity(certificate, signed_at, at, findings)
        trusted = _trust(certificate, trust, findings)
    return Signer(
        verdict=findings.verdict(intact=intact, trusted=trusted),
        certificate=certificate.for_people if certificate else None,
        algorithm=words,
        signed_at=signed_at,
        stamped_at=_stamped_at(signature, at, findings),
        intact=intact,
        valid_then=valid,
        trusted=trusted,
        problems=(*findings.problems, *findings.unchecked),
        notes=tuple(findings.notes),
    )


def _validity(
    certificate: Parsed, signed_at: dt.datetime | None, at: dt.datetime, findings: Findings
) -> bool:
    """A certificate must be valid on the day of the check: nobody vouches for the moment that the signer names.

    63-ФЗ, article 11: at the moment of signing if there is reliable knowledge of it, else on the day of the check.
    """
    zone = at.tzinfo
    if signed_at and signed_at > at + CLOCKS:
        findings.notes.append(
            _(
                "The signer's computer named a moment that has not come yet: %(moment)s.",
                moment=local(signed_at, zone).strftime("%d.%m.%Y %H:%M"),
            )
        )
        signed_at = None
    moments = [at] if signed_at is None else [at, signed_at]
    valid = True
    if any(moment > certificate.valid_to for moment in moments):
        findings.problems.append(
            _(
                "The certificate expired on %(day)s. Ask the signer to sign anew with a certificate in force.",
                day=local(certificate.valid_to, zone).strftime("%d.%m.%Y"),
            )
        )
        valid = False
    if any(moment < certificate.valid_from for moment in moments):
        findings.problems.append(
            _(
                "The certificate is valid only from %(day)s: it was not in force when the file was signed.",
                day=local(certificate.valid_from, zone).strftime("%d.%m.%Y"),
            )
        )
        valid = False
    return valid


def _trust(certificate: Parsed, trust: Trust, findings: Findings) -> bool:
    if not (certificate.may("digital_signature") or certificate.may("non_repudiation")):
        findings.problems.append(
            _(
                "The certificate is not meant for signing documents. Ask the signer to sign with the certificate "
                "of an electronic signature."
            )
        )
    if certificate.obscure:
        findings.unchecked.append(
            _(
                "The certificate carries a binding condition that is not known here, so that it cannot be relied on."
            )
        )
    if trust.reaches(certificate):
        return True
    if certificate.for_people.self_signed:
        findings.problems.append(
            _(
                "The signer issued the certificate to himself: anybody can make one in any name. Ask for a "
                "signature with a certificate of an accredited authority."
            )
        )
    elif trust.anchored:
        findings.notes.append(
            _("The certificate comes from no authority that the office trusts, or is beyond its term.")
        )
    else:
        findings.notes.append(
            _(
                "Who issued the certificate was not checked: the office has no list of trusted authorities yet."
            )
        )
    return False


def _stamped_at(signature: Signature, at: dt.datetime, findings: Findings) -> dt.datetime | None:
    """The moment of the time stamp if it is of this signature; the authority's own signature is not verified."""
    stamp = signature.stamp
    if stamp is None:
        return None
    try:
        same = digest_of(checked_digest(stamp.digest_algorithm), signature.value) == stamp.digest
    except (Weak, Unsupported):
        same = False
    if not same:
        findings.notes.append(_("The time stamp in the file is not of this signature and is left out."))
        return None
    findings.notes.append(
        _(
            "A time stamp of %(moment)s is in the file; it was read, the stamping authority was not checked.",
            moment=local(stamp.moment, at.tzinfo).strftime("%d.%m.%Y %H:%M"),
        )
    )
    return stamp.moment
