"""Real processes that act at the same moment: what one process cannot show about locks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

#: Every process reports that it is ready and waits for the word, so that all begin together.
_FRAME = """
import datetime, json, sys
from roadmapdocs import db
from roadmapdocs.assembly import assemble
assemble(datetime.UTC)
db.connect({address!r})
{preparation}
print("ready", flush=True)
sys.stdin.readline()
{work}
"""


def at_once(address: str, work: Sequence[str], *, preparation: str = "") -> list[object]:
    """Run each piece of code in a process of its own on one database; give what each put into ``result``."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _FRAME.format(address=address, preparation=preparation, work=code + _TELL)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for code in work
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(started)
    return [json.loads(text) for text in told]


_TELL = "\nprint(json.dumps(result))\n"
