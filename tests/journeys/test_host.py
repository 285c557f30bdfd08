"""The registry inside the ERP, in a real browser: the ERP's people, the ERP's sign-in, links in both directions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from roadmapdocs.roadmap.models import Item
from tests import factories as make
from tests.host_erp import db, office
from tests.host_erp.conftest import erp_file, made, mounted_file
from tests.journeys.conftest import DESK, PATIENCE, PHONE, _address, fits

__all__ = ["erp_file", "mounted_file"]  # fixtures of the ERP's own tests

pytestmark = pytest.mark.browser

TITLE = "О смотре школьных библиотек"
TASK = "Провести смотр школьных библиотек"
Open = Callable[..., Page]


@pytest.fixture
def served(mounted_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the ERP; in its registry there is a roadmap with one item."""
    file = tmp_path / "erp.sqlite3"
    shutil.copy(mounted_file, file)
    data = tmp_path / "registry"
    with made(f"sqlite:///{file}", mounted=True, data=data) as app, app.app_context(), db.database.connection_context():
        make.roadmap(make.item("1.1", TASK, make.deadline(2026, 3, 1)))
        assert Item.select().count() == 1
    command = [sys.executable, "-W", "error", "-m", "tests.journeys.host_server", f"sqlite:///{file}", str(data)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture
def open_as(chromium: Browser, served: str) -> Iterator[Open]:
    """Somebody of the ERP who asks for an address before signing in, and comes to it by the ERP's own page."""
    opened: list[BrowserContext] = []

    def sign_in(login: str, address: str, *, size: dict[str, int]) -> Page:
        context = chromium.new_context(base_url=served, viewport=size, locale="ru-RU")
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: pytest.fail(f"a script failed: {problem}"))
        page.goto(address)
        expect(page.get_by_role("heading", name="Вход в ERP")).to_be_visible()
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", office.PASSWORD)
        page.get_by_role("button", name="Войти в ERP").click()
        page.wait_for_url(f"**{address}")
        return page

    yield sign_in
    for context in opened:
        context.close()


def _choose(page: Page, words: str, record: str) -> None:
    """From a card or an item: find a record of the ERP and link to it."""
    page.locator("#external header a").click()
    assert fits(page)
    page.fill("#find-record", words)
    page.locator("form[role=search].rd-findlink button").click()
    page.get_by_label(re.compile(re.escape(record))).check()
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("#external")).to_contain_text(record)
    assert fits(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_document_and_an_item_are_linked_with_the_erp_and_found_from_there(open_as: Open, size: dict[str, int]) -> None:
    clerk = open_as("ilina", "/registry/documents/new?kind=order_main", size=size)
    clerk.fill("[name=title]", TITLE)
    clerk.fill("[name=signer]", "Громов О. И.")
    clerk.locator("form[data-card] button[type=submit]", has_text="Сохранить").click()
    clerk.wait_for_url(re.compile(r"/registry/documents/\d+$"))
    _choose(clerk, "бажова", "Районная библиотека имени Бажова")
    clerk.locator("#external li a").click()
    expect(clerk.get_by_role("heading", name="Районная библиотека имени Бажова")).to_be_visible()
    assert fits(clerk)
    clerk.locator("#registry a").click()
    expect(clerk.locator("h1")).to_contain_text(TITLE)

    coordinator = open_as("lapina", "/registry/roadmaps/1/items/1", size=size)
    _choose(coordinator, "смотр", TASK)
    coordinator.locator("#external li a").click()
    expect(coordinator.locator("#registry")).to_contain_text("просрочен")
    expect(coordinator.locator("#registry")).to_contain_text("1.1")
    assert fits(coordinator)


def test_whoever_signs_out_of_the_registry_signs_out_of_the_erp(open_as: Open) -> None:
    page = open_as("sorokina", "/registry/", size=DESK)
    page.locator("summary.rd-me").click()
    page.get_by_role("link", name="Выйти").click()
    expect(page.get_by_role("heading", name="Вход в ERP")).to_be_visible()

    page.goto("/projects/")
    expect(page.get_by_role("heading", name="Вход в ERP")).to_be_visible()
