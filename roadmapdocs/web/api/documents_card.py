"""What callers write on cards, as the operations take it, and the card as they get it."""

from __future__ import annotations

import dataclasses
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import Mark
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.visibility import may
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.schemas.documents import DocumentSchema
from roadmapdocs.web.api.sparse import names_of, wanted

#: Names of a card that hold ids, and the tables that these ids are of.
_IDS: dict[str, type[pw.Model]] = {
    "signer_id": Employee,
    "drafter_id": Employee,
    "unit_id": Unit,
    "organisation_id": Organisation,
}
_RIGHTS = ("change", "add_version", "attach", "link")


def new_card(sent: dict[str, Any]) -> Card:
    """
    :raise Refusal: ``card`` with a sentence for each name that makes no sense
    """
    values = _plain(sent)
    card = Card(**{**values, "preparation": Preparation(values["preparation"])})
    kind = _checked(card, sent)
    if card.preparation is Preparation.DRAFT and card.number:
        raise _number(_("A draft gets its number when it is registered. Leave the number out."))
    if card.preparation is Preparation.SIGNED and not card.number and (kind is None or kind.own_number):
        raise _number(_("A registered document has a number. Write it, or make a draft: registration will give it one."))
    return card


def changed_card(document: Document, sent: dict[str, Any]) -> Card:
    """The card as stored, with what was sent.

    :raise Refusal: ``card`` with a sentence for each name that makes no sense
    """
    stored = card_of(document)
    values = _plain(sent)
    values["fields"] = {**stored.fields, **values.get("fields", {})}
    if "signer_id" in values:
        values.setdefault("signer", "")  # somebody else signs: the name is theirs
    card = dataclasses.replace(stored, **values)
    _checked(card, sent)
    if document.number and not card.number:
        raise _number(_("The document has a number already. Correct it if it is wrong, but leave one."))
    if card.number and not document.number:
        raise _number(_("A draft gets its number when it is registered. Leave the number out."))
    return card


def _plain(sent: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in sent.items() if name != "fields_"}
    if "mark" in values:
        values["mark"] = Mark(values["mark"])
    if "fields_" in sent:
        values["fields"] = sent["fields_"]
    return values


def _checked(card: Card, sent: dict[str, Any]) -> Kind | None:
    """The kind of the card, if there is one: an unknown one is told of by whoever stores the card."""
    problems: dict[str, str] = {}
    for name, model in _IDS.items():
        value = sent.get(name)
        if value is not None and not model.select().where(model.id == value).exists():
            problems[name] = _("There is nothing of this id. Look among the people of the office.")
    kind: Kind | None = Kind.get_or_none(Kind.code == card.kind)
    if kind is not None:
        known = {field.name for field in fields_of(kind.fields)}
        for name in set(sent.get("fields_", {})) - known:
            problems[f"fields.{name}"] = _("Documents of this kind have no such field.")
    if problems:
        raise Refusal("card", _("The card is not filled in as it should be. See the marked fields."), fields=problems)
    return kind


def _number(sentence: str) -> Refusal:
    return Refusal("card", sentence, fields={"number": sentence})


def shown(document: Document, by: Actor, address: str, asked: str = "") -> dict[str, Any]:
    """The card as an answer, with the names that ``asked`` lists only."""
    names = wanted(asked, names_of(DocumentSchema))
    card = {"@id": address, **_columns(document)}
    if not names.isdisjoint(_AROUND):
        card |= _around(document)
    if "may" in names:
        card["may"] = {right: may(document, right, by) for right in _RIGHTS}
    return {name: value for name, value in card.items() if name in names}


def _columns(document: Document) -> dict[str, Any]:
    same = (
        *("id", "number", "title", "signer", "preparation", "registration", "force", "acquaintance", "control"),
        *("storage", "named_states", "mark", "drafter_id", "unit_id", "organisation_id", "case_id", "revision"),
        *("summary", "body", "mark_basis", "fields"),
    )
    days = ("date", "registered_on", "force_from", "force_until", "control_due")
    return {
        **{name: getattr(document, name) for name in same},
        **{name: _iso(getattr(document, name)) for name in days},
        "kind": document.kind.code,
        "kind_name": document.kind.name,
        "signer_id": document.signer_employee_id,
        "working_copy_of": document.working_copy_of_id,
        "created_at": moment(document.created_at),
        "changed_at": moment(document.changed_at),
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


_AROUND = frozenset({"drafter", "unit", "organisation", "case"})


def _around(document: Document) -> dict[str, Any]:
    """Names of what the card refers to by id: one statement for each that it does."""
    found: dict[str, Any] = dict.fromkeys(_AROUND)
    if document.drafter_id is not None:
        found["drafter"] = {"id": document.drafter_id, "name": str(document.drafter)}
    for name, model, column in (
        ("unit", Unit, Unit.name),
        ("organisation", Organisation, Organisation.name),
        ("case", Case, Case.case_index),
    ):
        row_id = getattr(document, f"{name}_id")
        if row_id is not None:
            found[name] = {"id": row_id, "name": model.select(column).where(model.id == row_id).scalar()}
    return found
