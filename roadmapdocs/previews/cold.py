"""The office program started anew for each file: slow, and independent of everything but the program itself."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from pathlib import Path

from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.previews.office import SHEETS, Office, ended_early, read_pdf, suffix, write_profile
from roadmapdocs.previews.ports import TooLong

_ARCHIVAL = '{"SelectPdfVersion":{"type":"long","value":"2"}}'


class ColdOffice:
    """Each run has its own profile and folder: two runs on one profile disturb each other."""

    def __init__(self, office: Office, bounds: Bounds = Bounds()) -> None:  # noqa: B008  # immutable
        self._office, self._bounds = office, bounds
        self._running: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        with tempfile.TemporaryDirectory(prefix="roadmapdocs-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            source = folder / f"source{suffix(name)}"
            source.write_bytes(data)
            process = start(self._command(folder, source, archival), folder, self._bounds)
            with self._guard:
                self._running.add(process)
            try:
                process.wait(timeout=self._bounds.seconds)
            except subprocess.TimeoutExpired as problem:
                raise TooLong(f"over {self._bounds.seconds:g} s") from problem
            finally:
                with self._guard:
                    self._running.discard(process)
                end(process)
            result = folder / "out" / "source.pdf"
            # It ends with 0 when it could not load the file, too; what it wrote before it crashed is not to be trusted.
            if process.returncode != 0:
                raise ended_early(process)
            return read_pdf(result)

    def close(self) -> None:
        with self._guard:
            running = tuple(self._running)
        for process in running:
            end(process)

    def _command(self, folder: Path, source: Path, archival: bool) -> list[str]:
        export = "calc_pdf_Export" if source.suffix in SHEETS else "writer_pdf_Export"
        return [
            str(self._office.program),
            f"-env:UserInstallation={write_profile(folder)}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            f"pdf:{export}:{_ARCHIVAL}" if archival else "pdf",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
