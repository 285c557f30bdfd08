"""Pages of loading a roadmap: the file, then the table as it was understood, until it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from roadmapdocs.access.rules import Action, require
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import DEFAULT_LIMITS, display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.roadmap import imports
from roadmapdocs.roadmap.models import Edition, Roadmap, RoadmapImport
from roadmapdocs.roadmap.operations import get_roadmap
from roadmapdocs.roadmap.review import LONGEST_TITLE
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, settings, store
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy, plain_line
from roadmapdocs.web.roadmaps.listing import unfinished_imports
from roadmapdocs.web.roadmaps.review_form import meanings_in, operation_edits, row_of, typed_edits
from roadmapdocs.web.roadmaps.review_page import Place, Typed, edition_words, review_context
from roadmapdocs.web.words import size_words

_BYTES = "application/octet-stream"


class UploadForm(FlaskForm):
    """``known`` is the hash of a file that is stored already: a browser sends a chosen file only once."""

    file = FileField(lazy("File of the roadmap"), [FileRequired(lazy("Choose a file."))])
    title = StringField(
        lazy("Title of the roadmap"),
        [Length(max=LONGEST_TITLE)],
        description=lazy("May stay empty: it is read from the file."),
    )
    known = HiddenField()


class ImportPages:
    """Mixed into the view of roadmaps; every page is for those who load roadmaps."""

    @expose("/upload", methods=["GET", "POST"])
    def upload(self) -> ResponseReturnValue:
        """``edition_of`` in the address names the roadmap that gets a new edition."""
        require(actor(), Action.IMPORT_ROADMAP)
        edition_of = _asked_roadmap()
        form = UploadForm()
        if request.method == "POST" and request.form.get("new_edition") and not form.file.data:
            return self._known_file(form)
        if not form.validate_on_submit():
            return self._upload_page(form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
        upload = form.file.data
        return self._begin(form, upload.read(), upload.filename or "", edition_of)

    def _known_file(self, form: UploadForm) -> ResponseReturnValue:
        """The stored file once more, as a new edition of the roadmap that was read from it."""
        editions = Edition.select(Edition, StoredFile, Roadmap).join(StoredFile).switch(Edition).join(Roadmap)
        edition = editions.where(StoredFile.sha256 == (form.known.data or "")).order_by(Edition.id.desc()).first()
        if edition is None:
            form.file.errors = [_("Choose the file once more.")]
            return self._upload_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        with store().open(edition.file.sha256) as stream:
            return self._begin(form, stream.read(), edition.file_name, edition.roadmap)

    def _begin(self, form: UploadForm, data: bytes, name: str, edition_of: Roadmap | None) -> ResponseReturnValue:
        limits = replace(DEFAULT_LIMITS, max_bytes=min(settings().max_upload, DEFAULT_LIMITS.max_bytes))
        try:
            job = imports.begin_import(
                data,
                name,
                store=store(),
                directory=DatabaseDirectory(),
                roadmap=edition_of,
                title=plain_line(form.title.data),
                limits=limits,
                by=actor(),
                now=now(),
            )
        except Refusal as refusal:
            shown = display_name(name)
            same = None
            if refusal.code == "duplicate_file":
                same = self._same(form, refusal)
            elif shown in refusal.message:
                form.file.errors = [refusal.message]
            else:
                form.file.errors = [_("%(name)s: %(sentence)s", name=shown, sentence=refusal.message)]
            return self._upload_page(form, status_of(refusal), same)
        if job.revision > 1:
            flash(_("This file is being checked already: here it is as you left it."), "info")
        return redirect(url_for(".review", import_id=job.id))

    def _same(self, form: UploadForm, refusal: Refusal) -> dict[str, object]:
        roadmap = refusal.details.get("roadmap")
        stored = Edition.get_or_none((Edition.roadmap == roadmap) & (Edition.number == refusal.details.get("edition")))
        form.known.data = stored.file.sha256 if stored else ""
        url = url_for(".roadmap", roadmap_id=roadmap) if roadmap else url_for(".index")
        return {"text": refusal.message, "url": url, "new_edition": stored is not None}

    def _upload_page(
        self, form: UploadForm, status: int, same: dict[str, object] | None = None
    ) -> ResponseReturnValue:
        limits = _("Word, Excel, PDF with text or plain text, up to %(size)s", size=size_words(settings().max_upload))
        page: str = self.render(  # type: ignore[attr-defined]
            "roadmap_upload.html",
            form=form,
            limits=limits,
            same=same,
            new_edition_of=edition_words(_asked_roadmap()),
            drafts=unfinished_imports(settings().zone),
        )
        return page, status

    @expose(f"/imports/<{ROW_ID}:import_id>", methods=["GET", "POST"])
    def review(self, import_id: int) -> ResponseReturnValue:
        job = imports.get_import(import_id, by=actor())
        place = Place.read(import_id, request.args)
        if job.state != imports.REVIEW:
            return _finished(job)
        if request.method == "GET":
            return self._review_page(job, place, Typed())
        fields = request.form.to_dict()
        try:
            return self._corrected(job, fields, place)
        except Refusal as refusal:
            job = imports.get_import(import_id, by=actor())
            if job.state != imports.REVIEW:
                return _finished(job)
            flash(refusal.message, "refused")
            return self._review_page(job, place, Typed(fields, isinstance(refusal, Conflict))), status_of(refusal)

    def _corrected(self, job: RoadmapImport, fields: Mapping[str, str], place: Place) -> ResponseReturnValue:
        """Save the cells as typed, then do what the button says."""
        operation = fields.get("op", "save")
        revision = int(fields["revision"]) if fields.get("revision", "").isdecimal() else 0
        sheet = imports.sheet_of_import(job)
        if operation == "remap":
            imports.remap(job, meanings_in(fields), revision, store=store(), by=actor())
            flash(_("The file is read anew with these columns."), "done")
            return redirect(place.url(page=1))
        edits = typed_edits(sheet, fields)
        if operation == "cancel":
            imports.cancel(job, by=actor())
            flash(_("The loading is given up; nothing of it was stored."), "done")
            return redirect(url_for(".index"))
        plain = operation in {"save", "postpone", "confirm", "follow"}
        if not plain:
            edits += operation_edits(sheet, operation)
        if edits or not plain:
            job = imports.correct(job, edits, revision, by=actor())
            revision = job.revision
        if operation == "follow":
            imports.follow(job, imports.sheet_of_import(job).title, revision, by=actor())
            return redirect(place.url())
        if operation == "confirm":
            return self._confirmed(job, revision)
        if operation == "postpone":
            flash(_("Put aside: the loading waits in the list of roadmaps."), "done")
            return redirect(url_for(".index"))
        if plain:
            flash(_("Saved."), "done")
            return redirect(place.url())
        row = row_of(sheet, operation)
        return redirect(place.url(anchor=f"row-{row}" if row else None))

    def _confirmed(self, job: RoadmapImport, revision: int) -> ResponseReturnValue:
        edition = imports.confirm(job, revision, directory=DatabaseDirectory(), by=actor(), now=now())
        flash(_("“%(title)s” is loaded.", title=edition.roadmap.title), "done")
        return redirect(url_for(".roadmap", roadmap_id=edition.roadmap_id))

    def _review_page(self, job: RoadmapImport, place: Place, typed: Typed) -> str:
        context = review_context(job, imports.sheet_of_import(job), place, typed)
        page: str = self.render("roadmap_review.html", **context)  # type: ignore[attr-defined]
        return page

    @expose(f"/imports/<{ROW_ID}:import_id>/file")
    def source(self, import_id: int) -> ResponseReturnValue:
        job = imports.get_import(import_id, by=actor())
        return send_file(store().open(job.file.sha256), mimetype=_BYTES, as_attachment=True, download_name=job.file_name)


def _asked_roadmap() -> Roadmap | None:
    """
    :raise NotFound: if the address names a roadmap that is not there
    """
    asked = request.args.get("edition_of", "")
    return get_roadmap(int(asked) if asked.isdecimal() and len(asked) < 10 else 0) if asked else None


def _finished(job: RoadmapImport) -> ResponseReturnValue:
    """Where a job leads that is over: a second click, a colleague's earlier one, an old bookmark."""
    if job.state == imports.STORED and job.roadmap_id is not None:
        flash(_("This file has been loaded already: here is the roadmap."), "info")
        return redirect(url_for(".roadmap", roadmap_id=job.roadmap_id))
    flash(_("This loading was given up. Load the file once more."), "info")
    return redirect(url_for(".upload"))
