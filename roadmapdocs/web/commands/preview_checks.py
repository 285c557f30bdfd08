"""What ``roadmapdocs check`` asks of the program that makes pages of documents."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.previews import operations
from roadmapdocs.previews.kept import KeptOffice
from roadmapdocs.previews.office import Office, find_office, write_profile
from roadmapdocs.previews.ports import Failure
from roadmapdocs.previews.rules import PreviewState
from roadmapdocs.previews.steady import bounds_of
from roadmapdocs.settings import Settings


def check_previews(settings: Settings) -> str:
    """Without the program the registry works, too: that is told and is nothing wrong.

    :raise ConfigurationError: if the settings name a program that is not there
    """
    office = find_office(settings.office_program)
    if office is None and settings.office_program:
        raise ConfigurationError(f"office_program: {settings.office_program!r} is no program; correct it, or leave the key out")
    if office is None:
        return _("LibreOffice is not found: cards show the text without its layout. Install its Writer and Calc to see pages.")
    bounds = bounds_of(settings)
    told = [_version(office, bounds), _keeping(office, bounds)]
    failed = operations.counts().get(str(PreviewState.FAILED), 0)
    if failed:
        told.append(ngettext("no pages of %(num)s file could be made", "no pages of %(num)s files could be made", failed))
    return "; ".join(told)


def _version(office: Office, bounds: Bounds) -> str:
    """What the program says of itself, in one line."""
    with tempfile.TemporaryDirectory(prefix="roadmapdocs-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        command = [str(office.program), f"-env:UserInstallation={write_profile(folder)}", "--version"]
        process = start(command, folder, bounds, talks=True)
        try:
            said, _nothing = process.communicate(timeout=bounds.seconds)
        except subprocess.TimeoutExpired:
            said = b""
        finally:
            end(process)
    words = said.decode("utf-8", errors="replace").split()
    return " ".join(words[:2]) if words else _("LibreOffice does not say its version")


def _keeping(office: Office, bounds: Bounds) -> str:
    kept = KeptOffice(office, bounds)
    try:
        kept.try_start()
    except Failure as failure:
        return _("it cannot be kept running, each file starts it anew: %(reason)s", reason=str(failure))
    finally:
        kept.close()
    return _("it is kept running between files")
