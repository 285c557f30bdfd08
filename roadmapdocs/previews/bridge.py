"""Loads LibreOffice as a library, once, and turns one file after another into PDF as it is told.

Run by its path in a process of its own (:mod:`roadmapdocs.previews.kept` starts it), with nothing but the standard
library: ``bridge.py folder-of-the-library address-of-the-profile``. Each line of standard input is
{"source", "result", "archival", "seconds"}; each answer is a line, too: {} or {"failed": words}. The first line says
that it is ready.

The calls are those of LibreOfficeKit, a C interface that only grows at its end: LibreOfficeKit/LibreOfficeKit.h.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

#: Places in the tables of functions; place 0 holds the table's size.
_DESTROY, _GET_ERROR, _LOAD, _FREE = 1, 3, 4, 5
_SAVE_AS = 2
_ARCHIVAL = b'{"SelectPdfVersion":{"type":"long","value":"2"}}'


def function(thing: int, place: int, result: Any, *arguments: Any) -> Any:
    """The function at a place in the table of an office or of a document; it takes the thing itself first."""
    words = ctypes.POINTER(ctypes.c_void_p)
    table = ctypes.cast(ctypes.cast(thing, words)[0] or 0, words)
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(table[place] or 0)


class Library:
    """
    :raise OSError: if there is no such library, or it does not start
    """

    def __init__(self, folder: Path, profile: str) -> None:
        file = next((path for name in ("libsofficeapp.so", "libmergedlo.so") if (path := folder / name).is_file()), None)
        if file is None:
            raise OSError(f"no library in {folder}")
        hook = ctypes.CDLL(str(file)).libreofficekit_hook_2
        hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
        self._office = hook(os.fsencode(folder), profile.encode())
        if not self._office:
            raise OSError("the library does not start")

    def convert(self, source: str, result: str, archival: bool) -> str:
        """Empty, or what went wrong in the program's words."""
        load = function(self._office, _LOAD, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
        document = load(self._office, Path(source).as_uri().encode(), b"")
        if not document:
            return self._error()
        save = function(document, _SAVE_AS, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p)
        saved = save(document, Path(result).as_uri().encode(), b"pdf", _ARCHIVAL if archival else b"")
        words = "" if saved else self._error()
        function(document, _DESTROY, None)(document)
        return words

    def _error(self) -> str:
        found = function(self._office, _GET_ERROR, ctypes.c_void_p)(self._office)
        if not found:
            return "no reason given"
        words = ctypes.string_at(found).decode("utf-8", errors="replace")
        function(self._office, _FREE, None)(found)
        return words or "no reason given"


def allow(seconds: float) -> None:
    """So much processor time more: what stands still is killed by the clock, what spins is killed by this."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def main(folder: str, profile: str) -> None:
    # The program prints as it likes: answers have a way of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    library = Library(Path(folder), profile)
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        allow(task["seconds"])
        words = library.convert(task["source"], task["result"], task["archival"])
        print(json.dumps({"failed": words} if words else {}), file=answers, flush=True)
    # Its own way of ending takes long and may hang; there is nothing to be saved.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
