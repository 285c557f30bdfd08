"""Calls: arguments by place and by name, the list of what may be called, one transaction, one entry in the journal."""

from __future__ import annotations

from typing import Any

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import changes_hash, verify
from roadmapdocs.erp.odoo.calls import call
from roadmapdocs.erp.odoo.errors import Invalid, Unknown
from roadmapdocs.erp.odoo.methods import COMMON, methods_of
from roadmapdocs.erp.odoo.registry import model_of
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Post, Unit, User
from roadmapdocs.people.tokens import Bearer, Scope
from tests.erp.odoo.school import OFFICE


def ask(bearer: Bearer, model: Any, method: Any, *args: Any, **kwargs: Any) -> Any:
    return call(bearer, OFFICE, protocol="test", model=model, method=method, args=list(args), kwargs=kwargs)


def told() -> list[dict[str, Any]]:
    return [row.effect for row in Event.select().where(Event.what == "api_called").order_by(Event.number)]


def test_arguments_by_place_and_by_name_are_the_same(caller: Bearer) -> None:
    domain = [["since", ">", "2020-01-01"]]
    wanted = [6, 3]
    assert ask(caller, "test.post", "search", domain, 0, 2, "since desc") == wanted
    assert ask(caller, "test.post", "search", domain, limit=2, order="since desc") == wanted
    assert ask(caller, "test.post", "search", domain=domain, offset=0, limit=2, order=False) == wanted
    assert ask(caller, "test.post", "search", domain, 0, False, False) == [6, 3, 2]
    assert ask(caller, "test.post", "search") == ask(caller, "test.post", "search", []) != []
    assert ask(caller, "test.post", "search_count", domain) == 3


def test_a_bare_id_is_a_list_of_one(caller: Bearer) -> None:
    for ids in (1, [1], (1,)):
        assert ask(caller, "test.post", "read", ids, ["title"]) == [{"id": 1, "title": "Начальник"}]
    assert ask(caller, "test.post", "read", ids=1, fields=["title"]) == [{"id": 1, "title": "Начальник"}]
    assert ask(caller, "test.post", "read", False, ["title"]) == []


def test_no_fields_are_all_fields(caller: Bearer) -> None:
    every = set(model_of("test.post").all_fields())
    for fields in ([], False, None):
        assert set(ask(caller, "test.post", "read", [1], fields)[0]) == every


def test_the_classic_way_of_writing_gives_bare_ids(caller: Bearer) -> None:
    assert ask(caller, "test.post", "read", [3], ["unit_id"], load="_classic_write") == [{"id": 3, "unit_id": 3}]
    (row,) = ask(caller, "test.post", "search_read", [["id", "=", 3]], ["unit_id"], load="_classic_write")
    assert row == {"id": 3, "unit_id": 3}
    assert ask(caller, "test.post", "read", [3], ["unit_id"], load=False)[0]["unit_id"] == [3, "Сектор_учёта 50%"]


@pytest.mark.parametrize(
    ("limit", "count"), [(None, 7), (False, 7), (0, 7), (3, 3), (10**30, 7), (2**63, 7)]
)
def test_a_limit_that_is_none_or_huge_gives_all(caller: Bearer, limit: Any, count: int) -> None:
    assert len(ask(caller, "test.post", "search", [], 0, limit)) == count
    assert len(ask(caller, "test.post", "search_read", [], ["title"], 0, limit)) == count


@pytest.mark.parametrize("value", [-1, True, "3", 2.5, [3], -(10**30)])
def test_a_limit_that_makes_no_sense_is_refused(caller: Bearer, value: Any) -> None:
    for more in ({"limit": value}, {"offset": value}):
        with pytest.raises(Invalid, match=next(iter(more))):
            ask(caller, "test.post", "search", [], **more)


def test_names_are_searched_and_given(caller: Bearer) -> None:
    assert ask(caller, "test.unit", "name_search", "ОТДЕЛ") == [[2, "Отдел кадров"]]
    assert ask(caller, "test.unit", "name_search", "о", [["parent_id", "=", False]], limit=1) == [[1, "Управление образования"]]
    assert ask(caller, "test.unit", "name_search", args=[["id", "=", 3]]) == [[3, "Сектор_учёта 50%"]]
    assert ask(caller, "test.unit", "name_get", [2, 1]) == [[2, "Отдел кадров"], [1, "Управление образования"]]
    assert len(ask(caller, "test.unit", "name_search")) == 5


def test_fields_are_described_whole_and_by_attributes(caller: Bearer) -> None:
    every = ask(caller, "test.post", "fields_get")
    assert set(every) == set(model_of("test.post").all_fields())
    unit = every["unit_id"]
    assert (unit["type"], unit["relation"], unit["domain"], unit["context"]) == ("many2one", "test.unit", [], {})
    assert unit["required"] is True
    assert unit["readonly"] is False
    lines = ask(caller, "test.unit", "fields_get", ["post_ids"], ["type", "relation_field"])
    assert lines == {"post_ids": {"type": "one2many", "relation_field": "unit_id"}}
    gender = ask(caller, "test.person", "fields_get", allfields=["gender"], attributes=["selection"])
    assert gender == {"gender": {"selection": [["m", "M"], ["f", "F"]]}}
    with pytest.raises(Invalid, match="nothing"):
        ask(caller, "test.unit", "fields_get", ["nothing"])


