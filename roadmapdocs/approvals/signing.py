"""Signing and confirming (подписание, утверждение): by whom, with what, bound to which text (domain.md §9, 15).

A *simple* signature is the person's account and their password typed anew, and counts only under a document of the
office that says so (63-ФЗ, art. 9). A *qualified* one is a detached CMS file over the very bytes of the version. On
*paper* the ink is elsewhere and the registry keeps who entered it. «За» is not possible: the signer is the holder of
the post on that day or the acting head, with the order that appointed him.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.approvals.models import Signature
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signature_rules import end_rule, rule_on, set_rule
from roadmapdocs.approvals.words import Act, SignatureWay
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import Answers, Change
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import Holder, signer_for
from roadmapdocs.people.operations import confirm_password
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, Transition

__all__ = [
    "Signed",
    "act_of",
    "authority",
    "end_rule",
    "own_authority",
    "rule_on",
    "set_rule",
    "sign_confirmed",
    "sign_simply",
    "sign_with_file",
    "signatures_of",
    "signing_step",
    "void_signature",
    "write_signature",
]


@dataclass(frozen=True, slots=True)
class Signed:
    """What is enclosed with the act of signing: made of what the person brought, checked already."""

    way: SignatureWay
    version: int | None
    sha256: str
    holder: Holder
    rule: int | None = None
    file: int | None = None
    file_name: str = ""
    mark: dict[str, Any] = field(default_factory=dict)
    verdict: str = ""


def signing_step(document: Document) -> Transition | None:
    """The transition by which a person signs or confirms the document as it stands; None if it is not its time."""
    workflow = workflow_of(document.workflow_id)
    present = states_of(document)[Line.PREPARATION]
    definition = workflow.definitions[Line.PREPARATION]
    for one in definition.transitions.values():
        if one.by_people and present in one.sources and definition.states[one.target].meaning == Preparation.SIGNED:
            return one
    return None


def act_of(transition: Transition) -> Act:
    """Whether it is signed or confirmed: the state that it comes to is called so."""
    return Act.SIGN if transition.target == Preparation.SIGNED else Act.CONFIRM


def sign_simply(
    document_id: int, password: str, *, version: int | None, by: Actor, now: dt.datetime, today: dt.date
) -> Document:
    """Sign or confirm with one's account and password, the text ``version`` (an id) that was shown.

    :raise Refusal: ``no_rule`` if no document of the office lets a simple signature count, ``wrong_password``,
        ``stale_version`` if the text is another by now; and as :func:`roadmapdocs.documents.transitions.perform`
    :raise Forbidden: if the document is not this person's to sign
    """
    confirm_password(by.user_id, password, now=now)
    return sign_confirmed(document_id, version=version, by=by, now=now, today=today)


def sign_confirmed(
    document_id: int, *, version: int | None, by: Actor, now: dt.datetime, today: dt.date
) -> Document:
    """As :func:`sign_simply`, the password being confirmed already: one password signs a whole bundle."""
    with transaction():
        document, transition = _to_sign(document_id, by)
        holder = own_authority(document, by, today)
        rule = rule_on(today)
        if rule is None:
            raise Refusal(
                "no_rule",
                _(
                    "The office has no rule by which a signature with a password counts. "
                    "Attach a qualified signature, or sign on paper."
                ),
            )
        current = _shown(document, version)
        signed = Signed(SignatureWay.SIMPLE, current.id, _hash(current), holder, rule=rule.id)
        return perform(document_id, transition.name, answers=Answers(enclosed=signed), by=by, now=now, today=today)


def sign_with_file(
    document_id: int,
    signature: bytes,
    name: str,
    *,
    version: int | None,
    anchors: Sequence[bytes],
    store: FileStore,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    zone: dt.tzinfo = dt.UTC,
) -> Document:
    """Sign or confirm by a qualified signature: a detached CMS file over the version's bytes, which the signer made.

    The clerk may bring it. ``anchors`` are certificates of the authorities that the office trusts; days in the mark
    are those of ``zone``.

    :raise Refusal: ``signature`` with what is wrong with the file, or with whom it belongs to; ``stale_version``
    """
    from roadmapdocs.approvals import qualified  # noqa: PLC0415  # its libraries take long to load, and few sign so

    document, _transition = _to_sign(document_id, by)
    holder = authority(document, today)
    with store.open(_hash(_shown(document, version))) as stream:
        content = stream.read()
    # Before the transaction, so that nobody waits for the arithmetic; what it rests on is looked at again inside.
    checked = qualified.check(content, signature, holder, anchors=anchors, now=now, zone=zone, by=by)
    with transaction():
        document, transition = _to_sign(document_id, by)
        current = _shown(document, version)
        if authority(document, today) != holder:
            raise Conflict("moved", _("Another signs the document by now. Look at its card."))
        file, file_name = qualified.keep_file(signature, name, store=store, now=now)
        signed = Signed(
            SignatureWay.QUALIFIED,
            current.id,
            _hash(current),
            holder,
            file=file,
            file_name=file_name,
            mark=checked.mark,
            verdict=checked.verdict,
        )
        return perform(document_id, transition.name, answers=Answers(enclosed=signed), by=by, now=now, today=today)


def authority(document: Document, day: dt.date) -> Holder:
    """Who may sign the document on that day: the signer on the card, or the acting head with the order.

    :raise Refusal: ``no_signer`` if the card names nobody of the office, or nobody fills the post on that day
    """
    if document.signer_employee_id is None:
        raise Refusal("no_signer", _("The card names no employee as the signer. Write who signs."))
    holder = signer_for(document.signer_employee_id, day)
    if holder is None:
        raise Refusal(
            "no_signer",
            _(
                "%(name)s is away on %(day)s, and no order appoints an acting head. Wait, or let another sign.",
                name=document.signer,
                day=day.strftime("%d.%m.%Y"),
            ),
        )
    if not _signs_as_written(holder, document):
        raise Refusal(
            "no_signer",
            _(
                "%(name)s has left the post, which %(holder)s holds now. Write on the card who signs.",
                name=document.signer,
                holder=holder.name,
            ),
        )
    return holder


def _signs_as_written(holder: Holder, document: Document) -> bool:
    """The signer whom the card names, or an acting head in that person's place: with the text another name appears."""
    return holder.acting or holder.employee_id == document.signer_employee_id


