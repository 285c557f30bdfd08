"""The clerk's way from an item of a roadmap to a draft that is on its way to be agreed to, in a real browser."""

from __future__ import annotations

import docx
import pytest
from playwright.sync_api import Page, expect

from roadmapdocs import db
from roadmapdocs.people.rules import Role
from tests import factories as make
from tests.journeys.conftest import Served, SignIn

pytestmark = pytest.mark.browser


def test_a_draft_is_three_clicks_from_its_item_and_goes_to_approval(registry: Served, sign_in: SignIn) -> None:
    with db.connect(registry.database()).connection_context():
        make.unit()
        make.roadmap(make.item("1.1", "Провести смотр школьных библиотек", make.deadline(2027, 12, 1)))
    page = sign_in(Role.CLERK)
    page.goto("/roadmaps/1")
    page.locator("a.rd-slot").first.click()
    page.get_by_role("button", name="Подготовить проект").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Сделать документ").click()
    expect(page.get_by_text("Документ сделан: версия 1.")).to_be_visible()
    expect(page.get_by_text("по этому тексту")).to_be_visible()

    _correct(page)
    expect(page.get_by_text("Документ сделан: версия 2.")).to_be_visible()
    expect(page.get_by_role("heading", name="Проверка перед подписанием")).to_be_visible()
    with page.expect_download() as sent:
        page.locator("#file a[href*='/files/']").click()
    text = "\n".join(one.text for one in docx.Document(str(sent.value.path())).paragraphs)
    assert "провести сверку списков" in text
    assert "Контроль за исполнением приказа" in text

    page.get_by_role("link", name="Направить на согласование").click()
    page.get_by_label("Человек").fill("Громов А. О.")
    page.get_by_role("button", name="Направить на согласование").click()
    expect(page.get_by_role("heading", name="Согласование")).to_be_visible()


def _correct(page: Page) -> None:
    """A point is added between the others and the document made anew."""
    page.get_by_role("button", name="Добавить ниже: Пункт 1.").click()
    point = page.locator("#point-1")
    point.get_by_label("Кому").fill("Руководителям школ")
    point.get_by_label("Что", exact=True).fill("провести сверку списков")
    point.get_by_label("Срок").fill("15.12.2027")
    page.get_by_role("button", name="Сделать документ").click()
