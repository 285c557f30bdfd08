"""The check before signing: reading the file of an order, all rules over it, and a stored document as its card asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roadmapdocs.documents.operations import get_document
from roadmapdocs.drafting.checks.gathering import Surroundings, read_file
from roadmapdocs.drafting.checks.operations import check_document
from roadmapdocs.drafting.checks.registry import run
from roadmapdocs.drafting.samples import sample
from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.people.rules import SYSTEM
from tests.approvals.office import make_office
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import office
from tests.conftest import TODAY
from tests.drafting.checks.test_samples import facts_of, printed


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    values = sample("order.docx")
    data = printed("order.docx", values)
    facts = facts_of("order.docx", values)
    plain = cpu_ms(lambda: paragraphs_of(data, "order.docx"), runs)
    read = cpu_ms(lambda: read_file(data, Kind.DOCX), runs)
    yield Figure("read an order for its check", read, "ms", runs, aim=100, yardstick=plain, yardstick_name="its paragraphs alone")
    yield Figure("all rules over the order", cpu_ms(lambda: run(facts), runs, 3), "ms", runs, aim=50)
    with office(folder):
        people = make_office()
        document = people.document()
        people.text(document, "Вторая редакция текста.")
        stored = get_document(document.id)
        around = Surroundings(people.store)
        warm = cpu_ms(lambda: check_document(stored, around, by=SYSTEM, today=TODAY), runs, 3)
    yield Figure("check of a stored document, its file read before", warm, "ms", runs, aim=50)
