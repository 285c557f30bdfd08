"""Reading: the shape of records, their order, pages, groups, and what may not be read."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest

from roadmapdocs.erp.odoo import values
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.fields import Field, Type
from roadmapdocs.erp.odoo.grouping import read_group
from roadmapdocs.erp.odoo.orders import read_order
from roadmapdocs.erp.odoo.reading import names_of, read, search, search_read
from roadmapdocs.erp.odoo.registry import model_of
from roadmapdocs.errors import NotFound
from roadmapdocs.people.models import Unit
from tests.erp.odoo.school import env, fill
from tests.factories import count_queries


def post(number: int, *names: str, classic: bool = False) -> dict[str, Any]:
    return read(model_of("test.post"), [number], names, env(), classic=classic)[0]


def test_nothing_is_false_and_of_numbers_zero(database: str, school: None) -> None:
    fill()
    assert post(3, "title", "until", "since", "heads", "rank") == {
        "id": 3,
        "title": "Методист",
        "until": False,
        "since": "2022-01-02",
        "heads": False,
        "rank": 0,
    }
    (account,) = read(model_of("test.account"), [2], ["locked_until", "active", "surname"], env())
    assert account == {"id": 2, "locked_until": "2026-03-01 10:00:00", "active": True, "surname": "Скрытый"}


def test_a_related_record_comes_with_its_name_or_as_a_bare_id(database: str, school: None) -> None:
    fill()
    assert post(3, "unit_id")["unit_id"] == [3, "Сектор_учёта 50%"]
    assert post(3, "unit_id", classic=True)["unit_id"] == 3
    unit = read(model_of("test.unit"), [1], ["parent_id", "post_ids", "person_ids"], env())[0]
    assert unit == {"id": 1, "parent_id": False, "post_ids": [1, 5, 7], "person_ids": [1, 4]}, "the latest posts come first"


def test_a_related_record_that_is_hidden_is_nothing(database: str, school: None) -> None:
    fill()
    assert post(4, "person_id")["person_id"] is False
    assert post(4, "person_id", classic=True)["person_id"] is False
    with pytest.raises(NotFound, match="3"):
        read(model_of("test.person"), [1, 3], ["name"], env())


def test_records_come_in_the_order_of_the_ids_and_as_often(still: None) -> None:
    rows = read(model_of("test.unit"), [3, 1, 3], ["name"], env())
    assert [row["id"] for row in rows] == [3, 1, 3]
    assert read(model_of("test.unit"), [], ["name"], env()) == []


@pytest.mark.parametrize("ids", [[99], [0], [-1], [10**30], [2**63]])
def test_what_is_not_there_is_told_whatever_its_number(still: None, ids: list[int]) -> None:
    with pytest.raises(NotFound) as problem:
        read(model_of("test.unit"), ids, ["name"], env())
    assert problem.value.code == "no_record"


def test_names_are_made_by_the_model(still: None) -> None:
    assert names_of(model_of("test.post"), [2, 1], env()) == {1: "Начальник (1)", 2: "методист (2)"}
    assert names_of(model_of("test.colour"), [3], env())[3] == "охра"


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("id", [1, 2, 3, 4, 5, 6, 7]),
        ("id desc", [7, 6, 5, 4, 3, 2, 1]),
        ("", [6, 3, 2, 1, 5, 4, 7]),
        ("until", [7, 2, 5, 1, 3, 4, 6]),
        ("until desc", [1, 3, 4, 6, 5, 2, 7]),
        ("heads desc, since ASC", [1, 6, 7, 4, 5, 2, 3]),
    ],
)
def test_both_databases_sort_alike_and_ties_by_id(database: str, school: None, order: str, wanted: list[int]) -> None:
    fill()
    assert search(model_of("test.post"), [], env(), order=order) == wanted


def test_pages_follow_one_another(database: str, school: None) -> None:
    fill()
    model = model_of("test.post")
    pages = [search(model, [], env(), offset=start, limit=3) for start in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [one for page in pages for one in page] == search(model, [], env())
    assert search(model, [], env(), offset=5) == search(model, [], env())[5:]
    assert [row["id"] for row in search_read(model, [], ["title"], env(), offset=3, limit=3)] == pages[1]


@pytest.mark.parametrize("order", ["title;drop", "title asc desc", "colour", "letters", "title, " * 20 + "id", "(select 1)", "title.x"])
def test_an_order_that_cannot_be_read_is_refused(still: None, order: str) -> None:
    with pytest.raises(Invalid):
        search(model_of("test.unit"), [], env(), order=order)


def test_an_order_is_read_in_any_case() -> None:
    assert read_order(" name DESC ,id  asc NULLS first") == [("name", True), ("id", False)]


def test_eighty_records_cost_a_few_statements(
    sqlite_database: None, school: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    for place in range(80):
        Unit.create(organisation=1, name=f"Отдел {place}", parent=1 + place % 3)
    sent = count_queries(monkeypatch)
    names = ["name", "organisation_id", "parent_id", "post_ids", "person_ids", "letters", "display_name"]
    assert len(search_read(model_of("test.unit"), [], names, env(), limit=80)) == 80
    assert len(sent) <= 7, "records, two names, two lists and who of them may be seen"


def test_records_without_a_table_are_read_and_sorted(still: None) -> None:
    model = model_of("test.colour")
    assert search(model, [], env()) == [2, 3, 1]
    assert search(model, [["warm", "=", True]], env(), order="name desc", limit=1) == [3]
    (row,) = search_read(model, [["id", "=", 1]], ["name", "next_id", "hue", "display_name"], env())
    assert row == {"id": 1, "name": "Красный", "next_id": [2, "Синий"], "hue": 0, "display_name": "Красный"}
    with pytest.raises(NotFound):
        read(model, [4], ["name"], env())


def test_files_come_as_base64_or_as_their_size(
    still: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_of("test.post")
    assert post(5, "file")["file"] == base64.b64encode("водитель".encode()).decode()
    assert read(model, [5], ["file"], env(bin_size=True)) == [{"id": 5, "file": "16.00 bytes"}]
    monkeypatch.setattr("roadmapdocs.erp.odoo.reading.MOST_BYTES", 20)
    with pytest.raises(Invalid, match="/web/content"):
        read(model, [1, 5], ["file"], env())


@pytest.mark.parametrize(("size", "words"), [(12, "12.00 bytes"), (12_595, "12.30 Kb"), (5 * 2**30, "5.00 Gb")])
def test_the_size_of_a_file_is_told_in_words(size: int, words: str) -> None:
    assert values.size_words(size) == words


def test_more_records_than_one_answer_holds_are_asked_for_in_parts(
    still: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmapdocs.erp.odoo.reading.MOST_READ", 6)
    model = model_of("test.post")
    assert len(search_read(model, [], ["title"], env(), limit=6)) == 6
    for ask in (
        lambda: search_read(model, [], ["title"], env()),
        lambda: search_read(model, [], ["title"], env(), limit=100),
        lambda: read(model, [1] * 7, ["title"], env()),
    ):
        with pytest.raises(Invalid) as problem:
            ask()
        assert problem.value.code == "too_many"


GROUPS: list[tuple[list[str], dict[str, Any], list[tuple[Any, ...]]]] = [
    (["heads"], {}, [(False, 5), (True, 2)]),
    (["until:year"], {}, [("2019", 1), ("2022", 1), ("2024", 1), (False, 4)]),
    (["since:month"], {"domain": [["since", ">=", "2022-01-01"]]}, [("2022-01", 1), ("2025-01", 1)]),
    (["since:quarter"], {"domain": [["since", ">", "2021-12-31"]]}, [("2022-01", 1), ("2025-01", 1)]),
    (["unit_id"], {"domain": [["heads", "=", True]]}, [([2, "Отдел кадров"], 1), ([1, "Управление образования"], 1)]),
    (["heads"], {"limit": 1, "offset": 1}, [(True, 2)]),
    (["heads"], {"orderby": "heads desc"}, [(True, 2), (False, 5)]),
    # Computed by an expression with values in it, in which PostgreSQL sees two.
    (["rank"], {}, [(0, 5), (3, 2)]),
]


@pytest.mark.parametrize(("groupby", "more", "wanted"), GROUPS)
def test_records_are_counted_by_groups(
    database: str, school: None, groupby: list[str], more: dict[str, Any], wanted: list[tuple[Any, ...]]
) -> None:
    fill()
    found = groups(groupby, **more)
    name = groupby[0].partition(":")[0]
    assert [(row[groupby[0]], row[f"{name}_count"]) for row in found] == wanted
    for row in found:
        assert len(search(model_of("test.post"), row["__domain"], env())) == row[f"{name}_count"], "the domain finds its group"


def groups(groupby: list[str], **more: Any) -> list[dict[str, Any]]:
    asked = {"domain": [], "fields": [], "offset": 0, "limit": None, "orderby": "", "lazy": True, **more}
    return read_group(model_of("test.post"), [], env(), groupby=groupby, **asked)


def test_numbers_of_a_group_are_summed_up(database: str, school: None) -> None:
    fill()
    (row,) = groups([], fields=["rank:sum", "most:max(rank)", "some:avg(rank)", "last:max(since)", "ends:count(until)"], lazy=False)
    assert row == {"rank": 6, "most": 3, "some": 3.0, "last": "2025-01-01", "ends": 3, "__count": 7, "__domain": []}


def test_answers_are_counted_and_ids_of_related_records_not_measured(database: str, school: None) -> None:
    fill()
    (row,) = groups([], fields=["heads:count", "person_id:count"], lazy=False)
    assert (row["heads"], row["person_id"]) == (7, 7)
    for wrong in ("heads:max", "person_id:max", "person_id:min", "heads:sum"):
        with pytest.raises(Invalid):
            groups([], fields=[wrong], lazy=False)


def test_the_first_of_several_groups_says_how_to_go_on(still: None) -> None:
    assert groups(["heads", "unit_id"])[0]["__context"] == {"group_by": ["unit_id"]}
    assert len(groups(["heads", "unit_id"], lazy=False)) == 5


@pytest.mark.parametrize("groupby", [["display_name"], ["title:month"], ["since:century"], ["nothing"], ["title", "id", "since:day", "since:month", "since:year", "until:day", "until:year"], [3], 7])
def test_what_cannot_be_grouped_is_refused(still: None, groupby: list[Any]) -> None:
    with pytest.raises(Invalid):
        groups(groupby)


@pytest.mark.parametrize(
    ("kind", "sent", "read_as"),
    [
        (Type.DATE, "2026-11-29", dt.date(2026, 11, 29)),
        (Type.DATE, "2026-11-29 23:00:00", dt.date(2026, 11, 29)),
        (Type.DATE, False, None),
        (Type.DATETIME, "2026-11-29 08:30:00", dt.datetime(2026, 11, 29, 8, 30, tzinfo=dt.UTC)),
        (Type.DATETIME, "2026-11-29T08:30:00+03:00", dt.datetime(2026, 11, 29, 5, 30, tzinfo=dt.UTC)),
        (Type.INTEGER, 7.0, 7),
        (Type.FLOAT, 7, 7.0),
        (Type.BOOLEAN, None, False),
        (Type.BOOLEAN, 1, True),
        (Type.CHAR, None, None),
        (Type.CHAR, "ё", "ё"),
        (Type.REFERENCE, "roadmap.document,07", "roadmap.document,7"),
        (Type.BINARY, "0LDQ\r\nsQ==\n", "аб".encode()),
        (Type.BINARY, b"YQ==", b"a"),
        (Type.MANY2ONE, False, None),
    ],
)  # fmt: skip
def test_values_are_taken_as_clients_send_them(kind: Type, sent: object, read_as: object) -> None:
    assert values.from_wire("x", Field(kind, "X"), sent) == read_as


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (Type.DATE, "29.11.2026"),
        (Type.DATE, "2026-02-30"),
        (Type.DATE, "2026-W48-7"),
        (Type.DATE, 20261129),
        (Type.DATETIME, "0001-01-01T00:00:00+23:00"),
        (Type.DATETIME, "2026-11-29 25:00:00"),
        (Type.INTEGER, "7"),
        (Type.INTEGER, True),
        (Type.INTEGER, 2**63),
        (Type.FLOAT, float("nan")),
        (Type.FLOAT, float("inf")),
        (Type.FLOAT, "1"),
        (Type.BOOLEAN, "true"),
        (Type.CHAR, 5),
        (Type.CHAR, "\0"),
        (Type.TEXT, "\udc00"),
        (Type.REFERENCE, "roadmap.document"),
        (Type.REFERENCE, "roadmap.document,x"),
        (Type.BINARY, "не base64"),
        (Type.BINARY, "YQ="),
        (Type.MANY2ONE, [3, "x"]),
        (Type.SELECTION, "x"),
    ],
)  # fmt: skip
def test_values_of_another_kind_are_refused_by_the_name_of_their_field(kind: Type, sent: object) -> None:
    with pytest.raises(Invalid, match="the_field"):
        values.from_wire("the_field", Field(kind, "X", selection=(("m", "M"),)), sent)
