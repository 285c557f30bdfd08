"""«Направить на ознакомление»: whom, how many that is, until when; nothing typed is lost, nothing is sent unseen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Employee
from roadmapdocs.web.acquaintance.send_draft import MOST_CHOSEN, SendDraft
from tests.acquaintance.office import states
from tests.conftest import TODAY
from tests.web.acquaintance_desk import Desk, desk_on, said


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.fixture
def order(desk: Desk) -> Document:
    desk.office.rule()
    return desk.office.document()


def url(document: Document) -> str:
    return f"/documents/{document.id}/acquaintance/send"


def asked(page: str) -> int:
    return int(re.findall(r'id="outlook-name">(\d+)', page)[0])


def test_how_many_are_asked_is_seen_before_it_is_sent(desk: Desk, order: Document) -> None:
    form: dict[str, Any] = {"who": [f"unit:{desk.office.units['Отдел кадров'].id}"], "note": "See point 2.", "days": "3", "standing": "1"}
    page = desk.post("Лукина", url(order), do="look", **form).text
    assert asked(page) == 2
    assert "Дёмина" in page
    assert AcquaintanceSheet.select().count() == 0
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    answer = desk.post("Лукина", url(order), do="send", seen=seen, **form)
    assert "Sent to be read: 2 people are asked." in said(answer)
    assert answer.request.path == f"/documents/{order.id}/acquaintance"
    sheet = AcquaintanceSheet.get()
    assert (sheet.standing, sheet.days, sheet.note) == (True, 3, "See point 2.")
    assert Addressees.from_json(sheet.addressees).units == (desk.office.units["Отдел кадров"].id,)
    assert states(order) == {"": "sent", "Дёмина": "asked", "Нечаев": "asked"}


def test_a_list_that_changed_since_it_was_shown_is_shown_once_more(desk: Desk, order: Document) -> None:
    form: dict[str, Any] = {"everyone": "1", "seen": "another"}
    page = desk.post("Лукина", url(order), do="send", **form).text
    assert "The list has changed since it was shown." in page
    assert asked(page) == 6
    assert Acquaintance.select().count() == 0


def test_people_units_posts_and_roles_are_added_and_left_out(desk: Desk, order: Document) -> None:
    unit = desk.office.units["Бухгалтерия"].id
    page = desk.post("Лукина", url(order), do="add", person="Нечаев И. С.", add_unit=unit, add_post="методист", add_role="clerk").text
    tokens = re.findall(r'name="who" value="([^"]+)"', page)
    assert tokens == [f"unit:{unit}", "post:методист", "role:clerk", f"person:{desk.office.people['Нечаев'].id}"]
    page = desk.post("Лукина", url(order), do=f"without:unit:{unit}", who=tokens).text
    assert re.findall(r'name="who" value="([^"]+)"', page) == tokens[1:]
    assert asked(desk.post("Лукина", url(order), do="look", who=tokens[1:]).text) == 4


def test_a_surname_alone_is_who_bears_it_unless_several_do(desk: Desk, order: Document) -> None:
    page = desk.post("Лукина", url(order), do="look", person="нечаев").text
    assert re.findall(r'name="who" value="([^"]+)"', page) == [f"person:{desk.office.people['Нечаев'].id}"]
    assert asked(page) == 1
    Employee.create(surname="Нечаев", name="Лев", patronymic="Ильич", gender="m")
    answer = desk.post("Лукина", url(order), do="look", person="Нечаев")
    assert answer.status_code == 422
    assert re.search(r"Several employees are called so: Нечаев [^<]*, Нечаев [^<]*\.", answer.text)
    assert 'value="Нечаев"' in answer.text


def test_nothing_typed_is_lost_when_something_is_wrong(desk: Desk, order: Document) -> None:
    form = {"person": "Никто Н. Н.", "due": "когда-нибудь", "days": "x", "note": "See point 2.", "standing": "1", "everyone": "1"}
    answer = desk.post("Лукина", url(order), do="look", **form)
    assert answer.status_code == 422
    for kept in ('value="Никто Н. Н."', 'value="когда-нибудь"', "See point 2."):
        assert kept in answer.text
    for sentence in ("Nobody of the office is called so.", "Write the day as", "Write a whole number"):
        assert sentence in answer.text
    assert re.search(r'name="standing" value="1" checked', answer.text)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Nobody is chosen yet."),
        ({"everyone": "1", "due": (TODAY - dt.timedelta(1)).isoformat()}, "The last day is over already."),
        ({"who": "person:999999"}, "is not there any more"),
        ({"who": "post:space engineer"}, "0 people will be asked"),
    ],
)
def test_what_cannot_be_sent_says_why(desk: Desk, order: Document, form: dict[str, Any], sentence: str) -> None:
    page = desk.post("Лукина", url(order), do="look", **form).text
    seen = re.findall(r'name="seen" value="(\w+)"', page)
    sent = desk.post("Лукина", url(order), do="send", seen=seen, **form).text
    assert sentence in page + sent
    assert AcquaintanceSheet.select().count() == 0


def test_whom_the_text_names_is_shown_to_be_confirmed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = desk.office.document()
    named = desk.office.ids("Дёмина", "Нечаев")
    monkeypatch.setattr("roadmapdocs.web.acquaintance.send_page.named_in", lambda _document, day: _placed(desk, day))
    page = desk.get("Лукина", url(document))
    assert [int(one) for one in re.findall(r'name="named" value="(\d+)" checked', page)] == sorted(named)
    assert asked(desk.post("Лукина", url(document), do="look", named=named[0]).text) == 1


def _placed(desk: Desk, _day: dt.date) -> list[Any]:
    from roadmapdocs.acquaintance.addressees import Placed  # only this stand-in needs it

    people = sorted((desk.office.people[one].id, one) for one in ("Дёмина", "Нечаев"))
    return [Placed(employee, name) for employee, name in people]


def test_whom_the_text_names_stays_so_only_where_all_are_ticked() -> None:
    from roadmapdocs.acquaintance.addressees import Placed  # only these two need it

    found = [Placed(1, "Дёмина"), Placed(2, "Нечаев")]
    assert SendDraft(named=frozenset({1, 2, 9})).addressees(found) == Addressees(named=True)
    assert SendDraft(named=frozenset({2, 9})).addressees(found) == Addressees(employees=(2,))
    assert not SendDraft().addressees([])


def test_a_form_of_another_makes_nothing_up() -> None:
    sent = ["person:x", "person:", "unit:-1", "role:king", "post:", "x", "post:" + "у" * 600, "post:сто\x00рож"]
    with use_language("en"):
        draft = SendDraft.read(MultiDict([("who", one) for one in sent] + [("who", f"unit:{n}") for n in range(1, 999)]), TODAY)
    assert len(draft.chosen) == MOST_CHOSEN
    assert draft.chosen[0] == "unit:1"


def test_what_is_not_signed_or_not_in_force_is_sent_to_nobody(desk: Desk) -> None:
    draft = desk.office.document("О проекте", preparation="draft", number="", date=None)
    answer = desk.client("Лукина").get(url(draft))
    assert answer.headers["Location"] == f"/documents/{draft.id}"
    assert "is not signed yet" in desk.post("Лукина", url(draft), do="send", everyone="1").text


def test_only_those_who_send_come_here(desk: Desk, order: Document) -> None:
    desk.get("Дёмина", url(order), 403)
    assert desk.post("Дёмина", url(order), do="send", everyone="1").status_code == 403
    desk.get("Ветрова", url(order))


def test_the_step_of_the_card_leads_here(desk: Desk, order: Document) -> None:
    assert f'href="{url(order)}"' in desk.get("Лукина", f"/documents/{order.id}")
