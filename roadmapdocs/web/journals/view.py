"""Pages of journals: their numbers, what is done to them, gaps, prints, and bringing old ones in."""

from __future__ import annotations

import io
from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, request, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.export import Heading, write_xlsx
from roadmapdocs.documents.journals.acts import entry_of, release_free
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.journals.printing import Printed, print_journal
from roadmapdocs.documents.journals.regulations import print_regulations
from roadmapdocs.documents.journals.rows import gap_rows
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.gaps import close_period, explain_gap, reopen_period
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.journals import lists
from roadmapdocs.web.journals.forms import ActForm, GapForm, PrintForm, ReasonForm, ReserveForm
from roadmapdocs.web.journals.imports import JournalImportPages
from roadmapdocs.web.journals.journal_docx import write_docx
from roadmapdocs.web.journals.scope import Place, place_of

_OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"


def _xlsx(printed: Printed) -> bytes:
    from roadmapdocs.documents.journals.xlsx import write_xlsx as write_printed  # noqa: PLC0415  # its library takes long to load

    return write_printed(printed)


#: Media type and writer of each kind of file.
WRITERS: dict[str, tuple[str, Callable[[Printed], bytes]]] = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", write_docx),
    "xlsx": (XLSX, _xlsx),
}


class JournalsView(JournalImportPages, PageView):
    """Everybody reads the journals, restricted documents only as numbers; clerks keep them."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("journals.html", **lists.index_context(actor(), today()))

    @expose(f"/<{ROW_ID}:journal_id>")
    def journal(self, journal_id: int) -> ResponseReturnValue:
        place = place_of(journal_id, today(), by=actor())
        return self.render("journal.html", **lists.journal_context(place, actor(), today()))

    @expose(f"/<{ROW_ID}:journal_id>/gaps")
    def gaps(self, journal_id: int) -> ResponseReturnValue:
        """``format=xlsx`` gives the list as a file."""
        place = place_of(journal_id, today(), by=actor())
        if request.args.get("format") == "xlsx":
            return _gap_file(place)
        return self.render("journal_gaps.html", **lists.gaps_context(place, actor()))

    @expose(f"/<{ROW_ID}:journal_id>/print")
    def print(self, journal_id: int) -> ResponseReturnValue:
        """``since`` and ``until`` are days, ``format`` is docx or xlsx."""
        place = place_of(journal_id, today(), by=actor())
        since, until = PrintForm(request.args).days()
        printed = print_journal(place.journal, since, until, by=actor())
        return _sent(printed, f"{place.journal.name} {since:%d.%m.%Y}-{until:%d.%m.%Y}")

    @expose("/regulations")
    def regulations(self) -> ResponseReturnValue:
        since, until = PrintForm(request.args).days()
        printed = print_regulations(since, until, by=actor())
        return _sent(printed, f"{printed.title} {since:%d.%m.%Y}-{until:%d.%m.%Y}")

    @expose(f"/<{ROW_ID}:journal_id>/reserve", methods=["GET", "POST"])
    def reserve(self, journal_id: int) -> ResponseReturnValue:
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        form = ReserveForm(data=None if request.method == "POST" else {"date": today()})

        def act() -> str:
            assert form.date.data is not None, "the form asks for it"
            entry = reserve(
                place.journal,
                on=form.date.data,
                reserved_for=plain_line(form.reserved_for.data),
                context=Context(),
                manual=plain_line(form.number.data),
                reason=plain_line(form.reason.data),
                by=actor(),
                now=now(),
                today=today(),
            )
            return _("No. %(number)s is reserved.", number=entry.number)

        return self._act(place, form, "reserve", act)

    @expose(f"/<{ROW_ID}:journal_id>/release/<{ROW_ID}:entry_id>", methods=["GET", "POST"])
    def release(self, journal_id: int, entry_id: int) -> ResponseReturnValue:
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        entry = entry_of(place.journal, entry_id)
        form = ReasonForm()

        def act() -> str:
            freed = release_free(entry, reason=plain_line(form.reason.data), by=actor(), now=now())
            return _("No. %(number)s is released.", number=freed.number)

        return self._act(place, form, "release", act, number=entry.number)

    @expose(f"/<{ROW_ID}:journal_id>/explain", methods=["GET", "POST"])
    def explain(self, journal_id: int) -> ResponseReturnValue:
        require(actor(), Action.REGISTER)
        place = place_of(journal_id, today(), by=actor())
        asked = {name: request.args.get(name, type=int) for name in ("first", "last")}
        form = GapForm(data=None if request.method == "POST" else asked)

        def act() -> str:
            first, last = form.first.data or 0, form.last.data or 0
            why = plain_line(form.reason.data)
            explain_gap(place.journal, place.period, first, last, reason=why, by=actor(), now=now())
            return _("The reason is written down.")

        return self._act(place, form, "explain", act, back=place.url("gaps"))

    @expose(f"/<{ROW_ID}:journal_id>/close", methods=["GET", "POST"])
    def close(self, journal_id: int) -> ResponseReturnValue:
        """Closes the period, or opens one that is closed."""
        require(actor(), Action.MANAGE_REGISTRY)
        place = place_of(journal_id, today(), by=actor())
        form = ReasonForm()

        def act() -> str:
            why = plain_line(form.reason.data)
            if request.form.get("open") == "1":
                reopen_period(place.journal, place.period, reason=why, by=actor(), now=now())
                return _("The journal gives numbers of this period again.")
            close_period(place.journal, place.period, reason=why, by=actor(), now=now(), today=today())
            return _("The journal is closed for this period.")

        return self._act(place, form, "reopen" if place.closed else "close", act)

    def _act(
        self, place: Place, form: ActForm, name: str, act: Callable[[], str], *, number: str = "", back: str = ""
    ) -> ResponseReturnValue:
        """The form until it is filled in and the act is done; then the journal."""
        refusal: Refusal | None = None
        back = back or place.url()
        if form.validate_on_submit():
            try:
                flash(act(), "done")
            except Refusal as problem:
                refusal = problem
                form.take(problem)
            else:
                return redirect(back)
        page = self.render("journal_act.html", form=form, place=place, act=name, number=number, back_url=back)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return page, status_of(refusal) if refusal else status


def _sent(printed: Printed, name: str) -> ResponseReturnValue:
    asked = request.args.get("format", "docx")
    if asked not in WRITERS:
        raise NotFound("no_format", _("A journal is printed for Word (docx) and Excel (xlsx) only."))
    media_type, write = WRITERS[asked]
    return send_file(io.BytesIO(write(printed)), mimetype=media_type, as_attachment=True, download_name=f"{name}.{asked}")


def _gap_file(place: Place) -> ResponseReturnValue:
    headings = [Heading(_("Numbers"), 20), Heading(_("How many"), 10), Heading(_("What became of them"), 90)]
    rows = ((row.number, row.last - row.first + 1, row.words) for row in gap_rows(place.journal, place.period, by=actor()))
    stream = io.BytesIO()
    write_xlsx(stream, headings, rows, _("Gaps"))
    name = _("Gaps of the journal %(name)s, %(period)s", name=place.journal.name, period=place.words)
    data = io.BytesIO(stable(stream.getvalue()))
    return send_file(data, mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")
