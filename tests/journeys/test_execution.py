"""Execution in a real browser: an order is read and carried out, and a term of a roadmap is proved by what was done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import State
from roadmapdocs.documents.models import Document
from tests.conftest import SEEDS
from tests.journeys.conftest import Served, SignIn
from tests.journeys.execution import (
    CLERK,
    CONTROLLER,
    COORDINATOR,
    DEPUTY,
    HEAD,
    METHODIST,
    WEBMASTER,
    Office,
    looks_right,
    office_on,
)

pytestmark = pytest.mark.browser

#: Sent to read: the deputy by name, the rest as a unit. Seven confirm here, two on paper, one refuses.
BY_HAND = (DEPUTY, WEBMASTER)
BY_OPERATION = (CONTROLLER, METHODIST, "Ким", "Ярцева", "Шилко")
ON_PAPER = ("Белова", "Орлова")
REFUSES = "Черных"


@pytest.fixture
def office(registry: Served, sign_in: SignIn) -> Iterator[Office]:
    with office_on(registry, sign_in) as made:
        yield made


def test_an_order_of_four_points_is_read_by_ten_and_carried_out(office: Office, tmp_path: Path) -> None:
    seeds = sorted(SEEDS.glob("004_*.txt"))
    if not seeds:
        pytest.skip(f"the real order is not beside this checkout ({SEEDS})")
    order = office.order(seeds[0].read_bytes())

    _give_by_points(office, order)
    _line_says(office, order, "на контроле")

    _send_to_ten(office, order)
    for surname in BY_HAND:
        _read_in_the_browser(office, order, surname, phone=surname == WEBMASTER)
    for surname in BY_OPERATION:
        office.read(order, surname)
    _enter_paper_and_refusal(office, order, tmp_path)
    _line_says(office, order, "ознакомлены частично")
    _printed_sheet_holds_ten(office, order, tmp_path)

    informing = Assignment.get((Assignment.document == order) & (Assignment.point == "2"))
    posting = Assignment.get((Assignment.document == order) & (Assignment.point == "4"))
    _take_and_extend(office, informing)
    _report_returned_and_accepted(office, informing)
    _report_on_the_phone(office, posting)
    _judge(office, posting, "accept")
    _line_says(office, order, "исполнен, ждёт снятия")
    for one in (informing, posting):
        _judge(office, one, "remove")
    _line_says(office, order, "снят с контроля")
    _reports_count(office)


def _give_by_points(office: Office, order: Document) -> None:
    """Four points are read; people and deadlines that the text does not tell are put in, and two are given."""
    page = office.windows.of(CLERK)
    page.goto(f"/documents/{order.id}")
    page.get_by_role("link", name="Поручения по пунктам…").click()
    points = page.locator(".rd-proposal")
    expect(points).to_have_count(4)
    looks_right(page)
    expect(points.nth(0)).to_contain_text("Пункт утверждает: он исполнен подписанием.")
    expect(points.nth(2)).to_contain_text("Пункт говорит, кто контролирует исполнение.")
    assert [box.is_checked() for box in page.locator(".rd-proposal header input[type=checkbox]").all()] == [False, True, False, True]

    # The text tells the executor of the second point and the controller, who is the same person.
    assert page.input_value("[name='1-responsible']") == page.input_value("[name=controller]") == f"{DEPUTY} Л. И."
    assert page.input_value("[name=author]") == f"{HEAD} О. С."
    assert page.input_value("[name='3-responsible']") == ""
    page.fill("[name=controller]", f"{CONTROLLER} О. С.")
    page.fill("[name='3-responsible']", f"{WEBMASTER} Л. И.")
    for place, days in ((1, 20), (3, 25)):
        page.select_option(f"[name='{place}-kind']", "date")
        page.fill(f"[name='{place}-date']", (office.today + dt.timedelta(days)).isoformat())
    page.get_by_role("button", name="Пересчитать сроки").click()
    expect(page.locator(".rd-counted:visible")).to_have_count(2)
    looks_right(page)
    page.get_by_role("button", name="Взять на контроль").click()
    _done(page, "Дано 2 поручения.")
    expect(page.locator("#assignments tbody tr")).to_have_count(2)
    looks_right(page)


def _send_to_ten(office: Office, order: Document) -> None:
    page = office.windows.of(CLERK)
    page.goto(f"/documents/{order.id}/acquaintance/send")
    page.select_option("#add_unit", str(office.department.id))
    page.fill("#person", f"{DEPUTY} Л. И.")
    page.get_by_role("button", name="Добавить").click()
    expect(page.locator(".rd-sendread__chosen li")).to_have_count(2)
    page.fill("#due", (office.today + dt.timedelta(10)).isoformat())
    page.get_by_role("button", name="Показать, кого просим").click()
    expect(page.locator("#outlook .rd-sendread__names li")).to_have_count(10)
    looks_right(page)
    page.get_by_role("button", name="Направить 10 людям").click()
    expect(page.locator(".rd-note--ok").first).to_be_visible()
    _line_says(office, order, "направлен")


def _read_in_the_browser(office: Office, order: Document, surname: str, *, phone: bool) -> None:
    """From «Ждёт меня» to the text; the confirmation opens when its last page has been in sight, not before."""
    page = office.windows.of(surname, phone=phone)
    page.goto("/")
    looks_right(page)
    page.locator(f"a.rd-btn[href*='/acquaintance/{order.id}']").first.click()
    page.wait_for_url(re.compile(rf"/acquaintance/{order.id}"))
    looks_right(page)
    button = page.locator("form[data-ready] button")
    expect(button).to_be_hidden()
    expect(page.locator("[data-closed]")).to_be_visible()
    assert office.line(order, surname).read_through_at is None
    seen = page.locator("[data-parts-seen]")
    for number, end in enumerate(page.locator("[data-part-end]").all(), start=1):
        end.scroll_into_view_if_needed()
        page.wait_for_function("([seen, number]) => Number(seen.textContent) >= number", arg=[seen.element_handle(), number])
    expect(button).to_be_visible()
    button.click()
    expect(page.locator(".rd-note--ok").first).to_contain_text("Вы подтвердили, что ознакомлены")
    assert office.line(order, surname).way == ReadingWay.ELECTRONIC


def _enter_paper_and_refusal(office: Office, order: Document, folder: Path) -> None:
    scan, act = folder / "лист с подписями.txt", folder / "акт.txt"
    scan.write_text("Скан листа с двумя подписями.", encoding="utf-8")
    act.write_text("Акт об отказе подписать лист.", encoding="utf-8")
    page = office.windows.of(CLERK)
    page.goto(f"/documents/{order.id}/acquaintance?show=waiting")
    expect(page.locator(".rd-readers tbody tr")).to_have_count(3)
    looks_right(page)

    _tick(page, *ON_PAPER)
    page.locator("summary", has_text="Расписались на бумаге…").click()
    page.set_input_files("#paper_scan", scan)
    page.get_by_role("button", name="Отметить подписи").click()
    _done(page, "2 человека")

    _tick(page, REFUSES)
    page.locator("summary", has_text="Отказались подписать…").click()
    page.fill("#refuse_reason", "Считает, что приказ его не касается.")
    page.fill("#witness_1", f"{METHODIST} О. С.")
    page.fill("#witness_2", "Ким Л. И.")
    page.set_input_files("#refuse_scan", act)
    looks_right(page)
    page.get_by_role("button", name="Отметить отказ").click()
    _done(page, "1 человек")
    found = {line.name.split("\N{NO-BREAK SPACE}")[0]: line for line in Acquaintance.select().where(Acquaintance.document == order)}
    assert {name: (line.state, line.way) for name, line in found.items() if name in ON_PAPER} == dict.fromkeys(
        ON_PAPER, (ReadingState.CONFIRMED, ReadingWay.PAPER)
    )
    assert found[REFUSES].state == ReadingState.REFUSED
    assert all(found[name].file_id for name in (*ON_PAPER, REFUSES))


def _tick(page: Page, *surnames: str) -> None:
    for surname in surnames:
        page.locator(".rd-readers tr", has_text=surname).locator("input[type=checkbox]").check()


def _printed_sheet_holds_ten(office: Office, order: Document, folder: Path) -> None:
    page = office.windows.of(CLERK)
    page.goto(f"/documents/{order.id}/acquaintance")
    looks_right(page)
    expect(page.locator(".rd-progress").first).to_contain_text("Ознакомлены 9 из 10")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Лист для печати").click()
    file = folder / "лист.docx"
    waiting.value.save_as(file)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(file)).tables]
    rows = [" ".join(row) for table in tables for row in table]
    of_people = [[row for row in rows if surname in row] for surname in (*BY_HAND, *BY_OPERATION, *ON_PAPER, REFUSES)]
    assert [len(found) for found in of_people] == [1] * 10
    marks = [row for (row,) in of_people]
    assert sum("простая ЭП" in row for row in marks) == 7
    assert sum("подпись на листе" in row for row in marks) == 2
    assert sum("отказ, акт" in row for row in marks) == 1


def _take_and_extend(office: Office, one: Assignment) -> None:
    """The executor takes it and asks for more time; the author, to whom that comes, grants it."""
    page = office.windows.of(DEPUTY)
    page.goto("/")
    page.locator(f"a.rd-btn[href$='/assignments/{one.id}']").click()
    page.get_by_role("button", name="Принять в работу").click()
    _done(page)
    asked = one.due + dt.timedelta(20)
    _act(page, one, "extension", due=asked.isoformat(), reason="Две школы на карантине до конца месяца.")

    head = office.windows.of(HEAD)
    head.goto("/")
    looks_right(head)
    head.locator(f"a.rd-btn[href$='/assignments/{one.id}']").click()
    head.locator("a[href$='/grant']").click()
    expect(head.locator(".rd-asked")).to_contain_text("Две школы на карантине")
    # A day off was moved to the working day before it when it was asked for.
    wanted = dt.date.fromisoformat(head.input_value("[name=due]"))
    assert one.due < wanted <= asked
    _send(head)
    moved = Assignment.get_by_id(one.id)
    assert moved.due == wanted
    assert moved.first_due == one.due
    expect(head.locator("#deadline s").first).to_contain_text(f"{one.due:%d.%m.%Y}")


def _report_returned_and_accepted(office: Office, one: Assignment) -> None:
    """The first report is returned; the second names the document that was made."""
    letter = office.made("Об информировании школ", "17-И", DEPUTY)
    executor = office.windows.of(DEPUTY)
    _act(executor, one, "report", text="Школам сообщено на совещании.")
    _judge(office, one, "return", reason="Нужен документ, которым сообщено.")
    _starts_from_the_worklist(executor, one, "report")
    executor.fill("[name=text]", "Сообщено письмом.")
    executor.fill("#find-document", "17-И")
    executor.get_by_role("button", name="Найти", exact=True).last.click()
    executor.locator(f"#made-{letter.id}").check()
    assert executor.input_value("[name=text]") == "Сообщено письмом."
    looks_right(executor)
    _send(executor)
    _judge(office, one, "accept")
    accepted = Assignment.get_by_id(one.id)
    assert (accepted.state, accepted.result_id, accepted.done_on) == (State.DONE, letter.id, office.today)


def _report_on_the_phone(office: Office, one: Assignment) -> None:
    """What needs no document is reported by words and a file."""
    page = office.windows.of(WEBMASTER, phone=True)
    page.goto("/")
    page.locator(f"a.rd-btn[href$='/assignments/{one.id}']").tap()
    page.get_by_role("button", name="Принять в работу").tap()
    _done(page)
    _starts_from_the_worklist(page, one, "report")
    page.fill("[name=text]", "Приказ размещён на сайте.")
    page.set_input_files("[name=files]", {"name": "снимок.txt", "mimeType": "text/plain", "buffer": "Снимок страницы.".encode()})
    _send(page)
    expect(page.locator("#reports")).to_contain_text("снимок.txt")


def _starts_from_the_worklist(page: Page, one: Assignment, step: str) -> None:
    page.goto("/")
    looks_right(page)
    page.locator(f"a.rd-btn[href$='/assignments/{one.id}/{step}']").click()
    looks_right(page)


def _judge(office: Office, one: Assignment, step: str, **answers: str) -> None:
    """The controller, from the card: what needs no words is done by one press."""
    page = office.windows.of(CONTROLLER)
    page.goto(f"/assignments/{one.id}")
    looks_right(page)
    at_once = page.locator(f"form[action$='/{step}'] button")
    if at_once.count():
        at_once.click()
        _done(page)
    else:
        _act(page, one, step, **answers)


def _act(page: Page, one: Assignment, step: str, **answers: str) -> None:
    """Press the button on the card, fill its page in, and be back on the card."""
    page.goto(f"/assignments/{one.id}")
    page.locator(f"a[href$='/assignments/{one.id}/{step}']").click()
    for name, value in answers.items():
        page.fill(f"[name={name}]", value)
    looks_right(page)
    _send(page)
    looks_right(page)


def _send(page: Page) -> None:
    page.locator("main form.rd-form[method=post] button.rd-btn--main").click()
    page.wait_for_url(re.compile(r"/assignments/\d+$"))
    _done(page)


def _done(page: Page, words: str = "") -> None:
    expect(page.locator(".rd-notes .rd-note--ok").first).to_contain_text(words)


def _line_says(office: Office, document: Document, words: str) -> None:
    """On the document's card, one of its lines of state."""
    page = office.windows.of(CLERK)
    page.goto(f"/documents/{document.id}")
    labels = page.locator(".rd-lines .rd-badge").all_inner_texts()
    assert words in [label.strip() for label in labels]


