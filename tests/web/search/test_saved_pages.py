"""One's own searches: kept from the page of what was found, changed on a page of their own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from roadmapdocs.access.rules import Mark
from roadmapdocs.notices.models import Notice
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.search.models import SavedSearch
from roadmapdocs.search.saved import LOOK_EVERY, look_for_new
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, document, post

QUERY = "q=зачёт+по+чтению&kind=order_main&in_force=1"


@pytest.fixture
def anna(office: Office) -> FlaskClient:
    """Somebody with an employee, who can be told."""
    user = create_user("anna", PASSWORD, [Role.STAFF], employee=make.employee(), by=SYSTEM, now=NOW)
    return office.client_of(user)


def keep(client: FlaskClient, name: str, **more: str) -> str:
    answer = post(client, "/search/saved", name=name, query=QUERY, follow=True, **more)
    return answer.text


def test_a_search_is_kept_and_leads_back_to_what_it_finds(anna: FlaskClient) -> None:
    assert "The search “Чтение” is kept." in keep(anna, "Чтение")
    row = SavedSearch.get()
    assert "Чтение" in anna.get("/search/").text
    opened = anna.get(f"/search/saved/{row.id}")
    assert unquote(opened.headers["Location"]) == f"/search/?{QUERY}"


def test_one_is_told_only_where_one_wants_it(anna: FlaskClient) -> None:
    assert "You will be told when something new matches." in keep(anna, "Чтение", notify="1")
    row = SavedSearch.get()
    assert row.notify
    post(anna, f"/search/saved/{row.id}", act="quiet")
    assert not SavedSearch.get().notify
    post(anna, f"/search/saved/{row.id}", act="tell")
    assert SavedSearch.get().notify


def test_what_a_real_index_finds_anew_is_told_with_the_way_to_it(
    anna: FlaskClient, indexed: Callable[[], None]
) -> None:
    document("О зачёте по чтению")
    indexed()
    keep(anna, "Чтение", notify="1")
    document("О новом зачёте по чтению", force_from=TODAY)
    document("О премии за зачёт по чтению", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    indexed()
    assert look_for_new(NOW + LOOK_EVERY, TODAY) == 1
    notice = Notice.get()
    assert notice.about == {"search": "Чтение", "count": 1}
    assert anna.get(f"/notices/{notice.id}").headers["Location"] == f"/search/saved/{SavedSearch.get().id}"


def test_names_and_order_are_changed_and_searches_removed(anna: FlaskClient) -> None:
    for name in ("first", "second"):
        keep(anna, name)
    first, second = SavedSearch.select().order_by(SavedSearch.id)
    post(anna, f"/search/saved/{second.id}", act="up")
    post(anna, f"/search/saved/{second.id}", act="rename", name="another")
    page = anna.get("/search/saved").text
    assert re.findall(r'name="name" value="([^"]*)"', page) == ["another", "first"]
    assert "«зачёт по чтению», kind, in force" in html.unescape(page)
    post(anna, f"/search/saved/{first.id}", act="remove")
    post(anna, f"/search/saved/{second.id}", act="nothing of the kind")
    assert [row.name for row in SavedSearch.select()] == ["another"]


def test_a_wrong_name_stays_in_its_field_beside_what_is_wrong(anna: FlaskClient) -> None:
    keep(anna, "first")
    keep(anna, "second")
    second = SavedSearch.get(SavedSearch.name == "second")
    answer = post(anna, f"/search/saved/{second.id}", act="rename", name="first")
    assert answer.status_code == 422
    assert "You keep a search with this name already." in answer.text
    assert "rd-field--bad" in answer.text
    assert "You keep a search with this name already." in keep(anna, "first")


def test_whoever_cannot_be_told_is_not_offered_it(office: Office) -> None:
    robot = office.client(Role.STAFF)
    assert User.get().employee_id is None
    keep(robot, "mine", notify="1")
    assert SavedSearch.select().count() == 0
    keep(robot, "mine")
    assert "Tell of new things" not in robot.get("/search/saved").text
    assert 'name="notify"' not in robot.get(f"/search/?{QUERY}").text


@pytest.mark.parametrize("query", ["", "q=", "sort=date"])
def test_nothing_is_kept_where_nothing_was_asked(anna: FlaskClient, query: str) -> None:
    answer = post(anna, "/search/saved", name="x", query=query, follow=True)
    assert "Nothing is asked yet." in answer.text
    assert SavedSearch.select().count() == 0


def test_somebody_elses_search_is_not_there(office: Office, anna: FlaskClient) -> None:
    keep(anna, "hers")
    row = SavedSearch.get()
    other = office.client(Role.CLERK)
    assert other.get(f"/search/saved/{row.id}").status_code == 404
    for act in ("rename", "up", "remove", "tell", ""):
        assert post(other, f"/search/saved/{row.id}", act=act, name="mine").status_code == 404
    assert "hers" not in other.get("/search/saved").text
    assert SavedSearch.get().name == "hers"


def test_no_change_is_taken_without_a_token(anna: FlaskClient) -> None:
    assert anna.post("/search/saved", data={"name": "x", "query": QUERY}).status_code == 400
    assert SavedSearch.select().count() == 0
