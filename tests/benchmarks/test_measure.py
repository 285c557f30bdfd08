from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks import lists
from tests.benchmarks.measure import Figure, cpu_ms, table, write_json


def test_the_table_marks_what_is_over_its_aim() -> None:
    lines = table([Figure("fast", 12.34, "ms", 5, aim=50), Figure("slow", 250, "ms", 5, aim=50)]).splitlines()
    assert [line.split("  ")[0].strip() for line in lines[2:]] == ["fast", "slow"]
    assert "12.3 ms" in lines[2]
    assert "!" not in lines[2]
    assert "250 ms !" in lines[3]


def test_a_figure_is_the_median_of_its_runs_without_the_warm_up() -> None:
    runs: list[int] = []
    assert cpu_ms(lambda: runs.append(1), 5, warm_up=2) >= 0
    assert len(runs) == 7


def test_every_figure_of_a_list_can_be_taken_and_written(tmp_path: Path) -> None:
    figures = list(lists.figures(tmp_path, 1, [120]))
    write_json(figures, tmp_path / "figures.json")
    told = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert len(told["figures"]) == len(figures) >= 14
    assert all(figure["value"] > 0 for figure in told["figures"])
