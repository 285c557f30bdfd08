from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.access.rules import Action
from roadmapdocs.cases.models import Case, CaseYear, Retention
from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import UserGrant
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.operations import release, reserve
from roadmapdocs.registration.patterns import Context
from tests.conftest import NOW, TODAY
from tests.web.cards import act, draft, go, person, registered, with_text, words
from tests.web.office import Office, office_on, post

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def signed(office: Office, **card: object) -> Document:
    return go(with_text(office, draft(**{"date": TODAY, **card})), "send_for_signing", "sign")


def state(document: Document, line: str = "registration") -> str:
    return str(getattr(Document.get_by_id(document.id), line))


def test_the_buttons_are_what_stands_open_and_closed_ones_say_why(office: Office) -> None:
    made = draft()
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    closed = re.findall(r'aria-disabled="true" aria-describedby="([^"]+)"', page)
    assert closed
    for name in closed:
        assert re.search(rf'id="{name}".*?<span>[^<]{{10,}}</span>', page, re.S)
    assert "There is no file with the text yet. Add it to the card." in page


def test_main_acts_stand_in_sight_and_the_others_under_more(office: Office) -> None:
    made = with_text(office, draft())
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    in_sight, more = page.split('<details class="rd-more-acts">', 1)
    assert f"/approvals/{made.id}/start" in in_sight
    assert f"/documents/{made.id}/act/withdraw" in more


def test_where_nothing_main_is_open_no_act_that_takes_back_comes_to_the_front(office: Office) -> None:
    made = registered(office)
    in_sight = office.client(Role.CLERK).get(f"/documents/{made.id}").text.split('<details class="rd-more-acts">', 1)[0]
    assert "/act/annul" not in in_sight
    # What goes on first here has a page of its own: whom to send it to is chosen there.
    assert f"/documents/{made.id}/acquaintance/send" in in_sight


def test_an_act_that_asks_nothing_is_one_press(office: Office) -> None:
    made = with_text(office, draft())
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}").text
    form = re.search(rf'<form method="post" action="(/documents/{made.id}/act/send_for_signing)">.*?</form>', page, re.S)
    assert form is not None
    assert f'name="revision" value="{made.revision}"' in form[0]
    response = post(client, form[1], revision=made.revision, follow=True)
    assert response.status_code == 200
    assert "in signing." in words(response.text)
    assert state(made, "preparation") == "in_signing"


def test_opening_the_address_of_an_act_changes_nothing(office: Office) -> None:
    made = with_text(office, draft())
    client = office.client(Role.CLERK)
    for step in ("send_for_approval", "withdraw"):
        client.get(f"/documents/{made.id}/act/{step}")
    assert (state(made, "preparation"), Document.get_by_id(made.id).revision) == ("draft", made.revision)


@pytest.mark.parametrize("step", ["send_for_approval", "withdraw"])
def test_an_act_without_the_token_is_not_done(office: Office, step: str) -> None:
    made = with_text(office, draft())
    client = office.client(Role.CLERK)
    data = {"revision": made.revision, "reason": "нет"}
    assert client.post(f"/documents/{made.id}/act/{step}", data=data).status_code == 400
    assert state(made, "preparation") == "draft"


def test_the_page_of_an_act_says_from_where_to_where_and_what_follows(office: Office) -> None:
    made = signed(office)
    page = words(office.client(Role.CLERK).get(f"/documents/{made.id}/act/register").text)
    assert "Registration not registered becomes" not in page  # the arrow is an icon with a name, not a word
    assert re.search(r"Registration not registered\s+registered", page)
    assert "The document gets its number in the journal." in page
    assert "The number will be: " in page


