"""Places that somebody has yet to fill in, and dots that mean something else."""

from __future__ import annotations

import pytest

from roadmapdocs.drafting.checks.wording import blanks
from tests.drafting.checks.examples import CONTROL, with_points


@pytest.mark.parametrize(
    "point",
    [
        "1. Назначить ответственным за {что} {кто}.",
        "1. Настоящее положение определяет …",
        "1. Провести до … декабря.",
        "1. Провести до ____ декабря.",
    ],
)
def test_what_waits_for_words_is_told(point: str) -> None:
    assert list(blanks(with_points(point, CONTROL)()))


@pytest.mark.parametrize("point", ["1. Подготовить перечень «Школа…» и др.", "1. Утвердить итоги (список…)."])
def test_other_dots_are_no_blanks(point: str) -> None:
    assert not list(blanks(with_points(point, CONTROL)()))
