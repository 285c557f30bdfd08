from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.web.documents.link_picture import MOST, End, Node, Picture, tall, wide

texts = st.text(min_size=0, max_size=200)
ends = st.lists(st.builds(End, words=texts, name=texts, note=texts, url=st.none() | st.just("/documents/1")), max_size=9)


def apart(one: Node, other: Node) -> bool:
    across = one.x + one.width <= other.x or other.x + other.width <= one.x
    return across or one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize("draw", [wide, tall])
@given(name=texts, note=texts, left=ends, right=ends)
def test_boxes_lie_inside_the_drawing_and_apart(draw: object, name: str, note: str, left: list[End], right: list[End]) -> None:
    picture = draw(name, note, left, right)  # type: ignore[operator]  # one of the two drawings
    assert len(picture.nodes) == 1 + min(len(left), MOST) + min(len(right), MOST)
    assert len(picture.arrows) == len(picture.nodes) - 1
    for node in picture.nodes:
        assert min(node.x, node.y) >= 0
        assert node.x + node.width <= picture.width
        assert node.y + node.height <= picture.height
        assert node.y < node.text_y < node.y + node.height
    assert all(apart(*pair) for pair in combinations(picture.nodes, 2))
    assert [node.own for node in picture.nodes].count(True) == 1


def sides(picture: Picture) -> tuple[list[str], list[str]]:
    own = next(node for node in picture.nodes if node.own)
    left = [node.name for node in picture.nodes if node.x < own.x]
    return left, [node.name for node in picture.nodes if node.x > own.x]


def test_what_it_grew_out_of_stands_on_the_left() -> None:
    one, two = End("на основании", "Справка", "", "/a"), End("утверждает", "Положение", "", "/b")
    assert sides(wide("Приказ", "", [one], [two])) == (["Справка"], ["Положение"])
    assert [node.name for node in tall("Приказ", "", [one], [two]).nodes] == ["Справка", "Приказ", "Положение"]


def test_an_empty_side_takes_no_room() -> None:
    end = End("утверждает", "Положение", "", "/b")
    both = wide("Приказ", "", [end], [end]).width
    assert wide("Приказ", "", [], [end]).width == wide("Приказ", "", [end], []).width < both


def test_long_names_are_cut_and_told_whole_to_those_who_point() -> None:
    name = "Положение о муниципальной системе оценки качества образования"
    node = wide("Приказ", "", [], [End("утверждает", name, "редакция", "/b")]).nodes[1]
    assert node.name.endswith("…")
    assert len(node.name) < len(name)
    assert node.full == f"{name}: редакция"


def test_words_on_arrows_are_broken_into_few_lines() -> None:
    words = "признаёт утратившим силу в части отдельных пунктов приложения"
    (arrow,) = wide("Приказ", "", [], [End(words, "Приказ", "", "/b")]).arrows
    assert 2 <= len(arrow.lines) <= 3
    assert all(len(line) <= 15 for line in arrow.lines)
