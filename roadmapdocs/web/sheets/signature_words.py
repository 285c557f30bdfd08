"""Marks of signatures in words (domain.md §15)."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.approvals.models import Signature
from roadmapdocs.approvals.sheet import Sheet
from roadmapdocs.approvals.words import Act, SignatureWay
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.sheets.printed import SignatureMark


def signature_mark(signature: Signature, sheet: Sheet, zone: dt.tzinfo) -> SignatureMark:
    """Who signed, by what right, and the mark: that of the standard stands under a verified qualified signature only."""
    frame = _frame(signature) if signature.way == SignatureWay.QUALIFIED else []
    lines = [*_who(signature), *_way(signature, framed=bool(frame)), *_when(signature, sheet, zone)]
    return SignatureMark(
        title=_("Confirmation of the document") if signature.act == Act.CONFIRM else _("Signature of the document"),
        lines=tuple(line for line in lines if line),
        frame=tuple(frame),
        signature=signature.id,
        file_name=signature.file_name if signature.file_id else "",
    )


def _who(signature: Signature) -> list[str]:
    name = f"{signature.post}, {signature.name}" if signature.post else str(signature.name)
    return [name, _("ground: %(basis)s", basis=signature.basis) if signature.basis else ""]


def _when(signature: Signature, sheet: Sheet, zone: dt.tzinfo) -> list[str]:
    moment = signature.signed_at.astimezone(zone).strftime("%d.%m.%Y %H:%M")
    number = next((one.number for one in sheet.versions if one.id == signature.version_id), None)
    text = _("Version %(number)s, SHA-256 %(hash)s", number=number, hash=signature.sha256) if number else ""
    return [_("Entered on %(moment)s: %(who)s", moment=moment, who=signature.made_by), text]


def _way(signature: Signature, *, framed: bool) -> list[str]:
    if signature.way == SignatureWay.QUALIFIED:
        # Without a chain to a trusted authority there is no mark: only what the check said.
        return [] if framed else [_("With a signature file: %(name)s", name=signature.file_name), str(signature.verdict)]
    if signature.way == SignatureWay.SIMPLE:
        return _simple(signature)
    return [_("On paper; the original with the signature is kept by the office")]


def _frame(signature: Signature) -> list[str]:
    """The phrase of the standard and the requisites of the certificate, as they were proved."""
    lines: list[str] = []
    for mark in signature.mark.get("marks") or []:
        lines += [
            str(mark["phrase"]).upper(),
            _("Certificate: %(number)s", number=mark["certificate"]),
            _("Owner: %(name)s", name=mark["owner"]),
            _("Valid: from %(since)s to %(until)s", since=_day(mark["valid_from"]), until=_day(mark["valid_to"])),
        ]
    return lines


def _day(value: object) -> str:
    """A day as it was stored, ISO 8601, or a date."""
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
    return day.strftime("%d.%m.%Y")


def _simple(signature: Signature) -> list[str]:
    """In the words of 63-ФЗ, art. 9, never with a certificate: there is none."""
    signed = _("With a simple electronic signature: account and password in the registry")
    if signature.rule_id is None:
        return [signed]
    return [signed, _("Counts by: %(document)s", document=reference(signature.rule.document))]

