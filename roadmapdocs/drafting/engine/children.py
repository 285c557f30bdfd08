"""Printing processes kept warm: taken for a task, given back, ended when they hang, and replaced."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.drafting.engine import frames

#: Tasks after which a process is replaced, whatever its libraries have heaped up by then.
TASKS: Final = 200
#: Processes at once; a third task waits for one of them.
AT_ONCE: Final = 2
#: Seconds by the clock for one task.
SECONDS: Final = 30.0


class ChildGone(Exception):
    """The process ended before it answered; ``too_long`` says that its time was over."""

    def __init__(self, *, too_long: bool) -> None:
        super().__init__("too long" if too_long else "gone")
        self.too_long = too_long


class Child:
    """One process. Not for two threads at once."""

    def __init__(self) -> None:
        path = os.pathsep.join(os.path.abspath(folder) for folder in sys.path if folder)  # noqa: PTH100  # an archive may stand there as well
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "roadmapdocs.drafting.render_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
            close_fds=True,
        )
        self.tasks = 0
        self._expired = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def fit(self) -> bool:
        """Whether it may be given another task."""
        return self.tasks < TASKS and not self._expired and self._process.poll() is None

    def ask(self, task: Mapping[str, Any], data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """
        :raise ChildGone: if there is no answer in time
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.tasks += 1
        watch = threading.Timer(seconds, self._expire)
        watch.daemon = True
        watch.start()
        try:
            frames.send(self._process.stdin, task, data)
            return frames.receive(self._process.stdout)
        except (OSError, EOFError, ValueError) as problem:
            self.end()
            # Below zero: the signal by which it went; the system's for processor time is 24 (SIGXCPU).
            raise ChildGone(too_long=self._expired or self._process.returncode == -24) from problem
        finally:
            watch.cancel()

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was to be sent has nowhere to go any more
                    continue


class Children:
    """The processes of this one. After a fork the new process has none: they answer to the old one."""

    def __init__(self) -> None:
        self._forget()
        os.register_at_fork(after_in_child=self._forget) if hasattr(os, "register_at_fork") else None
        atexit.register(self.end)

    def _forget(self) -> None:
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[Child] = []

    def ask(self, task: Mapping[str, Any], data: bytes, seconds: float = SECONDS) -> tuple[dict[str, Any], bytes]:
        """The answer of one of the processes, started if none is free.

        :raise ChildGone: if it hung or ended; the next task gets another process
        """
        with self._places:
            child = self._taken()
            answer, made = child.ask(task, data, seconds)
            if answer.get("spent") or not child.fit:
                child.end()
            else:
                with self._lock:
                    self._idle.append(child)
            return answer, made

    def _taken(self) -> Child:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                return Child()
            if child.fit:
                return child
            child.end()

    def end(self) -> None:
        """End those that wait for a task; the next task starts a new one."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()


CHILDREN: Final = Children()
