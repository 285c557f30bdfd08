"""Adding a link to another document, found by number, date or words; taking one off with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import peewee as pw
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import link_documents, unlink
from roadmapdocs.documents.links.rules import TEXT_LIMIT, source_words, target_words
from roadmapdocs.documents.models import Document, DocumentLink, Kind
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import require_right, visible_to
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.links import capital
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy, plain_line, plain_text

MOST_FOUND = 20
_QUERY_LIMIT = 200
_MOST_WORDS = 8
_LONGEST_REASON = 2_000
#: «Приказ от 12.03.2026 № 5»: what stands between the words that are looked for.
_SMALL_WORDS = frozenset({"от", "г.", "of", "no."})
#: Before a kind of link: the other document is the one that does it to this one.
_BACK = "back:"


class LinkForm(FlaskForm):
    kind = SelectField(lazy("What ties them"), [InputRequired(lazy("Choose what ties the two documents."))])
    since = DateField(lazy("Counts from"), [Optional()], format=["%Y-%m-%d", "%d.%m.%Y"])
    points = StringField(lazy("Points"), [Length(max=TEXT_LIMIT)])
    note = StringField(lazy("Note"), [Length(max=TEXT_LIMIT)])

    def __init__(self, document: Document, **values: Any) -> None:
        super().__init__(data=values)
        outgoing = [(str(kind), source_words(kind)) for kind in LinkKind]
        gender = document.kind.gender
        incoming = [(f"{_BACK}{kind}", target_words(kind, gender)) for kind in LinkKind if kind is not LinkKind.OTHER]
        self.kind.choices = {
            _("This document …"): [("", _("Choose")), *outgoing],
            _("… and the other way round"): incoming,
        }


class LinkPages:
    """Mixed into the view of documents."""

    @expose(f"/<{ROW_ID}:document_id>/links/new", methods=["GET", "POST"])
    def add_link(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require_right(document, "link", actor())
        form = LinkForm(document, kind=request.args.get("kind", ""))
        target_id = _number(request.values.get("target", ""))
        refusal: Refusal | None = None
        if request.method == "POST" and not target_id:
            refusal = Refusal("target", _("No document is chosen. Find it by number, date or words and mark it."))
            form.validate()
        elif form.validate_on_submit():
            try:
                _make(document, target_id, form)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The link is made."), "done")
                return redirect(url_for(".card", document_id=document_id, _anchor="links"))
        trouble = _take(form, refusal) if refusal is not None else None
        status = status_of(refusal) if refusal is not None else 422 if form.errors else 200
        context = _context(document, target_id)
        return pages.render("document_link.html", form=form, trouble=trouble, **context), status

    @expose(f"/<{ROW_ID}:document_id>/links/<{ROW_ID}:link_id>/remove", methods=["POST"])
    def remove_link(self, document_id: int, link_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        of_it = (DocumentLink.source == document) | (DocumentLink.target == document)
        if not DocumentLink.select().where((DocumentLink.id == link_id) & of_it).exists():
            raise NotFound("no_link", _("The card has no such link. Somebody may have taken it off meanwhile."))
        reason = plain_text(request.form.get("reason"))[:_LONGEST_REASON]
        try:
            unlink(link_id, reason, by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The link is taken off, with what it had changed. The history keeps it and the reason."), "done")
        return redirect(url_for(".card", document_id=document_id, _anchor="links"))


def _make(document: Document, target_id: int, form: LinkForm) -> None:
    back = form.kind.data.startswith(_BACK)
    source, target = (target_id, document.id) if back else (document.id, target_id)
    link_documents(
        source,
        target,
        LinkKind(form.kind.data.removeprefix(_BACK)),
        note=plain_line(form.note.data),
        points=plain_line(form.points.data),
        since=form.since.data,
        by=actor(),
        now=now(),
        today=today(),
    )


def _take(form: LinkForm, refusal: Refusal) -> str | None:
    """Put sentences beside their fields; give back the one that is about the document chosen, or about none."""
    fields = refusal.details.get("fields")
    left = None if isinstance(fields, dict) else refusal.message
    for name, sentence in fields.items() if isinstance(fields, dict) else ():
        if name in form._fields:
            form[name].errors = [*form[name].errors, sentence]
        else:
            left = sentence
    return left


def _context(document: Document, target_id: int) -> dict[str, object]:
    asked = plain_line(request.values.get("q"))[:_QUERY_LIMIT]
    found = _find(document, asked, target_id)
    return {
        "document": {"id": document.id, "name": capital(reference(document)), "title": document.title},
        "q": asked,
        "chosen": target_id,
        "found": [
            {"id": one.id, "name": capital(reference(one)), "title": one.title, "url": url_for(".card", document_id=one.id)}
            for one in found
        ],
        "searched": bool(asked),
        "here_url": url_for(".add_link", document_id=document.id),
        "back_url": url_for(".card", document_id=document.id, _anchor="links"),
    }


def _find(document: Document, asked: str, target_id: int) -> list[Document]:
    """The chosen document, then the newest that have all the words; only what this person may read."""
    readable = Document.select(Document, Kind).join(Kind).where(visible_to(actor()) & (Document.id != document.id))
    chosen = list(readable.where(Document.id == target_id)) if target_id else []
    query = _read(asked)
    if query is None:
        return chosen
    rows = readable.where(query.condition()).order_by(Document.listed_on.desc(), Document.id.desc()).limit(MOST_FOUND)
    return chosen + [one for one in rows if one.id != target_id]


@dataclass(frozen=True, slots=True)
class _Query:
    words: tuple[str, ...]
    days: tuple[dt.date, ...]

    def condition(self) -> pw.Expression:
        """Each word stands on the card, or is its number however written; the days are the document's."""
        asked = Document.id > 0
        for word in self.words:
            asked &= Document.search_key.contains(word) | (Document.number_key == normalise_number(word))
        return asked & Document.date.in_(self.days) if self.days else asked


def _read(asked: str) -> _Query | None:
    """Words and days of what was typed; None where there are neither."""
    pieces = asked.replace("№", " ").split()
    days = tuple(day for piece in pieces if (day := read_date(piece)) is not None)
    left = " ".join(piece for piece in pieces if read_date(piece) is None and piece.casefold() not in _SMALL_WORDS)
    words = tuple(search_key(left).split()[:_MOST_WORDS])
    return _Query(words, days) if words or days else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
