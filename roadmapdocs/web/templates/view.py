"""«Шаблоны документов»: for administrators."""

from __future__ import annotations

import io
from http import HTTPStatus

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action
from roadmapdocs.drafting.guide import SHAPE_WORDS
from roadmapdocs.drafting.office_templates import add_template, findings_for, version, withdraw_template
from roadmapdocs.drafting.template_check import Finding, Severity, is_sound
from roadmapdocs.drafting.templates import check_path, shipped_template, template_for, version_of
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.operations import keep
from roadmapdocs.files.rules import display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.previews.view import PDF_POLICY
from roadmapdocs.web.templates.forms import KeptFile, TemplateForm
from roadmapdocs.web.templates.page import details, rows, stem, told
from roadmapdocs.web.templates.preview import pdf_of
from roadmapdocs.web.templates.samples import tried


class TemplatesView(PageView):
    action = Action.MANAGE_REGISTRY

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("templates.html", rows=rows())

    @expose("/<shape>")
    def template(self, shape: str) -> ResponseReturnValue:
        return self._page(_path(shape), TemplateForm(data={"since": today()}))

    @expose("/<shape>", methods=["POST"])
    def change(self, shape: str) -> ResponseReturnValue:
        """Check a file, try it on a made-up document, or take it as the next version; ``op`` says which."""
        path, form = _path(shape), TemplateForm()
        try:
            data, file_name = _sent(form, path)
        except Refusal as refusal:
            form.file.errors = [refusal.message]
            return self._page(path, form, status=status_of(refusal))
        findings = findings_for(path, data, by=actor())
        if not is_sound(findings):
            return self._page(path, form, findings, file_name, HTTPStatus.UNPROCESSABLE_ENTITY)
        operation = request.form.get("op")
        if operation == "try":
            return _word(tried(path, data), _("Example, %(name)s", name=SHAPE_WORDS[path]))
        if operation == "take" and form.validate():
            return self._take(path, form, data, file_name, findings)
        kept = keep(data, file_name, store=store(), now=now())
        form.kept.data = KeptFile(path, kept.file.sha256, kept.name).token()
        return self._page(path, form, findings, file_name, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)

    def _take(self, path: str, form: TemplateForm, data: bytes, file_name: str, findings: list[Finding]) -> ResponseReturnValue:
        try:
            row = add_template(path, data, file_name, form.since.data, form.note.data or "", store=store(), by=actor(), now=now())
        except Refusal as refusal:
            (form.note if refusal.details.get("field") == "note" else form.file).errors = [refusal.message]
            return self._page(path, form, findings, file_name, status_of(refusal))
        flash(_("Version %(number)s is taken: it counts for documents dated from %(day)s.", number=row.number, day=f"{row.since:%d.%m.%Y}"), "done")
        return redirect(url_for(".template", shape=stem(path)))

    @expose("/<shape>/sample")
    def sample(self, shape: str) -> ResponseReturnValue:
        """The made-up document by the template that counts today."""
        path = _path(shape)
        return _example(path, template_for(path, today(), store=store()).data)

    @expose("/<shape>/pdf")
    def pdf(self, shape: str) -> ResponseReturnValue:
        """The same as PDF, once it is made."""
        path = _path(shape)
        made, sentence = pdf_of(path, template_for(path, today(), store=store()).data)
        if made is None:
            flash(sentence, "warning")
            return redirect(url_for(".template", shape=shape))
        response = send_file(store().open(made.sha256), mimetype="application/pdf", download_name=f"{shape}.pdf")
        response.headers["Content-Security-Policy"] = PDF_POLICY
        response.cache_control.private = True
        return response

    @expose("/<shape>/file")
    def file(self, shape: str) -> ResponseReturnValue:
        """The template that counts today, to begin one's own with; ``?of=shipped``: ours."""
        path = _path(shape)
        chosen = shipped_template(path) if request.args.get("of") == "shipped" else template_for(path, today(), store=store())
        return _word(chosen.data, stem(path))

    @expose(f"/versions/<{ROW_ID}:version_id>/file")
    def version_file(self, version_id: int) -> ResponseReturnValue:
        row = version(version_id, by=actor())
        return _word(version_of(row, store=store()).data, row.name.removesuffix(".docx"))

    @expose(f"/versions/<{ROW_ID}:version_id>/sample")
    def version_sample(self, version_id: int) -> ResponseReturnValue:
        row = version(version_id, by=actor())
        return _example(row.path, version_of(row, store=store()).data)

    @expose(f"/versions/<{ROW_ID}:version_id>/withdraw", methods=["POST"])
    def withdraw(self, version_id: int) -> ResponseReturnValue:
        path = version(version_id, by=actor()).path
        try:
            row = withdraw_template(version_id, by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("Version %(number)s counts no more. Documents made by it stay as they are.", number=row.number), "done")
        return redirect(url_for(".template", shape=stem(path)))

    def _page(
        self,
        path: str,
        form: TemplateForm,
        findings: list[Finding] | None = None,
        file_name: str = "",
        status: int = HTTPStatus.OK,
    ) -> ResponseReturnValue:
        checked = None
        if findings is not None:
            errors = sum(one.severity is Severity.ERROR for one in findings)
            checked = {"name": display_name(file_name), "findings": told(findings), "errors": errors, "sound": is_sound(findings)}
        return self.render("template.html", form=form, checked=checked, **details(path)), status


def _path(shape: str) -> str:
    """
    :raise NotFound: ``no_template``
    """
    path = f"{shape}.docx"
    check_path(path)
    return path


def _sent(form: TemplateForm, path: str) -> tuple[bytes, str]:
    """The file that came, or the one that was checked before.

    :raise Refusal: ``file`` if there is neither
    """
    upload = form.file.data
    if upload and upload.filename:
        return upload.read(), upload.filename
    kept = KeptFile.read(form.kept.data, path)
    if kept is None:
        raise Refusal("file", _("Choose a Word file first."))
    with store().open(kept.sha256) as stream:
        return stream.read(), kept.name


def _example(path: str, template: bytes) -> ResponseReturnValue:
    return _word(tried(path, template), _("Example, %(name)s", name=SHAPE_WORDS[path]))


def _word(data: bytes, name: str) -> Response:
    response = send_file(io.BytesIO(data), mimetype=MEDIA_TYPES["docx"], as_attachment=True, download_name=display_name(name) + ".docx")
    response.cache_control.private = True
    return response
