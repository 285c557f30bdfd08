"""The page about plug-ins is what the code does: every signal with its sender and all that is sent with it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from blinker import Signal

from roadmapdocs import hooks
from roadmapdocs.plugins import Registry

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
EXAMPLE = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "example_plugin").rglob("*") if file.is_file() and file.suffix in {".py", ".cfg"})
SIGNALS = sorted(name for name, value in vars(hooks).items() if isinstance(value, Signal))


def _sent() -> dict[str, list[set[str]]]:
    """By signal, what each place of the package sends with it."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for file in (ROOT / "roadmapdocs").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if ".send(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "send":
                owner = node.func.value
                name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                if name in SIGNALS:
                    found[name].append({str(one.arg) for one in node.keywords})
    return found


SENT = _sent()
ROWS = {
    name: (sender, set(re.findall(r"`(\w+)`", more)))
    for name, sender, more in re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", PAGE, re.MULTILINE)
}


def test_every_signal_stands_on_the_page_and_no_other() -> None:
    assert sorted(ROWS) == SIGNALS


@pytest.mark.parametrize("name", SIGNALS)
def test_what_is_sent_with_a_signal_is_what_the_page_says(name: str) -> None:
    assert SENT[name], "nobody sends it"
    assert all(given == ROWS[name][1] for given in SENT[name]), SENT[name]


@pytest.mark.parametrize("name", SIGNALS)
def test_the_contract_beside_a_signal_names_what_is_sent(name: str) -> None:
    source = (ROOT / "roadmapdocs" / "hooks.py").read_text(encoding="utf-8")
    comment = source.partition(f"\n{name} = ")[0].rpartition("\n\n")[2]
    named = set(re.findall(r"``(\w+)``", comment))
    assert named >= ROWS[name][1]
    assert "Sender: " in comment


def test_all_that_a_plugin_may_add_stands_on_the_page() -> None:
    methods = {name for name, value in vars(Registry).items() if callable(value) and not name.startswith("_")}
    assert methods == set(re.findall(r"`registry\.(\w+)\(", PAGE))


@pytest.mark.parametrize("block", re.findall(r"```\w+\n(.*?)```", PAGE, re.DOTALL))
def test_what_the_page_shows_is_in_the_example(block: str) -> None:
    for line in block.splitlines():
        bare = line.split("#")[0].strip()
        assert not bare or (bare.split("(")[0] if bare.startswith("def ") else bare) in EXAMPLE, line
