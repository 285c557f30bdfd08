"""Pages of bringing an old journal in: the file, each line as it was understood, and what became of it.

The state between the pages is the file itself, kept by its content, and an address signed for one person.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import current_app, redirect, request, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import SelectField

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.export import Heading, write_xlsx
from roadmapdocs.documents.journals import importing as journal_import
from roadmapdocs.documents.journals.importing import Line, Verdict, kinds_of
from roadmapdocs.documents.journals.meanings import meaning_words, recognise, unknown
from roadmapdocs.documents.journals.sheet import Sheet, read_sheet
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.operations import keep
from roadmapdocs.files.rules import display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.models import Journal
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, settings, store, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.journals.scope import Place, place_of
from roadmapdocs.web.words import size_words

_SALT: Final = "roadmapdocs.journal-import"
#: Lines on one page of the preview, and documents made by one request: a person waits for them.
PAGE: Final = 50
AT_ONCE: Final = 1_000
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ORDER: Final = (Verdict.TAKEN, Verdict.READY, Verdict.DOUBT, Verdict.REFUSED, Verdict.KNOWN)


class UploadForm(FlaskForm):
    file = FileField(lazy("File of the journal"), [FileRequired(lazy("Choose a file."))])
    kind = SelectField(lazy("Kind of its documents"))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under preview: what the signed part of an address holds."""

    journal: Journal
    kind: Kind
    sha256: str
    name: str

    def token(self) -> str:
        user = actor().user_id
        return str(_signer().dumps([self.journal.id, self.kind.code, self.sha256, self.name, user]))

    @classmethod
    def read(cls, journal: Journal, token: str) -> Upload:
        """
        :raise NotFound: ``no_upload`` if the address was not made here, for this person and this journal
        """
        try:
            journal_id, kind_code, sha256, name, user = _signer().loads(token)
        except (BadSignature, ValueError, TypeError) as problem:
            raise _no_upload() from problem
        kind = Kind.get_or_none(Kind.code == kind_code)
        if (journal_id, user) != (journal.id, actor().user_id) or kind is None:
            raise _no_upload()
        return cls(journal, kind, sha256, name)

    def sheet(self) -> Sheet:
        with store().open(self.sha256) as stream:
            return read_sheet(stream.read(), self.name)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_SALT)


def _no_upload() -> NotFound:
    return NotFound("no_upload", _("This address leads to no file of yours. Choose the file of the journal once more."))


class JournalImportPages:
    """Mixed into the view of journals; every page is for those who register."""

    @expose(f"/<{ROW_ID}:journal_id>/import", methods=["GET", "POST"])
    def upload(self, journal_id: int) -> ResponseReturnValue:
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        form = UploadForm()
        kinds = kinds_of(place.journal)
        form.kind.choices = [(kind.code, kind.name) for kind in kinds]
        status = HTTPStatus.OK
        if form.validate_on_submit():
            upload = form.file.data
            name = display_name(upload.filename or "")
            try:
                return redirect(self._kept(place, form.kind.data, upload.read(), name))
            except Refusal as refusal:
                form.file.errors = [refusal.message]
                status = HTTPStatus(status_of(refusal))
        elif form.errors:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        limits = _("Excel or CSV, up to %(size)s", size=size_words(settings().max_upload))
        return self._page("journal_import.html", place=place, form=form, limits=limits, no_kinds=not kinds), status

    def _kept(self, place: Place, kind_code: str, data: bytes, name: str) -> str:
        """Address of the preview, once the file has been read and kept.

        :raise Refusal: as :func:`roadmapdocs.documents.journals.sheet.read_sheet`
        """
        read_sheet(data, name)
        kept = keep(data, name, store=store(), now=now())
        chosen = Upload(place.journal, Kind.get(Kind.code == kind_code), kept.file.sha256, kept.name)
        return place.url("preview", file=chosen.token())

    @expose(f"/<{ROW_ID}:journal_id>/import/preview")
    def preview(self, journal_id: int) -> ResponseReturnValue:
        """``file`` is the signed upload, ``c0``, ``c1``… what its columns mean, ``show`` a verdict to narrow the list."""
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        upload = Upload.read(place.journal, request.args.get("file", ""))
        sheet = upload.sheet()
        mapped = _mapped(sheet)
        lines, refused = _lines(upload, sheet, mapped)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self._lines_page(place, upload, sheet, mapped, lines, refused=refused), status

    @expose(f"/<{ROW_ID}:journal_id>/import/take", methods=["POST"])
    def take(self, journal_id: int) -> ResponseReturnValue:
        """Make the documents, and give the report; ``doubtful`` takes the doubtful rows, too."""
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        upload = Upload.read(place.journal, request.form.get("file", ""))
        sheet = upload.sheet()
        mapped = _mapped(sheet)
        lines, refused = _lines(upload, sheet, mapped)
        if refused:
            return self._lines_page(place, upload, sheet, mapped, lines, refused=refused), HTTPStatus.UNPROCESSABLE_ENTITY
        doubtful = request.form.get("doubtful") == "1"
        made = journal_import.take(lines, doubtful=doubtful, most=AT_ONCE, by=actor(), now=now(), today=today())
        report = list(made)
        kept = keep(_report(report), "report.xlsx", store=store(), now=now())
        token = Upload(place.journal, upload.kind, kept.file.sha256, upload.name).token()
        return self._lines_page(place, upload, sheet, mapped, report, report_url=place.url("report", file=token))

    @expose(f"/<{ROW_ID}:journal_id>/import/report")
    def report(self, journal_id: int) -> ResponseReturnValue:
        """The report line by line, as an Excel file."""
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        upload = Upload.read(place.journal, request.args.get("file", ""))
        name = _("Report on %(name)s", name=upload.name.rpartition(".")[0] or upload.name)
        stream = store().open(upload.sha256)
        return send_file(stream, mimetype=_XLSX, as_attachment=True, download_name=f"{name}.xlsx")

    def _lines_page(
        self,
        place: Place,
        upload: Upload,
        sheet: Sheet,
        mapped: dict[str, int],
        lines: Sequence[Line],
        *,
        refused: str = "",
        report_url: str = "",
    ) -> str:
        counts = Counter(line.verdict for line in lines)
        left = [line for line in lines if line.verdict in (Verdict.READY, Verdict.DOUBT)]
        shown = _shown(lines, report=bool(report_url))
        address = _address(place, upload, sheet, mapped)
        page, rows = _cut(shown, address)
        return self._page(
            "journal_preview.html",
            place=place,
            upload=upload,
            token=upload.token(),
            columns=[_column(number, head, mapped) for number, head in enumerate(sheet.columns)],
            unknown=unknown(sheet.columns, mapped),
            unread=sheet.unread,
            counts=[(str(one), counts[one], _address(place, upload, sheet, mapped, show=one)) for one in _ORDER if counts[one]],
            show=request.args.get("show", ""),
            all_url=address,
            rows=rows,
            page=page,
            total=len(lines),
            ready=counts[Verdict.READY],
            doubtful=counts[Verdict.DOUBT],
            more=len(left) > AT_ONCE,
            left=len(left),
            at_once=AT_ONCE,
            refused=refused,
            report_url=report_url,
        )

    def _page(self, template: str, **context: object) -> str:
        page: str = self.render(template, **context)  # type: ignore[attr-defined]  # of the view that this is mixed into
        return page


