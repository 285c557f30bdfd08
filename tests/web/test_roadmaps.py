"""Pages of roadmaps as people use them."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof, Waiver
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.models import Edition, ExpectedDocument
from roadmapdocs.roadmap.operations import store_draft
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.conftest import Browser, SignIn

PERIOD = "../2026-02-01"


@pytest.fixture
def edition(app: object) -> Edition:
    """Two items: one late since February, one due in May."""
    return make.roadmap(
        make.item("1.1", "Провести смотр школьных библиотек", make.deadline(2026, 2, 1)),
        make.item("2.1", "Открыть выставку рисунков", make.deadline(2026, 5, 1), section="2", responsible=["Школы"]),
    )


def page_of(edition: Edition) -> str:
    return f"/roadmaps/{edition.roadmap_id}"


def slot() -> str:
    return f"{ExpectedDocument.select().order_by(ExpectedDocument.id).first().id}~{PERIOD}"


def titles(html: str) -> list[str]:
    return re.findall(r'<th class="it" scope="row"><a [^>]*>([^<]*)</a>', html)


def undo(browser: Browser) -> TestResponse:
    """Press the button beside the last message, as the next page shows it."""
    shown = browser.get("/roadmaps/")
    form = re.search(r'<form class="rd-undo" method="post" action="([^"]+)">(.*?)</form>', shown, re.DOTALL)
    assert form is not None
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
    return browser.client.post(form[1], data=fields)


def test_a_link_confirmed_in_the_panel_proves_the_slot_and_can_be_undone(edition: Edition, sign_in: SignIn) -> None:
    document = make.document()
    browser = sign_in(Role.COORDINATOR)
    panel = browser.get(f"{page_of(edition)}?state=late&slot={slot()}")
    assert "Confirm the link" in panel or "Подтвердить" in panel
    assert f'name="document_id" value="{document.id}"' in panel
    back = f"{page_of(edition)}?state=late&slot={slot()}#item-1"
    answer = browser.post(f"{page_of(edition)}/link", slot=slot(), document_id=document.id, back=back)
    assert (answer.status_code, answer.location) == (302, back)
    assert Proof.get().document_id == document.id
    assert coverage_of(edition, today=TODAY).totals.whole.proved == 1
    assert undo(browser).status_code == 302
    assert Proof.select().count() == 0
    assert undo(browser).status_code == 302
    assert Proof.get().document_id == document.id


def test_a_linked_document_is_not_suggested_again(edition: Edition, sign_in: SignIn) -> None:
    document = make.document()
    browser = sign_in(Role.CLERK)
    browser.post(f"{page_of(edition)}/link", slot=slot(), document_id=document.id)
    panel = browser.get(f"{page_of(edition)}?slot={slot()}")
    assert f'name="link_id" value="{Proof.get().id}"' in panel
    assert f'name="document_id" value="{document.id}"' not in panel


def test_not_required_wants_a_reason_and_goes_both_ways(edition: Edition, sign_in: SignIn) -> None:
    browser = sign_in(Role.COORDINATOR)
    waive = f"{page_of(edition)}/waive"
    assert browser.post(waive, slot=slot(), required="0", reason=" ").status_code == 422
    assert browser.post(waive, slot=slot(), required="0", reason="смотр перенесён").status_code == 302
    assert Waiver.get().reason == "смотр перенесён"
    undo(browser)
    assert Waiver.select().count() == 0
    undo(browser)
    assert Waiver.get().reason == "смотр перенесён"


def test_what_was_read_out_of_the_words_is_rejected_and_brought_back(app: object, sign_in: SignIn) -> None:
    wanted = [DraftExpected("план смотра", "план", inferred=True)]
    edition = make.roadmap(make.item("1.1", "Утвердить план смотра", make.deadline(2026, 2, 1), expected=wanted))
    browser = sign_in(Role.COORDINATOR)
    fields = {"expected_id": ExpectedDocument.get().id, "decision": "reject"}
    assert browser.post(f"{page_of(edition)}/confirm-expected", **fields).status_code == 302
    assert ExpectedDocument.select().count() == 0
    undo(browser)
    assert (ExpectedDocument.get().title, ExpectedDocument.get().confirmed) == ("план смотра", True)


@pytest.mark.parametrize("act", ["link", "unlink", "waive", "confirm-expected", "add-expected"])
def test_staff_see_and_change_nothing(edition: Edition, sign_in: SignIn, act: str) -> None:
    make.document()
    browser = sign_in(Role.STAFF)
    shown = browser.get(f"{page_of(edition)}?slot={slot()}")
    assert 'id="panel"' in shown
    assert "/link" not in shown
    answer = browser.post(f"{page_of(edition)}/{act}", slot=slot(), document_id=1, link_id=1, reason="нет")
    assert answer.status_code == 403
    assert "координатор" in answer.text or "coordinator" in answer.text
    assert Proof.select().count() == Waiver.select().count() == 0


def test_a_change_without_the_token_of_the_form_is_refused(edition: Edition, sign_in: SignIn) -> None:
    document = make.document()
    browser = sign_in(Role.COORDINATOR)
    answer = browser.client.post(f"{page_of(edition)}/link", data={"slot": slot(), "document_id": document.id})
    assert answer.status_code == 400
    assert Proof.select().count() == 0


@pytest.mark.parametrize(
    "address",
    ["/roadmaps/99", "/roadmaps/99/report", "/roadmaps/99/compare", "/roadmaps/1/items/99", "/roadmaps/1/compare?left=99",
     "/roadmaps/1/compare?left=x", "/roadmaps/1/report?format=exe", "/roadmaps/99999999999999999999"],
)  # fmt: skip
def test_what_does_not_exist_is_said_on_a_page(edition: Edition, sign_in: SignIn, address: str) -> None:
    assert "<h1>" in sign_in(Role.STAFF).get(address, status=404)


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("link", {"slot": "1~../2026-02-02", "document_id": 1}),
        ("link", {"slot": "nonsense", "document_id": 1}),
        ("link", {"slot": f"1~{PERIOD}", "document_id": 99}),
        ("link", {"slot": f"1~{PERIOD}", "document_id": "9" * 30}),
        ("link", {}),
        ("unlink", {"link_id": 99}),
        ("waive", {"slot": "99~2026", "reason": "нет"}),
        ("confirm-expected", {"expected_id": 99}),
        ("add-expected", {"item_id": 99, "title": "План", "kind": "план"}),
    ],
)
def test_an_act_upon_what_is_gone_is_answered_and_changes_nothing(
    edition: Edition, sign_in: SignIn, act: str, fields: dict[str, object]
) -> None:
    make.document()
    assert sign_in(Role.COORDINATOR).post(f"{page_of(edition)}/{act}", **fields).status_code == 404
    assert Proof.select().count() == Waiver.select().count() == 0


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/documents/", "/roadmaps/1\\x", ""])
def test_an_act_returns_to_its_own_roadmap_only(edition: Edition, sign_in: SignIn, back: str) -> None:
    document = make.document()
    answer = sign_in(Role.CLERK).post(f"{page_of(edition)}/link", slot=slot(), document_id=document.id, back=back)
    assert answer.location == page_of(edition)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Провести смотр школьных библиотек", "Открыть выставку рисунков"]),
        ("?state=late", ["Провести смотр школьных библиотек"]),
        ("?state=missing", ["Открыть выставку рисунков"]),
        ("?state=proved", []),
        ("?section=2", ["Открыть выставку рисунков"]),
        ("?who=Школы", ["Открыть выставку рисунков"]),
        ("?kind=протокол", []),
        ("?state=late&kind=приказ", ["Провести смотр школьных библиотек"]),
        ("?state=nonsense&section=x&years=y", ["Провести смотр школьных библиотек", "Открыть выставку рисунков"]),
    ],
)
def test_filters_narrow_the_matrix(edition: Edition, sign_in: SignIn, query: str, shown: list[str]) -> None:
    assert titles(sign_in(Role.STAFF).get(page_of(edition) + query)) == shown


def test_what_a_filter_hides_is_not_called_not_required(app: object, sign_in: SignIn) -> None:
    both = make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1), make.deadline(2027, 2, 1))
    later = make.item("1.2", "Открыть выставку", make.deadline(2027, 3, 1))
    page = page_of(make.roadmap(both, later))
    browser = sign_in(Role.STAFF)
    (row,) = re.findall(r'<tr class="row".*?</tr>', browser.get(f"{page}?state=late"), re.DOTALL)
    assert ("rd-badge--late" in row, "rd-badge--na" in row) == (True, False)
    whole = re.findall(r'<tr class="row".*?</tr>', browser.get(page), re.DOTALL)
    assert ["rd-badge--na" in row for row in whole] == [False, True]


def test_mine_is_what_my_unit_or_i_answer_for(app: object, sign_in: SignIn) -> None:
    unit = make.unit()
    person = make.employee("Лукина", unit)
    edition = make.roadmap(
        make.item("1", "Провести смотр", make.deadline(2026, 2, 1), responsible=["УО"]),
        make.item("2", "Открыть выставку", make.deadline(2026, 2, 1), responsible=["Лукина О. С."]),
        make.item("3", "Издать сборник", make.deadline(2026, 2, 1), responsible=["Школы"]),
    )
    browser = sign_in(Role.STAFF, person=person)
    assert titles(browser.get(f"{page_of(edition)}?mine=1")) == ["Провести смотр", "Открыть выставку"]
    assert titles(browser.get(f"{page_of(edition)}?unit={unit.id}")) == ["Провести смотр"]


def test_words_in_the_panel_find_documents_in_any_letter_case(edition: Edition, sign_in: SignIn) -> None:
    found = make.document("Протокол СОВЕЩАНИЯ о каникулах", kind="protocol")
    other = make.document("О летнем отдыхе", kind="protocol")
    panel = sign_in(Role.CLERK).get(f"{page_of(edition)}?slot={slot()}&find=совещания каникул")
    assert f'name="document_id" value="{found.id}"' in panel
    assert f'name="document_id" value="{other.id}"' not in panel


def test_titles_are_text_and_never_markup(app: object, sign_in: SignIn) -> None:
    hostile = "<script>alert(1)</script>"
    edition = make.roadmap(
        make.item("<b>", hostile, make.deadline(2026, 2, 1), expected=[DraftExpected(hostile, "прочее")], responsible=[hostile])
    )
    browser = sign_in(Role.COORDINATOR)
    expected = ExpectedDocument.get()
    for address in (
        f"{page_of(edition)}?slot={expected.id}~{PERIOD}&find=<script>",
        f"{page_of(edition)}/items/{expected.item_id}",
        f"{page_of(edition)}/compare?all=1",
        "/",
    ):
        assert "<script>" not in browser.get(address)


def test_the_item_page_says_terms_who_answers_and_what_happened(edition: Edition, sign_in: SignIn) -> None:
    browser = sign_in(Role.COORDINATOR)
    browser.post(f"{page_of(edition)}/link", slot=slot(), document_id=make.document().id)
    shown = browser.get(f"{page_of(edition)}/items/{ExpectedDocument.get_by_id(1).item_id}")
    for words in ("до 01.02.2026", "УО", "Приказ об итогах смотра", "16.03.2026 12:30"):
        assert words in shown


def test_two_editions_are_compared_word_by_word(edition: Edition, sign_in: SignIn) -> None:
    make.roadmap(
        make.item("1.1", "Провести конкурс школьных библиотек", make.deadline(2026, 2, 1)),
        make.item("3.1", "Издать сборник", make.deadline(2026, 6, 1)),
        edition_of=edition.roadmap,
    )
    shown = sign_in(Role.STAFF).get(f"{page_of(edition)}/compare")
    assert "<del>смотр </del>" in shown
    assert "<ins>конкурс </ins>" in shown
    assert '<tr class="added">' in shown
    assert '<tr class="removed">' in shown


def test_the_list_shows_every_roadmap_with_its_figures(edition: Edition, sign_in: SignIn) -> None:
    make.roadmap(make.item(), title="Краеведение")
    shown = sign_in(Role.STAFF).get("/roadmaps/")
    assert "Развитие чтения" in shown
    assert "Краеведение" in shown
    assert "2025–2027" in shown


def test_an_empty_registry_says_what_to_do_first(app: object, sign_in: SignIn) -> None:
    browser = sign_in(Role.STAFF)
    assert "rd-empty" in browser.get("/roadmaps/")
    assert "rd-steps" in browser.get("/")


@pytest.mark.parametrize("address", ["/roadmaps/", "/roadmaps/1", "/roadmaps/1?slot=%s~2026-01-01/2026-12-31", "/"])
def test_the_number_of_queries_does_not_grow_with_items_and_documents(
    app: object, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    browser = sign_in(Role.COORDINATOR)

    def store(items: int) -> int:
        edition = store_draft(
            make.large_draft(items), source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW,
            edition_of=Edition.select().first() and Edition.select().first().roadmap,
        )  # fmt: skip
        for item in coverage_of(edition, today=TODAY).items:
            document = make.document(f"О мероприятии {item.item.number}")
            Proof.create(
                expected=item.slots[0].slot.expected, period=item.slots[0].slot.key, document=document,
                confirmed_by="Т. Т.", confirmed_at=NOW,
            )  # fmt: skip
        return item.slots[0].slot.expected

    sent = make.count_queries(monkeypatch)
    counts = []
    for items in (2, 40):
        expected = store(items)
        sent.clear()
        browser.get(address.replace("%s", str(expected)))
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] < 40
