"""Starts a program that reads anybody's files, with little to reach and little to use up.

Run by its path, before anything else of ours is loaded:

    python -I -S confined.py '{"memory": bytes, "cpu": seconds, "file": bytes}' program arguments…

Bounds are set here and not between fork and exec of a process with threads, where Python may deadlock.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES = 1, 38


def bound(kind: int, value: int, spare: int = 0) -> None:
    """A limit that is no higher than the one that holds already; ``spare`` lies between being told and being killed."""
    _soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        hard = value + spare
    resource.setrlimit(kind, (min(value, hard), min(value + spare, hard)))


def cut_off() -> None:
    """A network of its own, in which there is nothing; where the system does not allow it, all stays as it is."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if user == 0 and libc.unshare(_NEW_NETWORK) == 0:
        return
    if libc.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        # Files stay ours: each id is itself in the new name space, too.
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def main(bounds: dict[str, int], command: list[str]) -> None:
    """Become the program."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            cut_off()
        libc = ctypes.CDLL(None)
        libc.prctl(_DEATH_SIGNAL, signal.SIGKILL)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    bound(resource.RLIMIT_AS, bounds["memory"])
    bound(resource.RLIMIT_CPU, bounds["cpu"], spare=5)
    bound(resource.RLIMIT_FSIZE, bounds["file"])
    bound(resource.RLIMIT_CORE, 0)
    # Python ignores it, and what is ignored stays so in the program: a full file must end it.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(command[0], command)  # noqa: S606  # no shell is wanted


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
