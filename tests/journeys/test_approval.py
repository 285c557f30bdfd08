"""Approval in a real browser: an executive's two taps on a phone, and a whole route from draft to signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from roadmapdocs import db
from roadmapdocs.approvals.models import Run, Signature, SignatureRule, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.people.substitution import set_substitution
from tests import factories
from tests.approvals.office import PASSWORD as STAFF_PASSWORD
from tests.approvals.office import STAFF, Office, make_office
from tests.journeys import conftest
from tests.journeys.conftest import PHONE, Served, SignIn, fits

pytestmark = pytest.mark.browser

LOGINS = {surname: f"user{number}" for number, surname in enumerate(STAFF)}
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(registry: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The people of the approval tests in the registry that is served; its rule on simple signatures."""
    monkeypatch.setattr(conftest, "PASSWORD", STAFF_PASSWORD)
    with db.connect(registry.database()).connection_context():
        made = make_office()
        made.store = FolderStore(registry.data / "files")  # type: ignore[assignment]  # the store that is served
        rule = factories.document("О простой электронной подписи")
        SignatureRule.create(document=rule, since=dt.date(2020, 1, 1), set_by="Лукина", set_at=dt.datetime.now(dt.UTC))
        yield made


@dataclass
class Phone:
    """An executive's phone, which counts taps."""

    page: Page
    taps: int = field(default=0)

    def tap(self, where: Locator) -> None:
        where.tap()
        self.taps += 1

    def count(self) -> int:
        taken, self.taps = self.taps, 0
        return taken


def _button(page: Page, words: str) -> Locator:
    named = re.compile(rf"^\s*{words}\s*$")
    return page.locator(".rd-actionbar a:visible, .rd-actionbar button:visible, [role=dialog] button:visible").filter(has_text=named)


def _go(name: str, document: Document, office: Office) -> None:
    perform(document.id, name, by=office.actor("Лукина"), now=dt.datetime.now(dt.UTC), today=dt.date.today())


def test_an_executive_approves_returns_and_signs_in_two_taps_each(office: Office, sign_in: SignIn) -> None:
    plan = Plan((office.step("Ветрова"),), four_eyes=False)
    first, second, third = (office.document(f"О неделе чтения, часть {part}") for part in ("первая", "вторая", "третья"))
    for document in (first, second):
        office.send(document, plan, by="Лукина")
    _go("send_for_signing", third, office)
    phone = Phone(sign_in(LOGINS["Ветрова"], size=PHONE, touch=True))
    page = phone.page
    assert fits(page)

    phone.tap(page.get_by_role("link", name=re.compile("Рассмотреть")).first)
    page.wait_for_url(re.compile(r"/decide/\d+"))
    assert fits(page)
    phone.tap(_button(page, "Согласовать"))
    expect(page.locator(".rd-note--ok")).to_be_visible()
    assert phone.count() == 2

    phone.tap(_button(page, "Вернуть"))
    page.fill("#comment", "В пункте 3 назвать даты консультаций.")
    phone.tap(_button(page, "Вернуть исполнителю"))
    expect(page.locator(".rd-note--ok")).to_be_visible()
    assert phone.count() == 2

    page.goto(f"/decide/{third.id}")
    phone.tap(_button(page, "Подписать"))
    page.fill("#password", STAFF_PASSWORD)
    phone.tap(page.locator("[role=dialog]:visible button", has_text="Подписать"))
    page.wait_for_url(re.compile(r"/$"))
    assert phone.count() == 2
    states = [get_document(one.id).preparation for one in (first, second, third)]
    assert states == ["agreed", "rework", "signed"] or states == ["rework", "agreed", "signed"]
    assert Signature.get().way == "simple"


@dataclass
class People:
    """Everybody with a window of their own."""

    sign_in: SignIn
    pages: dict[str, Page] = field(default_factory=dict)

    def __call__(self, surname: str, *, phone: bool = False) -> Page:
        if surname not in self.pages:
            size = {"size": PHONE, "touch": True} if phone else {}
            self.pages[surname] = self.sign_in(LOGINS[surname], **size)
        return self.pages[surname]


