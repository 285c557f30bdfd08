"""What the card says of files whose words cannot be found, why so and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from roadmapdocs.i18n import gettext as _
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import marks_of
from roadmapdocs.texts.rules import Problem, State
from roadmapdocs.web.context import now

#: Whatever waits longer than this waits for somebody to start a worker.
_SOON = dt.timedelta(minutes=15)


def text_marks(file_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """``label`` of the badge and ``told``, by the id of the file; nothing for a file that is read or soon will be."""
    marks = {file_id: _mark(row) for file_id, row in marks_of(file_ids).items()}
    return {file_id: mark for file_id, mark in marks.items() if mark is not None}


def _mark(row: FileText) -> dict[str, str] | None:
    if row.state in {State.WAITING, State.WORKING}:
        if row.way or now() - row.asked_at <= _SOON:
            return None
        told = _("The file has been waiting to be read for long: whoever reads files may not be running. Tell the administrator.")
        return {"label": _("not read yet"), "told": told}
    if not row.problem:
        if row.state != State.EMPTY:
            return None
        return {"label": _("no words"), "told": _("There is no text in the file: the document is found by its card only.")}
    why, advice = _why(Problem(row.problem))
    if row.state == State.PARTLY:
        told = _("Only a part of the file’s text is read: %(why)s. By the words of the rest the document cannot be found.", why=why)
        return {"label": _("read in part"), "told": f"{told} {advice}"}
    told = _("The file’s text is not read: %(why)s. By the words of the file the document cannot be found.", why=why)
    return {"label": _("not read"), "told": f"{told} {advice}"}


def _why(problem: Problem) -> tuple[str, str]:
    """Why, as the rest of a sentence, and what to do."""
    match problem:
        case Problem.DAMAGED:
            return _("it is damaged"), _("Open it in the program it was made in, save it anew and add what you have saved.")
        case Problem.LOCKED:
            return _("it is protected by a password"), _("Remove the password and add the file once more.")
        case Problem.TOO_LARGE:
            return _("it takes more memory than a document needs"), _("Take large pictures and tables out of it, or split it.")
        case Problem.TOO_LONG:
            return _("reading it took longer than it may"), _("Add the same as a Word file or as a PDF with text.")
        case Problem.CRASHED:
            return _("the reading broke off three times"), _("Save it anew and add what you have saved, or tell the administrator.")
        case Problem.MISSING:
            return _("it is not in the store"), _("Tell the administrator: the file has to be brought back from a backup.")
        case Problem.SCAN:
            return (
                _("its pages are pictures, and the server has no program that recognises text"),
                _("Add a Word file or a PDF with text, or ask the administrator to install Tesseract."),
            )
        case Problem.CUT:
            return _("there is more of it than is kept"), _("Split the file if the end matters.")
        case Problem.PAGES:
            return _("there are more pages than are read"), _("Split the file if the end matters.")
        case Problem.CONVERTER:
            return (
                _("it is in an old format, and LibreOffice was not found on the server"),
                _("Add it as .docx or .xlsx, or ask the administrator to install LibreOffice."),
            )
