from __future__ import annotations

import pytest

from roadmapdocs.search.query import corrected


@pytest.mark.parametrize(
    ("question", "replacements", "shown"),
    [
        ("приказ 34 зачёт по чтеню с 2024", {"чтеню": "чтение"}, "приказ 34 зачёт по чтение с 2024"),
        ("Чтеню, зачёт", {"чтеню": "чтению"}, "чтению, зачёт"),
        ("«о чтеню» -чтеню", {"чтеню": "чтении"}, "«о чтении» -чтении"),
        ("зачет", {"зачёт": "отчёт"}, "отчёт"),
        ("чтеню* заголовок:чтеню.", {"чтеню": "чтение"}, "чтение* заголовок:чтение."),
        ("чтение", {"тени": "тень"}, "чтение"),
        ("", {"а": "б"}, ""),
    ],
)
def test_words_are_replaced_where_they_stand(question: str, replacements: dict[str, str], shown: str) -> None:
    assert corrected(question, replacements) == shown
