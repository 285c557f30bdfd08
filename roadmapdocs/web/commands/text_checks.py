"""What ``roadmapdocs check`` says of the texts of files, and of the programs that help to read them."""

from __future__ import annotations

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.settings import Settings
from roadmapdocs.texts import operations
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.reader import reader_of
from roadmapdocs.texts.rules import State


def check_texts(settings: Settings) -> str:
    """Without the helping programs most files are read, too: that is told and is nothing wrong.

    :raise ConfigurationError: if no file at all can be read on this machine
    """
    reader = reader_of(settings)
    try:
        reader.read(b"text", "txt")
    except Failure as failure:
        raise ConfigurationError(_("no file can be read: %(reason)s", reason=str(failure))) from failure
    finally:
        reader.close()
    told = [
        _("scans are recognised by Tesseract")
        if reader.recognises
        else _("Tesseract with Russian is not found: scans without text are not read"),
    ]
    if not reader.converts:
        told.append(_("LibreOffice is not found: .doc and .xls are not read"))
    return "; ".join([*told, *_counted()])


def _counted() -> list[str]:
    counts = operations.counts()
    waiting = counts.get(str(State.WAITING), 0) + counts.get(str(State.WORKING), 0)
    unread = counts.get(str(State.UNREADABLE), 0) + counts.get(str(State.EMPTY), 0)
    told = []
    if waiting:
        told.append(ngettext("%(num)s file waits to be read", "%(num)s files wait to be read", waiting))
    if counts.get(str(State.PARTLY)):
        told.append(ngettext("%(num)s file is read in part", "%(num)s files are read in part", counts[str(State.PARTLY)]))
    if unread:
        reasons = ", ".join(f"{problem} {number}" for problem, number in sorted(operations.problems().items()))
        words = ngettext("%(num)s file is not read", "%(num)s files are not read", unread)
        told.append(f"{words} ({reasons})" if reasons else words)
    return told
