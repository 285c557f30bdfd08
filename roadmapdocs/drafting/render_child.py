"""The printing process: ``python -m roadmapdocs.drafting.render_child``, started and ended by the registry.

It reads tasks from its input and writes answers to its output until the input ends. It has no database, no settings,
an empty environment, and limits of memory, processor time and written files that the system keeps.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.drafting.engine import frames
from roadmapdocs.drafting.engine.printing import examine, print_page
from roadmapdocs.drafting.engine.troubles import Code, TemplateTrouble, Trouble
from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language

try:
    import resource
except ImportError:  # Windows: the registry still ends a task by the clock
    resource = None  # type: ignore[assignment]

MEMORY: Final = 1024 * 1024 * 1024
#: Seconds of the processor for one task.
PROCESSOR: Final = 20


def main() -> None:
    tasks = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            task, template = frames.receive(tasks)
        except EOFError:
            return
        _limit_processor()
        head, data = _done(task, template)
        frames.send(answers, head, data)


def _limit_processor() -> None:
    """So many seconds from now on; the system ends the process at the limit."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + PROCESSOR, hard))


def _done(task: Mapping[str, Any], template: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer; after one that ran out of memory the registry takes a new process."""
    try:
        with use_language(task["language"]):
            if task["do"] == "examine":
                found = examine(template, task["names"], task["key"], task["wanted"], problems)
                return {"troubles": [one.as_json() for one in found]}, b""
            return {}, print_page(template, task["names"], task["key"], task["page"], task["properties"])
    except TemplateTrouble as trouble:
        return {"failed": [one.as_json() for one in trouble.troubles]}, b""
    except Refusal as refusal:
        return {"refused": {"code": refusal.code, "message": refusal.message}}, b""
    except (MemoryError, RecursionError):
        return {"failed": [Trouble(Code.TOO_LARGE).as_json()], "spent": True}, b""
    except Exception as problem:  # whatever a library meets in a stranger's file ends this task only
        return {"failed": [Trouble(Code.FAILED, type(problem).__name__).as_json()], "spent": True}, b""


if __name__ == "__main__":
    main()
