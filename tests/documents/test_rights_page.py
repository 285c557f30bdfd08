"""The administrator's page of rights is what the program does.

``python -m tests.documents.test_rights_page`` writes its tables anew.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from roadmapdocs.assembly import assemble
from roadmapdocs.documents import workflows
from roadmapdocs.documents.rights_table import as_markdown
from roadmapdocs.i18n import use_language
from tests.documents.rights import definition, shipped

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"
MARKER = "<!-- Таблицы ниже пишет программа: roadmapdocs rights -->\n\n"


def tables() -> str:
    """Of our own definitions, whatever folder another test has named."""
    workflows.use_definitions(None)
    with use_language("ru"):
        return as_markdown(workflows.catalogue().definitions.values())


def test_the_page_is_what_the_program_does() -> None:
    _introduction, marker, written = PAGE.read_text(encoding="utf-8").partition(MARKER)
    assert marker
    assert written == tables(), "write it anew: python -m tests.documents.test_rights_page"


@pytest.mark.parametrize("code", shipped())
def test_the_page_has_a_table_of_every_definition_with_every_state_and_step(code: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition(f"(`{code}`)\n")[2].partition("\n## ")[0]
    raw = definition(code)
    for name, step in raw.get("transitions", {}).items():
        assert section.count(f"| «{step['label']['ru']}» → ") == len(step["from"]), name
    for state, one in raw["states"].items():
        label = one["label"]["ru"] if isinstance(one["label"]["ru"], str) else one["label"]["ru"]["m"]
        leaving = sum(state in step["from"] for step in raw.get("transitions", {}).values())
        assert section.count(f"| {label} | ") == leaving + len(one.get("rights", {})), state


def main() -> None:
    assemble(dt.UTC)
    introduction, marker, _old = PAGE.read_text(encoding="utf-8").partition(MARKER)
    PAGE.write_text(introduction + (marker or MARKER) + tables(), encoding="utf-8")


if __name__ == "__main__":
    main()
