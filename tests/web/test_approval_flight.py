"""Pages that change a run in flight: another opinion, handing on, another in one's place, a visa in ink."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Remark, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision, VisaState
from roadmapdocs.documents.models import Document
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.substitution import set_substitution
from tests.approvals.office import states
from tests.conftest import NOW, TODAY, person
from tests.web.approval_pages import Approving, Browser, approving_on
from tests.web.office import post, upload

PAGES = ("ask", "forward", "replace", "paper")


@pytest.fixture
def approving(sqlite_address: str, tmp_path: Path) -> Iterator[Approving]:
    with approving_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def document(approving: Approving) -> Document:
    """On its way: Нечаев is asked, Громова will be."""
    office = approving.office
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    return document


def page(approving: Approving, document: Document, what: str, by: str, of: str = "Нечаев") -> Browser:
    visa = Visa.get((Visa.document == document) & (Visa.employee == approving.office.people[of]))
    return Browser(approving.client(by), f"/approvals/visas/{visa.id}/{what}")


def card(browser: Browser) -> str:
    """The card, to which an act leads back."""
    assert browser.status == 302
    assert "/documents/" in browser.answer.headers["Location"]
    return browser.client.get(browser.answer.headers["Location"]).get_data(as_text=True)


def open_visas(document: Document) -> list[str]:
    rows = Visa.select().where((Visa.document == document) & (Visa.state == VisaState.OPEN)).order_by(Visa.id)
    return [row.name.split("\N{NO-BREAK SPACE}")[0] for row in rows]


def test_another_is_asked_and_both_decide(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "ask", "Нечаев").type(person="Ярцева М. И.", note="Хватит ли книг?").press("")
    assert "Ярцева" in card(browser)
    assert open_visas(document) == ["Нечаев", "Ярцева"]
    added = Visa.get(Visa.employee == approving.office.people["Ярцева"])
    assert (added.added, added.note) == ("asked", "Хватит ли книг?")


def test_a_visa_is_handed_on_by_who_stands_in_too(approving: Approving, document: Document) -> None:
    people = approving.office.people
    set_substitution(
        people["Нечаев"].id,
        [(people["Соболев"].id, [])],
        since=TODAY,
        until=TODAY,
        reason="отпуск",
        by=person(Role.CLERK),
        now=NOW,
        today=TODAY,
    )
    card(page(approving, document, "forward", "Соболев").type(person="Ярцева М. И.").press(""))
    assert open_visas(document) == ["Ярцева"]


@pytest.mark.parametrize("of", ["Нечаев", "Громова"])
def test_another_is_put_in_somebodys_place_asked_already_or_not_yet(approving: Approving, document: Document, of: str) -> None:
    browser = page(approving, document, "replace", "Лукина", of).type(person="Ярцева М. И.").press("")
    assert browser.status == 422
    assert 'id="note-error"' in browser.page
    card(browser.type(note="уволена").press(""))
    assert Visa.get(Visa.employee == approving.office.people[of]).state == "handed"
    assert Visa.get(Visa.employee == approving.office.people["Ярцева"]).added == "replaced"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Name a person"),
        ("Неизвестный Н. Н.", "Nobody of the office is called so"),
        ("я" * 300, "Field cannot be longer"),
        ("Дёмина М. И.", "nobody agrees to their own text"),
        ("Нечаев М. И.", "decides in this step already"),
    ],
)
def test_who_cannot_be_asked_is_told_beside_the_field_and_the_note_stays(
    approving: Approving, document: Document, typed: str, told: str
) -> None:
    browser = page(approving, document, "ask", "Нечаев").type(person=typed, note="Хватит ли книг?").press("")
    assert browser.status == 422
    assert told in browser.page
    assert "Хватит ли книг?" in browser.page
    assert open_visas(document) == ["Нечаев"]


def test_a_note_without_end_is_refused_beside_it(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "ask", "Нечаев").type(person="Ярцева М. И.", note="я" * 10_001).press("")
    assert browser.status == 422
    assert 'id="note-error"' in browser.page


def test_a_visa_in_ink_is_entered_with_remarks_and_a_scan(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "paper", "Лукина")
    assert "version 1" in browser.page
    browser.type(decision="remarks", comment="В целом верно", remarks="п. 2: указать срок\n\nп. 3: лишнее")
    browser.send(scan=upload(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF", "виза.pdf"))
    assert "is entered" in card(browser)
    visa = Visa.get(Visa.employee == approving.office.people["Нечаев"])
    assert (visa.decision, visa.way, visa.objection_name) == ("remarks", "paper", "виза.pdf")
    assert [one.text for one in Remark.select().order_by(Remark.id)] == ["п. 2: указать срок", "п. 3: лишнее"]
    assert open_visas(document) == ["Громова"]


def test_a_refusal_in_ink_without_a_reason_is_refused_and_kept_as_typed(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "paper", "Лукина").press("")
    assert "Say what was decided" in browser.page
    browser.type(decision="refused", remarks="п. 1").press("")
    assert browser.status == 422
    assert "without a reason" in browser.page
    assert "п. 1" in browser.page
    card(browser.type(comment="нет денег").press(""))
    assert states(document) == "rework"


def test_a_scan_that_is_no_document_is_refused_in_words(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "paper", "Лукина").type(decision="agreed")
    browser.send(scan=upload(b"MZ\x90\x00", "виза.exe"))
    assert browser.status == 422
    assert 'role="alert"' in browser.page
    assert open_visas(document) == ["Нечаев"]


def test_a_body_decides_by_its_protocol(approving: Approving) -> None:
    office = approving.office
    document = office.document()
    office.send(document, Plan((office.step("Нечаев", mode=Mode.COMMITTEE),)))
    browser = page(approving, document, "paper", "Лукина").type(decision="agreed").press("")
    assert browser.status == 422
    assert "Write the protocol" in browser.page
    card(browser.type(committee="Методический совет, протокол от 12.03.2026 № 4").press(""))
    assert states(document) == "agreed"


def test_who_is_only_informed_has_only_seen_it(approving: Approving) -> None:
    office = approving.office
    document = office.document()
    office.send(document, Plan((office.step("Нечаев", mode=Mode.INFORMATION), office.step("Громова"))))
    browser = page(approving, document, "paper", "Лукина")
    assert 'value="seen"' in browser.page
    assert 'value="agreed"' not in browser.page
    card(browser.type(decision="seen").press(""))
    assert Visa.get(Visa.employee == office.people["Нечаев"]).decision == "seen"


def test_ink_on_an_earlier_version_is_asked_about_once_more(approving: Approving, document: Document) -> None:
    browser = page(approving, document, "paper", "Лукина").type(decision="agreed")
    approving.office.text(document, "Вторая редакция текста.", substantial=False)
    browser.press("")
    assert browser.status == 409
    assert "another version of the text" in browser.page
    card(browser.press(""))
    assert open_visas(document) == ["Громова"]


@pytest.mark.parametrize("what", PAGES)
def test_a_visa_that_was_given_meanwhile_leads_back_to_the_card(approving: Approving, document: Document, what: str) -> None:
    by = "Нечаев" if what in {"ask", "forward"} else "Лукина"
    browser = page(approving, document, what, by)
    approving.office.decide(document, "Нечаев")
    browser.type(person="Ярцева М. И.", note="так", decision="agreed").press("")
    assert "not asked any more" in card(browser)
    assert "not asked any more" in card(page(approving, document, what, by))
    assert open_visas(document) == ["Громова"]


@pytest.mark.parametrize("what", ["ask", "forward", "paper"])
def test_who_is_not_asked_yet_has_nothing_to_do(approving: Approving, document: Document, what: str) -> None:
    by = "Лукина" if what == "paper" else "Громова"
    assert "is not asked yet" in card(page(approving, document, what, by, "Громова"))


@pytest.mark.parametrize(
    ("what", "may"), [("ask", {"Нечаев"}), ("forward", {"Нечаев"}), ("replace", {"Лукина", "Админова"}), ("paper", {"Лукина"})]
)
def test_each_page_opens_to_those_whose_act_it_is(approving: Approving, document: Document, what: str, may: set[str]) -> None:
    for surname in ("Нечаев", "Дёмина", "Ветрова", "Лукина", "Админова"):
        browser = page(approving, document, what, surname)
        assert browser.status == (200 if surname in may else 403), surname
        if surname not in may:
            answer = post(browser.client, browser.address, person="Ярцева М. И.", note="так", decision="agreed", version="1")
            assert answer.status_code == 403, surname
    assert open_visas(document) == ["Нечаев"]


@pytest.mark.parametrize("what", PAGES)
def test_strangers_do_not_learn_of_a_visa(approving: Approving, document: Document, what: str) -> None:
    stranger = create_user("stranger", "тетрадь-в-клетку", [Role.STAFF], by=SYSTEM, now=NOW)
    client = approving.pages.client_of(stranger)
    visa = Visa.get(Visa.employee == approving.office.people["Нечаев"])
    for address in (f"/approvals/visas/{visa.id}/{what}", f"/approvals/visas/99999/{what}"):
        assert client.get(address).status_code == 404
        assert post(client, address, person="Ярцева М. И.", note="так").status_code == 404
        assert approving.pages.app.test_client().get(address).status_code == 302


@pytest.mark.parametrize("what", PAGES)
def test_without_a_token_nothing_changes(approving: Approving, document: Document, what: str) -> None:
    browser = page(approving, document, what, "Лукина" if what in {"replace", "paper"} else "Нечаев")
    values = {"person": "Ярцева М. И.", "note": "так", "decision": str(Decision.AGREED)}
    assert browser.client.post(browser.address, data=values).status_code == 400
    assert open_visas(document) == ["Нечаев"]


def test_every_page_leads_back_to_the_card(approving: Approving, document: Document) -> None:
    for what in PAGES:
        by = "Лукина" if what in {"replace", "paper"} else "Нечаев"
        assert f'href="/documents/{document.id}"' in page(approving, document, what, by).page
