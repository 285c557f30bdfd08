"""Domains: what they mean is the same on both databases and in plain Python; what cannot be read is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs.erp.odoo import domains
from roadmapdocs.erp.odoo.errors import Invalid
from roadmapdocs.erp.odoo.reading import search
from roadmapdocs.erp.odoo.registry import model_of
from tests.erp.odoo.evaluator import World
from tests.erp.odoo.school import env, fill

ANY_STATE = {"active_test": False}

TEXTS = st.sampled_from(
    ["", "УО", "уо", "о", "О", "Лукина", "лукина@", "ё", "Ё", "МЕТОДИСТ", "методист", "%ист", "_учёта", "50%", "1\\2", "1\\\\2",
     "ideas", "IDEAS", "Library%", "e\\_1", "e_1", "И", "и", "\\", "%", "_", "Ж"]
)  # fmt: skip
DAYS = st.sampled_from(["2020-01-01", "2019-12-31", "2022-01-01", "2025-01-01", "2030-01-01"])
MOMENTS = st.sampled_from(["2026-03-01 10:00:00", "2026-03-01 09:59:59", "2026-02-01", "2027-01-01 00:00:00"])
COMPARE = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
EQUAL = st.sampled_from(["=", "!=", "=?"])
AMONG = st.sampled_from(["in", "not in"])
LIKE = st.sampled_from(["like", "not like", "ilike", "not ilike", "=like", "=ilike"])
NOTHING = st.sampled_from([False, None])
IDS = st.integers(0, 9)


def leaf(name: str, operator: st.SearchStrategy[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.tuples(operator, value).map(lambda pair: [name, *pair])


def text(name: str) -> st.SearchStrategy[list[Any]]:
    return st.one_of(
        leaf(name, LIKE, TEXTS),
        leaf(name, EQUAL, st.one_of(TEXTS, NOTHING)),
        leaf(name, AMONG, st.lists(st.one_of(TEXTS, NOTHING), max_size=3)),
    )


def number(name: str) -> st.SearchStrategy[list[Any]]:
    values = st.integers(-1, 13)
    return st.one_of(leaf(name, COMPARE, values), leaf(name, EQUAL, NOTHING), leaf(name, AMONG, st.lists(values, max_size=3)))


def related(name: str) -> st.SearchStrategy[list[Any]]:
    return st.one_of(
        leaf(name, EQUAL, st.one_of(IDS, NOTHING)),
        leaf(name, AMONG, st.lists(st.one_of(IDS, NOTHING), max_size=3)),
        leaf(name, st.sampled_from(["ilike", "not ilike"]), st.sampled_from(["лук", "УПР", "и", "Лицей", "лит"])),
    )


def family(name: str) -> st.SearchStrategy[list[Any]]:
    return leaf(name, st.sampled_from(["child_of", "parent_of"]), st.one_of(IDS, st.lists(IDS, max_size=2)))


def combined(leaves: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[list[Any]]:
    """Domains of up to three levels, with all three ways to join."""
    one = leaves.map(lambda term: [term])
    return st.recursive(
        one,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: ["&", *pair[0], *pair[1]]),
            st.tuples(inner, inner).map(lambda pair: ["|", *pair[0], *pair[1]]),
            inner.map(lambda part: ["!", *part]),
        ),
        max_leaves=5,
    )


COMPANIES = st.one_of(text("name"), text("place"), related("unit_ids"), text("unit_ids.name"))
PEOPLE = st.one_of(text("name"), text("email"), text("display_name"), leaf("gender", EQUAL, st.sampled_from(["m", "f", False])))
POSTS = st.one_of(
    text("title"),
    leaf("since", COMPARE, DAYS),
    leaf("until", COMPARE, DAYS),
    leaf("until", EQUAL, st.one_of(DAYS, NOTHING)),
    leaf("until", AMONG, st.lists(st.one_of(DAYS, NOTHING), max_size=3)),
    leaf("heads", EQUAL, st.booleans()),
    leaf("heads", AMONG, st.lists(st.booleans(), max_size=2)),
    number("rank"),
    related("person_id"),
    related("unit_id"),
    family("unit_id"),
    text("person_id.email"),
    text("unit_id.organisation_id.place"),
    related("unit_id.parent_id"),
    leaf("person_id", st.sampled_from(["any", "not any"]), combined(PEOPLE)),
)
UNITS = st.one_of(
    text("name"),
    text("abbreviation"),
    related("parent_id"),
    related("post_ids"),
    related("person_ids"),
    family("parent_id"),
    leaf("post_ids", st.sampled_from(["any", "not any"]), combined(POSTS)),
    text("person_ids.display_name"),
    leaf("post_ids.until", EQUAL, NOTHING),
)
ACCOUNTS = st.one_of(
    number("failures"),
    text("surname"),
    leaf("locked_until", COMPARE, MOMENTS),
    leaf("locked_until", EQUAL, NOTHING),
    leaf("active", EQUAL, st.booleans()),
    related("person_id"),
)
COLOURS = st.one_of(text("name"), number("hue"), leaf("warm", EQUAL, st.booleans()), related("next_id"), text("next_id.name"))
MODELS = {
    "test.company": COMPANIES, "test.person": PEOPLE, "test.post": POSTS, "test.unit": UNITS, "test.account": ACCOUNTS,
    "test.colour": COLOURS,
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_the_database_finds_what_plain_python_finds_in_the_records(database: str, school: None, name: str) -> None:
    fill()
    world = World()
    model = model_of(name)

    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(combined(MODELS[name]))
    def agree(domain: list[Any]) -> None:
        found = search(model, domain, env(**ANY_STATE))
        assert set(found) == world.search(name, domain)
        assert len(found) == len(set(found))

    agree()


def found(name: str, *domain: Any, **context: Any) -> list[int]:
    return search(model_of(name), list(domain), env(**context))


def titles(*domain: Any) -> list[str]:
    from roadmapdocs.people.models import Post

    return sorted(str(row.title) for row in Post.select().where(Post.id.in_(found("test.post", *domain))))


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        (("title", "ilike", "методист"), ["МЕТОДИСТ 1\\2", "Методист", "методист"]),
        (("title", "like", "етодист"), ["Методист", "методист"]),
        (("title", "=ilike", "_ЕТОДИСТ"), ["Методист", "методист"]),
        (("title", "=like", "%\\\\2"), ["МЕТОДИСТ 1\\2"]),
        (("title", "not ilike", "ИСТ"), ["Начальник", "водитель", "сторож", "инспектор"]),
        (("heads", "!=", True), ["Методист", "водитель", "инспектор", "методист", "сторож"]),
        (("until", "=", False), ["МЕТОДИСТ 1\\2", "Методист", "Начальник", "инспектор"]),
        (("until", "<", "2020-01-01"), ["сторож"]),
        (("rank", "<", 1), ["Методист", "водитель", "инспектор", "методист", "сторож"]),
        (("until", "in", []), []),
        ((0, "=", 1), []),
    ],
)
def test_a_condition_finds_its_records(still: None, term: tuple[Any, ...], wanted: list[str]) -> None:
    assert titles(list(term)) == sorted(wanted)


def test_conditions_side_by_side_all_hold(still: None) -> None:
    assert titles(["title", "ilike", "методист"], ["until", "=", False]) == ["МЕТОДИСТ 1\\2", "Методист"]
    assert titles("|", ["heads", "=", True], ["title", "=", "сторож"], ["until", "=", False]) == ["МЕТОДИСТ 1\\2", "Начальник"]


def test_who_is_hidden_is_neither_found_nor_told_by_those_who_point_there(still: None) -> None:
    hidden = 3
    assert found("test.person", ["id", "=", hidden]) == []
    assert found("test.post", ["person_id", "=", hidden]) == []
    assert found("test.unit", ["person_ids", "in", [hidden]]) == []
    assert titles(["person_id", "=", False]) == ["инспектор", "сторож"], "as it is read"


def test_what_is_out_of_use_is_found_when_it_is_asked_for(still: None) -> None:
    logins = {1: "lukina", 2: "hidden", 3: "robot", 4: "clerk"}
    assert [logins[one] for one in found("test.account")] == ["lukina", "hidden", "clerk"]
    assert found("test.account", active_test=False) == [1, 2, 3, 4]
    assert found("test.account", ["active", "=", False]) == [3]
    assert found("test.account", ["active", "in", [True, False]]) == [1, 2, 3, 4]


def test_the_longest_domain_is_carried_out_and_one_longer_is_refused(database: str, school: None) -> None:
    fill()
    most = domains.MOST_TERMS
    terms = [["title", "=", f"номер {place}"] for place in range(most - 1)] + [["title", "=", "сторож"]]
    assert len(found("test.post", *["|"] * (most - 1), *terms)) == 1
    for much in (most + 1, 10_000, 200_000):
        with pytest.raises(Invalid, match=str(most)):
            found("test.post", *[["title", "=", "x"]] * much)


def test_many_values_are_compared_and_still_more_are_refused(database: str, school: None) -> None:
    fill()
    assert len(found("test.post", ["id", "in", list(range(domains.MOST_VALUES))])) == 7
    with pytest.raises(Invalid, match="id"):
        found("test.post", ["id", "in", list(range(domains.MOST_VALUES + 1))])
    together = [["id", "in", list(range(domains.MOST_VALUES))]] * (domains.MOST_VALUES_TOGETHER // domains.MOST_VALUES)
    assert len(found("test.post", *together)) == 7
    with pytest.raises(Invalid, match=r"30.?000"):
        found("test.post", *together, ["id", "in", [1]])


def deep_any(levels: int) -> list[Any]:
    domain: list[Any] = [["title", "=", "x"]]
    for level in range(levels):
        domain = [["unit_id" if level % 2 else "post_ids", "any", domain]]
    return domain


@pytest.mark.parametrize(
    ("domain", "code", "named"),
    [
        ([["titel", "=", "x"]], "unknown_field", "title"),
        ([["unit_id.nane", "=", "x"]], "unknown_field", "name"),
        ([["title.name", "=", "x"]], "domain", "title"),
        ([["title", "regex", "x"]], "unknown_operator", "regex"),
        ([["title", None, "x"]], "unknown_operator", "None"),
        ([["title", "any", []]], "domain", "title"),
        ([["title", "child_of", 1]], "domain", "title"),
        ([["unit_id", "<", 3]], "domain", "unit_id"),
        (["&", ["title", "=", "x"]], "domain", "1"),
        (["!"], "domain", "1"),
        ([["title", "=", "x"], "|"], "domain", "2"),
        (["title", "=", "x"], "domain", "3"),
        ([["title", "="]], "domain", "1"),
        ([[3, "=", "x"]], "domain", "1"),
        ([None], "domain", "1"),
        ("[('title', '=', 'x')]", "domain", "list"),
        ({"title": "x"}, "domain", "list"),
        (True, "domain", "list"),
        ([["since", "=", "29.11.2021"]], "value", "since"),
        ([["since", ">", False]], "value", "since"),
        ([["since", "=", {"a": 1}]], "value", "since"),
        ([["id", "=", "x"]], "value", "id"),
        ([["id", "=", 10**30]], "value", "id"),
        ([["id", "in", [True]]], "value", "id"),
        ([["rank", "=", float("nan")]], "value", "rank"),
        ([["heads", "=", "да"]], "value", "heads"),
        ([["title", "=", 7]], "value", "title"),
        ([["title", "=", "a\0b"]], "value", "title"),
        ([["title", "=", "\ud800"]], "value", "title"),
        ([["title", "ilike", "\ud800"]], "value", "title"),
        ([["title", "ilike", "x" * 5000]], "value", "title"),
        ([["title", "ilike", ["x"]]], "value", "title"),
        ([["unit_id", "=", {}]], "value", "unit_id"),
        ([["unit_id.letters", "=", 3]], "not_searchable", "letters"),
        ([[".".join(["unit_id.parent_id"] * 9), "=", 1]], "domain", "unit_id"),
        (deep_any(40), "domain", "deep"),
        (["!"] * 60 + [["title", "=", "x"]], "domain", "deep"),
        ((["|", ["title", "=", "x"], "&", ["title", "=", "x"]] * 40) + [["title", "=", "x"]], "domain", "deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(still: None, domain: Any, code: str, named: str) -> None:
    from roadmapdocs.i18n import use_language

    with use_language("en"), pytest.raises(Invalid) as problem:
        search(model_of("test.post"), domain, env())
    assert problem.value.code == code
    assert named in problem.value.message


def test_a_circle_of_units_ends(sqlite_database: None, school: None) -> None:
    from roadmapdocs.people.models import Unit

    fill()
    Unit.update(parent=3).where(Unit.id == 1).execute()
    assert found("test.unit", ["id", "child_of", 2]) == [1, 2, 3]
    assert found("test.unit", ["id", "parent_of", [2]]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("model", "term", "count"),
    [
        ("test.post", ["since", "ilike", "2020-01"], 2),
        ("test.post", ["since", "not like", "2020"], 5),
        ("test.post", ["until", "=like", "%-12-31"], 1),
        ("test.post", ["until", "not ilike", "2024"], 6),
        ("test.post", ["rank", "=ilike", "3"], 2),
        ("test.post", ["id", "like", "абв"], 0),
        ("test.account", ["locked_until", "ilike", "2026-03-01 10:00:0"], 1),
        ("test.account", ["locked_until", "=like", "2026-03-01 10:00:00"], 1),
    ],
)
def test_days_moments_and_numbers_are_searched_as_they_are_written(
    database: str, school: None, model: str, term: list[Any], count: int
) -> None:
    fill()
    assert len(found(model, term)) == count


def test_an_answer_is_no_text(still: None) -> None:
    with pytest.raises(Invalid, match="heads"):
        found("test.post", ["heads", "ilike", "t"])