def _lines(upload: Upload, sheet: Sheet, mapped: dict[str, int]) -> tuple[list[Line], str]:
    """The preview, or the sentence that says why there is none."""
    try:
        return journal_import.preview(sheet, mapped, upload.journal, upload.kind, by=actor(), today=today()), ""
    except Refusal as refusal:
        if refusal.code not in ("columns", "journal_closed"):
            raise
        return [], refusal.message


def _mapped(sheet: Sheet) -> dict[str, int]:
    """What the columns mean: as the person has chosen, or by their heads."""
    if not any(name.startswith("c") and name[1:].isdecimal() for name in request.values):
        return recognise(sheet.columns)
    known = meaning_words()
    chosen: dict[str, int] = {}
    for place in range(len(sheet.columns)):
        meaning = request.values.get(f"c{place}", "")
        if meaning and meaning in known:
            chosen.setdefault(meaning, place)
    return chosen


def _column(place: int, head: str, mapped: dict[str, int]) -> dict[str, object]:
    meaning = next((name for name, number in mapped.items() if number == place), "")
    options = [(name, words, name == meaning) for name, words in meaning_words().items()]
    return {"name": f"c{place}", "head": head or _("column %(number)s", number=place + 1), "meaning": meaning, "options": options}


def _address(place: Place, upload: Upload, sheet: Sheet, mapped: dict[str, int], **more: Any) -> str:
    meanings = {number: name for name, number in mapped.items()}
    columns = {f"c{number}": meanings.get(number, "") for number in range(len(sheet.columns))}
    return place.url("preview", file=upload.token(), **columns, **{name: str(value) for name, value in more.items()})


def _shown(lines: Sequence[Line], *, report: bool) -> list[Line]:
    """The lines to look at: those of the verdict asked for, or all, and what needs a look before what does not."""
    asked = request.args.get("show", "")
    if asked in set(Verdict):
        return [line for line in lines if line.verdict == asked]
    if report:
        return [line for line in lines if line.verdict is not Verdict.TAKEN]
    return list(lines)


def _cut(lines: Sequence[Line], address: str) -> tuple[dict[str, object], Sequence[Line]]:
    text = request.args.get("page", "")
    last = max(-(-len(lines) // PAGE), 1)
    number = min(max(int(text), 1), last) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
    show = f"&show={request.args['show']}" if request.args.get("show") in set(Verdict) else ""
    rows = lines[(number - 1) * PAGE : number * PAGE]
    page: dict[str, object] = {
        "first": (number - 1) * PAGE + 1,
        "last": (number - 1) * PAGE + len(rows),
        "total": len(lines),
        "previous_url": f"{address}{show}&page={number - 1}" if number > 1 else None,
        "next_url": f"{address}{show}&page={number + 1}" if number < last else None,
        "pages": [],
    }
    return page, rows


def verdict_words() -> dict[str, str]:
    return {
        Verdict.READY: _("will be taken"),
        Verdict.DOUBT: _("doubtful"),
        Verdict.KNOWN: _("in the registry already"),
        Verdict.REFUSED: _("refused"),
        Verdict.TAKEN: _("taken"),
    }


def _report(lines: Sequence[Line]) -> bytes:
    headings = [
        Heading(_("Row"), 8),
        Heading(_("Number"), 14),
        Heading(_("Date"), 12),
        Heading(_("Title"), 60),
        Heading(_("Outcome"), 24),
        Heading(_("Why"), 70),
    ]
    words = verdict_words() | {Verdict.READY: _("not taken yet"), Verdict.DOUBT: _("left out as doubtful")}
    rows = (
        (line.row.line, line.row.number, line.row.day, line.row.texts["title"], words[line.verdict], line.why) for line in lines
    )
    stream = io.BytesIO()
    write_xlsx(stream, headings, rows, _("Report"))
    return stream.getvalue()
