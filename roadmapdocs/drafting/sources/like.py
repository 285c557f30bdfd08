"""A draft «as last year»: what a document said, with its years moved, and the people who hold the posts today."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import versions_of
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.drafting.filling import values_shape
from roadmapdocs.drafting.present import full_name
from roadmapdocs.drafting.returned_text import appendix_lines, content_of_text
from roadmapdocs.drafting.sources.making import Act, Drafted, LookAt, begin, refuse_second, source_of
from roadmapdocs.drafting.sources.shifting import SHOWN, moved_content, moved_text
from roadmapdocs.drafting.values_json import read_values, write_values
from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import holder_of, signer_for
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.rules import Actor


def draft_like(
    document_id: int,
    *,
    store: FileStore | None = None,
    again: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Drafted:
    """Make a card of the same kind with the draft of a document before, or where it has none, with the points read
    out of its file. Number and date are empty; years move by as many as lie between the two; whoever has left is
    replaced by who holds the post today. All that was changed, and what must be looked at, is told.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if the person keeps no cards
    :raise Refusal: ``drafted_already`` if this was done this year, ``no_draft`` if its text cannot be read into a draft
    """
    act = Act(by, now, today)
    before, draft = source_of(document_id, act)
    template, content, lost = (draft.template, draft.content, []) if draft else _read(before, store)
    with transaction():
        origin = f"like:{document_id}:{today.year}"
        refuse_second(origin, again, act)
        day = before.date or before.listed_on
        content, told = moved_content(content, today.year - day.year, day.year)
        told += lost
        content = _with_people_of(today, content, day, "", told)
        document = _card(before, day.year, told, act)
        begin(
            document,
            read_values(values_shape(template), content),
            {"like": document_id},
            act,
            origin=origin,
            template=template,
            look_at=tuple(told),
        )
    return Drafted(document, (), tuple(told))


def _read(document: Document, store: FileStore | None) -> tuple[str, dict[str, Any], list[LookAt]]:
    """The content of a document that was not made here, out of its current version, and what of it was left out."""
    template = str(document.kind.template)
    current = versions_of(document).first()
    if current is not None and store is not None:
        with store.open(current.file.sha256) as stream:
            lines = paragraphs_of(stream.read(), current.name)
        values = content_of_text(values_shape(template), lines)
        if values is not None:
            return template, write_values(values), [LookAt("lost", "appendices", line[:SHOWN]) for line in appendix_lines(lines)]
    raise Refusal(
        "no_draft",
        _("The text of this document cannot be read into a draft. Make a new card, and write the draft there."),
    )


def _card(before: Document, year: int, told: list[LookAt], act: Act) -> Document:
    card, years = card_of(before), act.today.year - year
    title = moved_text(card.title, years, year)
    if title != card.title:
        told.insert(0, LookAt("year", "title", card.title, title))
    fields, _told = moved_content(dict(card.fields), years, year)
    card = dataclasses.replace(
        card,
        title=title,
        summary=moved_text(card.summary, years, year),
        number="",
        date=None,
        preparation=Preparation.DRAFT,
        force_from=None,
        drafter_id=act.by.employee_id,
        fields=fields,
    )
    holder = signer_for(card.signer_id, act.today) if card.signer_id else None
    if card.signer_id and holder is None:
        told.append(LookAt("vacant", "signers", card.signer))
        card = dataclasses.replace(card, signer="", signer_id=None)
    elif holder is not None and holder.employee_id != card.signer_id:
        signer = Employee.get_by_id(holder.employee_id)
        told.append(LookAt("left", "signers", card.signer, str(signer)))
        card = dataclasses.replace(card, signer=str(signer), signer_id=signer.id)
    return create_document(card, by=act.by, now=act.now, today=act.today)


def _with_people_of(today: dt.date, value: Any, then: dt.date, place: str, told: list[LookAt]) -> Any:
    """The content with those who hold the posts today in place of those who held them then."""
    if isinstance(value, list):
        return [_with_people_of(today, one, then, f"{place}[{index}]", told) for index, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    inner = {
        name: _with_people_of(today, one, then, f"{place}.{name}" if place else name, told) for name, one in value.items()
    }
    return _renewed(inner, then, today, place, told) if inner.get("employee_id") else inner


def _renewed(person: dict[str, Any], then: dt.date, today: dt.date, place: str, told: list[LookAt]) -> dict[str, Any]:
    mine = Post.employee == person["employee_id"]
    if Post.held_on(today).where(mine).exists():
        return person
    posts = list(Post.held_on(then).where(mine).order_by(Post.heads.desc(), Post.since, Post.id))
    held = next((post for post in posts if post.title == person.get("post")), posts[0] if posts else None)
    if held is None:
        return person
    name = str(person.get("name") or Employee.get_by_id(person["employee_id"]))
    holder = holder_of(held.unit_id, held.title, today)
    if holder is None:
        told.append(LookAt("vacant", place, f"{name}, {held.title}"))
        return person
    successor = Employee.get_by_id(holder.employee_id)
    told.append(LookAt("left", place, name, full_name(successor)))
    new = {"employee_id": successor.id, "name": full_name(successor), "gender": successor.gender, "post": holder.post}
    return {**{key: one for key, one in person.items() if key not in ("phone", "email")}, **new}