def test_a_route_of_five_from_draft_to_signed(office: Office, sign_in: SignIn, tmp_path: Path) -> None:
    """Two at once, one of them in another's place; a return; a new version; the deputy; the head's signature."""
    document = office.document("Об итогах районного зачёта по чтению")
    together = office.step("Нечаев", "Громова", mode=Mode.TOGETHER)
    office.route(Plan((together, office.step("Соболев"))), name="Приказы по чтению")
    _away(office)
    people = People(sign_in)
    drafter = people("Дёмина")

    _send(drafter, document)
    _decide(people("Нечаев", phone=True), document, lambda page: _button(page, "Согласовать").tap())
    _decide(people("Ярцева", phone=True), document, _return)
    assert _state(document) == "rework"

    _new_version(drafter, document, tmp_path)
    _send(drafter, document)
    for surname in ("Нечаев", "Ярцева"):
        _decide(people(surname, phone=True), document, lambda page: _button(page, "Согласовать").tap())
    _decide(people("Соболев", phone=True), document, lambda page: _button(page, "Согласовать").tap())
    assert _state(document) == "agreed"

    drafter.goto(f"/documents/{document.id}")
    drafter.locator("form[action$='/act/send_for_signing'] button").first.click()
    expect(drafter.locator(".rd-note--ok").first).to_be_visible()
    _decide(people("Ветрова", phone=True), document, _sign)

    assert _state(document) == "signed"
    _visas_are_for_the_signed_text(document)


def _away(office: Office) -> None:
    today = dt.date.today()
    set_substitution(
        office.people["Громова"].id,
        [(office.people["Ярцева"].id, ())],
        since=today,
        until=today + 5 * DAY,
        reason="отпуск",
        by=SYSTEM,
        now=dt.datetime.now(dt.UTC),
        today=today,
    )


def _send(page: Page, document: Document) -> None:
    page.goto(f"/documents/{document.id}")
    page.locator(f"a[href$='/approvals/{document.id}/start']").first.click()
    assert fits(page)
    page.get_by_role("button", name="Направить на согласование").click()
    page.wait_for_url(re.compile(rf"/documents/{document.id}"))
    expect(page.locator(".rd-note--ok").first).to_be_visible()


def _decide(page: Page, document: Document, act: Callable[[Page], None]) -> None:
    """From «Ждёт меня» to the document, and the act there."""
    page.goto("/")
    page.locator(f"a.rd-btn[href*='/decide/{document.id}']").first.tap()
    page.wait_for_url(re.compile(rf"/decide/{document.id}"))
    assert fits(page)
    act(page)
    expect(page.locator(".rd-note--ok").first).to_be_visible()


def _return(page: Page) -> None:
    _button(page, "Вернуть").tap()
    page.fill("#comment", "Назвать, из каких средств.")
    _button(page, "Вернуть исполнителю").tap()


def _sign(page: Page) -> None:
    _button(page, "Подписать").tap()
    page.fill("#password", STAFF_PASSWORD)
    page.locator("[role=dialog]:visible button", has_text="Подписать").tap()


def _new_version(page: Page, document: Document, folder: Path) -> None:
    text = folder / "приказ вторая.txt"
    text.write_text("Вторая редакция: расходы из средств программы.", encoding="utf-8")
    page.goto(f"/documents/{document.id}/versions")
    page.set_input_files("input[type=file]", text)
    page.get_by_role("button", name="Добавить версию").click()
    page.wait_for_url(re.compile(rf"/documents/{document.id}"))


def _state(document: Document) -> str:
    return str(get_document(document.id).preparation)


def _visas_are_for_the_signed_text(document: Document) -> None:
    signed = Signature.get(Signature.document == document)
    last = DocumentVersion.get((DocumentVersion.document == document) & (DocumentVersion.number == 2))
    assert signed.version_id == last.id
    run = Run.get((Run.document == document) & (Run.number == 2))
    given = {(one.name.split("\N{NO-BREAK SPACE}")[0], one.decided_name.split("\N{NO-BREAK SPACE}")[0]) for one in run.visas}
    assert given == {("Нечаев", "Нечаев"), ("Громова", "Ярцева"), ("Соболев", "Соболев")}
    assert {one.sha256 for one in Visa.select().where(Visa.run == run)} == {signed.sha256}