def test_one_record_or_several_are_made(bearer: Bearer) -> None:
    one = ask(bearer, "test.unit", "create", {"name": "Один", "organisation_id": 1})
    assert isinstance(one, int)
    several = ask(bearer, "test.unit", "create", [{"name": f"Ещё {place}", "organisation_id": 1} for place in range(3)])
    assert several == [one + 1, one + 2, one + 3]
    assert ask(bearer, "test.unit", "create", []) == []
    assert [row["count"] for row in told()] == [1, 3, 0]
    assert ask(bearer, "test.unit", "write", [one], {"name": "Другой"}) is True
    assert ask(bearer, "test.post", "unlink", 7) is True
    assert ask(bearer, "test.post", "exists", [1, 7, 99]) == [1]
    with pytest.raises(Invalid):
        ask(bearer, "test.unit", "create", [{"name": "x"}] * 1001)


def test_all_of_a_list_is_made_or_nothing(bearer: Bearer) -> None:
    rows = [{"title": title, "unit_id": 1, "employee_id": 1, "since": "2026-01-01"} for title in ("сторож", "запрещено")]
    before = changes_hash()
    with pytest.raises(Refusal) as problem:
        ask(bearer, "test.post", "create", rows)
    assert problem.value.code == "title"
    assert Post.select().count() == 7
    assert told()[-1]["result"] == "title", "what was refused is told all the same"
    assert changes_hash() == before, "and nothing changed"


def test_a_method_gets_its_values_and_gives_no_nothing(bearer: Bearer) -> None:
    found = ask(bearer, "test.post", "action_promote", [1, 3], "инспектор", since="2026-02-03")
    assert found == {"promoted": [1, 3], "nothing": False, "since": "2026-02-03"}
    assert {row.title for row in Post.select().where(Post.id << [1, 3])} == {"инспектор"}
    assert ask(bearer, "test.post", "latest") is False


