"""What a host's start does not wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: Of the files of offices, calendars and mail, of inflection, of foreign sign-in and of a live Odoo.
SLOW = (
    *("docx", "docxtpl", "icalendar", "openpyxl", "pdfplumber", "pypdfium2", "reportlab", "segno"),
    *("holidays", "num2words", "pymorphy3"),
    *("authlib", "httpx", "huey", "ldap3", "odoolib", "requests"),
    *("playhouse.migrations", "roadmapdocs.approvals.cms"),
)
HOST = """
import sys
from pathlib import Path
from flask import Flask
from roadmapdocs.settings import Settings
from roadmapdocs.web.extension import RoadmapDocs
RoadmapDocs().init_app(Flask("host"), Settings(data=Path(sys.argv[1])), url="/registry")
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_a_host_starts_without_the_slow_libraries_that_only_some_pages_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOST, str(tmp_path), *SLOW]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.split() == []
