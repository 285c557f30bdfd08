from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.models import Counter, Entry, Journal
from tests.conftest import NOW, TODAY
from tests.factories import employee, unit
from tests.web.office import Office, document, office_on, queries

CLERK = Actor(None, "Дёмина Ю. А.", frozenset({Role.CLERK}))


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(database, tmp_path) as opened:
        yield opened


def page(office: Office, address: str = "", role: Role = Role.CLERK) -> str:
    response = office.client(role).get(f"/documents/{address}")
    assert response.status_code == 200
    return response.text


def titles(office: Office, address: str = "", role: Role = Role.CLERK) -> list[str]:
    found = re.findall(r'<td class="name"><a [^>]*>(.*?)</a>', page(office, address, role))
    return [html.unescape(title) for title in found]


def lines(office: Office, address: str) -> list[str]:
    """Numbers of rows and of gaps, as they stand on the page."""
    found = re.findall(r'<td class="num">(.*?)</td>|colspan="\d+"><b>(.*?)</b>', page(office, address))
    return [number or f"({gap})" for number, gap in found]


def moved(row: Document, name: str, **answers: Any) -> Document:
    return perform(row.id, name, answers=Answers(**answers), by=CLERK, now=NOW, today=TODAY)


def numbered(*numbers: str, day: dt.date = dt.date(2025, 6, 16)) -> list[Document]:
    return [document(f"of {number}", number=number, date=day) for number in numbers]


def journal() -> Journal:
    return Journal.get(Journal.code == "order_main")


