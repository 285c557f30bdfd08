"""The guide for makers of templates says of names what the program knows."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from roadmapdocs.drafting import vocabulary
from roadmapdocs.drafting.engine.names import filled, names_of
from roadmapdocs.drafting.guide import SHAPE_WORDS, lines_of, tables, words_of, written
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.shapes import SHAPES
from tests.drafting.made import word

GUIDE = Path(__file__).parents[2] / "docs" / "templates.md"


def test_the_guide_has_the_tables_of_this_program() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert written(text) == text, "run: python -m roadmapdocs.drafting.guide"


def test_every_field_of_every_page_is_told() -> None:
    told = tables()
    for shape in SHAPES.values():
        for name, _kind, says in lines_of(words_of(shape.page)):
            assert f"| `{name.rpartition('.')[2]}` |" in told
            assert says
    assert set(SHAPE_WORDS) == set(SHAPES)


def test_every_class_of_the_vocabulary_can_be_told_to_a_process() -> None:
    for page in {shape.page for shape in SHAPES.values()}:
        kind: type = page
        names = names_of(kind)
        assert set(names) == {field.name for field in dataclasses.fields(page)}
        made = filled(names, 2)
        assert all(len(value) == 2 for value in made.values() if isinstance(value, list))


def test_the_example_of_the_guide_prints() -> None:
    example = re.findall(r"```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[0]
    signer = vocabulary.Signer(post=("Начальник", "управления"), name="И.А. Вересова")
    page = vocabulary.OrderPage(points=(vocabulary.Line(number="1.", text="Утвердить."),), signers=(signer,))
    assert render(word(*example.strip().splitlines()), page)


def test_a_guide_without_marks_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="marks"):
        written("# Шаблоны")
