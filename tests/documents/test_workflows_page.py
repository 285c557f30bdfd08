"""The administrator's page of workflows names what the program has, all of it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest

from roadmapdocs.documents import workflows
from roadmapdocs.documents.effects import EFFECTS
from roadmapdocs.documents.guards import GUARDS
from roadmapdocs.workflow.loader import load, shipped_folder
from roadmapdocs.workflow.reading import _KEYS, _STATE_KEYS, _TRANSITION_KEYS
from roadmapdocs.workflow.rules import ASKED, EVERYONE, LOOKS, RIGHTS, RULE, STANDARD, TIES

PAGE = (Path(__file__).parents[2] / "docs" / "workflows.md").read_text(encoding="utf-8")


def named(heading: str) -> list[str]:
    """First cells of the table below a heading."""
    table = PAGE.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    return re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("## Условия", GUARDS),
        ("## Действия", EFFECTS),
        ("## О чём можно спросить", ASKED),
        ("## Вид значка", LOOKS),
        ("## Стандартные состояния", [line.value for line in STANDARD]),
        ("### Файл", _KEYS),
        ("### Состояние", _STATE_KEYS),
        ("### Шаг", _TRANSITION_KEYS),
    ],
)
def test_each_table_of_the_page_names_what_the_program_knows(heading: str, known: Collection[str]) -> None:
    assert sorted(named(heading)) == sorted(known)


@pytest.mark.parametrize(
    ("heading", "keys"), [("### Файл", _KEYS), ("### Состояние", _STATE_KEYS), ("### Шаг", _TRANSITION_KEYS)]
)
def test_the_page_says_which_keys_are_needed(heading: str, keys: dict[str, bool]) -> None:
    table = PAGE.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    said = dict(re.findall(r"^\| `(\w+)` \| (да|нет) \|", table, flags=re.MULTILINE))
    assert said == {key: "да" if needed else "нет" for key, needed in keys.items()}


def test_the_page_names_all_standard_states_rights_and_people() -> None:
    words = set(re.findall(r"`(\w+)`", PAGE))
    assert {state for states in STANDARD.values() for state in states} <= words
    assert {*RIGHTS, *TIES, EVERYONE, RULE, *workflows.known().roles} <= words
    assert {file.stem for file in shipped_folder().glob("*.toml")} <= words


def test_the_example_of_the_page_works_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    text = (shipped_folder() / "preparation.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2")
    (tmp_path / "preparation.toml").write_text(f"{text}\n{example}", encoding="utf-8")
    definition = load(tmp_path, workflows.known()).definitions["preparation"]
    assert definition.states["with_lawyer"].meaning == "in_approval"
    assert definition.version == 2
