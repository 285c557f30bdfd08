"""The reading process kept running between files, so that a short document takes milliseconds.

It is replaced after some files, and at once after anything went wrong, so that no file meets what another one left.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.limits import MIB
from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.texts.child import SOURCE, TEXT
from roadmapdocs.texts.converting import OLD, Converting
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.rules import Problem

FILES_PER_START = 200
COMMAND = (sys.executable, "-s", "-P", "-m", "roadmapdocs.texts.child")
#: A text of two million signs in UTF-8, and a page as a picture; nothing else is written.
BOUNDS = Bounds(seconds=120.0, memory=1024 * MIB, file=64 * MIB)
_LONGEST_ANSWER = 64 * 1024


class KeptReader:
    """One file at a time; whoever comes with another one waits."""

    def __init__(
        self,
        bounds: Bounds = BOUNDS,
        *,
        recogniser: Callable[[], str] = str,
        converting: Converting | None = None,
        command: tuple[str, ...] = COMMAND,
        files: int = FILES_PER_START,
    ) -> None:
        """``recogniser`` finds Tesseract (empty where there is none); ``files`` is how many files one start serves."""
        self._bounds, self._find, self._command, self._files = bounds, recogniser, command, files
        self._converting = converting or Converting("", bounds)
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._left = 0

    @cached_property
    def _recogniser(self) -> str:
        return self._find()

    @property
    def recognises(self) -> bool:
        return bool(self._recogniser)

    @property
    def converts(self) -> bool:
        return bool(self._converting.program)

    def read(self, data: bytes, kind: str, *, recognise: bool = False) -> Found:
        if kind in OLD:
            new = self._converting.convert(data, Kind(kind))
            return replace(self._read(new, recognise=False), way=kind)
        return self._read(data, recognise=recognise)

    def _read(self, data: bytes, *, recognise: bool) -> Found:
        with self._one_at_a_time:
            until = time.monotonic() + self._bounds.seconds
            if self._left <= 0:
                self._end()
            process, folder = self._running(until)
            task = {"seconds": self._bounds.seconds, "recogniser": self._recogniser if recognise else ""}
            try:
                (folder / SOURCE).write_bytes(data)
                answer = _ask(process, task, until)
                self._left -= 1
                return _found(answer, folder)
            except Failure as failure:
                if failure.problem in {Problem.TOO_LARGE, Problem.TOO_LONG, Problem.CRASHED}:
                    self._end()
                raise
            except BaseException:
                self._end()
                raise
            finally:
                (folder / SOURCE).unlink(missing_ok=True)
                (folder / TEXT).unlink(missing_ok=True)

    def close(self) -> None:
        """Whoever waits for an answer learns of the end by itself, and clears up."""
        self._converting.close()
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()
        if self._one_at_a_time.acquire(timeout=self._bounds.seconds):
            try:
                self._end()
            finally:
                self._one_at_a_time.release()

    def _running(self, until: float) -> tuple[subprocess.Popen[bytes], Path]:
        """A process that answers, and its folder."""
        if self._process is not None and self._folder is not None and self._process.poll() is None:
            return self._process, self._folder
        self._end()
        self._folder = folder = Path(tempfile.mkdtemp(prefix="roadmapdocs-"))
        # Its processor time is allowed by itself, file by file; this is for all of them.
        cpu = self._bounds.seconds * (self._files + 1)
        more = {"PYTHONPATH": os.pathsep.join(sys.path), "OMP_THREAD_LIMIT": "1"}
        self._process = process = start(list(self._command), folder, self._bounds, cpu_seconds=cpu, talks=True, **more)
        self._left = self._files
        try:
            _answer(process, until)
        except BaseException:
            self._end()
            raise
        return process, folder

    def _end(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        self._left = 0


def _found(answer: dict[str, Any], folder: Path) -> Found:
    try:
        if "failed" in answer:
            raise Failure(Problem(answer["failed"]), str(answer["told"]))
        problem = Problem(answer["problem"]) if answer["problem"] else None
        text = (folder / TEXT).read_text(encoding="utf-8")
        return Found(text, str(answer["way"]), problem, tuple(answer["scans"]))
    except (KeyError, ValueError, OSError) as mistake:
        raise Failure(Problem.CRASHED, "it says what nobody understands") from mistake


def _ask(process: subprocess.Popen[bytes], task: dict[str, Any], until: float) -> dict[str, Any]:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(task).encode() + b"\n")
        process.stdin.flush()
    except OSError as problem:
        raise _ended_early(process) from problem
    return _answer(process, until)


def _answer(process: subprocess.Popen[bytes], until: float) -> dict[str, Any]:
    """The next line that it says.

    :raise Failure: if there is none in time, or it is no answer
    """
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        ready, _none, _nothing = select.select([process.stdout], [], [], max(until - time.monotonic(), 0))
        if not ready:
            raise Failure(Problem.TOO_LONG, "no answer in time")
        piece = os.read(process.stdout.fileno(), _LONGEST_ANSWER)
        if not piece:
            raise _ended_early(process)
        line += piece
        if len(line) > _LONGEST_ANSWER:
            raise Failure(Problem.CRASHED, "it says what nobody asked")
    try:
        told = json.loads(line)
    except ValueError as problem:
        raise Failure(Problem.CRASHED, "it says what nobody understands") from problem
    return told if isinstance(told, dict) else {}


def _ended_early(process: subprocess.Popen[bytes]) -> Failure:
    """Why a process is gone that should have answered."""
    code = process.wait()
    if code == -signal.SIGXFSZ:
        return Failure(Problem.TOO_LARGE, "over the size of a file")
    if code == -signal.SIGXCPU:
        return Failure(Problem.TOO_LONG, "all of its processor time is used up")
    return Failure(Problem.CRASHED, f"ended with {code}")
