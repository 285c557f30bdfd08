"""Certificates taken out of ASN.1 at once, so that nothing malformed is left to be met later."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any, NamedTuple

from asn1crypto import x509

from roadmapdocs.approvals.cms.encoding import contents_of, members
from roadmapdocs.approvals.cms.moments import moment_of
from roadmapdocs.approvals.cms.results import Certificate, Owner

_READ_EXTENSIONS = {"basic_constraints", "key_usage", "certificate_policies", "key_identifier"}
_KNOWN_EXTENSIONS = _READ_EXTENSIONS | {
    "extended_key_usage",
    "authority_key_identifier",
    "subject_alt_name",
    "crl_distribution_points",
    "authority_information_access",
}
_QUALIFIED_POLICIES = "1.2.643.100.113."
"""Classes of signing tools КС1 to КА1, one of which every qualified certificate names."""
_NAME_LIMIT = 300
_MEMBERS_LIMIT = 50
"""Parts of a name, extensions of a certificate: real ones have some fifteen."""
_SMALL = 5000
"""Bytes of the longest value that is read to its depth."""
_VERSION = b"\xa0"
_OWNER = {
    "2.5.4.3": "name",
    "2.5.4.4": "surname",
    "2.5.4.42": "given_names",
    "2.5.4.10": "organisation",
    "2.5.4.12": "post",
    "1.2.643.3.131.1.1": "inn",
    "1.2.643.100.4": "organisation_inn",
    "1.2.643.100.3": "snils",
    "1.2.643.100.1": "ogrn",
    "1.2.643.100.5": "ogrn",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A certificate as verification needs it; names are compared as encoded, which RFC 5280 asks of issuers."""

    der: bytes
    signed_part: bytes
    signature: bytes
    algorithm: x509.SignedDigestAlgorithm
    key_info: bytes
    key_id: bytes | None
    serial: int
    subject: bytes
    issuer: bytes
    valid_from: dt.datetime
    valid_to: dt.datetime
    authority: bool
    path_length: int | None
    key_usage: frozenset[str] | None
    """None: the certificate does not restrict it."""
    obscure: bool
    """Carries a critical extension that is not understood here, so that it must not be trusted (RFC 5280, 4.2)."""
    for_people: Certificate

    def valid_at(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` is within the term of the certificate."""
        return self.valid_from <= moment <= self.valid_to

    def may(self, usage: str) -> bool:
        """Whether the key may be used so (``key_cert_sign`` …); without the extension it may be used for anything."""
        return self.key_usage is None or usage in self.key_usage


def parsed(der: bytes) -> Parsed:
    """Read a certificate. Raises ValueError, TypeError or KeyError for what is not one."""
    certificate = x509.Certificate.load(der, strict=True)
    part, raw = certificate["tbs_certificate"], _raw_parts(der)
    extensions, critical = _extensions(part)
    constraints = extensions.get("basic_constraints") or {}
    usage = extensions.get("key_usage")
    term = part["validity"]
    people = _for_people(part, extensions, self_signed=raw.subject == raw.issuer)
    return Parsed(
        der=der,
        signed_part=raw.signed,
        signature=certificate["signature_value"].native,
        algorithm=wholly(certificate["signature_algorithm"]),
        key_info=raw.key_info,
        key_id=extensions.get("key_identifier"),
        serial=part["serial_number"].native,
        subject=raw.subject,
        issuer=raw.issuer,
        valid_from=moment_of(term["not_before"].native),
        valid_to=moment_of(term["not_after"].native),
        authority=bool(constraints.get("ca")),
        path_length=constraints.get("path_len_constraint"),
        key_usage=None if usage is None else frozenset(usage),
        obscure=bool(critical - _KNOWN_EXTENSIONS),
        for_people=people,
    )


class _RawParts(NamedTuple):
    signed: bytes
    issuer: bytes
    subject: bytes
    key_info: bytes


def _raw_parts(der: bytes) -> _RawParts:
    """Parts whose very bytes matter, cut out: asn1crypto may encode anew what it is asked to give back."""
    signed = members(contents_of(der))[0]
    parts = members(contents_of(signed))
    shift = 1 if parts[0][:1] == _VERSION else 0
    return _RawParts(signed, parts[2 + shift], parts[4 + shift], parts[5 + shift])


def _for_people(part: x509.TbsCertificate, extensions: dict[str, Any], *, self_signed: bool) -> Certificate:
    policies = extensions.get("certificate_policies") or []
    return Certificate(
        serial=part["serial_number"].contents.hex().upper(),
        owner=_owner(part["subject"]),
        issuer=_owner(part["issuer"]).name,
        valid_from=moment_of(part["validity"]["not_before"].native),
        valid_to=moment_of(part["validity"]["not_after"].native),
        self_signed=self_signed,
        qualified=any(policy["policy_identifier"].startswith(_QUALIFIED_POLICIES) for policy in policies),
    )


def wholly(algorithm: x509.SignedDigestAlgorithm) -> x509.SignedDigestAlgorithm:
    """The same, read to its depth: asn1crypto reads a value when it is asked for, and would fail then."""
    if len(algorithm.contents) > _SMALL:
        raise ValueError("an algorithm of great length")
    algorithm.native  # noqa: B018 - asked for, so that it is read
    return algorithm


def _extensions(part: x509.TbsCertificate) -> tuple[dict[str, Any], set[str]]:
    """Values of the extensions that are read, by name, None of others; and the names of all that are critical."""
    values: dict[str, Any] = {}
    critical = set()
    if len(part["extensions"]) > _MEMBERS_LIMIT:
        raise ValueError("too many extensions")
    for extension in part["extensions"]:
        name, value = extension["extn_id"].native, extension["extn_value"]
        if name in values or (len(value.contents) > _SMALL and name in _READ_EXTENSIONS):
            raise ValueError(f"extension {name} twice, or of great length")
        if extension["critical"].native:
            critical.add(name)
        values[name] = value.parsed.native if name in _READ_EXTENSIONS else None
    return values, critical


def _owner(name: x509.Name) -> Owner:
    found: dict[str, str] = {}
    if len(name.chosen) > _MEMBERS_LIMIT:
        raise ValueError("too many parts of a name")
    for group in name.chosen:
        for entry in group:
            field = _OWNER.get(entry["type"].dotted)
            if field and field not in found:
                found[field] = _clean(str(entry["value"].native))
    return Owner(**{"name": "", **found})


def _clean(text: str) -> str:
    """A name as it may be shown and printed: on one line, of no great length, with nothing invisible in it."""
    visible = (" " if letter.isspace() else letter for letter in text)
    kept = "".join(letter for letter in visible if not unicodedata.category(letter).startswith("C"))
    return " ".join(kept.split())[:_NAME_LIMIT]
