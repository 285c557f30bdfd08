"""The templates in the folder are what the forge makes, and open in Word as what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs.drafting.forge.shipped import MAKERS, write
from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.drafting.rendering import troubles_of
from roadmapdocs.drafting.shapes import SHAPES
from tests.drafting.printed import DOCUMENTS


def test_every_shape_has_its_template_and_every_template_its_shape() -> None:
    assert {file.name for file in DOCUMENTS.glob("*.docx")} == set(MAKERS) == set(SHAPES)


@pytest.mark.parametrize("template", MAKERS)
def test_a_shipped_template_is_what_the_forge_makes(template: str) -> None:
    """If not: ``python -m roadmapdocs.drafting.forge``."""
    assert (DOCUMENTS / template).read_bytes() == MAKERS[template]()


@pytest.mark.parametrize("template", MAKERS)
def test_a_template_is_a_sound_word_file_as_it_stands(template: str) -> None:
    assert problems(MAKERS[template]()) == []


def test_what_is_right_already_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path)
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    (tmp_path / "order.docx").write_bytes(b"changed")
    write(tmp_path)
    after = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"order.docx"}
    assert (tmp_path / "order.docx").read_bytes() == MAKERS["order.docx"]()


@pytest.mark.parametrize("template", MAKERS)
def test_a_template_says_nothing_that_its_page_does_not_know(template: str) -> None:
    assert troubles_of(MAKERS[template](), SHAPES[template].page) == []
