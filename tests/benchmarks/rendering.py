"""Printing by a template in a process of its own, beside docxtpl alone on the same template in this one."""

from __future__ import annotations

import dataclasses
import io
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.templates import shipped_template
from roadmapdocs.drafting.vocabulary import (
    Cell,
    Line,
    OrderPage,
    Page,
    Piece,
    RegulationPage,
    Signer,
    TableRow,
)
from tests.benchmarks.measure import Figure

#: The time aimed at is so many times that of docxtpl alone.
TIMES = 1.5
ROWS_AIM = 3_000
ROWS = 500
_WORDS = "Обеспечить проведение мониторинга показателей качества образования в образовательных организациях округа"


def figures(runs: int) -> Iterator[Figure]:
    """Alternately ours and the yardstick, so that a slow moment of the machine falls on both."""
    first = _milliseconds(render, shipped_template("order.docx").data, _order())
    yield Figure("the first order, with the start of the process", first, "ms", 1)
    ours, bare = _pair(shipped_template("order.docx").data, _order(), runs)
    yield Figure("an order of two pages", ours, "ms", runs, aim=TIMES * bare, yardstick=bare, yardstick_name="docxtpl in this process")
    ours, bare = _pair(shipped_template("plan.docx").data, _plan(), max(3, runs // 3))
    yield Figure(f"a plan of {ROWS} rows", ours, "ms", max(3, runs // 3), aim=ROWS_AIM, yardstick=bare, yardstick_name="docxtpl in this process")


def _pair(template: bytes, page: Page, runs: int) -> tuple[float, float]:
    ours, bare = [], []
    for _ in range(runs + 1):
        ours.append(_milliseconds(render, template, page))
        bare.append(_milliseconds(_alone, template, page))
    return statistics.median(ours[1:]), statistics.median(bare[1:])


def _milliseconds(work: Callable[..., object], template: bytes, page: Page) -> float:
    """By the clock on the wall: the work is done in another process."""
    start = time.perf_counter()
    work(template, page)
    return (time.perf_counter() - start) * 1000


def _alone(template: bytes, page: Page) -> bytes:
    """As docxtpl's guide has it, escaping and sandbox included."""
    opened: Any = DocxTemplate(io.BytesIO(template))
    opened.render(dataclasses.asdict(page), jinja_env=SandboxedEnvironment(autoescape=True))
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def _order() -> OrderPage:
    points = tuple(Line(number=f"{number}.", text=f"{_WORDS}, в срок до {number}.12.2026.") for number in range(1, 26))
    signer = Signer(post=("Начальник Управления образования",), name="И.А. Вересова")
    return OrderPage(
        organisation=("Управление образования администрации", "Светлореченского муниципального округа"),
        kind="ПРИКАЗ",
        date="16.03.2026",
        number="47-ОД",
        place="п. Светлоречье",
        title="Об утверждении Положения о мониторинге качества общего образования",
        preamble=f"В целях исполнения плана работы: {_WORDS}",
        decree="ПРИКАЗЫВАЮ:",
        points=points,
        signers=(signer,),
    )


def _plan() -> RegulationPage:
    columns = tuple(Cell(text=text) for text in ("№", "Мероприятие", "Срок", "Ответственные", "Документ"))
    cells = [(f"{number}.", f"{_WORDS}, {number}", "до 1 декабря 2026 г.", "отдел общего образования", "приказ") for number in range(ROWS)]
    rows = tuple(TableRow(cells=tuple(Cell(text=text) for text in row)) for row in cells)
    table = Piece(kind="table", columns=columns, widths=(6, 44, 15, 20, 15), rows=rows)
    return RegulationPage(kind="ПЛАН", titles=("мероприятий на 2026 год",), stamp=("УТВЕРЖДЁН", "приказом от 16.03.2026 № 47-ОД"), pieces=(table,))
