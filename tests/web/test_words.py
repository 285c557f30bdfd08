"""States in words that agree with what they are said of."""

from __future__ import annotations

import pytest

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import use_language
from roadmapdocs.web.words import preparation_word


@pytest.mark.parametrize(
    ("state", "gender", "russian", "english"),
    [
        (Preparation.SIGNED, "m", "подписан", "signed"),
        (Preparation.SIGNED, "f", "подписана", "signed"),
        (Preparation.SIGNED, "n", "подписано", "signed"),
        (Preparation.SIGNED, "p", "подписаны", "signed"),
        (Preparation.WITHDRAWN, "f", "отозвана", "withdrawn"),
        (Preparation.DRAFT, "f", "проект", "draft"),
    ],
)
def test_a_state_agrees_with_the_kind_of_the_document(
    state: Preparation, gender: str, russian: str, english: str
) -> None:
    with use_language("ru"):
        assert preparation_word(state, gender) == russian
    with use_language("en"):
        assert preparation_word(state, gender) == english
