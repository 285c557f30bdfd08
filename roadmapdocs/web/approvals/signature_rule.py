"""«Простая подпись»: by which document of the office a signature with account and password counts, and since when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.access.rules import Action
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.approvals.signing import end_rule, rule_on, set_rule
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy, plain_line

_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
_MOST_OFFERED = 100
_LINE_LIMIT = 200


class RuleForm(FlaskForm):
    document = StringField(
        lazy("Document"),
        [InputRequired(lazy("Name the document.")), Length(max=_LINE_LIMIT)],
        filters=[plain_line],
        description=lazy("The number of a registered document; with its date where several have this number."),
    )
    since = DateField(lazy("Counts since"), [InputRequired(lazy("Name the day."))], format=_DAYS)

    def take(self, refusal: Refusal) -> None:
        fields = refusal.details.get("fields")
        for name, sentence in (fields if isinstance(fields, dict) else {"document": refusal.message}).items():
            self._fields[name].errors = [*self._fields[name].errors, sentence]


class SignatureRuleView(PageView):
    action = Action.MANAGE_REGISTRY

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page(RuleForm(data={"since": today()}))

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        if request.method == "GET":
            return redirect(url_for(".index", _anchor="new"))
        form = RuleForm()
        valid = form.validate()
        document = _named(form) if form.document.data else None
        if not valid or document is None:
            return self._page(form, 422)
        try:
            rule = set_rule(document.id, form.since.data, by=actor(), now=now())
        except Refusal as refusal:
            form.take(refusal)
            return self._page(form, status_of(refusal))
        flash(_("From %(day)s on a signature with a password counts.", day=f"{rule.since:%d.%m.%Y}"), "done")
        return redirect(url_for(".index"))

    @expose(f"/<{ROW_ID}:rule_id>/end", methods=["POST"])
    def end(self, rule_id: int) -> ResponseReturnValue:
        until = read_date(plain_line(request.form.get("until"))[:20])
        if until is None:
            flash(_("Name the last day of the rule."), "refused")
            return redirect(url_for(".index"))
        try:
            end_rule(rule_id, until, by=actor(), now=now())
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("After %(day)s nobody signs with a password. What was signed before stays signed.", day=f"{until:%d.%m.%Y}"), "done")
        return redirect(url_for(".index"))

    def _page(self, form: RuleForm, status: int = 200) -> ResponseReturnValue:
        rows = list(SignatureRule.select().order_by(SignatureRule.since.desc(), SignatureRule.id.desc()))
        present = rule_on(today())
        offered = [reference(row) for row in _registered().limit(_MOST_OFFERED)]
        readable = _readable({row.document_id for row in rows})
        page = self.render(
            "signature_rule.html",
            form=form,
            rule=_row(present, readable) if present is not None else None,
            rows=[_row(row, readable) for row in rows],
            documents=offered,
        )
        return page, status


def _row(rule: SignatureRule, readable: dict[int, Document]) -> dict[str, Any]:
    document, day = readable.get(rule.document_id), today()
    until: dt.date | None = rule.until
    return {
        "id": rule.id,
        "document": reference(document) if document is not None else _("a document that is not open to you"),
        "title": document.title if document is not None else "",
        "url": url_for("roadmapdocs_documents.card", document_id=document.id) if document is not None else None,
        "since": rule.since,
        "until": until,
        "holds": rule.since <= day and (until is None or until >= day),
        "to_come": rule.since > day and (until is None or until >= rule.since),
        "may_end": until is None or until >= day,
        "last_day": max(day, rule.since),
        "set_by": rule.set_by,
        "set_at": rule.set_at.astimezone(settings().zone),
    }


def _readable(ids: set[int]) -> dict[int, Document]:
    if not ids:
        return {}
    rows = Document.select(Document, Kind).join(Kind).where(visible_to(actor(), few=True) & Document.id.in_(ids))
    return {row.id: row for row in rows}


def _registered() -> Any:
    """Registered documents that this person may read, the newest first."""
    known = visible_to(actor()) & (Document.registration == Registration.REGISTERED)
    rows = Document.select(Document, Kind).join(Kind).where(known & Document.working_copy_of.is_null())
    return rows.order_by(Document.listed_on.desc(), Document.id.desc())


def _named(form: RuleForm) -> Document | None:
    """The registered document that the words name; None, with a sentence beside the field."""
    pieces = form.document.data.replace("№", " ").split()
    days = [day for piece in pieces if (day := read_date(piece)) is not None]
    key = normalise_number(pieces[-1]) if pieces else ""
    found = list(_registered().where(Document.number_key == key).limit(9)) if key else []
    if days:
        found = [row for row in found if row.date in days]
    if len(found) == 1:
        return found[0]
    told = _("There is no registered document of this number. Register it first, or write its number.")
    if found:
        told = _("Several documents have this number: %(names)s. Write the date as well.", names="; ".join(map(reference, found)))
    form.document.errors = [*form.document.errors, told]
    return None
