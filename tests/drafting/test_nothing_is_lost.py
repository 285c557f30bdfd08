"""Whatever a draft says stands in the printed file, with all its signs, also those that XML and templates use."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.samples import extreme, sample
from roadmapdocs.drafting.values import (
    Appendix,
    Block,
    BlockKind,
    OrderValues,
    Person,
    Point,
    Row,
    Visa,
)
from roadmapdocs.drafting.vocabulary import OrderPage, Page, Piece
from tests.drafting.printed import page_of, printed, shipped, text_of

#: A regulation's requisites stand in its stamp and in the order that it belongs to.
IN_THE_STAMP = {"organisation", "unit", "date", "number", "place", "title", "date_words"}
NOT_PRINTED = {
    "order.docx": {"date_words"},
    "directive.docx": {"date_words"},
    "regulation.docx": IN_THE_STAMP,
    "plan.docx": IN_THE_STAMP,
    "list.docx": IN_THE_STAMP,
}
TEXTS = st.text(alphabet="абвАБ 12.,;:№«»-–&<>{}%#\\\"'=/\u00a0\t", min_size=1, max_size=60)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def said(value: object, skipped: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    """All texts of a page in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from said(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            # What a piece is decides on its look and is no word of it.
            if field.name not in skipped and not (isinstance(value, Piece) and field.name == "kind"):
                yield from said(getattr(value, field.name))


def check(template: str, page: Page, data: bytes) -> None:
    text = bare(text_of(data))
    skipped = set(NOT_PRINTED[template])
    if isinstance(page, OrderPage) and not page.acquainted:
        skipped.add("acquainted_words")
    for one in said(page, skipped):
        assert bare(one) in text, one


@pytest.mark.parametrize("which", ["sample", "extreme"])
@pytest.mark.parametrize("template", NOT_PRINTED)
def test_every_word_of_a_page_is_printed(template: str, which: str) -> None:
    values = sample(template) if which == "sample" else extreme(template)
    check(template, page_of(template, values), printed(template, which))


@st.composite
def orders(draw: st.DrawFn) -> OrderValues:
    def text() -> str:
        return draw(TEXTS)

    def person() -> Person:
        return Person(name=text(), post=text())

    def some(make: Any, most: int = 3) -> tuple[Any, ...]:
        return tuple(make() for _ in range(draw(st.integers(min_value=0, max_value=most))))

    def point() -> Point:
        return Point(text=text(), term=text(), points=some(lambda: Point(text=text()), 2))

    def appendix() -> Appendix:
        rows = some(lambda: Row(cells=some(text), heading=draw(st.booleans())))
        table = Block(kind=BlockKind.TABLE, columns=some(text), rows=rows)
        kinds = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.TABLE])
        blocks = some(lambda: Block(kind=draw(kinds), text=text(), level=draw(st.integers(1, 3))))
        return Appendix(
            kind=draw(st.sampled_from(["", "plan", "regulation"])), title=text(), landscape=draw(st.booleans()), blocks=(*blocks, table)
        )

    return OrderValues(
        kind="order_main",
        organisation=text(),
        organisation_genitive=text(),
        date=draw(st.none() | st.dates(min_value=dt.date(1990, 1, 1))),
        number=text(),
        title=text(),
        preamble=text(),
        points=some(point),
        signers=some(person),
        visas=some(lambda: Visa(post=text(), name=text(), remark=text())),
        acquainted=some(person),
        appendices=some(appendix),
    )


@given(orders())
@settings(max_examples=30, deadline=None)
def test_no_value_is_lost_or_read_as_a_marker(values: OrderValues) -> None:
    page = page_of("order.docx", values)
    check("order.docx", page, render(shipped("order.docx"), page))
