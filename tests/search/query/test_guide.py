"""Every example of the users' guide is read as the guide says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.russian.date_words import short_date
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS, Chip
from roadmapdocs.search.ports import Zone
from roadmapdocs.search.query import tree
from roadmapdocs.search.query.words import FIELDS, STATES
from tests.search.query.asking import TODAY, understood

GUIDE = (Path(__file__).parents[3] / "docs/search.md").read_text(encoding="utf-8")
_ZONES = {Zone.TITLE: "в заголовке", Zone.TEXT: "в тексте", Zone.TALK: "в комментариях"}
_LABELS = {"kind": "вид", "number": "номер", "date": "дата", "item": "пункт", "state": "состояние", "unit": "подразделение"}
_TYPES = {"type:item": "только пункты", "type:assignment": "только поручения", "roadmap:1": "дорожная карта: чтения", "case:01-05": "дело: 01-05"}


def examples() -> Iterator[tuple[str, str]]:
    """Each question of a table, in both languages of its fields, and how it is said to be understood."""
    for row in re.findall(r"^\| (`.+) \|$", GUIDE, flags=re.MULTILINE):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)]
        for question in cells[:-1]:
            if question:
                yield question.strip("`").replace("\\|", "|"), cells[-1]


def told(node: tree.Node, chips: Iterator[Chip]) -> str:
    match node:
        case tree.All(nodes):
            return ", ".join(told(one, chips) for one in nodes)
        case tree.Any(nodes):
            return " или ".join(told(one, chips) for one in nodes)
        case tree.Not(inside):
            return f"без {told(inside, chips)}"
        case tree.Within(zone, inside):
            return f"{_ZONES[zone]}: {told(inside, chips)}"
        case tree.Plain(text, _, _, unfinished):
            return f"{text}…" if unfinished else text
        case tree.Quoted(text):
            return f"подряд «{text}»"
        case tree.Marked(tags) if tags <= _TYPES.keys():
            return _TYPES[next(iter(tags))]
        case tree.InForce(day):
            next(chips)
            return "в силе: сегодня" if day == TODAY else f"в силе: {short_date(day)}"
        case tree.DoneBy(part, _):
            return f"{'подписал' if part == 'signed' else 'исполнитель'}: {next(chips).value}"
    chip = next(chips)
    value = chip.value.replace("from ", "с ").replace("until ", "по ")
    only = "только " if getattr(node, "strict", False) else ""
    return f"{only}{_LABELS.get(chip.kind, 'имя')}: {value}"


@pytest.mark.parametrize(("question", "said"), list(examples()))
def test_an_example_is_read_as_the_guide_says(question: str, said: str) -> None:
    found = understood(question)
    assert found.tree is not None
    assert told(found.tree, iter(found.chips)) == said
    assert not found.notes


def test_the_guide_has_examples_of_all_fields() -> None:
    asked = " ".join(question for question, _said in examples())
    named = {FIELDS[fold_word(name)] for name in re.findall(r"([а-яa-z][а-яa-z-]+):", asked)}
    assert named == set(FIELDS.values())


def test_the_guide_tells_limits_and_states_as_they_are() -> None:
    assert f"до {LONGEST_QUERY:,} знаков и до {MOST_WORDS} слов".replace(",", " ") in GUIDE
    states = re.search(r"`состояние:` – ([^;]+);", GUIDE)
    assert states is not None
    for state in states[1].replace("\n", " ").split(","):
        assert " ".join(state.split()).replace("ё", "е") in STATES