def test_a_list_holds_only_what_its_reader_may_read(office: Office) -> None:
    document("open")
    document("personal", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    document("official", mark=Mark.OFFICIAL, mark_basis="п. 3")
    document("draft of another", preparation=Preparation.DRAFT, date=None)
    for address in ("", "?sort=number", "?sort=title", "?q=o", "?year=2025", "?unlinked=1"):
        assert "personal" not in titles(office, address, Role.STAFF)
        assert "official" not in titles(office, address, Role.STAFF)
    assert set(titles(office, "?mark=personal")) == {"personal"}
    assert titles(office, "?mark=personal", Role.STAFF) == []
    assert titles(office, "?mark=official", Role.COORDINATOR) == ["official"]


def test_each_line_narrows_by_its_standard_state(office: Office) -> None:
    first, second, third = numbered("1", "2", "3")
    moved(first, "annul", reason="дважды")
    moved(second, "put_on_control", due=dt.date(2026, 1, 1))
    document("draft", preparation=Preparation.DRAFT)
    assert titles(office, "?registration=annulled") == ["of 1"]
    assert titles(office, "?control=on") == ["of 2"]
    assert titles(office, "?preparation=draft") == titles(office, "?preparation=unsigned") == ["draft"]
    assert titles(office, "?force=in_force&control=off") == [third.title]
    assert titles(office, "?storage=archived") == titles(office, "?acquaintance=sent") == []


def test_control_is_overdue_from_the_day_after_its_term(office: Office) -> None:
    for number, due in zip("123", (-1, 0, 1), strict=True):
        moved(numbered(number)[0], "put_on_control", due=TODAY + dt.timedelta(days=due))
    assert titles(office, "?overdue=1") == ["of 1"]
    assert "control overdue" in page(office, "?overdue=1")


def test_people_units_and_organisations_narrow(office: Office) -> None:
    ours = unit()
    anna, boris = employee("Аннина", ours), employee("Борисов")
    document("signed by anna", signer="Аннина О. С.", signer_id=anna.id)
    document("of the unit", unit_id=ours.id, organisation_id=ours.organisation_id, drafter_id=boris.id)
    assert titles(office, f"?signer={anna.id}") == ["signed by anna"]
    assert titles(office, f"?unit={ours.id}") == titles(office, f"?organisation={ours.organisation_id}")
    assert titles(office, f"?unit={ours.id}") == ["of the unit"]
    account = create_user("boris", "long enough for all", [Role.STAFF], employee=boris, by=SYSTEM, now=NOW)
    mine = office.client_of(account).get("/documents/?mine=1").text
    assert "of the unit" in mine
    assert "signed by anna" not in mine


def test_somebody_without_a_post_has_drafted_nothing(office: Office) -> None:
    document("by nobody")
    assert titles(office, "?mine=1") == []


def test_what_waits_for_registration_is_signed_and_takes_a_number(office: Office) -> None:
    document("waits", date=TODAY)
    document("registered", number="5")
    document("draft", preparation=Preparation.DRAFT)
    document("numbered by another", kind="regulation", date=TODAY)
    assert titles(office, "?to_register=1") == ["waits"]


@pytest.mark.parametrize(
    ("day", "found"),
    [("2025-01-31", []), ("2025-02-01", ["lasting"]), ("2025-03-01", ["ended", "lasting"]), ("today", ["lasting"])],
)
def test_in_force_on_a_day(office: Office, day: str, found: list[str]) -> None:
    document("lasting", number="1", date=dt.date(2025, 2, 1))
    ended = document("ended", number="2", date=dt.date(2025, 3, 1))
    Document.update(force="ended", force_until=dt.date(2025, 4, 1)).where(Document.id == ended.id).execute()
    document("draft", preparation=Preparation.DRAFT, date=dt.date(2025, 1, 1))
    assert titles(office, f"?on={day}") == found


def test_a_condition_is_a_token_that_can_be_taken_away(office: Office) -> None:
    document("order")
    shown = html.unescape(page(office, "?kind=приказ&year=2025&on=2025-12-01"))
    assert re.findall(r'rd-token">(.*?): <b>(.*?)</b>', shown) == [
        ("Kind", "приказ"),
        ("Year", "2025"),
        ("In force on", "01.12.2025"),
    ]
    assert 'href="/documents/?kind=%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7&on=2025-12-01"' in shown


def test_a_journal_is_listed_as_its_numbers_run(office: Office) -> None:
    numbered("10", "9", "45а", "45", "46", day=dt.date(2025, 2, 3))
    numbered("2", day=dt.date(2026, 1, 12))
    document("of another journal", kind="protocol", number="11")
    here = f"?journal={journal().id}"
    assert titles(office, here) == ["of 9", "of 10", "of 45", "of 45а", "of 46", "of 2"]
    assert titles(office, f"{here}&sort=-number") == titles(office, here)[::-1]
    assert titles(office, f"{here}&year=2026") == ["of 2"]


def test_gaps_stand_in_their_place_with_the_reason(office: Office) -> None:
    numbered("1", "2", "5", "6", day=dt.date(2025, 2, 3))
    first = Entry.get(Entry.n == 1)
    Entry.create(
        **{**first.__data__, "id": None, "n": 3, "number": "3", "key": "3", "sort": "3"}
        | {"state": "unused", "reason": "бланк испорчен"}
    )
    here = f"?journal={journal().id}&year=2025"
    assert lines(office, here) == ["1", "2", "(3)", "(4)", "5", "6"]
    assert lines(office, f"{here}&sort=-number") == ["6", "5", "(4)", "(3)", "2", "1"]
    shown = page(office, here)
    assert "not used: бланк испорчен" in shown
    assert "not used: the reason is not written down" in shown


def test_gaps_are_shown_only_where_the_journal_is_listed_whole(office: Office) -> None:
    numbered("1", "4")
    here = f"?journal={journal().id}"
    assert lines(office, here) == ["1", "(2 – 3)", "4"]
    for address in (f"{here}&q=of", f"{here}&force=in_force", f"{here}&sort=date", "?sort=number"):
        assert lines(office, address) == [number for number in lines(office, address) if "(" not in number]


def test_an_annulled_number_is_struck_through_with_its_reason_and_is_no_gap(office: Office) -> None:
    moved(numbered("1", "2", "3")[1], "annul", reason="зарегистрирован дважды")
    shown = page(office, f"?journal={journal().id}")
    assert shown.count('<tr class="annulled">') == 1
    assert "annulled: зарегистрирован дважды" in shown
    assert lines(office, f"?journal={journal().id}") == ["1", "2", "3"]


def test_a_gap_between_two_pages_is_shown_once(office: Office) -> None:
    numbered(*(str(n) for n in range(1, 120) if n not in {50, 51, 101, 118}))
    here = f"?journal={journal().id}&year=2025"
    shown = [line for number in (1, 2, 3) for line in lines(office, f"{here}&page={number}")]
    assert shown == [
        *(str(n) for n in range(1, 50)),
        "(50 – 51)",
        *(str(n) for n in range(52, 101)),
        "(101)",
        *(str(n) for n in range(102, 118)),
        "(118)",
        "119",
    ]
    backwards = [line for number in (1, 2, 3) for line in lines(office, f"{here}&sort=-number&page={number}")]
    assert backwards == shown[::-1]


def test_numbers_given_after_the_last_document_are_gaps_at_the_end(office: Office) -> None:
    numbered("1")
    Counter.update(last=4).where(Counter.journal == journal()).execute()
    assert lines(office, f"?journal={journal().id}&year=2025") == ["1", "(2 – 4)"]


def test_a_number_whose_document_is_not_for_the_reader_is_no_gap(office: Office) -> None:
    document("secret", number="2", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    numbered("1", "3")
    shown = page(office, f"?journal={journal().id}", Role.STAFF)
    assert "secret" not in shown
    assert 'class="gap"' not in shown


def test_sorting_by_registration_leaves_out_what_is_not_registered(office: Office) -> None:
    numbered("2", day=dt.date(2025, 3, 3))
    numbered("1", day=dt.date(2025, 2, 2))
    document("draft", preparation=Preparation.DRAFT)
    assert titles(office, "?sort=registered") == ["of 1", "of 2"]
    assert titles(office, "?sort=-registered") == ["of 2", "of 1"]
    assert titles(office, "?sort=title") == ["draft", "of 1", "of 2"]


def test_beyond_what_is_counted_the_last_page_is_still_one_step_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(120):
        document(f"no. {number:03}", date=dt.date(2025, 1, 1) + dt.timedelta(days=number))
    monkeypatch.setattr("roadmapdocs.web.lists.query.MOST_COUNTED", 60)
    first = page(office)
    assert "more than 60 documents" in first
    assert "/documents/?page=-1" in first
    assert titles(office, "?page=-1")[-1] == "no. 000"
    assert titles(office, "?page=-2")[-1] == "no. 050"
    assert titles(office, "?page=2")[0] == "no. 069"
    assert titles(office, "?page=99") == titles(office, "?page=-1")
    assert titles(office, "?page=-99") == titles(office)


def test_a_journal_with_gaps_in_many_years_asks_as_much_as_with_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"/documents/?journal={journal().id}"
    counts = []
    for years in (range(2025, 2026), range(2015, 2025)):
        for year in years:
            numbered("1", "3", day=dt.date(year, 2, 3))
        office.client(Role.CLERK).get(here)
        with queries(monkeypatch) as seen:
            office.client(Role.CLERK).get(here)
        counts.append(len(seen))
    assert lines(office, here.removeprefix("/documents/")) == ["1", "(2)", "3"] * 11
    assert counts[0] == counts[1] <= 25
