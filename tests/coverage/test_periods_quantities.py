"""Planned values read as numbers of documents."""

from __future__ import annotations

import pytest

from roadmapdocs.coverage.quantities import figures, wanted


@pytest.mark.parametrize(
    ("printed", "result"),
    [
        ("", (0,)),
        ("  ", (0,)),
        ("0", (0,)),
        ("-", (0,)),
        ("нет", (0,)),
        ("2", (2,)),
        ("10", (10,)),
        ("1; 2", (1, 2)),
        ("1, 2", (1, 2)),
        ("1 (май)", (1,)),
        ("1 (раз в год)", (1,)),
        ("(2)", (2,)),
        ("не менее 4", (4,)),
        ("не менее трёх", (3,)),
        ("не менее пяти в течение одного учебного года", (5,)),
        ("не менее 4, по согласованию", (4,)),
        ("2 протокола", (2,)),
        ("3 раза в год", (3,)),
        ("2-3", (2,)),
        # one document proves what counts something else
        ("100%", (1,)),
        ("0 %", (0,)),
        ("85 процентов", (1,)),
        ("20 школ", (1,)),
        ("не более 5", (1,)),
        # days, years and quarters are no amounts
        ("до 01.12.2021", (1,)),
        ("15 мая", (1,)),
        ("2021 г.", (1,)),
        ("3 квартал", (1,)),
        # a mark says that something is planned
        ("+", (1,)),
        ("да", (1,)),
        ("9" * 5000, (1,)),
    ],
)
def test_a_printed_value_asks_for_so_many_documents(printed: str, result: tuple[int, ...]) -> None:
    assert figures(printed) == result


@pytest.mark.parametrize(
    ("printed", "shares"),
    [
        ("3", [3, 3]),
        ("1; 4", [1, 4]),
        ("1; 2; 3", [1, 5]),
        ("0; 2", [0, 2]),
        ("", [0, 0]),
    ],
)
def test_figures_go_to_the_documents_in_their_order(printed: str, shares: list[int]) -> None:
    assert [wanted(printed, index, 2) for index in range(2)] == shares


def test_a_document_without_a_figure_of_its_own_is_wanted_once() -> None:
    assert [wanted("2; 3", index, 3) for index in range(3)] == [2, 3, 1]
