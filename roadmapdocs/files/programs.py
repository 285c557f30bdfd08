"""Programs that read anybody's files: started with little to reach and little to use up, ended with all they started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from roadmapdocs.files.limits import MIB

_STARTER = Path(__file__).with_name("confined.py")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may use: seconds by the clock, bytes of memory, and bytes of a file that it writes."""

    seconds: float = 60.0
    memory: int = 2048 * MIB
    file: int = 128 * MIB


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
    limits = {"memory": bounds.memory, "cpu": int((cpu_seconds or bounds.seconds) + 1), "file": bounds.file}
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
