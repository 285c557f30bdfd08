"""How long a worker takes to its first page, and how much memory it then holds."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from roadmapdocs.web.context import SESSION_KEY
from tests.benchmarks.measure import Figure, compiled_once
from tests.benchmarks.office import fill_documents, office

OURS = """
import sys, time
from pathlib import Path
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.context import SESSION_KEY
client = create_app(Settings(data=Path(sys.argv[1]))).test_client()
with client.session_transaction() as session:
    session[SESSION_KEY] = sys.argv[2]
for address in ("/documents/", "/documents/1", "/", "/roadmaps/"):
    response = client.get(address)
    assert response.status_code == 200, address
    print(time.process_time())
"""
BARE = """
import time
from flask import Flask
from flask_admin import Admin
from flask_babel import Babel
app = Flask("bare")
Babel(app)
Admin(app)
assert app.test_client().get("/admin/").status_code == 200
print(time.process_time())
"""
#: Memory in KiB as the kernel tells it: what getrusage tells may be that of the process that started this one.
MEMORY = """
print(*[line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS:")])
"""


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    few = max(runs // 5, 3)
    with office(folder) as opened:
        fill_documents(1000)
        with opened.client.session_transaction() as session:
            account = session[SESSION_KEY]
    # Once unmeasured: what is imported is compiled, as installing does.
    ours = [_run(folder, OURS, str(folder), account) for _ in range(few + 1)][1:]
    bare = [_run(folder, BARE) for _ in range(few + 1)][1:]
    yield Figure(
        "start to first page",
        statistics.median(first for first, _ in ours),
        "s",
        few,
        aim=2,
        yardstick=statistics.median(first for first, _ in bare),
        yardstick_name="bare Flask-Admin",
    )
    yield Figure(
        "memory of a worker after four pages",
        statistics.median(memory for _, memory in ours),
        "MB",
        few,
        aim=150,
        yardstick=statistics.median(memory for _, memory in bare),
        yardstick_name="bare Flask-Admin",
    )


def _run(folder: Path, program: str, *arguments: str) -> tuple[float, float]:
    """CPU seconds from the start of the process to its first page, and the memory it holds in the end in MB."""
    command = [sys.executable, "-c", program + MEMORY, *arguments]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=compiled_once(folder), check=True).stdout.split()
    return float(told[0]), int(told[-1]) / 1024
