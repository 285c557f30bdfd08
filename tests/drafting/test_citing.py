"""A roadmap is named in the genitive, whatever it is called."""

from __future__ import annotations

import pytest

from roadmapdocs.drafting.citing import roadmap_words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Развитие чтения", "дорожной карты «Развитие чтения»"),
        ("Дорожная карта развития чтения", "дорожной карты развития чтения"),
        ("План мероприятий (дорожная карта) на 2026 год", "плана мероприятий (дорожной карты) на 2026 год"),
        ("Дорожная карта (план) развития чтения", "дорожной карты (плана) развития чтения"),
    ],
)
def test_a_title_is_put_into_the_genitive_with_what_stands_in_brackets(title: str, words: str) -> None:
    assert roadmap_words(title) == words
