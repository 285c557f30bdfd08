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
from roadmapdocs.people.rules import Role
from roadmapdocs.web.lists.context import PAGE
from tests.benchmarks.measure import Figure, cpu_ms
from tests.benchmarks.office import RARE, Office, fill_documents, office

LIST_AIM, LIST_WISH = 50, 25
CARD_AIM, CARD_WISH = 25, 12
COLUMNS = "d.id, d.number, d.date, d.title, d.signer, d.preparation, k.short"
ROWS = f"SELECT {COLUMNS} FROM rd_document d JOIN rd_kind k ON k.id = d.kind_id"
NEWEST = "ORDER BY d.listed_on DESC, d.id DESC LIMIT 50"
OLDEST = "ORDER BY d.listed_on, d.id LIMIT 50"
NUMBERED = f"SELECT {COLUMNS} FROM rd_entry e JOIN rd_document d ON d.entry_id = e.id JOIN rd_kind k ON k.id = d.kind_id"
RUNNING = "ORDER BY e.period, e.n, e.sort, d.id LIMIT 50"
IN_FORCE = "d.force_from <= '2018-06-01' AND (d.force_until IS NULL OR d.force_until > '2018-06-01')"
#: Others look at these, too: what one may read is another condition for each of them.
READERS = {
    Role.CLERK: ("/documents/", "/documents/?journal=1", "/documents/?to_register=1"),
    Role.STAFF: ("/documents/", "/documents/?journal=1", "/documents/?mark=official"),
}
ORDERS = "d.kind_id IN (SELECT id FROM rd_kind WHERE expected = 'приказ')"


def pages(size: int) -> list[tuple[str, str, str]]:
    """Name, address and the plain query for the same rows."""
    last = -(-size // PAGE)
    return [
        ("first page", "/documents/", f"{ROWS} {NEWEST}"),
        ("last page", f"/documents/?page={last}", f"{ROWS} {NEWEST} OFFSET {(last - 1) * PAGE}"),
        ("the last page by its name", "/documents/?page=-1", f"{ROWS} {OLDEST}"),
        ("middle page", f"/documents/?page={last // 2}", f"{ROWS} {NEWEST} OFFSET {(last // 2 - 1) * PAGE}"),
        ("filtered by kind", "/documents/?kind=приказ", f"{ROWS} WHERE {ORDERS} {NEWEST}"),
        ("filtered by state", "/documents/?state=draft", f"{ROWS} WHERE d.preparation = 'draft' {NEWEST}"),
        ("filtered by mark", "/documents/?mark=official", f"{ROWS} WHERE d.mark = 'official' {NEWEST}"),
        ("filtered by a state of nobody", "/documents/?force=ended", f"{ROWS} WHERE d.force = 'ended' {NEWEST}"),
        ("in force on a day", "/documents/?on=2018-06-01", f"{ROWS} WHERE {IN_FORCE} {NEWEST}"),
        ("control overdue", "/documents/?overdue=1", f"{ROWS} WHERE d.control = 'on' {NEWEST}"),
        ("without a roadmap", "/documents/?unlinked=1", f"{ROWS} {NEWEST}"),
        ("one journal with gaps", "/documents/?journal=1", f"{NUMBERED} WHERE e.journal_id = 1 {RUNNING}"),
        (
            "a year of one journal",
            "/documents/?journal=1&year=2020",
            f"{NUMBERED} WHERE e.journal_id = 1 AND e.period = '2020' {RUNNING}",
        ),
        ("sorted by title", "/documents/?sort=title", f"{ROWS} ORDER BY d.title, d.id LIMIT 50"),
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
        for role, addresses in READERS.items():
            for address in addresses:
                yield Figure(
                    f"documents {size:,}: {address.removeprefix('/documents/') or 'first page'} as {role}",
                    cpu_ms(lambda role=role, address=address: opened.page(address, role), runs, warm_up=2),
                    "ms",
                    runs,
                    aim=LIST_AIM,
                    wish=LIST_WISH,
                )
        for kind in ("csv", "xlsx"):
            yield _exported(opened, size, kind)
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


def _exported(opened: Office, size: int, kind: str) -> Figure:
    """A file of a year's documents, in ms for a thousand rows."""
    rows = Document.select().where(Document.listed_on.between("2020-01-01", "2020-12-31")).count()
    took = cpu_ms(lambda: _file(opened.client, f"/documents/export.{kind}?year=2020"), 1, warm_up=0)
    return Figure(f"documents {size:,}: {kind} of {rows:,} rows, a thousand", took * 1000 / rows, "ms", 1)


def _file(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        assert response.status_code == 200, response.status
        response.get_data()


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
