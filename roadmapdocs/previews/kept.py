"""The office program kept running between files: started once, it answers several times faster than a cold start.

It is replaced after some files, and at once after anything went wrong, so that no file meets what another one left.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from roadmapdocs.files.programs import Bounds, end, start
from roadmapdocs.previews.office import Office, ended_early, read_pdf, suffix, write_profile
from roadmapdocs.previews.ports import Broken, Crashed, Failure, TooLong

BRIDGE = Path(__file__).with_name("bridge.py")
FILES_PER_START = 50
_LONGEST_ANSWER = 64 * 1024


class Unstarted(Failure):
    """It cannot be kept on this machine: its library is missing or does not start."""

    reason = Crashed.reason


class KeptOffice:
    """One file at a time; whoever comes with another one waits."""

    def __init__(self, office: Office, bounds: Bounds = Bounds(), *, bridge: Path = BRIDGE, files: int = FILES_PER_START) -> None:  # noqa: B008  # immutable
        """``bridge`` is the program that is spoken with, ``files`` how many files one start serves."""
        self._office, self._bounds, self._bridge, self._files = office, bounds, bridge, files
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._left = 0

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        """
        :raise Unstarted: if there is nothing to be kept
        """
        with self._one_at_a_time:
            until = time.monotonic() + self._bounds.seconds
            if self._left <= 0:
                self._end()
            process, folder = self._running(until)
            source, result = folder / f"source{suffix(name)}", folder / "result.pdf"
            try:
                source.write_bytes(data)
                task = {"source": str(source), "result": str(result), "archival": archival, "seconds": self._bounds.seconds}
                answer = _ask(process, task, until)
                if "failed" in answer:
                    raise Broken(str(answer["failed"]))
                self._left -= 1
                return read_pdf(result)
            except BaseException:
                self._end()
                raise
            finally:
                source.unlink(missing_ok=True)
                result.unlink(missing_ok=True)

    def try_start(self) -> None:
        """Start it if it does not run.

        :raise Failure: :class:`Unstarted`, or it takes too long
        """
        with self._one_at_a_time:
            self._running(time.monotonic() + self._bounds.seconds)

    def close(self) -> None:
        """Whoever waits for an answer learns of the end by itself, and clears up."""
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()
        if self._one_at_a_time.acquire(timeout=self._bounds.seconds):
            try:
                self._end()
            finally:
                self._one_at_a_time.release()

    def _running(self, until: float) -> tuple[subprocess.Popen[bytes], Path]:
        """A program that answers, and its folder."""
        if self._process is not None and self._folder is not None and self._process.poll() is None:
            return self._process, self._folder
        self._end()
        if self._office.folder is None:
            raise Unstarted("no library beside the program")
        self._folder = folder = Path(tempfile.mkdtemp(prefix="roadmapdocs-"))
        command = [sys.executable, "-I", "-S", str(self._bridge), str(self._office.folder), write_profile(folder)]
        # Its processor time is allowed by the bridge, file by file; this is for all of them.
        cpu = self._bounds.seconds * (self._files + 1)
        self._process = process = start(command, folder, self._bounds, cpu_seconds=cpu, talks=True)
        self._left = self._files
        try:
            _answer(process, until)
        except BaseException as problem:
            self._end()
            if isinstance(problem, Crashed):
                raise Unstarted(str(problem)) from problem
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


def _ask(process: subprocess.Popen[bytes], task: dict[str, object], until: float) -> dict[str, object]:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(task).encode() + b"\n")
        process.stdin.flush()
    except OSError as problem:
        raise ended_early(process) from problem
    return _answer(process, until)


def _answer(process: subprocess.Popen[bytes], until: float) -> dict[str, object]:
    """The next line that it says, as the bridge writes it.

    :raise Failure: if there is none in time, or it is not of the bridge
    """
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        ready, _none, _nothing = select.select([process.stdout], [], [], max(until - time.monotonic(), 0))
        if not ready:
            raise TooLong("no answer in time")
        piece = os.read(process.stdout.fileno(), _LONGEST_ANSWER)
        if not piece:
            raise ended_early(process)
        line += piece
        if len(line) > _LONGEST_ANSWER:
            raise Crashed("it says what nobody asked")
    try:
        told = json.loads(line)
    except ValueError as problem:
        raise Crashed("it says what nobody understands") from problem
    return told if isinstance(told, dict) else {}
