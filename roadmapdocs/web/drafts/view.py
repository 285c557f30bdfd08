"""Pages of drafts: the form of a text, the file that comes of it, and drafts made from items and other documents."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.drafting import sources
from roadmapdocs.drafting.citing import small
from roadmapdocs.drafting.filling import day_of
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import (
    draft_of,
    file_name,
    make_version,
    render_draft,
    save_draft,
    start_draft,
)
from roadmapdocs.drafting.present import as_of
from roadmapdocs.drafting.returning import returned, take_differences
from roadmapdocs.drafting.sources import Drafted
from roadmapdocs.drafting.values import PointKind, Values
from roadmapdocs.drafting.values_json import read_values, write_values
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.drafts.form import DraftForm
from roadmapdocs.web.drafts.page import draft_context, phrases_for, point_phrases
from roadmapdocs.web.drafts.returned import returned_context
from roadmapdocs.web.drafts.rows import MOST_ROWS, PointRow, Row
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.roadmaps.slots import split_key

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DraftsView(PageView):
    """The right to read opens the page, the right to change the form."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"/<{ROW_ID}:document_id>")
    def draft(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        draft = draft_of(document)
        return self._page(document, draft, _form_of(document, draft))

    @expose(f"/<{ROW_ID}:document_id>", methods=["POST"])
    def write(self, document_id: int) -> ResponseReturnValue:
        """``do`` is save, file (saved and made into a file), a button of a row, or a ready phrase."""
        document = read_document(document_id, by=actor())
        require_right(document, "change", actor())
        draft = draft_of(document)
        form = DraftForm.read(DraftForm.shape_of(draft), request.form)
        do = request.form.get("do", "")
        if do in {"save", "file"}:
            return self._save(document, draft, form, make=do == "file")
        form.act(do)
        _take_phrase(form, do, document, draft)
        return self._page(document, draft, form)

    @expose(f"/<{ROW_ID}:document_id>/start", methods=["POST"])
    def start(self, document_id: int) -> ResponseReturnValue:
        try:
            start_draft(document_id, by=actor(), now=now())
        except Refusal as refusal:
            if refusal.code != "draft_exists":
                raise
        return _to(document_id)

    @expose(f"/<{ROW_ID}:document_id>/word")
    def word(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        data = render_draft(document_id, by=actor(), today=today())
        return send_file(io.BytesIO(data), _WORD, as_attachment=True, download_name=file_name(document))

    @expose(f"/<{ROW_ID}:document_id>/returned", methods=["GET", "POST"])
    def returned(self, document_id: int) -> ResponseReturnValue:
        """What the current file, edited in Word, says otherwise; what is chosen goes into the draft."""
        document = read_document(document_id, by=actor())
        refusal: Refusal | None = None
        if request.method == "POST":
            chosen = request.form.getlist("chosen")[:MOST_ROWS]
            # What was seen is what is taken: this file, over this state of the draft.
            seen = {"version_id": _asked("version"), "revision": _asked("revision")}
            try:
                take_differences(document_id, chosen, **seen, store=store(), by=actor(), now=now(), today=today())
            except NotFound:
                raise
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The draft has taken over what you chose. Make the document anew."), "done")
                return _to(document_id)
        found = returned(document_id, store=store(), by=actor(), today=today())
        page = self.render("draft_returned.html", **returned_context(document, draft_of(document), found, refusal))
        return page, status_of(refusal) if refusal else 200

    @expose("/for-item", methods=["POST"])
    def for_item(self) -> ResponseReturnValue:
        """A draft of what an item of a roadmap expects for a period: ``slot`` is its key."""
        require(actor(), Action.WRITE_DOCUMENT)  # before anything is looked up
        parts = split_key(request.form.get("slot", ""))
        if parts is None:
            raise NotFound("no_slot", _("The roadmap has no such item any more. Open it anew."))
        kind = plain_line(request.form.get("kind"))[:32]
        return self._made(sources.draft_from_item, parts[0], period=parts[1], kind=kind)

    @expose(f"/<{ROW_ID}:document_id>/by-decision", methods=["POST"])
    def by_decision(self, document_id: int) -> ResponseReturnValue:
        return self._made(sources.draft_from_decision, document_id, _asked("question"), _asked("decision"))

    @expose(f"/<{ROW_ID}:document_id>/extract", methods=["POST"])
    def extract(self, document_id: int) -> ResponseReturnValue:
        return self._made(sources.draft_extract, document_id, [_asked("question")])

    @expose(f"/<{ROW_ID}:document_id>/appendix", methods=["POST"])
    def appendix(self, document_id: int) -> ResponseReturnValue:
        return self._made(sources.draft_appendix, document_id, _asked("appendix"))

    @expose(f"/<{ROW_ID}:document_id>/like", methods=["POST"])
    def like(self, document_id: int) -> ResponseReturnValue:
        return self._made(sources.draft_like, document_id, store=store())

    def _made(self, make: Callable[..., Drafted], *subject: Any, **more: Any) -> ResponseReturnValue:
        """Open the draft that was made, or the one that is there already; ask where the kind is left open."""
        require(actor(), Action.WRITE_DOCUMENT)
        try:
            drafted = make(*subject, by=actor(), now=now(), today=today(), **more)
        except NotFound:
            raise
        except Refusal as refusal:
            return self._instead(refusal)
        return _to(drafted.document.id)

    def _instead(self, refusal: Refusal) -> ResponseReturnValue:
        there, codes = refusal.details.get("document"), refusal.details.get("kinds")
        if refusal.code == "drafted_already" and isinstance(there, int):
            flash(refusal.message, "message")
            return _to(there)
        if refusal.code == "kind_choice" and isinstance(codes, list):
            rows = Kind.select(Kind.code, Kind.name).where(Kind.code.in_(codes)).order_by(Kind.position)
            return self.render("draft_choice.html", kinds=list(rows.tuples()), slot=request.form.get("slot", ""))
        raise refusal

    def _save(self, document: Document, draft: Draft, form: DraftForm, *, make: bool) -> ResponseReturnValue:
        before, shown = _written(document, draft)
        if form.revision != draft.revision:
            form.forget_what_was()
        values = form.values(before, shown)
        if form.title != form.title_shown and document.title not in {form.title, form.title_shown}:
            form.trouble = _("Meanwhile the heading was changed to “%(title)s”. Compare, and save again.", title=document.title)
            form.title_shown = document.title
            return self._page(document, draft, form, 409)
        if values is None:
            return self._page(document, draft, form, 422)
        try:
            save_draft(
                document.id,
                write_values(values),
                form.revision,
                title=form.title if form.title != form.title_shown else None,
                by=actor(),
                now=now(),
                today=today(),
            )
        except NotFound:
            raise
        except Refusal as refusal:
            form.take(refusal)
            if isinstance(refusal, Conflict):
                # Whoever saves once more has been told.
                form.revision = draft_of(document).revision
                form.forget_what_was()
            return self._page(document, draft_of(document), form, status_of(refusal))
        if make:
            return self._make(document.id)
        flash(_("The text is saved."), "done")
        return _to(document.id)

    def _make(self, document_id: int) -> ResponseReturnValue:
        try:
            version = make_version(document_id, "", store=store(), by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(_("The text is saved. %(why)s", why=refusal.message), "message" if refusal.code == "same_file" else "refused")
        else:
            flash(_("The document is made: version %(number)s.", number=version.number), "done")
        return _to(document_id, "file")

    def _page(self, document: Document, draft: Draft, form: DraftForm, status: int = 200) -> ResponseReturnValue:
        return self.render("draft.html", **draft_context(document, draft, form)), status


def _form_of(document: Document, draft: Draft) -> DraftForm:
    form = DraftForm.of(_written(document, draft)[1], draft.revision)
    form.title = form.title_shown = document.title
    return form


def _written(document: Document, draft: Draft) -> tuple[Values, Values]:
    """The values as they are stored, and as the form shows them: with names and posts of the document's day."""
    written = read_values(DraftForm.shape_of(draft), draft.content)
    return written, as_of(written, day_of(document, today()))


def _take_phrase(form: DraftForm, do: str, document: Document, draft: Draft) -> None:
    """«phrase-preamble-2»: the phrase stands in its field, behind what is there; «phrase-points-0» is a new point."""
    word, _dash, rest = do.partition("-")
    name, _dash, place = rest.rpartition("-")
    if word != "phrase" or not (place.isascii() and place.isdecimal() and len(place) < 4):
        return
    field = form.phrased(name)
    if field is not None:
        phrases = phrases_for(document, draft, field.phrases)
        if int(place) < len(phrases):
            form.texts[name] = _joined(form.texts[name], phrases[int(place)])
    elif name == "points" and name in form.rows:
        points = point_phrases(document, draft)
        if int(place) < len(points):
            kind, text = points[int(place)]
            _add_point(form.rows[name], PointRow(kind=kind, what=text, own=kind != PointKind.TASK))


def _joined(before: str, phrase: str) -> str:
    """One sentence: a phrase behind another goes on with a small letter."""
    if not before:
        return phrase
    return f"{before.rstrip(' ,;')}, {small(phrase)}"


def _add_point(rows: list[Row], row: PointRow) -> None:
    """At the end, but before the control clause, which closes an order."""
    last = rows[-1] if rows else None
    control = isinstance(last, PointRow) and last.kind == PointKind.CONTROL and row.kind != PointKind.CONTROL
    rows.insert(len(rows) - 1 if control else len(rows), row)


def _asked(name: str) -> int:
    given = request.form.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _to(document_id: int, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("roadmapdocs_drafts.draft", document_id=document_id, _anchor=anchor))
