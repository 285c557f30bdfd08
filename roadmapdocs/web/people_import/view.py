"""Pages of taking people in from a file: the file, what would be done about each line of it, and what was done.

The state between the pages is the file itself, kept by its content, and an address signed for one administrator.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import BooleanField

from roadmapdocs.access.rules import Action
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.operations import keep
from roadmapdocs.files.rules import display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming import Kind, Line, Report, What, take_in
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.sheets import PeopleSheet, read_people
from roadmapdocs.people.sheets_reading import MOST_BYTES, MOST_ROWS
from roadmapdocs.web.base import PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.words import size_words

_SALT: Final = "roadmapdocs.people-import"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE: Final = 50
#: What needs a look comes first; what stays as it is is not shown until it is asked for.
_ORDER: Final = (What.REFUSED, What.ENDED, What.CHANGED, What.MADE, What.SAME)


class UploadForm(FlaskForm):
    file = FileField(lazy("File of people"), [FileRequired(lazy("Choose a file."))])
    complete = BooleanField(lazy("These are all who work in the office: whoever came by a file before and is not in this one has left"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under preview: what the signed part of an address holds."""

    sha256: str
    name: str
    complete: bool

    def token(self) -> str:
        return str(_signer().dumps([self.sha256, self.name, self.complete, actor().user_id]))

    @classmethod
    def read(cls, token: str) -> Upload:
        """
        :raise NotFound: ``no_upload`` if the address was not made here for this person
        """
        try:
            sha256, name, complete, user = _signer().loads(token)
        except (BadSignature, ValueError, TypeError) as problem:
            raise _no_upload() from problem
        if user != actor().user_id:
            raise _no_upload()
        return cls(sha256, name, complete)

    def sheet(self) -> PeopleSheet:
        with store().open(self.sha256) as stream:
            return read_people(stream.read(), self.name, today=today())

    def run(self, *, dry_run: bool) -> tuple[PeopleSheet, Report]:
        """
        :raise Refusal: ``lines_refused`` or ``nobody_named`` for a file that names not all whom it should
        """
        sheet = self.sheet()
        snapshot = sheet.whole() if self.complete else sheet.snapshot
        return sheet, take_in(snapshot, by=actor(), now=now(), today=today(), dry_run=dry_run)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_SALT)


def _no_upload() -> NotFound:
    return NotFound("no_upload", _("This address leads to no file of yours. Choose the file of people once more."))


class PeopleImportView(PageView):
    action = Action.MANAGE_PEOPLE

    @expose("/", methods=["GET", "POST"])
    def index(self) -> ResponseReturnValue:
        form = UploadForm()
        status = HTTPStatus.OK
        if form.validate_on_submit():
            try:
                return redirect(url_for(".preview", file=_kept(form).token()))
            except Refusal as refusal:
                form.file.errors = [refusal.message]
                status = HTTPStatus(status_of(refusal))
        elif form.errors:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        limits = _("Excel or CSV, up to %(rows)s lines and %(size)s", rows=MOST_ROWS, size=size_words(MOST_BYTES))
        return self.render("people_import/upload.html", form=form, limits=limits), status

    @expose("/sample")
    def sample(self) -> ResponseReturnValue:
        from roadmapdocs.people.sheets_sample import sample  # noqa: PLC0415  # its library takes long to load

        first = Organisation.select().order_by(Organisation.id).first()
        data = sample(first.name) if first is not None else sample()
        return send_file(io.BytesIO(data), mimetype=_XLSX, as_attachment=True, download_name="people.xlsx")

    @expose("/preview")
    def preview(self) -> ResponseReturnValue:
        """``file`` is the signed upload, ``show`` what the list is narrowed to."""
        upload = Upload.read(request.args.get("file", ""))
        try:
            sheet, report = upload.run(dry_run=True)
        except Refusal as refusal:
            return self._refused(upload, refusal)
        return self._page(upload, sheet, report)

    @expose("/take", methods=["POST"])
    def take(self) -> ResponseReturnValue:
        upload = Upload.read(request.form.get("file", ""))
        try:
            _sheet, report = upload.run(dry_run=False)
        except Refusal as refusal:
            return self._refused(upload, refusal)
        counts = report.counts
        flash(
            _(
                "The file is taken in. Made: %(made)s, changed: %(changed)s, ended: %(ended)s.",
                made=counts["made"],
                changed=counts["changed"],
                ended=counts["ended"],
            ),
            "done",
        )
        # Once more as a preview: what was refused is still there, and nothing else would change.
        return redirect(url_for(".preview", file=upload.token()))

    def _refused(self, upload: Upload, refusal: Refusal) -> ResponseReturnValue:
        """Nothing would be taken in; what is wrong with the lines stands below."""
        sheet = upload.sheet()
        return self._page(upload, sheet, Report(()), refusal.message), HTTPStatus(status_of(refusal))

    def _page(self, upload: Upload, sheet: PeopleSheet, report: Report, refused: str = "") -> str:
        lines = [*sheet.refused, *report.lines]
        counts = {what: sum(line.what is what for line in lines) for what in _ORDER}
        asked = request.args.get("show", "")
        shown = [line for what in _ORDER for line in lines if line.what is what]
        if asked in set(What):
            shown = [line for line in shown if line.what == asked]
        elif any(line.what is not What.SAME for line in shown):
            shown = [line for line in shown if line.what is not What.SAME]
        page, rows = _cut(shown, upload)
        return self.render(
            "people_import/preview.html",
            upload=upload,
            token=upload.token(),
            counts=[(str(what), counts[what], _address(upload, what)) for what in _ORDER if counts[what]],
            show=asked,
            rows=[(line, _kind_words()[line.kind], _places(line, sheet.places)) for line in rows],
            page=page,
            changes=report.changes,
            refused=refused,
        )


def _kept(form: UploadForm) -> Upload:
    """
    :raise Refusal: as :func:`roadmapdocs.people.sheets.read_people`
    """
    data, name = form.file.data.read(), display_name(form.file.data.filename or "")
    read_people(data, name, today=today())
    kept = keep(data, name, store=store(), now=now())
    return Upload(kept.file.sha256, kept.name, bool(form.complete.data))


def _kind_words() -> dict[Kind, str]:
    return {
        Kind.ORGANISATION: _("organisation"),
        Kind.UNIT: _("unit"),
        Kind.EMPLOYEE: _("employee"),
        Kind.POST: _("post"),
        Kind.USER: _("account"),
    }


def _places(line: Line, places: Mapping[str, Sequence[int]]) -> str:
    """Rows of the file that it is about; a post is named by its person."""
    rows = places.get(line.external) or places.get(line.external.partition(" / ")[0], ())
    return ", ".join(str(row) for row in rows[:5]) + ("…" if len(rows) > 5 else "")


def _address(upload: Upload, show: str, page: int = 1) -> str:
    return url_for(".preview", file=upload.token(), show=show or None, page=page if page > 1 else None)


def _cut(lines: Sequence[Line], upload: Upload) -> tuple[dict[str, object], Sequence[Line]]:
    text, show = request.args.get("page", ""), request.args.get("show", "")
    last = max(-(-len(lines) // PAGE), 1)
    number = min(max(int(text), 1), last) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
    rows = lines[(number - 1) * PAGE : number * PAGE]
    page: dict[str, object] = {
        "first": (number - 1) * PAGE + 1,
        "last": (number - 1) * PAGE + len(rows),
        "total": len(lines),
        "previous_url": _address(upload, show, number - 1) if number > 1 else None,
        "next_url": _address(upload, show, number + 1) if number < last else None,
        "pages": [],
    }
    return page, rows
