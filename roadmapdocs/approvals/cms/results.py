"""What the verification of a signature file says, for people and for storing."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum

from roadmapdocs.i18n import gettext as _


class Verdict(StrEnum):
    """The answer in one word, the worst of all signers'."""

    VALID = "valid"
    """Made over this very file, by a certificate that comes from a trusted authority."""
    VALID_UNTRUSTED = "valid_untrusted"
    """Made over this very file; who issued the certificate could not be checked against a trusted list."""
    UNSUPPORTED = "unsupported"
    """Made by an algorithm that is not checked here: neither confirmed nor disproved."""
    INVALID = "invalid"
    """Not a signature of this file, or one that must not be relied on."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the certificate names. What it does not say is an empty string.

    The requisites are those of qualified certificates (order of the FSB of 27.12.2011 No. 795): ИНН of the person
    and of the organisation, СНИЛС, ОГРН or ОГРНИП.
    """

    name: str
    surname: str = ""
    given_names: str = ""
    organisation: str = ""
    post: str = ""
    inn: str = ""
    organisation_inn: str = ""
    snils: str = ""
    ogrn: str = ""

    @property
    def full_name(self) -> str:
        """Surname and given names; the common name where the certificate has no surname."""
        return f"{self.surname} {self.given_names}".strip() if self.surname else self.name


@dataclass(frozen=True, slots=True)
class Certificate:
    """Certificate of a signer. ``serial`` is as certificates are quoted: bytes in capital hexadecimal digits."""

    serial: str
    owner: Owner
    issuer: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    self_signed: bool
    qualified: bool
    """Names the class of its signing tool, as qualified certificates must; true only if the issuer is trusted."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature in the file, judged by itself."""

    verdict: Verdict
    certificate: Certificate | None
    """None if the file does not carry it."""
    algorithm: str
    signed_at: dt.datetime | None
    """What the signer's computer said, covered by the signature."""
    stamped_at: dt.datetime | None
    """What the token of a time stamping authority says; it is read, not verified."""
    intact: bool
    """The digest is that of the file, and the signature was verified with the certificate's key."""
    valid_then: bool
    """The certificate was valid when the signature was checked and when it claims to have been made."""
    trusted: bool
    """A chain of verified certificates leads to a trusted one."""
    problems: tuple[str, ...] = ()
    """Why the signature is not accepted: whole sentences."""
    notes: tuple[str, ...] = ()
    """What else the reader should know."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a signature file says of a file. ``problems`` are those of the signature file as a whole."""

    verdict: Verdict
    signers: tuple[Signer, ...] = ()
    problems: tuple[str, ...] = ()
    attached: bool = False
    """The signature file carries the signed file inside, the same byte for byte."""

    @property
    def sentence(self) -> str:
        """The verdict as one sentence in the reader's language."""
        return _SENTENCES[self.verdict]()

    @property
    def all_problems(self) -> tuple[str, ...]:
        """Problems of the file and of all signers, each once."""
        every = (*self.problems, *(problem for signer in self.signers for problem in signer.problems))
        return tuple(dict.fromkeys(every))

    def as_json(self) -> dict[str, object]:
        """Plain values to be stored beside the file; moments in the form of ISO 8601."""
        return {"sentence": self.sentence, **_plain(asdict(self))}


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, tuple | list):
        return [_plain_value(item) for item in value]
    return str(value) if isinstance(value, Verdict) else value


_SENTENCES = {
    Verdict.VALID: lambda: _(
        "The signature is right: it was made over this very file by a certificate of a trusted authority. "
        "Whether the certificate has been revoked is not checked here."
    ),
    Verdict.VALID_UNTRUSTED: lambda: _(
        "The signature was made over this very file, but it was not checked that a trusted authority issued "
        "the certificate."
    ),
    Verdict.UNSUPPORTED: lambda: _(
        "The signature could not be checked here: it is neither confirmed nor disproved. Check it by the "
        "program in which it was made."
    ),
    Verdict.INVALID: lambda: _("The signature is not accepted."),
}
