"""A qualified signature as the registry takes it: verified, the signer's own, kept beside the text it is bound to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.approvals.cms import Verdict, marks, verify
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import display_name
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import Holder
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Checked:
    """``verdict`` is how the check ended, in words; ``mark`` what is printed, and all that the check found."""

    verdict: str
    mark: dict[str, Any] = field(default_factory=dict)


def check(
    content: bytes,
    signature: bytes,
    holder: Holder,
    *,
    anchors: Sequence[bytes],
    now: dt.datetime,
    zone: dt.tzinfo,
    by: Actor | None = None,
) -> Checked:
    """Verify a detached CMS file over ``content``, which the holder must have signed. Nothing is kept yet.

    Without any trusted certificate (``anchors``) the issuer cannot be checked, and anybody makes a certificate in any
    name. Then the account vouches for the person: the signature is taken from the holder alone (``by`` is who brings
    it), and says that its issuer is not verified. Days in the mark are those of ``zone``.

    :raise Refusal: ``signature`` with what is wrong: the file, the text it is of, the certificate, its owner, who brings it
    """
    result = verify(content, signature, at=now, anchors=anchors)
    taken = {Verdict.VALID} if anchors else {Verdict.VALID, Verdict.VALID_UNTRUSTED}
    if result.verdict not in taken:
        raise _refusal(" ".join((result.sentence, *result.all_problems)))
    trusted = result.verdict is Verdict.VALID
    if not trusted and (by is None or by.employee_id != holder.employee_id):
        raise _refusal(
            _(
                "The office has no list of trusted authorities, so it is not known who issued the certificate. "
                "%(signer)s brings such a signature from their own account, or signs on paper.",
                signer=holder.name,
            )
        )
    certificates = [one.certificate for one in result.signers if one.certificate is not None]
    if any(one.self_signed for one in certificates):
        raise _refusal(_("The certificate was issued by its owner to himself: anybody can make such a one."))
    owners = [one.owner.full_name for one in certificates]
    name = _full_name(holder)
    if not any(same_person(owner, name) for owner in owners):
        raise _refusal(
            _("The certificate belongs to %(owner)s, but %(signer)s signs this document.", owner=", ".join(owners), signer=name)
        )
    printed = [
        {
            **dataclasses.asdict(one),
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat(),
        }
        for one in marks(result, zone=zone)
    ]
    verdict = result.sentence if trusted else " ".join((_("The issuer is not verified."), result.sentence))
    return Checked(verdict, {"marks": printed, "check": result.as_json()})


def keep_file(signature: bytes, name: str, *, store: FileStore, now: dt.datetime) -> tuple[int, str]:
    """Keep the file byte for byte; give its id and the name to show."""
    sha256 = store.put(signature)
    StoredFile.insert(sha256=sha256, size=len(signature), format="signature", stored_at=now).on_conflict_ignore().execute()
    return StoredFile.get(StoredFile.sha256 == sha256).id, display_name(name)


def same_person(owner: str, name: str) -> bool:
    """Whether a certificate's owner is the person: word for word, where one has an initial, by that.

    >>> same_person("Лукина Ольга Сергеевна", "Лукина О. С.")
    True
    >>> same_person("Лукина Ольга Сергеевна", "Лукина Ольга Семёновна")
    False
    """
    one, other = _words(owner), _words(name)
    return bool(one) and len(one) == len(other) and one[0] == other[0] and all(map(_alike, one[1:], other[1:]))


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _words(name: str) -> list[str]:
    return name.replace(".", " ").casefold().replace("ё", "е").split()


def _full_name(holder: Holder) -> str:
    person = Employee.get_or_none(Employee.id == holder.employee_id)
    return " ".join((person.surname, person.name, person.patronymic)).strip() if person is not None else holder.name


def _refusal(sentence: str) -> Refusal:
    return Refusal("signature", sentence, fields={"signature": sentence})
