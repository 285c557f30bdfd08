"""Pages of workflows: the definitions in use, each as a picture and in words, and where a document stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.visibility import holder_words, holders_words, states_of
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.web.base import LONGEST_ID, PageView
from roadmapdocs.web.context import actor
from roadmapdocs.web.reference.workflow_picture import picture
from roadmapdocs.web.words import line_badge, line_word
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import EVERYONE, RULE, Definition, Line, State, Transition, Workflow


class WorkflowsView(PageView):
    """Open to everybody: what people may do next is no secret. ``?document=`` shows a document's own workflow."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        document = _document()
        own = workflow_of(document.workflow_id) if document else None
        definitions = own.definitions.values() if own else catalogue().definitions.values()
        return self.render("workflows.html", document=_named(document), groups=_groups(definitions, document, own))

    @expose("/<code>")
    def definition(self, code: str) -> ResponseReturnValue:
        document = _document()
        definition = _definition(code, document)
        panel = workflow_panel(
            definition,
            states_of(document)[definition.line] if document else None,
            document.kind.gender if document else "m",
        )
        title, version = definition.title.in_language(language()), definition.version
        named = _named(document)
        back = url_for(".index", document=named["id"] if named else None)
        line = line_word(definition.line)
        return self.render("workflow.html", title=title, version=version, line=line, document=named, back_url=back, **panel)


def workflow_panel(definition: Definition, current: str | None, gender: str = "m") -> dict[str, Any]:
    """A definition for a page: ``picture``, and ``steps`` as rows of the table that says the same.

    A row is {source, step, target, who, conditions, asks, now}; ``now`` marks those that leave the present state.
    """
    rows = [
        _row(definition, state, step, gender) | {"now": state.name == current}
        for state in definition.states.values()
        for step in definition.transitions.values()
        if state.name in step.sources
    ]
    drawn: Markup = picture(definition, current, language(), gender)
    return {"picture": drawn, "steps": rows}


def _row(definition: Definition, state: State, step: Transition, gender: str) -> dict[str, Any]:
    return {
        "source": state.label.in_language(language(), gender),
        "step": step.label.in_language(language(), gender),
        "target": definition.states[step.target].label.in_language(language(), gender),
        "who": who_words(step.who),
        "conditions": ", ".join(guard_word(guard) for guard in step.guards),
        "asks": ", ".join(
            [*(asked_word(one) for one in step.asks), *(_("%(what)s if wished", what=asked_word(one)) for one in step.may_ask)]
        ),
    }


def who_words(who: frozenset[str]) -> str:
    """Roles and ties; what the program does not know stands as it is written in the definition."""
    unknown = sorted(who - holder_words().keys() - {EVERYONE, RULE})
    words = [_("everyone")] if EVERYONE in who else [part for part in [holders_words(who)] if part]
    return ", ".join([*words, *unknown, *([_("follows by itself")] if RULE in who else [])])


def guard_word(name: str) -> str:
    """A condition in a few words, as a table has room for them."""
    words = {
        "has_text": _("there is a file with the text"),
        "has_signer": _("the signer is known"),
        "is_dated": _("the date is known and has come"),
        "is_signed": _("it is signed"),
        "is_registered": _("it is registered"),
        "not_annulled": _("its registration is not annulled"),
        "unregistered": _("it is not registered"),
        "own_number": _("the kind has numbers of its own"),
        "approved_by_registered": _("the approving document is registered"),
        "off_control": _("it is not under control"),
        "case_closed": _("its case is closed"),
        "term_over": _("the term of storage is over"),
        "no_route_under_way": _("it is not on its way through a route"),
        "visas_collected": _("the visas of its route are collected"),
        "package_agreed": _("what it approves is agreed, too"),
        "checked_clean": _("the check before signing found nothing grave"),
        "no_live_assignments": _("it has no live assignments under control"),
        "no_done_assignments": _("none of its assignments awaits removal"),
    }
    return words.get(name, name)


def asked_word(name: str) -> str:
    words = {
        "reason": _("reason"),
        "comment": _("comment"),
        "date": _("date"),
        "number": _("number"),
        "journal": _("journal"),
        "case": _("case"),
        "due": _("term"),
        "document": _("document"),
        "points": _("points"),
    }
    return words.get(name, name)


def _document() -> Document | None:
    """The document that the address names, as this person may have it.

    :raise NotFound: if there is none, or none for this person
    """
    asked = request.args.get("document", "")
    if not asked:
        return None
    # No document has the number 0: what is no number at all finds nothing in the same words.
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_ID else 0
    return read_document(number, by=actor())


def _definition(code: str, document: Document | None) -> Definition:
    """The definition of this code: with a document, as it was when the document began."""
    own = workflow_of(document.workflow_id).definitions.values() if document else catalogue().definitions.values()
    found = next((one for one in own if one.code == code), None)
    if found is None:
        raise NotFound("no_workflow", _("There is no workflow of this name. The list shows all of them."))
    return found


def _groups(definitions: Iterable[Definition], document: Document | None, own: Workflow | None) -> list[dict[str, Any]]:
    """Definitions line by line, each with the document's state in it."""
    found = sorted(definitions, key=lambda one: one.code)
    return [
        {
            "line": line_word(line),
            "rows": [
                {
                    "title": one.title.in_language(language()),
                    "url": url_for(".definition", code=one.code, document=document.id if document else None),
                    "version": one.version,
                    "states": len(one.states),
                    "steps": len(one.transitions),
                    "badge": _badge(document, own, line) if document and own else None,
                }
                for one in found
                if one.line is line
            ],
        }
        for line in Line
    ]


def _badge(document: Document, own: Workflow, line: Line) -> dict[str, Any]:
    return dict(line_badge(own, line, states_of(document)[line], document.kind.gender))


def _named(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    return {"id": document.id, "kind": document.kind.short, "number": document.number, "date": document.date, "title": document.title}
