"""DOC and XLS turned into what is read here, by LibreOffice where it is installed: a start of it for each file."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.files.reading.legacy import CONVERTED, command
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.rules import Problem

#: RTF, ODT and ODS are read without it.
OLD = frozenset({Kind.DOC, Kind.XLS})


class Converting:
    """``program`` is the path of LibreOffice, empty where there is none. One file at a time."""

    def __init__(self, program: str, bounds: Bounds) -> None:
        self.program, self._bounds = program, bounds
        self._process: subprocess.Popen[bytes] | None = None

    def convert(self, data: bytes, kind: Kind) -> bytes:
        """The same as DOCX or XLSX.

        :raise Failure: if nothing came of it
        """
        if not self.program:
            raise Failure(Problem.CONVERTER, "no office program")
        with tempfile.TemporaryDirectory(prefix="roadmapdocs-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            process = self._process = start(command(self.program, folder, data, kind), folder, self._bounds)
            try:
                code = process.wait(timeout=self._bounds.seconds)
            except subprocess.TimeoutExpired as problem:
                raise Failure(Problem.TOO_LONG, f"over {self._bounds.seconds:g} s") from problem
            finally:
                self._process = None
                end(process)
            result = folder / "out" / f"source.{CONVERTED[kind]}"
            if code < 0 or code > 128:
                raise Failure(Problem.CRASHED, f"ended with {code}")
            # It ends with 0 when it could not load the file, too.
            if not result.is_file():
                raise Failure(Problem.DAMAGED, "LibreOffice does not open it")
            return result.read_bytes()

    def close(self) -> None:
        """End what runs, from any thread."""
        process = self._process
        if process is not None:
            process.kill()