def _reports_count(office: Office) -> None:
    """Both were done in time, one of them after an extension."""
    page = office.windows.of(HEAD)
    page.goto("/control/discipline")
    page.locator("summary", has_text="Условия").click()
    page.fill("[name=since]", office.today.isoformat())
    page.fill("[name=until]", (office.today + dt.timedelta(90)).isoformat())
    looks_right(page)
    page.get_by_role("button", name="Показать").click()
    looks_right(page)
    total = page.locator(".rd-figures tr.total .fig")
    for column, figure in ((0, "2"), (1, "2"), (7, "1")):
        expect(total.nth(column).locator("a")).to_have_text(figure)
    expect(total.nth(6).locator("b")).to_have_text("100 %")
    for report in ("", "late", "extensions", "documents"):
        page.goto(f"/control/{report}")
        looks_right(page)
    expect(_row(page, "178-П")).to_be_visible()


def _row(page: Page, words: str) -> Locator:
    return page.locator("main tr", has_text=words).first


def test_a_term_of_a_roadmap_under_control_turns_green_by_the_document_of_the_report(office: Office) -> None:
    roadmap = office.roadmap()
    page = office.windows.of(COORDINATOR)
    page.goto(f"/roadmaps/{roadmap}")
    looks_right(page)
    cell = page.locator("tr.row a.rd-slot").first
    expect(cell).to_contain_text("нет документа")
    page.locator("tr.row th a").first.click()
    page.get_by_role("link", name="Взять на контроль").click()
    looks_right(page)
    # The unit that answers is headed by the head of the office: whoever does the work is named here.
    page.fill(".rd-term [name^=who-]", f"{METHODIST} О. С.")
    page.get_by_role("button", name="Взять на контроль").click()
    _done(page, "Дано 1 поручение.")
    looks_right(page)

    one = Assignment.get()
    order = office.made("Об итогах смотра школьных библиотек", "45-Б", METHODIST)
    executor = office.windows.of(METHODIST, phone=True)
    executor.goto("/")
    executor.locator(f"a.rd-btn[href$='/assignments/{one.id}']").tap()
    executor.get_by_role("button", name="Принять в работу").tap()
    _done(executor)
    _starts_from_the_worklist(executor, one, "report")
    executor.fill("[name=text]", "Смотр проведён, итоги подведены приказом.")
    # Documents that the executor drafted are offered unasked.
    executor.locator(f"#made-{order.id}").check()
    _send(executor)

    page.goto("/")
    page.locator(f"a.rd-btn[href$='/assignments/{one.id}']").click()
    page.get_by_role("button", name="Принять отчёт").click()
    _done(page)
    page.goto(f"/roadmaps/{roadmap}")
    looks_right(page)
    expect(cell.locator(".rd-badge--ok")).to_have_text("доказано")
    expect(cell).to_contain_text("45-Б")
    page.goto(f"/control/roadmap?roadmap={roadmap}")
    looks_right(page)
