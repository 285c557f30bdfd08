"""Measure, print the table and write it as JSON."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import (
    api,
    approvals,
    assignments,
    checks,
    inflection,
    lists,
    odoo,
    previews,
    reading,
    registration,
    rendering,
    roadmaps,
    search,
    start,
)
from tests.benchmarks.measure import Figure, table, write_json

PARTS = ("reading", "roadmaps", "lists", "registration", "approvals", "assignments", "previews", "inflection", "rendering", "checks", "search", "api", "odoo", "start")


def main() -> int:
    """A figure over its aim is marked in the table; the exit code is 0 whenever all could be taken."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, and no list of 100,000 documents")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here, too")
    parser.add_argument("--only", choices=PARTS, action="append", help="these parts only")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="documents in the archives of the part search")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="roadmapdocs-bench-") as folder:
        figures = list(_measured(Path(folder), set(arguments.only or PARTS), arguments.sizes, quick=arguments.quick))
    print(table(figures))  # noqa: T201 - the table is what the command is for
    if arguments.json:
        write_json(figures, arguments.json)
    return 0


def _measured(folder: Path, parts: set[str], sizes: list[int] | None, *, quick: bool) -> Iterator[Figure]:
    runs = 5 if quick else 15
    if "reading" in parts:
        yield from reading.figures(folder / "reading", runs)
    if "roadmaps" in parts:
        yield from roadmaps.figures(folder / "roadmaps", runs)
    if "lists" in parts:
        yield from lists.figures(folder / "lists", runs, [1_000, 10_000] if quick else [1_000, 10_000, 100_000])
    if "registration" in parts:
        yield from registration.figures(folder / "registration", 100 if quick else 300, 10_000 if quick else 100_000)
    if "approvals" in parts:
        yield from approvals.figures(folder / "approvals", runs, 10_000 if quick else 100_000)
    if "assignments" in parts:
        yield from assignments.figures(folder / "assignments", runs, 5_000 if quick else 50_000, 500 if quick else 5_000)
    if "previews" in parts:
        yield from previews.figures(folder / "previews", runs)
    if "inflection" in parts:
        yield from inflection.figures(runs)
    if "rendering" in parts:
        yield from rendering.figures(runs)
    if "checks" in parts:
        yield from checks.figures(folder / "checks", runs)
    if "search" in parts:
        yield from search.figures(folder / "search", 8 if quick else 40, sizes or ([500] if quick else [10_000, 100_000]))
    if "api" in parts:
        yield from api.figures(folder / "api", runs, 10_000 if quick else 100_000)
    if "odoo" in parts:
        yield from odoo.figures(folder / "odoo", runs, 10_000 if quick else 100_000)
    if "start" in parts:
        yield from start.figures(folder / "start", runs)


if __name__ == "__main__":
    raise SystemExit(main())
