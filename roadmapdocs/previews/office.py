"""The office program of this machine: where it is, and how it is started so that a hostile file finds nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from roadmapdocs.files.limits import MIB
from roadmapdocs.previews.ports import Broken, Crashed, Failure, TooLarge, TooLong

#: LibreOffice as a library; distributions merge it into one file.
LIBRARIES = ("libsofficeapp.so", "libmergedlo.so")
#: A PDF larger than this is nobody's office document.
MOST_RESULT = 128 * MIB
#: Endings of spreadsheets.
SHEETS = frozenset({".xlsx", ".xls", ".ods"})
_STARTER = Path(__file__).with_name("confined.py")

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


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one conversion may use: seconds by the clock, and bytes of memory."""

    seconds: float = 60.0
    memory: int = 2048 * MIB


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


def environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: keys and passwords may stand there."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def start(
    command: list[str], folder: Path, bounds: Bounds, *, cpu_seconds: float | None = None, talks: bool = False, **more: str
) -> subprocess.Popen[bytes]:
    """Start ``command`` confined, in ``folder`` and as the head of a process group of its own.

    ``talks``: it is spoken with through its standard input and output. ``more`` goes into its environment.
    """
    limits = {"memory": bounds.memory, "cpu": int((cpu_seconds or bounds.seconds) + 1), "file": MOST_RESULT}
    pipe = subprocess.PIPE if talks else subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603  # a fixed command on files named by us
        [sys.executable, "-I", "-S", str(_STARTER), json.dumps(limits), *command],
        cwd=folder,
        env=environment(folder) | more,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """The whole group, at once: what is started is often only a starter."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


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
