"""Which item of a new edition continues which of the old one, and how two editions differ."""

from __future__ import annotations

import pytest

from roadmapdocs.roadmap.rules import Change, ItemChange, ItemKey, compare_items, match_items

OLD = [
    ItemKey(1, "1.1", "Провести смотр школьных библиотек"),
    ItemKey(2, "1.2", "Издать сборник"),
    ItemKey(3, "1.3", "Обучить библиотекарей"),
]


def pairs(old: list[ItemKey], new: list[ItemKey]) -> dict[int, int]:
    return {before.id: after.id for before, after in match_items(old, new).items()}


@pytest.mark.parametrize(
    ("number", "title", "continues"),
    [
        ("1.1", "Провести смотр школьных библиотек", True),
        ("2.7", "Провести смотр школьных библиотек", True),  # only moved
        ("1.1", "Провести смотр школьных библиотек района", True),  # reworded in its place
        ("1.1", "ПРОВЕСТИ СМОТР, ШКОЛЬНЫХ БИБЛИОТЕК.", True),
        ("1.1", "Закупить мебель", False),  # its number went to other work
        ("1.2", "Провести смотр библиотек школ", False),
        ("", "", False),
    ],
)
def test_an_item_continues_by_its_title_or_by_number_and_likeness(number: str, title: str, continues: bool) -> None:
    assert pairs(OLD[:1], [ItemKey(9, number, title)]) == ({1: 9} if continues else {})


def test_two_items_that_swap_their_numbers_keep_their_titles() -> None:
    new = [ItemKey(11, "1.2", OLD[0].title), ItemKey(12, "1.1", OLD[1].title)]
    assert pairs(OLD[:2], new) == {1: 11, 2: 12}


def test_one_new_item_continues_one_old_item_only() -> None:
    same = [ItemKey(1, "1", "Семинар"), ItemKey(2, "2", "Семинар")]
    assert pairs(same, [ItemKey(9, "2", "Семинар")]) == {2: 9}


def test_items_without_titles_are_not_taken_for_each_other() -> None:
    assert pairs([ItemKey(1, "1", "")], [ItemKey(2, "2", "")]) == {}


def test_a_comparison_lists_what_stayed_changed_came_and_went_in_its_place() -> None:
    new = [ItemKey(11, "1.1", OLD[0].title), ItemKey(12, "1.2", "Открыть клуб"), ItemKey(13, "1.3", OLD[2].title)]
    facts = {1: {"terms": "май"}, 2: {"terms": "май"}, 3: {"terms": "май", "title": "т"}}
    new_facts = {11: {"terms": "май"}, 12: {"terms": "май"}, 13: {"terms": "июнь", "title": "т"}}
    assert compare_items(OLD, new, facts, new_facts) == [
        ItemChange(Change.SAME, 1, 11),
        ItemChange(Change.REMOVED, 2, None),
        ItemChange(Change.ADDED, None, 12),
        ItemChange(Change.CHANGED, 3, 13, ("terms",)),
    ]


def test_removed_items_at_the_very_beginning_come_first() -> None:
    new = [ItemKey(13, "1.1", OLD[2].title)]
    facts: dict[int, dict[str, object]] = {1: {}, 2: {}, 3: {}}
    found = [(change.change, change.old) for change in compare_items(OLD, new, facts, {13: {}})]
    assert found == [(Change.REMOVED, 1), (Change.REMOVED, 2), (Change.SAME, 3)]