def test_registering_gives_the_number_that_was_offered(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    offered = re.search(r": No\. ([^.]+)\.", words(client.get(f"/documents/{made.id}/act/register").text))
    assert offered is not None
    response = act(client, made, "register", date=TODAY.isoformat())
    assert response.headers["Location"] == f"/documents/{made.id}"
    assert (Document.get_by_id(made.id).number, state(made), state(made, "force")) == (offered[1], "registered", "in_force")


def test_the_date_of_registration_begins_as_the_date_of_the_document(office: Office) -> None:
    made = signed(office, date=YESTERDAY)
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/act/register").text
    assert f'value="{YESTERDAY.isoformat()}"' in re.search(r'<input[^>]*id="date"[^>]*>', page)[0]


def test_a_missing_reason_is_marked_and_what_was_typed_stays(office: Office) -> None:
    made = registered(office)
    go(made, "put_on_control", due=TODAY)
    client = office.client(Role.CLERK)
    response = act(client, made, "move_due", due="2026-05-01", reason="  ")
    assert response.status_code == 422
    assert 'id="reason-error"' in response.text
    assert 'value="2026-05-01"' in response.text
    assert Document.get_by_id(made.id).control_due == TODAY


@pytest.mark.parametrize(
    ("step", "answers", "field"),
    [
        ("register", {"date": "31.02.2026"}, "date"),
        ("register", {"date": "2031-01-01"}, "date"),
        ("register", {"number": "9" * 65}, "number"),
        ("register", {"number": "абракадабра"}, "number"),
        ("register", {"reason": "п" * 2001}, "reason"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    office: Office, step: str, answers: dict[str, str], field: str
) -> None:
    made = signed(office)
    response = act(office.client(Role.CLERK), made, step, **{"date": TODAY.isoformat(), **answers})
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert state(made) == "unregistered"


def test_a_taken_number_is_refused_beside_the_field(office: Office) -> None:
    first = registered(office, "Первый")
    made = signed(office, title="Второй")
    typed = {"number": first.number, "date": TODAY.isoformat(), "reason": "ошиблись"}
    response = act(office.client(Role.CLERK), made, "register", **typed)
    assert response.status_code == 422
    assert 'id="number-error"' in response.text
    assert f'value="{first.number}"' in response.text


def test_a_freed_number_and_a_reserved_one_are_offered_by_name(office: Office) -> None:
    journal = Journal.get(Journal.series == "order_main")
    said = {"context": Context(year=TODAY.year), "reserved_for": "для книги", "by": SYSTEM, "now": NOW, "today": TODAY}
    kept, freed = (reserve(journal, on=TODAY, **said) for _ in range(2))
    release(freed, reason="не понадобился", by=SYSTEM, now=NOW)
    made = signed(office)
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}/act/register").text
    assert f"No. {kept.number}, reserved: для книги" in page
    assert f"No. {freed.number}, given back: не понадобился" in page
    act(client, made, "register", date=TODAY.isoformat(), entry=str(kept.id))
    assert Document.get_by_id(made.id).number == kept.number


def test_a_number_reserved_for_the_document_leaves_nothing_to_choose(office: Office) -> None:
    made = go(signed(office), "reserve")
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}/act/register").text
    assert f"The document gets the number reserved for it: {made.number}." in page
    assert 'id="number"' not in page
    act(client, made, "register", date=TODAY.isoformat())
    assert Document.get_by_id(made.id).number == made.number
    assert Entry.get(Entry.number == made.number).state == "registered"


def test_back_dating_is_warned_of_and_needs_the_right(office: Office) -> None:
    registered(office, "Сегодняшний")
    made = signed(office, title="Вчерашний", date=YESTERDAY)
    client = office.client(Role.CLERK)
    page = words(client.get(f"/documents/{made.id}/act/register").text)
    assert "takes the right to back-date" in page
    response = act(client, made, "register", date=YESTERDAY.isoformat())
    assert response.status_code == 422
    assert 'id="date-error"' in response.text

    trusted = person("Верная", Role.CLERK)
    UserGrant.create(user=trusted.user, action=str(Action.BACKDATE))
    other = office.client_of(trusted.user)
    assert "is registered back-dated. Say why" in words(other.get(f"/documents/{made.id}/act/register").text)
    act(other, made, "register", date=YESTERDAY.isoformat(), reason="нашли на столе")
    assert (state(made), Document.get_by_id(made.id).registered_on) == ("registered", YESTERDAY)


def test_filing_offers_the_open_cases(office: Office) -> None:
    made = registered(office)
    year = CaseYear.create(key=str(TODAY.year), year=TODAY.year)
    rows = [
        Case.create(
            case_year=year, year=TODAY.year, case_index=f"01-0{n}", index_key=f"01-0{n}", index_sort=f"{n}",
            title=f"Приказы {n}", retention=Retention.get(), closed_on=closed,
        )
        for n, closed in ((1, None), (2, TODAY))
    ]  # fmt: skip
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}/act/file").text
    assert "01-01 «Приказы 1»" in page
    assert "01-02" not in page
    assert act(client, made, "file", case="").status_code == 422
    act(client, made, "file", case=str(rows[0].id))
    assert (state(made, "storage"), Document.get_by_id(made.id).case_id) == ("in_case", rows[0].id)


