"""The office program of this machine: where it is, and how it is started so that a hostile file finds nothing."""

from __future__ import annotations

import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from roadmapdocs.files.programs import Bounds
from roadmapdocs.previews.ports import Broken, Crashed, Failure, TooLarge, TooLong

#: LibreOffice as a library; distributions merge it into one file.
LIBRARIES = ("libsofficeapp.so", "libmergedlo.so")
#: A PDF larger than this is nobody's office document.
MOST_RESULT = Bounds().file
#: Endings of spreadsheets.
SHEETS = frozenset({".xlsx", ".xls", ".ods"})

_COMMON = "/org.openoffice.Office.Common/Security/Scripting"
_NET = "/org.openoffice.Inet/Settings"
#: No macros, no links followed (by default a picture that a file links to is fetched from the network and from this
#: machine's own files, which a PDF would then show to a stranger), and no way out but to a port that nobody serves.
_SETTINGS = (
    (_COMMON, "DisableMacrosExecution", "true"),
    (_COMMON, "MacroSecurityLevel", "3"),
    (_COMMON, "DisableActiveContent", "true"),
    (_COMMON, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    (_NET, "ooInetProxyType", "2"),
    (_NET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_NET, "ooInetHTTPProxyPort", "9"),
    (_NET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_NET, "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """``program`` is what is started for one file; ``folder`` is where the library lies, None where it does not."""

    program: Path
    folder: Path | None


def find_office(program: str = "") -> Office | None:
    """LibreOffice by its path or name, else the one on PATH; None where there is none."""
    names = (program,) if program else ("soffice", "libreoffice")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        return None
    folder = Path(found).resolve().parent
    return Office(Path(found), folder if any((folder / name).is_file() for name in LIBRARIES) else None)


def write_profile(folder: Path) -> str:
    """A profile of its own for a start of the office, below ``folder``; its address."""
    place = folder / "profile" / "user"
    place.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (place / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n',
        encoding="utf-8",
    )
    return place.parent.as_uri()


def read_pdf(file: Path) -> bytes:
    """What was written, if it is a whole PDF.

    :raise Broken: if there is nothing, or something else
    :raise TooLarge: if it is larger than :data:`MOST_RESULT`
    """
    if not file.is_file():
        raise Broken("no PDF was written")
    if file.stat().st_size >= MOST_RESULT:
        raise TooLarge(f"over {MOST_RESULT} bytes")
    data = file.read_bytes()
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise Broken("what was written is no whole PDF")
    return data


def ended_early(process: subprocess.Popen[bytes]) -> Failure:
    """Why a process is gone that should have answered. A starter tells a signal as 128 and its number."""
    code = process.wait()
    if code in {-signal.SIGXFSZ, 128 + signal.SIGXFSZ}:
        return TooLarge(f"over {MOST_RESULT} bytes")
    if code in {-signal.SIGXCPU, 128 + signal.SIGXCPU}:
        return TooLong("all of its processor time is used up")
    return Crashed(f"ended with {code}")


def suffix(name: str) -> str:
    """«.docx» of «Приказ.docx», and nothing that would mean something to a shell or a file system."""
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 8 else ""
