"""Lines of stamps."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.documents.links.stamp_rules import Act, appendix_mark, approval_stamp

ACT = Act("приказом", "приказу", "МКУ «Управление образования»", dt.date(2021, 11, 29), "178-П")
WHEN = "от 29.11.2021 №\u00a0178-П"


@pytest.mark.parametrize(
    ("gender", "word"), [("m", "УТВЕРЖДЁН"), ("f", "УТВЕРЖДЕНА"), ("n", "УТВЕРЖДЕНО"), ("p", "УТВЕРЖДЕНЫ")]
)
def test_the_participle_agrees_with_what_is_approved(gender: str, word: str) -> None:
    assert approval_stamp(gender, ACT) == (word, "приказом МКУ «Управление образования»", WHEN)


def test_what_is_not_known_yet_is_a_line_to_fill_in() -> None:
    assert approval_stamp("m", Act("распоряжением", "распоряжению"))[1:] == (
        "распоряжением",
        "от ____________ №\u00a0______",
    )


@pytest.mark.parametrize(("place", "among", "head"), [(1, 1, "Приложение"), (2, 3, "Приложение №\u00a02")])
def test_only_one_of_several_appendices_has_a_number(place: int, among: int, head: str) -> None:
    assert appendix_mark(ACT, place, among) == (head, "к приказу МКУ «Управление образования»", WHEN)