@pytest.mark.parametrize("case", ["77", "x", "-1", "9" * 30, "٣"])
def test_a_case_that_is_none_is_refused_in_words(office: Office, case: str) -> None:
    made = registered(office)
    response = act(office.client(Role.CLERK), made, "file", case=case)
    assert response.status_code in (404, 422)
    assert "</html>" in response.text
    assert state(made, "storage") == "in_work"


def test_a_stale_page_of_an_act_keeps_the_words_and_a_second_press_is_knowing(office: Office) -> None:
    made = with_text(office, draft())
    client = office.client(Role.CLERK)
    go(made, "send_for_approval")
    address = f"/documents/{made.id}/act/withdraw"
    stale = post(client, address, revision=made.revision, reason="передумали")
    assert stale.status_code == 409
    assert "передумали" in stale.text
    assert state(made, "preparation") == "in_approval"
    revision = re.search(r'name="revision" type="hidden" value="(\d+)"', stale.text)
    assert revision is not None
    post(client, address, revision=revision[1], reason="передумали")
    assert state(made, "preparation") == "withdrawn"


def test_a_stale_press_on_the_card_is_told_on_the_card(office: Office) -> None:
    made = with_text(office, draft())
    go(made, "send_for_approval")
    client = office.client(Role.CLERK)
    response = post(client, f"/documents/{made.id}/act/resume", revision=made.revision, follow=True)
    assert response.status_code == 200
    assert "does not fit the state “in approval”" in response.text
    assert post(client, f"/documents/{made.id}/act/agree", revision=made.revision, follow=True).status_code == 200
    assert state(made, "preparation") == "in_approval"


def test_a_step_that_is_none_is_not_found(office: Office) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    assert client.get(f"/documents/{made.id}/act/fly").status_code == 404
    assert act(client, made, "fly").status_code == 404


def test_a_step_of_the_registry_itself_is_no_persons(office: Office) -> None:
    made = registered(office)
    response = act(office.client(Role.CLERK), made, "amend")
    assert response.status_code in (302, 404)
    assert state(made, "force") == "in_force"


def test_who_may_not_is_told_who_may(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.STAFF)
    page = client.get(f"/documents/{made.id}").text
    assert "This is done by: clerk." in page
    response = post(client, f"/documents/{made.id}/act/register", revision=made.revision, follow=True)
    assert "This is done by: clerk." in response.text
    assert state(made) == "unregistered"


def test_an_annulled_number_is_struck_through(office: Office) -> None:
    made = registered(office)
    client = office.client(Role.CLERK)
    act(client, made, "annul", reason="двойная регистрация")
    page = client.get(f"/documents/{made.id}").text
    assert f"<s>№&nbsp;{made.number}</s>" in page
    assert "registration annulled" in page
