from __future__ import annotations

import re
from itertools import pairwise

import pytest

from roadmapdocs.people.rules import Role
from roadmapdocs.search.abbreviations import Origin, store
from roadmapdocs.search.models import Abbreviation
from tests.web.office import Office, post

ADDRESS = "/abbreviations/"


def lines(office: Office, query: str = "") -> list[list[str]]:
    """Spellings of each line, as the administrator sees them."""
    page = office.client(Role.ADMINISTRATOR).get(ADDRESS + query).text
    groups = [*[match.start() for match in re.finditer(r'<li id="group-', page)], len(page)]
    return [re.findall(r'rd-spelling__text">([^<]*)<', page[start:end]) for start, end in pairwise(groups)]


def test_a_new_line_is_added_and_grows(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    assert post(client, ADDRESS, text=["ЗЗЧ", "зимний зачёт по чтению", ""]).status_code == 302
    group = Abbreviation.get(Abbreviation.text == "ЗЗЧ").group
    post(client, f"{ADDRESS}{group}", text="зимнее чтение")
    assert ["ЗЗЧ", "зимний зачёт по чтению", "зимнее чтение"] in lines(office)
    assert lines(office, "?q=ЗИМНЕЕ") == [["ЗЗЧ", "зимний зачёт по чтению", "зимнее чтение"]]
    assert lines(office, "?q=такого-нет") == []


def test_a_word_that_stands_alone_stays_in_its_field_beside_what_is_wrong(office: Office) -> None:
    answer = post(office.client(Role.ADMINISTRATOR), ADDRESS, text=["ЗЗЧ", "", ""])
    assert answer.status_code == 422
    assert 'value="ЗЗЧ"' in answer.text
    assert "rd-field--bad" in answer.text
    assert not Abbreviation.select().where(Abbreviation.text == "ЗЗЧ").exists()


def test_what_was_found_waits_first_and_is_confirmed(office: Office) -> None:
    (known,) = store(None, ["ЯЯЧ"], Origin.SHIPPED)
    (found,) = store(known.group, ["ясное чтение"], Origin.FOUND, found_in="дорожная карта", active=False)
    assert lines(office)[0] == ["ЯЯЧ", "ясное чтение"]
    page = office.client(Role.ADMINISTRATOR).get(ADDRESS).text
    assert "to be confirmed" in page
    assert "found in: дорожная карта" in page
    post(office.client(Role.ADMINISTRATOR), f"{ADDRESS}spellings/{found.id}", act="on", group=str(known.group))
    assert Abbreviation.get_by_id(found.id).active


def test_one_is_switched_off_and_only_the_offices_own_is_removed(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    (ours,) = store(None, ["ЯЯЧ"], Origin.SHIPPED)
    (own,) = store(ours.group, ["ясное чтение"], Origin.OFFICE)
    post(client, f"{ADDRESS}spellings/{ours.id}", act="off")
    assert not Abbreviation.get_by_id(ours.id).active
    assert "Switch it off instead." in post(client, f"{ADDRESS}spellings/{ours.id}", follow=True, act="remove").text
    post(client, f"{ADDRESS}spellings/{own.id}", act="remove")
    assert [row.id for row in Abbreviation.select().where(Abbreviation.group == ours.group)] == [ours.id]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 5_000])
def test_what_is_no_word_is_not_added(office: Office, text: str) -> None:
    (known,) = store(None, ["ЯЯЧ"], Origin.OFFICE)
    post(office.client(Role.ADMINISTRATOR), f"{ADDRESS}{known.group}", text=text)
    assert Abbreviation.select().where(Abbreviation.group == known.group).count() == 1


def test_what_is_gone_is_not_there_and_others_keep_no_abbreviations(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    assert post(client, f"{ADDRESS}999999", text="x").status_code == 404
    assert post(client, f"{ADDRESS}spellings/999999", act="off").status_code == 404
    for role in (Role.STAFF, Role.CLERK, Role.COORDINATOR):
        assert office.client(role).get(ADDRESS).status_code == 403
        assert post(office.client(role), ADDRESS, text=["А", "Б"]).status_code == 403