def test_a_failure_takes_back_what_was_done_and_is_entered(bearer: Bearer) -> None:
    with pytest.raises(ZeroDivisionError):
        ask(bearer, "test.post", "action_promote", [1], "поломка")
    assert Post.get_by_id(1).title == "Начальник"
    assert told() == [
        {"protocol": "test", "model": "test.post", "method": "action_promote", "count": 1, "result": "failed", "token": bearer.actor.token_id}
    ]
    assert verify() is None


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ([], {}),
        ([[1]], {}),
        ([[1], "x", False, False, "more"], {}),
        ([[1], "x"], {"title": "y"}),
        ([[1], "x"], {"colour": 1}),
        ([[1], ["x"]], {}),
        ([["1"], "x"], {}),
        ([[True], "x"], {}),
        ([{"id": 1}, "x"], {}),
        (["1", "x"], {}),
        ([[1], "x"], {"since": "завтра"}),
        ([[1], "x"], {"context": []}),
        ([[1], "x"], {"context": "ru_RU"}),
        ([[1], "x", float("inf")], {}),
        ([[1], object()], {}),
        ([[1], {1: 2}], {}),
    ],
)
def test_arguments_that_do_not_fit_are_refused(caller: Bearer, args: list[Any], kwargs: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        ask(caller, "test.post", "action_promote", *args, **kwargs)
    assert told()[-1]["result"] != "done"
    assert Post.get_by_id(1).title == "Начальник"


@pytest.mark.parametrize("depth", [61, 5_000, 200_000])
def test_data_in_data_in_data_are_refused(caller: Bearer, depth: int) -> None:
    domain: list[Any] = []
    for _level in range(depth):
        domain = [domain]
    with pytest.raises(Invalid):
        ask(caller, "test.post", "search", domain)


@pytest.mark.parametrize(("args", "kwargs"), [("x", {}), (None, {}), ({"a": 1}, {}), ([], []), ([], "x"), ([], 7)])
def test_arguments_of_the_wrong_shape_are_refused(caller: Bearer, args: Any, kwargs: Any) -> None:
    with pytest.raises(Invalid):
        call(caller, OFFICE, protocol="test", model="test.post", method="search", args=args, kwargs=kwargs)


@pytest.mark.parametrize(
    ("model", "method", "error", "code"),
    [
        ("test.nothing", "read", Unknown, "unknown_model"),
        (7, "read", Unknown, "unknown_model"),
        (None, "read", Unknown, "unknown_model"),
        ("test.post", "frobnicate", Unknown, "unknown_method"),
        ("test.post", ["read"], Unknown, "unknown_method"),
        ("test.post", "", Unknown, "unknown_method"),
        ("test.post", "_promote", Forbidden, "private_method"),
        ("test.post", "__class__", Forbidden, "private_method"),
        ("test.post", "_search", Forbidden, "private_method"),
        ("test.post", "run", Unknown, "unknown_method"),
        ("test.post", "rows", Unknown, "unknown_method"),
        ("test.unit", "unlink", Forbidden, "not_here"),
        ("test.post", "copy", Forbidden, "not_here"),
    ],
)
def test_only_what_is_published_is_called(caller: Bearer, model: Any, method: Any, error: type[Refusal], code: str) -> None:
    with pytest.raises(error) as problem:
        ask(caller, model, method, *([[1]] if method in ("unlink", "copy", "read") else []))
    assert problem.value.code == code
    assert told()[-1]["result"] == code


def test_no_method_of_any_model_is_private_and_each_says_what_it_needs(caller: Bearer) -> None:
    from roadmapdocs.erp.odoo.registry import MODELS

    ask(caller, "test.post", "search_count")
    for model in MODELS.values():
        for name, method in methods_of(model).items():
            assert not name.startswith("_")
            names = [one.name for one in method.parameters]
            assert len(set(names)) == len(names)
            assert not set(names) & {"ids", "context"}


READING = {name for name, method in COMMON.items() if method.scope is Scope.READ}


def test_what_reads_and_what_changes_is_decided() -> None:
    assert set(COMMON) - READING == {"create", "write", "unlink", "copy"}


def test_a_token_to_read_changes_nothing(bearer: Bearer) -> None:
    reader = Bearer(bearer.actor, bearer.user, frozenset({Scope.READ}))
    writer = Bearer(bearer.actor, bearer.user, frozenset({Scope.WRITE}))
    assert ask(reader, "test.post", "search_count") == 7
    for method, args in (("write", [[1], {"title": "x"}]), ("create", [{}]), ("unlink", [[1]]), ("action_promote", [[1], "x"])):
        with pytest.raises(Forbidden) as problem:
            ask(reader, "test.post", method, *args)
        assert problem.value.code == "scope"
    with pytest.raises(Forbidden):
        ask(writer, "test.post", "search_count")
    assert [row["result"] for row in told()] == ["done", "scope", "scope", "scope", "scope", "scope"]


def test_each_call_is_one_entry_with_its_token(bearer: Bearer) -> None:
    ask(bearer, "test.unit", "read", [1, 2], ["name"])
    (entry,) = Event.select().where(Event.what == "api_called")
    assert (entry.subject, entry.user_id) == (f"user:{bearer.user.id}", bearer.user.id)
    assert entry.effect == {
        "protocol": "test",
        "model": "test.unit",
        "method": "read",
        "count": 2,
        "result": "done",
        "token": bearer.actor.token_id,
    }


def test_names_out_of_all_measure_do_not_fill_the_journal(caller: Bearer) -> None:
    with pytest.raises(Unknown):
        ask(caller, "x" * 100_000, "y" * 100_000)
    assert len(told()[-1]["model"]) <= 80
    assert len(told()[-1]["method"]) <= 80


def test_the_context_chooses_the_language_and_makes_up_for_nothing(caller: Bearer) -> None:
    with use_language("ru"), pytest.raises(Invalid) as problem:
        ask(caller, "test.unit", "search", [["nothing", "=", 1]], context={"lang": "en_US"})
    assert problem.value.message.startswith("test.unit has no field nothing.")
    assert ask(caller, "test.unit", "search_count", context={"lang": 7, "tz": [], "bin_size": None, "x": {}}) == 5
    assert ask(caller, "test.unit", "search_count", context=False) == 5


def test_rights_are_asked_for(caller: Bearer) -> None:
    assert ask(caller, "test.post", "check_access_rights", "create") is True
    assert ask(caller, "test.unit", "check_access_rights", "unlink", False) is False
    with pytest.raises(Forbidden):
        ask(caller, "test.unit", "check_access_rights", "unlink")
    with pytest.raises(Invalid, match="fly"):
        ask(caller, "test.unit", "check_access_rights", "fly")
    assert ask(caller, "test.unit", "has_access", [1], "read") is True
    assert ask(caller, "test.person", "has_access", [1, 3], "read") is False


def test_a_method_reaches_no_record_that_is_hidden(caller: Bearer) -> None:
    with pytest.raises(NotFound):
        ask(caller, "test.post", "action_promote", [1, 99], "x")
    assert Post.get_by_id(1).title == "Начальник"
    assert Unit.select().count() == 5
    assert User.select().count() == 4


def test_what_is_proposed_for_a_new_record_comes_from_the_context(caller: Bearer) -> None:
    found = ask(caller, "test.unit", "default_get", ["name", "abbreviation"], context={"default_name": "Новый"})
    assert found == {"name": "Новый"}
