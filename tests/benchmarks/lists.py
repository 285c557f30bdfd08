"""The list of documents and a card, in offices of different sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_admin import Admin
from flask_admin.contrib.peewee import ModelView
from flask_babel import Babel

from roadmapdocs.documents.models import Document
from roadmapdocs.web.document_list import PAGE
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import RARE, Office, fill_documents, office

LIST_AIM, LIST_WISH = 50, 25
CARD_AIM, CARD_WISH = 25, 12
COLUMNS = "d.id, d.number, d.date, d.title, d.signer, d.preparation, k.short"
ROWS = f"SELECT {COLUMNS} FROM rd_document d JOIN rd_kind k ON k.id = d.kind_id"
NEWEST = "ORDER BY d.listed_on DESC, d.id DESC LIMIT 50"
ORDERS = "d.kind_id IN (SELECT id FROM rd_kind WHERE expected = 'приказ')"


def pages(size: int) -> list[tuple[str, str, str]]:
    """Name, address and the plain query for the same rows."""
    last = -(-size // PAGE)
    return [
        ("first page", "/documents/", f"{ROWS} {NEWEST}"),
        ("last page", f"/documents/?page={last}", f"{ROWS} {NEWEST} OFFSET {(last - 1) * PAGE}"),
        ("middle page", f"/documents/?page={last // 2}", f"{ROWS} {NEWEST} OFFSET {(last // 2 - 1) * PAGE}"),
        ("filtered by kind", "/documents/?kind=приказ", f"{ROWS} WHERE {ORDERS} {NEWEST}"),
        ("filtered by state", "/documents/?state=draft", f"{ROWS} WHERE d.preparation = 'draft' {NEWEST}"),
        ("filtered by year", "/documents/?year=2020", f"{ROWS} WHERE d.listed_on LIKE '2020%' {NEWEST}"),
        ("sorted by number", "/documents/?sort=number", f"{ROWS} ORDER BY d.number_sort, d.id LIMIT 50"),
        (
            "kind, sorted by number",
            "/documents/?kind=приказ&sort=number",
            f"{ROWS} WHERE {ORDERS} ORDER BY d.number_sort, d.id LIMIT 50",
        ),
        ("common word", "/documents/?q=смотр", f"{ROWS} WHERE d.search_key LIKE '%смотр%' {NEWEST}"),
        ("rare word", f"/documents/?q={RARE}", f"{ROWS} WHERE d.search_key LIKE '%{RARE}%' {NEWEST}"),
        ("absent word", "/documents/?q=нетакого", f"{ROWS} WHERE d.search_key LIKE '%нетакого%' {NEWEST}"),
    ]


def figures(folder: Path, runs: int, sizes: list[int]) -> Iterator[Figure]:
    for size in sizes:
        with office(folder / str(size)) as opened:
            fill_documents(size)
            yield from _of_size(opened, size, runs)


def _of_size(opened: Office, size: int, runs: int) -> Iterator[Figure]:
    with opened.raw() as connection:
        for name, address, query in pages(size):
            yield Figure(
                f"documents {size:,}: {name}",
                cpu_ms(lambda address=address: opened.page(address), runs, warm_up=2),
                "ms",
                runs,
                aim=LIST_AIM,
                wish=LIST_WISH,
                yardstick=cpu_ms(lambda query=query: connection.execute(query).fetchall(), runs),
                yardstick_name="SQLite: the same rows",
            )
        yield Figure(
            f"documents {size:,}: counted",
            cpu_ms(lambda: Document.select().count(), runs),
            "ms",
            runs,
            yardstick=cpu_ms(lambda: connection.execute("SELECT count(*) FROM rd_document").fetchall(), runs),
            yardstick_name="SQLite: count(*)",
        )
        yield Figure(
            f"documents {size:,}: card",
            cpu_ms(lambda: opened.page(f"/documents/{size // 2}"), runs, warm_up=2),
            "ms",
            runs,
            aim=CARD_AIM,
            wish=CARD_WISH,
            yardstick=cpu_ms(
                lambda: connection.execute("SELECT * FROM rd_document WHERE id = ?", (size // 2,)).fetchall(), runs
            ),
            yardstick_name="SQLite: its row",
        )
    bare = _bare_list()
    yield Figure(
        f"documents {size:,}: bare Flask-Admin list of 50 (yardstick)",
        cpu_ms(lambda: _whole(bare), max(runs // 3, 3)),
        "ms",
        max(runs // 3, 3),
    )


def _whole(client: FlaskClient) -> None:
    response = client.get("/admin/document/?sort=1")
    assert response.status_code == 200, response.status


def _bare_list() -> FlaskClient:
    """A stock list of the same table, without people, frame or words of ours."""

    class Bare(ModelView):
        page_size = PAGE
        column_list = ("number", "date", "title", "signer", "preparation", "kind")

    app = Flask("bare")
    app.secret_key = "bare"
    Babel(app)
    Admin(app, name="bare").add_view(Bare(Document, endpoint="document"))
    return app.test_client()
