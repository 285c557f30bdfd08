"""«Кто это видит?»: who may read and change a document as it stands, why, and how many people that is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flask import url_for

from roadmapdocs.access.rules import HOLDERS, MARKED, Mark, Tie, holds
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import handed_to, holder_words, holders_of, plain_audience, states_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post, User, UserOrganisation, UserRole
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.web.words import line_badge, line_word, mark_word
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import EVERYONE

#: Names are listed up to this many; the number is always the whole.
MOST_NAMES = 30


def who_context(document: Document, today: dt.date) -> dict[str, object]:
    """What ``document_who.html`` asks for."""
    people = _people(today)
    audience, handed = plain_audience(document), handed_to(document.id)
    words = holder_words()
    ties = _ties(document)
    held = {
        user_id: holds(actor, replace(audience, invited=not handed.isdisjoint(actor.reads_for)))
        for user_id, actor in people.items()
    }
    rights = []
    for right, caption in _right_words().items():
        who = holders_of(document, right) & holders_of(document, "read")
        named = sorted(people[user_id].name for user_id, has in held.items() if not who.isdisjoint(has))
        rights.append(
            {
                "caption": caption,
                "holders": [
                    {"label": words[holder], "name": ties.get(holder, "")} for holder in HOLDERS if holder in who
                ],
                "people": len(named),
                "names": named[:MOST_NAMES],
                "more": max(len(named) - MOST_NAMES, 0),
            }
        )
    return {
        "rights": rights,
        "reasons": _reasons(document),
        "mark": None if document.mark == Mark.GENERAL else {"word": mark_word(document.mark), "basis": document.mark_basis},
        "shut_out": [words[holder] for holder in HOLDERS if holder not in MARKED[Mark(document.mark)]],
        "back_url": url_for("roadmapdocs_documents.card", document_id=document.id),
    }


def _right_words() -> dict[str, str]:
    return {
        "read": _("Read the document"),
        "change": _("Change the card"),
        "add_version": _("Add a version of the text"),
        "attach": _("Attach files"),
        "link": _("Add and take off links"),
    }


def _ties(document: Document) -> dict[str, str]:
    """The people and the unit that ties mean for this document."""
    return {
        Tie.DRAFTER: str(document.drafter) if document.drafter_id else _("nobody is named"),
        Tie.SIGNER: str(document.signer_employee) if document.signer_employee_id else _("nobody is named"),
        Tie.UNIT: document.unit.name if document.unit_id else _("none is named"),
    }


def _reasons(document: Document) -> list[dict[str, object]]:
    """The states that speak of reading: each names whom it lets in, and only those whom all of them name read."""
    workflow = workflow_of(document.workflow_id)
    words = holder_words()
    reasons: list[dict[str, object]] = []
    for line, name in states_of(document).items():
        allowed = workflow.state(line, name).rights.get("read")
        if allowed is None:
            continue
        badge = line_badge(workflow, line, name, document.kind.gender)
        who = _("everyone") if EVERYONE in allowed else ", ".join(words[one] for one in HOLDERS if one in allowed)
        reasons.append({"line": line_word(line), "badge": badge, "who": who})
    return reasons


def _people(today: dt.date) -> dict[int, Actor]:
    """Everybody with an open account, as they act today: five statements, however many people."""
    roles: dict[int, set[Role]] = {}
    for user_id, role in UserRole.select(UserRole.user, UserRole.role).tuples():
        roles.setdefault(user_id, set()).add(Role(role))
    units: dict[int, set[int]] = {}
    for employee_id, unit_id in Post.held_on(today).select(Post.employee, Post.unit).tuples():
        units.setdefault(employee_id, set()).add(unit_id)
    organisations: dict[int, set[int]] = {}
    for user_id, organisation_id in UserOrganisation.select(UserOrganisation.user, UserOrganisation.organisation).tuples():
        organisations.setdefault(user_id, set()).add(organisation_id)
    employees = {one.id: one for one in Employee.select().join(User)}
    return {
        user.id: Actor(
            user_id=user.id,
            name=str(employees[user.employee_id]) if user.employee_id in employees else user.login,
            roles=frozenset(roles.get(user.id, ())),
            employee_id=user.employee_id,
            unit_ids=frozenset(units.get(user.employee_id, ())),
            organisations=frozenset(organisations.get(user.id, ())),
        )
        for user in User.select(User.id, User.login, User.employee).where(User.active)
    }
