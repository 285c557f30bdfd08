"""The coverage page of a large roadmap, and the list of an office with many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from roadmapdocs.coverage.matrix import forget
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.models import Edition
from roadmapdocs.roadmap.operations import store_draft
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import Office, fill_documents, office, prove
from tests.conftest import NOW
from tests.factories import large_draft

ITEMS = 100
OFFICE = 50
ITEMS_OF_EACH = 40
DOCUMENTS = 500
#: The tables whose rows a coverage page is made of, joined to their items.
TABLES = ("rd_item_term", "rd_responsible", "rd_year_value", "rd_expected_document")
PROOFS = (
    "SELECT p.*, d.number, d.date, d.title, d.preparation FROM rd_proof p JOIN rd_document d ON d.id = p.document_id "
    "JOIN rd_expected_document e ON e.id = p.expected_id JOIN rd_item i ON i.id = e.item_id"
)


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    with office(folder / "one") as opened:
        fill_documents(DOCUMENTS)
        edition = _store(ITEMS)
        address = f"/roadmaps/{edition.roadmap_id}"
        assert len(re.findall("Провести мероприятие", opened.page(address))) >= ITEMS
        yield Figure(
            f"coverage page: {ITEMS} items × 4 years × 3 documents",
            cpu_ms(lambda: opened.page(address), runs, warm_up=2),
            "ms",
            runs,
            aim=60,
            wish=30,
            yardstick=_raw(opened, f"WHERE i.edition_id = {edition.id}", runs),
            yardstick_name="SQLite: the same rows",
        )
        yield Figure(
            "the same page, first after a change",
            cpu_ms(lambda: _after_a_change(opened, address), runs, warm_up=2),
            "ms",
            runs,
            aim=60,
            wish=30,
        )
        yield Figure(
            "card of a document that proves items of it",
            cpu_ms(lambda: opened.page("/documents/1"), runs, warm_up=2),
            "ms",
            runs,
            aim=25,
            wish=12,
        )
        yield Figure("«Ждёт меня» beside it", cpu_ms(lambda: opened.page("/"), runs, warm_up=2), "ms", runs)
    with office(folder / "many") as opened:
        fill_documents(DOCUMENTS)
        for _ in range(OFFICE):
            _store(ITEMS_OF_EACH)
        few = max(runs // 3, 3)
        yield Figure(
            f"list of {OFFICE} roadmaps of {ITEMS_OF_EACH} items",
            cpu_ms(lambda: opened.page("/roadmaps/"), few),
            "ms",
            few,
            yardstick=_raw(opened, "", few),
            yardstick_name="SQLite: the same rows",
        )
        yield Figure(
            "the same list, first after a change",
            cpu_ms(lambda: _after_a_change(opened, "/roadmaps/"), few),
            "ms",
            few,
        )


def _after_a_change(opened: Office, address: str) -> None:
    """A page for whoever opens it first after somebody did something: nothing computed can be used again."""
    forget()
    opened.page(address)


def _store(items: int) -> Edition:
    edition = store_draft(large_draft(items), source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW)
    prove(edition, list(range(1, DOCUMENTS + 1)))
    return edition


def _raw(opened: Office, condition: str, runs: int) -> float:
    queries = [f"SELECT t.* FROM {table} t JOIN rd_item i ON i.id = t.item_id {condition}" for table in TABLES]
    queries += [f"SELECT i.* FROM rd_item i {condition}", f"{PROOFS} {condition}"]
    with opened.raw() as connection:
        return cpu_ms(lambda: [connection.execute(query).fetchall() for query in queries], runs)
