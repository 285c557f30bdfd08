"""Figures: how they are taken, printed and written down."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HEADINGS = ("figure", "median", "aim", "wish", "yardstick", "of it")


@dataclass(frozen=True)
class Figure:
    """``value``, ``aim``, ``wish`` and ``yardstick`` are in ``unit``; ``runs`` is how often it was taken."""

    name: str
    value: float
    unit: str
    runs: int
    aim: float | None = None
    wish: float | None = None
    yardstick: float | None = None
    yardstick_name: str = ""

    @property
    def met(self) -> bool:
        return self.aim is None or self.value <= self.aim


def cpu_ms(work: Callable[[], Any], runs: int, warm_up: int = 1) -> float:
    """Median CPU time of ``work`` in milliseconds, after it has run ``warm_up`` times unmeasured."""
    for _ in range(warm_up):
        work()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def compiled_once(folder: Path) -> dict[str, str]:
    """The environment of a process that keeps compiled modules in ``folder``, whatever that of this one says."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def table(figures: Iterable[Figure]) -> str:
    """Figures as lines of text; a figure over its aim is marked."""
    rows = [HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(_placed(cell, width, column) for column, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _placed(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column in (0, 5) else cell.rjust(width)


def _row(figure: Figure) -> Sequence[str]:
    def told(value: float | None) -> str:
        return "" if value is None else f"{value:.{0 if value >= 100 else 1}f} {figure.unit}"

    mark = "" if figure.met else " !"
    return (
        figure.name,
        told(figure.value) + mark,
        told(figure.aim),
        told(figure.wish),
        told(figure.yardstick),
        figure.yardstick_name,
    )


def write_json(figures: Iterable[Figure], file: Path) -> None:
    machine = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "machine": platform.machine(),
        "platform": sys.platform,
    }
    told = {"machine": machine, "figures": [dataclasses.asdict(figure) | {"met": figure.met} for figure in figures]}
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
