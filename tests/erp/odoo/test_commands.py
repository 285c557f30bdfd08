"""Commands on lists, and what may be written at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.db import transaction
from roadmapdocs.erp.odoo import writing
from roadmapdocs.erp.odoo.commands import Command, What, final_ids, parse_commands
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.registry import model_of
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Post, Unit
from tests.erp.odoo.school import env, fill


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ([[0, 0, {"a": 1}]], (Command(What.CREATE, values={"a": 1}),)),
        ([(0, False, {})], (Command(What.CREATE),)),
        ([[1, 7, {"a": 1}]], (Command(What.UPDATE, 7, {"a": 1}),)),
        ([[2, 7, False], [3, 8], [4, 9, 0]], (Command(What.DELETE, 7), Command(What.UNLINK, 8), Command(What.LINK, 9))),
        ([[5], [5, 0, 0]], (Command(What.CLEAR), Command(What.CLEAR))),
        ([[6, 0, [1, 2]]], (Command(What.SET, ids=(1, 2)),)),
        ([3, 4], (Command(What.SET, ids=(3, 4)),)),
        ([], ()),
        (False, (Command(What.CLEAR),)),
    ],
)
def test_commands_are_read_as_clients_send_them(sent: object, read_as: tuple[Command, ...]) -> None:
    assert parse_commands("lines", sent) == read_as


@pytest.mark.parametrize(
    "sent",
    [7, "4,7", {"a": 1}, [[7, 1]], [[-1, 1]], [[True, 1]], [[]], [[4]], [[4, "x"]], [[4, True]], [[0, 0]], [[0, 0, []]], [[6, 0, 1]],
     [[6, 0, ["x"]]], [[1, None, {}]], [3, "x"], [None], [[4, 1, 2, 3]], [[4, 10**30]], [[5]] * 2001],
)  # fmt: skip
def test_commands_that_are_none_are_refused_by_the_name_of_the_field(sent: object) -> None:
    with pytest.raises(Invalid, match="lines"):
        parse_commands("lines", sent)


_IDS = st.integers(1, 6)
_COMMANDS = st.one_of(
    _IDS.map(lambda one: [2, one]),
    _IDS.map(lambda one: [3, one]),
    _IDS.map(lambda one: [4, one]),
    st.just([5]),
    st.lists(_IDS, max_size=3).map(lambda ids: [6, 0, ids]),
)


@given(st.lists(_COMMANDS, max_size=8), st.lists(_IDS, max_size=4, unique=True))
def test_a_list_of_ids_ends_as_sets_would(sent: list[Any], present: list[int]) -> None:
    wanted = set(present)
    for command in sent:
        if command[0] in {2, 3}:
            wanted -= {command[1]}
        elif command[0] == 4:
            wanted |= {command[1]}
        else:
            wanted = set(command[2]) if command[0] == 6 else set()
    # A plain list of commands is never one of ids.
    found = final_ids(parse_commands("lines", sent), present)
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_a_list_of_ids_makes_no_lines() -> None:
    with pytest.raises(Invalid, match="0"):
        final_ids(parse_commands("lines", [[0, 0, {}]]), [])


def post(**more: Any) -> list[Any]:
    return [0, 0, {"title": "сторож", "employee_id": 1, "since": "2026-01-01", **more}]


def test_lines_are_made_changed_and_removed_with_their_record(database: str, school: None) -> None:
    fill()
    unit = writing.create(model_of("test.unit"), {"name": "Новый", "organisation_id": 1, "post_ids": [post(), post(heads=True)]}, env())
    first, second = Post.select().where(Post.unit == unit).order_by(Post.id)
    assert (first.title, second.heads) == ("сторож", True)
    writing.write(model_of("test.unit"), [unit], {"post_ids": [[1, first.id, {"title": "дворник"}], [2, second.id], [4, first.id]]}, env())
    (left,) = Post.select().where(Post.unit == unit)
    assert left.title == "дворник"


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ([1, 1, {"title": "чужой"}], NotFound),
        ([2, 1], NotFound),
        ([4, 1], Invalid),
        ([3, 2], Invalid),
        ([5], Invalid),
        ([6, 0, [2]], Invalid),
        ([0, 0, {"title": "x"}], Invalid),
        ([0, 0, {"title": "запрещено", "employee_id": 1, "since": "2026-01-01"}], Refusal),
    ],
)
def test_what_does_not_belong_to_a_record_is_not_reached_through_it(
    sqlite_database: None, school: None, command: list[Any], error: type[Exception]
) -> None:
    fill()
    with pytest.raises(error), transaction():
        writing.write(model_of("test.unit"), [2], {"name": "Иное имя", "post_ids": [command]}, env())
    assert Unit.get_by_id(2).name == "Отдел кадров", "nothing of the call stays"
    assert Post.get_by_id(1).title == "Начальник"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"nane": "x"}, "nane"),
        ({"id": 7}, "id"),
        ({"letters": 7}, "letters"),
        ({"display_name": "x"}, "display_name"),
        ({"person_ids": [[6, 0, []]]}, "person_ids"),
        ({"name": 7}, "name"),
        ({"parent_id": "x"}, "parent_id"),
        ({"organisation_id": False}, "organisation_id"),
        ({"name": None}, "name"),
        (["name"], "values"),
        (None, "values"),
        ({1: "x"}, "values"),
    ],
)
def test_what_cannot_be_given_is_named(sqlite_database: None, school: None, values: Any, named: str) -> None:
    fill()
    usual = {"name": "Новый", "organisation_id": 1}
    given = {**usual, **values} if isinstance(values, dict) else values
    from roadmapdocs.i18n import use_language

    with use_language("en"), pytest.raises(Invalid, match=named):
        writing.create(model_of("test.unit"), given, env())


def test_what_belongs_to_a_new_record_only_stays(sqlite_database: None, school: None) -> None:
    fill()
    with pytest.raises(Invalid) as problem:
        writing.write(model_of("test.unit"), [1], {"organisation_id": 2}, env())
    assert problem.value.code == "readonly"
    with pytest.raises(Invalid, match="name"):
        writing.write(model_of("test.unit"), [1], {"name": False}, env())


def test_a_record_points_only_where_its_writer_may_look(sqlite_database: None, school: None) -> None:
    fill()
    with pytest.raises(NotFound):
        writing.create(model_of("test.post"), {"title": "x", "unit_id": 1, "employee_id": 3, "since": "2026-01-01"}, env())
    with pytest.raises(NotFound):
        writing.write(model_of("test.unit"), [1], {"parent_id": 77}, env())


def test_defaults_come_in_the_context_and_only_for_the_record_itself(sqlite_database: None, school: None) -> None:
    fill()
    defaults = {"organisation_id": 2, "name": "По умолчанию", "letters": 5, "title": "не для строк"}
    made = writing.create(model_of("test.unit"), {"post_ids": [post()]}, env(defaults=defaults))
    assert (Unit.get_by_id(made).name, Unit.get_by_id(made).organisation_id) == ("По умолчанию", 2)
    assert Post.get(Post.unit == made).title == "сторож"


def test_what_a_model_does_not_do_is_refused(sqlite_database: None, school: None) -> None:
    fill()
    for work in (
        lambda: writing.create(model_of("test.person"), {"name": "x"}, env()),
        lambda: writing.write(model_of("test.person"), [1], {"name": "x"}, env()),
        lambda: writing.unlink(model_of("test.unit"), [1], env()),
    ):
        with pytest.raises(Forbidden) as problem:
            work()
        assert problem.value.code == "not_here"


def test_records_that_are_not_there_are_not_changed(sqlite_database: None, school: None) -> None:
    fill()
    with pytest.raises(NotFound), transaction():
        writing.write(model_of("test.unit"), [1, 99], {"name": "x"}, env())
    with pytest.raises(NotFound), transaction():
        writing.unlink(model_of("test.post"), [1, 99], env())
    assert Post.select().count() == 7
    with pytest.raises(Invalid):
        writing.write(model_of("test.unit"), list(range(writing.MOST_CHANGED + 1)), {"name": "x"}, env())
