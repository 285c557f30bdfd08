"""The clerk's day in a real browser: orders on their way, numbers of every sort, the journal and its gaps."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from roadmapdocs.people.rules import Role
from tests.journeys.conftest import PHONE, SignIn, fits

pytestmark = pytest.mark.browser

TEXT = "В целях развития чтения приказываю провести неделю чтения во всех школах района."


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "Текст.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def _card(page: Page, kind: str, title: str, text: Path) -> str:
    """Make a draft with its text; give its address."""
    page.goto(f"/documents/new?kind={kind}")
    page.fill("[name=title]", title)
    page.fill("[name=signer]", "Лаврова О. С.")
    page.set_input_files("input[type=file]", text)
    page.locator("form[data-card] button[type=submit]", has_text="Сохранить").click()
    page.wait_for_url(re.compile(r"/documents/\d+$"))
    return page.url


def _step(page: Page, card: str, step: str, **answers: str) -> None:
    """Take a step by its button on the card, answer what its page asks, and come back to the card."""
    page.goto(card)
    door = page.locator(f"a[href$='/act/{step}'], form[action$='/act/{step}'] button").first
    if not door.is_visible():
        page.locator("details", has=door).first.locator("summary").first.click()
    door.click()
    form = page.locator("main form.rd-form[method=post]").last
    if re.search(r"/act/", page.url):
        for name, value in answers.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                wanted = field.locator("option", has_text=re.compile(rf"№\s*{re.escape(value)}\b")).first
                field.select_option(value=wanted.get_attribute("value"))
            else:
                field.fill(value)
        assert fits(page)
        form.locator("button[type=submit]").click()
    expect(page.locator(".rd-notes .rd-note--ok").first).to_be_visible()


def _register(page: Page, title: str, text: Path, **answers: str) -> str:
    card = _card(page, "order_main", title, text)
    for step in ("send_for_signing", "sign"):
        _step(page, card, step)
    _step(page, card, "register", **answers)
    return card


def _approve(page: Page, order: str, title: str) -> None:
    """Say on the order's card that it approves the document of that title."""
    page.goto(f"{order}/links/new")
    page.fill("#find-link", title)
    page.locator("form.rd-findlink button").click()
    form = page.locator("main form[method=post]").last
    form.locator("input[name=target]").first.check()
    form.locator("[name=kind]").select_option("approves")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(re.escape(order)))


def _journal(page: Page) -> str:
    page.goto("/journals/")
    page.locator(".rd-journals a", has_text="Приказы по основной деятельности").click()
    page.wait_for_url(re.compile(r"/journals/\d+"))
    return page.url


def test_a_clerk_keeps_a_journal_from_the_first_draft_to_the_print(sign_in: SignIn, text: Path, tmp_path: Path) -> None:
    page = sign_in(Role.CLERK)

    regulation = _card(page, "regulation", "О неделе чтения", text)
    order = _card(page, "order_main", "Об утверждении положения о неделе чтения", text)
    _approve(page, order, "О неделе чтения")
    for step in ("send_for_signing", "sign", "register"):
        _step(page, order, step)
    expect(page.locator(".rd-head__over, .rd-head h1").first).to_contain_text(re.compile(r"№\s*1\b"))
    page.goto(regulation)
    stamp = page.locator(".rd-stamp").inner_text()
    assert "УТВЕРЖДЕНО" in stamp
    assert re.search(r"№\s*1\b", stamp)

    wrong = _register(page, "О смотре библиотек", text)
    _step(page, wrong, "annul", reason="зарегистрирован дважды")

    _register(page, "О забытом лагере", text, number="1а", reason="не внесён вовремя")

    journal = _journal(page)
    page.locator("a[href*='/reserve']").click()
    page.fill("[name=reserved_for]", "приказ о выпускном вечере")
    page.locator("main form.rd-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/journals/\d+\?"))
    expect(page.locator(".rd-journal tr.reserved")).to_contain_text("приказ о выпускном вечере")
    _register(page, "О выпускном вечере", text, entry="3")

    page.goto(journal)
    assert page.locator(".rd-journal tbody .num").all_inner_texts() == ["1", "1а", "2", "3"]
    expect(page.locator(".rd-journal tr.annulled s")).to_have_text("О смотре библиотек")
    expect(page.locator(".rd-journal tr.annulled")).to_contain_text("зарегистрирован дважды")
    with page.expect_download() as waiting:
        page.locator(".rd-journalprint button[value=docx]").click()
    file = tmp_path / "journal.docx"
    waiting.value.save_as(file)
    cells = [row.cells[2].text for row in docx.Document(str(file)).tables[0].rows]
    assert cells[1:] == ["1", "1а", "2", "3"]

    page.locator("a[href*='/gaps']").click()
    expect(page.locator(".rd-journal tbody tr")).to_have_count(1)
    expect(page.locator(".rd-journal tbody tr")).to_contain_text("зарегистрирован дважды")


def test_a_clerk_registers_and_reads_the_journal_on_the_phone(sign_in: SignIn, text: Path) -> None:
    page = sign_in(Role.CLERK, size=PHONE)

    card = _register(page, "О неделе чтения", text)
    expect(page.locator("h1")).to_contain_text("О неделе чтения")
    _step(page, card, "annul", reason="не тот текст")
    assert fits(page)

    _journal(page)
    assert fits(page)
    expect(page.locator(".rd-journal tr.annulled")).to_contain_text("не тот текст")
    page.locator("a[href*='/gaps']").click()
    expect(page.locator(".rd-journal tbody tr")).to_contain_text("не тот текст")
    assert fits(page)
