"""One step for ticked documents: which steps there are, whom each fits, and the report of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from roadmapdocs.documents.bulk_acts import (
    OF_ITS_OWN,
    choices,
    chosen_documents,
    perform_for,
    preview,
)
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language, ngettext
from roadmapdocs.web import pages
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.act_form import ActForm
from roadmapdocs.web.documents.acts import asked_by
from roadmapdocs.web.documents.registering import Choices, choices_for
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.lists.chips import conditions_of
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Transition

_LONGEST_ID = 9
_LONGEST_NAME = 64


class BulkForm(ActForm):
    """What all documents are asked at once; journals and numbers go by each document's own kind."""

    def __init__(self, transition: Transition, cases: list[tuple[str, str]]) -> None:
        super().__init__(transition, Choices(cases=cases))
        for name in (*OF_ITS_OWN, "journal", "entry", "revision"):
            if name in self._fields:
                del self[name]


def choose_page() -> str:
    """The documents ticked, and the steps that are open for at least one of them."""
    documents = chosen_documents(_ticked(), by=actor())
    query = [("id", one.id) for one in documents]
    offered = [
        {
            "label": _label(choice.transition, documents[0]),
            "symbol": choice.transition.symbol,
            "main": choice.transition.main and choice.fits == len(documents),
            "fits": _fits(choice.fits, len(documents)),
            "url": url_for(".bulk") + "?" + urlencode([*query, ("do", choice.transition.name), ("back", _back())]),
        }
        for choice in choices(documents, by=actor(), today=today())
    ]
    return pages.render(
        "documents_bulk.html",
        step="choose",
        summary=_chosen(len(documents)),
        acts=offered,
        rows=[_row(one) for one in documents],
        back_url=_back_url(),
    )


def preview_page(name: str, refusal: Refusal | None = None, form: BulkForm | None = None) -> tuple[str, int]:
    """Whom the step will be done for and whom not, with what has to be said first."""
    documents = chosen_documents(_ticked() or list(_seen()), by=actor())
    verdicts = preview(documents, name, by=actor(), today=today())
    fitting = [one for one in verdicts if one.why_not is None]
    transition = _transition([one.document for one in fitting] or documents, name)
    if transition is not None and form is None:
        form = _form(transition, [one.document for one in fitting] or documents)
    trouble = form.take(refusal) if refusal is not None and form is not None else None
    page = pages.render(
        "documents_bulk.html",
        step="preview",
        label=_label(transition, documents[0]) if transition is not None else name,
        symbol=transition.symbol if transition is not None else "right",
        summary=_fits(len(fitting), len(documents)),
        will=[_row(one.document) | {"seen": f"{one.document.id}:{one.revision}"} for one in fitting],
        will_not=[_row(one.document) | {"why_not": one.why_not} for one in verdicts if one.why_not is not None],
        form=form if fitting else None,
        trouble=trouble,
        name=name,
        query=_back(),
        back_url=_back_url(),
    )
    return page, status_of(refusal) if refusal is not None else 200


def perform_page(name: str) -> tuple[str, int]:
    """Do it, document by document, and tell of each."""
    seen = _seen()
    documents = chosen_documents(list(seen), by=actor())
    transition = _transition(documents, name)
    if transition is None:
        return preview_page(name)
    form = _form(transition, documents)
    if not form.validate():
        return preview_page(name, Refusal("answer", _("Something is not answered yet. See the marked fields.")), form)
    try:
        verdicts = perform_for(seen, name, form.answers(), by=actor(), now=now(), today=today())
    except Refusal as refusal:
        if refusal.code != "answer":
            raise
        return preview_page(name, refusal, form)
    done = [one for one in verdicts if one.why_not is None]
    page = pages.render(
        "documents_bulk.html",
        step="report",
        label=_label(transition, documents[0]),
        symbol=transition.symbol,
        summary=_done(len(done), len(verdicts)),
        done=[_row(one.document) for one in done],
        not_done=[_row(one.document) | {"why_not": one.why_not} for one in verdicts if one.why_not is not None],
        back_url=_back_url(),
    )
    return page, 200


def _ticked() -> list[int]:
    return [id_ for text in request.values.getlist("id") if (id_ := _whole(text)) is not None]


def _seen() -> dict[int, int]:
    """Revisions of the documents as the preview showed them; what makes no sense is passed over."""
    found: dict[int, int] = {}
    for text in request.form.getlist("seen"):
        id_, revision = (_whole(part) for part in (*text.split(":", 1), "")[:2])
        if id_ is not None and revision is not None:
            found[id_] = revision
    return found


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None


def asked_name() -> str:
    """The name of the step that the address or the form speaks of, if it does."""
    return request.values.get("do", "")[:_LONGEST_NAME]


def _back() -> str:
    """The list to go back to: its query string, read and written anew, so that it leads nowhere else."""
    return conditions_of(request.values.get("back", "")).query()


def _back_url() -> str:
    return conditions_of(request.values.get("back", "")).url()


def _transition(documents: Sequence[Document], name: str) -> Transition | None:
    """The step of this name in the first workflow that has it: offices word it once for all kinds."""
    found = (workflow_of(one.workflow_id).transition(name) for one in documents)
    return next((one for one in found if one is not None), None)


def _form(transition: Transition, documents: Sequence[Document]) -> BulkForm:
    cases: list[tuple[str, str]] = []
    if "case" in asked_by(transition):
        cases = choices_for(documents[0], transition, today(), actor()).cases
    return BulkForm(transition, cases)


def _label(transition: Transition, document: Document) -> str:
    return transition.label.in_language(language(), document.kind.gender)


def _row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.kind.short,
        "number": document.number,
        "date": document.date,
        "title": document.title,
    }


def _chosen(number: int) -> str:
    return ngettext("%(num)s document is chosen.", "%(num)s documents are chosen.", number)


def _fits(fits: int, total: int) -> str:
    return _("fits %(fits)s of %(total)s", fits=fits, total=total)


def _done(done: int, total: int) -> str:
    return _("done for %(done)s of %(total)s", done=done, total=total)

