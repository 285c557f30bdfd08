"""Values from JSON and back: nothing is lost, and what cannot be taken is named with its place."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.samples import extreme, sample
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.values import (
    Block,
    BlockKind,
    Executor,
    OrderValues,
    Point,
    PointKind,
    Question,
    RegulationValues,
    Row,
    Values,
)
from roadmapdocs.drafting.values_json import DEEPEST, LONGEST_LIST, LONGEST_TEXT, read_values, write_values
from roadmapdocs.errors import Refusal

TEMPLATES = [template for template, shape in SHAPES.items() if shape.values is not None]

texts = st.text(max_size=30)
days = st.none() | st.dates()
executors = st.builds(Executor, post=texts, name=texts, employee_id=st.integers(0, 10**6))
points = st.recursive(
    st.builds(Point, kind=st.sampled_from(PointKind), text=texts, due=days, executors=st.tuples(executors)),
    lambda inner: st.builds(Point, text=texts, points=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)
rows = st.builds(Row, cells=st.lists(texts, max_size=3).map(tuple), heading=st.booleans())
blocks = st.builds(Block, kind=st.sampled_from(BlockKind), text=texts, rows=st.lists(rows, max_size=2).map(tuple))


@given(st.builds(OrderValues, date=days, title=texts, points=st.lists(points, max_size=3).map(tuple)))
def test_an_order_is_the_same_after_json(values: OrderValues) -> None:
    assert read_values(OrderValues, json.loads(json.dumps(write_values(values)))) == values


@given(st.builds(RegulationValues, blocks=st.lists(blocks, max_size=4).map(tuple), appendix=st.integers(0, 50)))
def test_a_regulation_is_the_same_after_json(values: RegulationValues) -> None:
    assert read_values(RegulationValues, json.loads(json.dumps(write_values(values)))) == values


@pytest.mark.parametrize("template", TEMPLATES)
def test_samples_of_every_shape_are_the_same_after_json(template: str) -> None:
    shape = SHAPES[template].values
    assert shape is not None
    for values in (sample(template), extreme(template)):
        assert isinstance(values, Values)
        assert read_values(shape, json.loads(json.dumps(write_values(values)))) == values


def test_a_text_may_stand_for_a_thing_with_a_main_text() -> None:
    read = read_values(OrderValues, {"points": ["Провести смотр"], "drafter": "Лукина О.С."})
    assert read.points == (Point(text="Провести смотр"),)
    assert read.drafter is not None
    assert read.drafter.name == "Лукина О.С."
    assert read_values(Question, "О смотре").title == "О смотре"


@pytest.mark.parametrize("written", ["2026-11-22", "22.11.2026", "22 ноября 2026 г."])
def test_dates_are_read_as_people_write_them(written: str) -> None:
    assert read_values(OrderValues, {"date": written}).date == dt.date(2026, 11, 22)


def nested(depth: int) -> dict[str, Any]:
    return {"text": "x", "points": [nested(depth - 1)]} if depth else {"text": "x"}


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (None, ""),
        ([], ""),
        ("текст", ""),
        ({"nomer": "1"}, "nomer"),
        ({"number": 1}, "number"),
        ({"number": None}, "number"),
        ({"date": "вчера"}, "date"),
        ({"date": 20261122}, "date"),
        ({"points": {"text": "x"}}, "points"),
        ({"points": [{"kind": "order"}]}, "points[0].kind"),
        ({"points": [{"due": "2026-02-30"}]}, "points[0].due"),
        ({"points": [{"appendix": True}]}, "points[0].appendix"),
        ({"points": [{"appendix": -1}]}, "points[0].appendix"),
        ({"points": [{"appendix": 2**60}]}, "points[0].appendix"),
        ({"appendices": [{"approved": "yes"}]}, "appendices[0].approved"),
        ({"preamble": "я" * (LONGEST_TEXT + 1)}, "preamble"),
        ({"points": ["x"] * (LONGEST_LIST + 1)}, "points"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_place(given: object, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_values(OrderValues, given)
    assert (refused.value.code, refused.value.details["place"]) == ("bad_values", place)
    assert len(refused.value.message) < 1_000


def test_points_within_points_end_somewhere() -> None:
    with pytest.raises(Refusal):
        read_values(OrderValues, {"points": [nested(DEEPEST + 1)]})


def test_a_near_name_is_offered() -> None:
    with pytest.raises(Refusal, match="preamble"):
        read_values(OrderValues, {"preambule": "x"})