def own_authority(document: Document, by: Actor, day: dt.date) -> Holder:
    """
    :raise Forbidden: ``not_signer`` if on that day it is somebody else who signs
    """
    holder = authority(document, day)
    if holder.employee_id == by.employee_id:
        return holder
    raise Forbidden("not_signer", _("%(name)s signs this document. Nobody signs for another.", name=holder.name))


def write_signature(change: Change) -> None:
    """Keep by whom and with what the document is signed: as enclosed, else in ink, entered by who acts."""
    signed = change.answers.enclosed
    if signed is None:
        signed = _on_paper(change)
    change.taken = True
    if not isinstance(signed, Signed):
        raise TypeError(f"a Signed is enclosed, not {type(signed).__name__}")
    Signature.create(
        document=change.document,
        version=signed.version,
        sha256=signed.sha256,
        act=act_of(change.transition),
        way=signed.way,
        employee=signed.holder.employee_id or None,
        name=signed.holder.name,
        post=signed.holder.post,
        basis=signed.holder.basis,
        rule=signed.rule,
        file=signed.file,
        file_name=signed.file_name,
        mark=signed.mark,
        verdict=signed.verdict,
        signed_at=change.now,
        made_by=change.by.name,
    )
    change.told |= {"way": str(signed.way), "signed_by": signed.holder.name}
    if signed.sha256:
        change.told["sha256"] = signed.sha256
    if signed.holder.basis:
        change.told["basis"] = signed.holder.basis


def void_signature(change: Change) -> None:
    """The signatures of the document count no more; what they were is kept."""
    Signature.update(revoked_at=change.now, revoked_why=change.answers.reason).where(
        (Signature.document == change.document) & Signature.revoked_at.is_null()
    ).execute()


def signatures_of(document_id: int) -> list[Signature]:
    """Signatures that count, in the order in which they were given."""
    rows = Signature.select().where((Signature.document == document_id) & Signature.revoked_at.is_null())
    return list(rows.order_by(Signature.signed_at, Signature.id))


def _on_paper(change: Change) -> Signed:
    """Ink on paper, entered by a clerk; by the signer himself while the office has no simple signatures.

    :raise Refusal: ``password`` if the signer presses a button where a password is asked
    """
    if not change.by.has(Role.CLERK) and rule_on(change.today) is not None:
        raise Refusal("password", _("A signature asks for your password. Open the document from “Waiting for me”."))
    current = current_version(change.document.id)
    day = change.answers.date or change.document.date or change.today
    named = change.document.signer_employee_id
    holder = signer_for(named, day) if named is not None else None
    if holder is None or not _signs_as_written(holder, change.document):
        # What the ink says is known to who enters it: the card names the signer.
        holder = Holder(named or 0, change.document.signer, "")
    return Signed(SignatureWay.PAPER, current.id if current else None, _hash(current) if current else "", holder)


def _to_sign(document_id: int, by: Actor) -> tuple[Document, Transition]:
    document = read_document(document_id, by=by)
    transition = signing_step(document)
    if transition is None:
        raise Conflict("moved", _("This step does not lead from the state in which the document is now. Perhaps somebody was quicker: look at its card."))
    return document, transition


def _shown(document: Document, version: int | None) -> DocumentVersion:
    """The current version, which must be the one that was shown.

    :raise Conflict: ``stale_version``
    """
    current = current_version(document.id)
    if current is None:
        raise Refusal("no_text", _("There is no file with the text, so there is nothing to sign. Add it to the card."))
    if version != current.id:
        raise Conflict(
            "stale_version",
            _("There is version %(number)s by now. Read it and decide then.", number=current.number),
            version=current.number,
        )
    return current


def _hash(version: DocumentVersion) -> str:
    found: str = StoredFile.get_by_id(version.file_id).sha256
    return found
