"""The reading process: ``python -m roadmapdocs.texts.child`` in a folder of its own, confined by whoever starts it.

Each line of standard input is a task {"seconds", "recogniser": the path of Tesseract or empty}; the file
itself is ``source`` in the folder. Each answer is a line: {"way", "problem": a code or empty, "scans": [places of
pages]}, the text then being in the file ``text``; or {"failed": a code, "told": words}. The first line says that it is
ready.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from roadmapdocs.errors import Refusal
from roadmapdocs.files.rules import check_file
from roadmapdocs.texts.reading.doors import read
from roadmapdocs.texts.reading.plain import Found, capped
from roadmapdocs.texts.rules import Limits, Problem

LIMITS = Limits()
SOURCE, TEXT = "source", "text"
#: Seconds kept back from the time of a task, to write down what has been read by then.
_SPARE_S = 5.0
#: What the codes of refusals come to; any other says that the file is not what it should be.
_PROBLEMS = {
    "encrypted": Problem.LOCKED,
    "archive_bomb": Problem.TOO_LARGE,
    "too_large": Problem.TOO_LARGE,
    "too_many_cells": Problem.TOO_LARGE,
}


def main() -> None:
    # What a library prints is no answer: answers have a way of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), file=answers, flush=True)


def _answer(task: dict[str, Any]) -> dict[str, Any]:
    _allow(task["seconds"])
    try:
        found = capped(_found(task), LIMITS)
    except Refusal as refusal:
        return {"failed": str(_PROBLEMS.get(refusal.code, Problem.DAMAGED)), "told": refusal.code}
    except (MemoryError, RecursionError) as problem:
        return {"failed": str(Problem.TOO_LARGE), "told": type(problem).__name__}
    except Exception as problem:  # whatever a library meets in a stranger's file ends this task only
        return {"failed": str(Problem.DAMAGED), "told": f"{type(problem).__name__}: {problem}"[:500]}
    Path(TEXT).write_text(found.text, encoding="utf-8", newline="")
    return {"way": found.way, "problem": found.problem or "", "scans": found.scans}


def _found(task: dict[str, Any]) -> Found:
    until = time.monotonic() + task["seconds"] - _SPARE_S
    data = Path(SOURCE).read_bytes()
    # What is in the store was let in once, by a program that may have been older or less strict.
    kind = check_file(data, "")
    found = read(data, kind, LIMITS)
    if not task["recogniser"] or not found.scans:
        return found
    from roadmapdocs.texts.reading.scans import recognised  # noqa: PLC0415  # only scans need it

    return recognised(data, found, task["recogniser"], LIMITS, until)


def _allow(seconds: float) -> None:
    """So much processor time more: what stands still is killed by the clock, what spins is killed by this."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


if __name__ == "__main__":
    main()
