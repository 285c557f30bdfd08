"""«Ознакомиться»: what is to be read, one document after another, and how far the office is with its reading."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.acquaintance.queries import queue_of
from roadmapdocs.acquaintance.reading import confirm, opened, read_through
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.acquaintance.control_page import control_context
from roadmapdocs.web.acquaintance.order import address, go_total, standing_of
from roadmapdocs.web.acquaintance.paging import shown
from roadmapdocs.web.acquaintance.queue_page import queue_context
from roadmapdocs.web.acquaintance.reading_page import (
    Reading,
    line_of,
    part_asked,
    reading_context,
    reading_of,
)
from roadmapdocs.web.acquaintance.words import number_of
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.worklist.documents import name_of


class AcquaintanceView(PageView):
    """Everybody's own reading; the sheets of documents are pages of the documents."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        page = max(number_of(request.args.get("page")), 1)
        return self.render("acquaintance.html", **queue_context(actor(), today(), page))

    @expose("/control")
    def control(self) -> ResponseReturnValue:
        require(actor(), Action.SEND_TO_READ)
        return self.render("acquaintance_control.html", **control_context(request.args, actor(), today()))

    @expose(f"/<{ROW_ID}:document_id>")
    def document(self, document_id: int) -> ResponseReturnValue:
        """The text with what is asked about it. ``part`` shows it part by part."""
        document = read_document(document_id, by=actor())
        # The writes of a GET: that the text was opened, and shown to its end, is known only here. They change
        # nothing for anybody else, and asking twice writes once.
        opened(document_id, by=actor(), now=now())
        form = request.args.get("form", "")
        reading = reading_of(document, actor(), form)
        part = part_asked(reading, number_of(request.args.get("part")))
        if part:
            reading = self._part_shown(reading, part)
        context = reading_context(reading, part, actor(), today(), go_total())
        return self.render("acquaintance_reading.html", **context)

    def _part_shown(self, reading: Reading, part: int) -> Reading:
        """The last part of all makes the text read through."""
        line, version = reading.line, reading.version
        if not reading.asked or line is None or version is None:
            return reading
        shown(reading.key, part)
        if part < len(reading.whole.parts):
            return reading
        read_through(line.id, version.id, by=actor(), now=now())
        return reading_of(reading.document, actor(), reading.whole.form)

    @expose(f"/<{ROW_ID}:document_id>/shown", methods=["POST"])
    def shown(self, document_id: int) -> ResponseReturnValue:
        """The page tells that its last part has been shown, as all the others."""
        document = read_document(document_id, by=actor())
        line = line_of(number_of(request.form.get("line")), document)
        try:
            read_through(line, number_of(request.form.get("version")), by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            if not _by_script():
                flash(refusal.message, "refused")
                return redirect(address(document_id, go_total()))
            return jsonify(refusal.as_json()), status_of(refusal)
        return ("", HTTPStatus.NO_CONTENT) if _by_script() else redirect(address(document_id, go_total()))

    @expose(f"/<{ROW_ID}:document_id>/file", methods=["POST"])
    def file(self, document_id: int) -> ResponseReturnValue:
        """A text that no page can show wholly is handed over wholly."""
        document = read_document(document_id, by=actor())
        reading = reading_of(document, actor())
        if reading.version is None:
            raise NotFound("no_file", _("There is no file with the text yet."))
        if reading.asked and reading.line is not None and not reading.whole.parts:
            read_through(reading.line.id, reading.version.id, by=actor(), now=now())
        return redirect(url_for("roadmapdocs_documents.file", document_id=document_id, version_id=reading.version.id))

    @expose(f"/<{ROW_ID}:document_id>/confirm", methods=["POST"])
    def confirm(self, document_id: int) -> ResponseReturnValue:
        """Confirmed, and the next one opens."""
        document = read_document(document_id, by=actor())
        line = line_of(number_of(request.form.get("line")), document)
        standing = standing_of(document_id, queue_of(actor()), go_total())
        try:
            confirm(line, version_id=number_of(request.form.get("version")), by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            # Told on the page itself, which shows the edition that counts by now.
            flash(refusal.message, "refused")
            return redirect(address(document_id, go_total()))
        flash(_("You have confirmed that you read it: %(document)s.", document=name_of(document)), "done")
        if standing.following:
            return redirect(address(standing.following[0], standing.total))
        return redirect(url_for(".index"))


def _by_script() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
