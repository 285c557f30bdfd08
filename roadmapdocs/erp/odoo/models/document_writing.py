"""Making and changing cards by what a client of Odoo sends."""

from __future__ import annotations

import dataclasses
from typing import Any, Final, NoReturn

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.operations import create_document, read_document, update_document
from roadmapdocs.documents.rules import Card, Registration
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.registry import Values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee

#: Fields of the model that are fields of a card as they are; an emptied text is an empty one.
_TEXTS: Final = {"name": "title", "summary": "summary", "body": "body", "mark_basis": "mark_basis", "signer_name": "signer"}
_OTHERS: Final = {
    "doc_date": "date",
    "force_from": "force_from",
    "signer_id": "signer_id",
    "drafter_id": "drafter_id",
    "department_id": "unit_id",
    "company_id": "organisation_id",
}


def create(values: Values, env: Env) -> int:
    """A draft: numbers and states come by registration and by steps, never with the card."""
    card = Card(**{"kind": "", "title": "", **_said(values)})
    return int(create_document(card, by=env.actor, now=env.now, today=env.today).id)


def write(document_id: int, values: Values, env: Env) -> None:
    said = _said(values)
    if not said:
        return
    document = read_document(document_id, by=env.actor)
    card = dataclasses.replace(card_of(document), **said)
    update_document(document_id, card, revision=document.revision, by=env.actor, now=env.now, today=env.today)


def unlink(document_id: int, env: Env) -> NoReturn:
    """
    :raise Refusal: ``registered`` or ``not_deleted``: nothing is ever deleted here
    """
    document = read_document(document_id, by=env.actor)
    if document.registration in {Registration.REGISTERED, Registration.ANNULLED}:
        raise Refusal(
            "registered",
            _(
                "No. %(number)s is in the journal: a registered document is never deleted. Annul its registration instead.",
                number=document.number or "—",
            ),
        )
    raise Refusal("not_deleted", _("Documents are not deleted. Take the draft back with a reason: action_withdraw."))


def _said(values: Values) -> dict[str, Any]:
    """What of a card the client says."""
    said: dict[str, Any] = {_TEXTS[name]: value or "" for name, value in values.items() if name in _TEXTS}
    said |= {_OTHERS[name]: value for name, value in values.items() if name in _OTHERS}
    if "kind_id" in values:
        kind = Kind.get_or_none(Kind.id == values["kind_id"])
        said["kind"] = kind.code if kind is not None else ""
    if "mark" in values:
        said["mark"] = Mark(values["mark"] or Mark.GENERAL)
    if said.get("signer_id") and not said.get("signer"):
        # The card prints who signs: an employee named without words is printed as lists have the name.
        said["signer"] = str(Employee.get_by_id(said["signer_id"]))
    return said
