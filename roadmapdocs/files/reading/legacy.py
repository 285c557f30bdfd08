"""Older formats (DOC, XLS, RTF, ODT, ODS), turned into DOCX or XLSX by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from roadmapdocs.errors import Refusal
from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.rules import damaged
from roadmapdocs.i18n import gettext as _

CONVERTED = {
    Kind.DOC: Kind.DOCX,
    Kind.RTF: Kind.DOCX,
    Kind.ODT: Kind.DOCX,
    Kind.XLS: Kind.XLSX,
    Kind.ODS: Kind.XLSX,
}
_FILTERS = {Kind.DOCX: "docx:MS Word 2007 XML", Kind.XLSX: "xlsx:Calc MS Excel 2007 XML"}

# No macros run, no links followed: the file may be anybody's.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" \
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def find_converter() -> str | None:
    """Path of LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, kind: Kind, name: str, limits: Limits, converter: str | None = None) -> bytes:
    """The document as DOCX or XLSX, by :data:`CONVERTED`.

    Each run has its own profile and folder: two runs on one profile disturb each other.

    :param converter: path of LibreOffice; looked for on PATH by default
    :raise Refusal: ``no_converter``, ``conversion_timeout``, ``damaged``
    """
    program = converter or find_converter()
    if program is None:
        raise _no_converter(kind, name)
    with tempfile.TemporaryDirectory(prefix="roadmapdocs-") as scratch:
        folder = Path(scratch)
        result = folder / "out" / f"source.{CONVERTED[kind]}"
        _run(command(program, folder, data, kind), folder, name, limits)
        # LibreOffice ends with 0 when it could not load the file, too.
        if not result.is_file():
            raise damaged(name)
        return result.read_bytes()


def command(program: str, folder: Path, data: bytes, kind: Kind) -> list[str]:
    """How LibreOffice is started to put ``out/source.docx`` (or ``.xlsx``) into the folder; it is made ready for it."""
    source = folder / f"source.{kind}"
    source.write_bytes(data)
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        _FILTERS[CONVERTED[kind]],
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _run(command: list[str], folder: Path, name: str, limits: Limits) -> None:
    """Run to the end or to the time limit; then the whole group is ended, for the command is only a starter."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - a fixed command on a file named by us
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=limits.convert_seconds)
    except subprocess.TimeoutExpired as problem:
        raise Refusal(
            "conversion_timeout",
            _(
                "The file %(name)s took too long to convert. Save it as .docx or .xlsx in Word, Excel or LibreOffice "
                "and choose the new file.",
                name=name,
            ),
            name=name,
        ) from problem
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _no_converter(kind: Kind, name: str) -> Refusal:
    return Refusal(
        "no_converter",
        _(
            "The file %(name)s is in the older format %(kind)s, which is read with the help of LibreOffice, and that "
            "is not installed here. Save the file as .%(wanted)s and choose the new file.",
            name=name,
            kind=kind.value.upper(),
            wanted=CONVERTED[kind].value,
        ),
        name=name,
        kind=kind.value,
    )
