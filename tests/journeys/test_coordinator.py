"""The main job in a real browser: a file becomes a tracked plan, and a document changes what it shows."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from roadmapdocs import db
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, SEEDS, TODAY
from tests.journeys.conftest import DESK, PHONE, Served, SignIn, fits

pytestmark = pytest.mark.browser

#: A roadmap of a made-up district: one title is broken, two documents are long due.
FICTION = """\
Дорожная карта развития школьных музеев Заречного района на 2024-2025 годы

№\tМероприятие\tСрок\tОтветственные\tДокумент
1. Нормативная основа\t\t\t\t
1.1\tСоздать совет школьных музеев\tДо 01.03.2024\tУО\tПриказ УО
1.2\tПровести смотр музейных уголков\tоктябрь 2024\tУО, школы\tАналитическая справка
1.3\tУтвердить палан на год\tмарт 2025\tУО\tПлан работы
"""


@pytest.fixture
def fiction(tmp_path: Path) -> Path:
    file = tmp_path / "Музеи.txt"
    file.write_text(FICTION, encoding="utf-8")
    return file


def _register(registry: Served) -> None:
    """Two signed documents that fit the first two items."""
    cards = (
        Card("order_main", "О создании совета школьных музеев", "12-ОД", dt.date(2024, 2, 20)),
        Card("note", "Об итогах смотра музейных уголков", "3", dt.date(2024, 10, 28)),
    )
    with db.connect(registry.database()).connection_context():
        for card in cards:
            signed = Card(card.kind, card.title, card.number, card.date, preparation=Preparation.SIGNED)
            create_document(signed, by=SYSTEM, now=NOW, today=TODAY)


def _upload(page: Page, file: Path) -> None:
    page.goto("/roadmaps/upload")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/roadmaps/imports/\d+"))


def _score(page: Page) -> str:
    return page.locator(".rd-glance__big").inner_text().strip()


def _close_panel(page: Page) -> None:
    """After a link the panel stays, to show it; on a phone it covers the matrix."""
    for close in page.locator("#panel [data-close]").all():
        close.click()
    # It goes when its answer has come: until then a click would still meet the old one.
    expect(page.locator("#panel")).to_have_count(0)


def _link_first_suggestion(page: Page, item: str) -> None:
    _close_panel(page)
    row = page.locator("tr", has=page.locator("th,td", has_text=re.compile(rf"^\s*{re.escape(item)}\s*$"))).first
    row.locator("a.rd-slot, a.cellb, a[href*='slot=']").first.click()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    panel.locator("form[action$='/link'] button[type=submit]").first.click()


def _find_and_link(page: Page, item: str, number: str) -> None:
    """Open the first cell of an item, look for a document by its number and confirm the link."""
    _close_panel(page)
    row = page.locator("tr", has=page.locator("th,td", has_text=re.compile(rf"^\s*{re.escape(item)}\s*$"))).first
    row.locator("a[href*='slot=']").first.click()
    page.locator("#panel footer a").first.click()
    page.fill("#panel input[name=find]", number)
    page.locator("#panel .rd-panel__find button").click()
    page.locator("#panel form[action$='/link'] button[type=submit]").first.click()
    expect(page.locator(".rd-notes .rd-note").first).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_coordinator_loads_a_roadmap_corrects_a_cell_and_links_two_documents(
    registry: Served, sign_in: SignIn, fiction: Path, size: dict[str, int]
) -> None:
    _register(registry)
    page = sign_in(Role.COORDINATOR, size=size)

    _upload(page, fiction)
    assert fits(page)
    page.locator("textarea[name$='-title']", has_text="палан").fill("Утвердить план на год")
    page.locator("button[name=op][value=confirm]").click()
    page.wait_for_url(re.compile(r"/roadmaps/\d+"))

    assert fits(page)
    assert page.get_by_text("Утвердить план на год").count()
    before = _score(page)
    for item in ("1.1", "1.2"):
        _link_first_suggestion(page, item)
        expect(page.locator(".rd-note--ok, .rd-notes .rd-note").first).to_be_visible()
    page.goto(re.sub(r"\?.*", "", page.url))
    assert before.startswith("0")
    assert _score(page).startswith("2")


def test_staff_see_the_roadmap_but_cannot_change_it(registry: Served, sign_in: SignIn, fiction: Path) -> None:
    coordinator = sign_in(Role.COORDINATOR)
    _upload(coordinator, fiction)
    coordinator.locator("button[name=op][value=confirm]").click()
    coordinator.wait_for_url(re.compile(r"/roadmaps/\d+"))

    page = sign_in(Role.STAFF)
    page.goto(coordinator.url)
    page.locator("a[href*='slot=']").first.click()

    expect(page.locator("#panel")).to_be_visible()
    assert page.locator("#panel form[method=post]").count() == 0
    assert page.locator("#panel .rd-why").inner_text().strip()
    assert page.goto("/roadmaps/upload").status == 403  # type: ignore[union-attr]  # a page always answers


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real roadmaps are not at {SEEDS}")
def test_a_real_roadmap_is_loaded_corrected_and_proved_by_two_documents(registry: Served, sign_in: SignIn) -> None:
    _register(registry)
    page = sign_in(Role.COORDINATOR)

    _upload(page, next(SEEDS.glob("001_*.txt")))
    page.locator("textarea[name$='-responsible']").first.fill("УО, ИМО, школы")
    page.locator("button[name=op][value=confirm]").click()
    page.wait_for_url(re.compile(r"/roadmaps/\d+"))
    before = _score(page)
    for item, number in (("2.2", "12-ОД"), ("4.12", "3")):
        _find_and_link(page, item, number)
    page.goto(re.sub(r"\?.*", "", page.url))

    assert page.get_by_text("УО, ИМО, школы").count()
    assert page.locator("tr[id^=item-]").count() == 20
    assert before.startswith("0")
    # The note proves one of the two that item 4.12 wants in its year: it is a part, and the part does not count.
    assert _score(page).startswith("1")


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real roadmaps are not at {SEEDS}")
def test_the_largest_real_roadmap_becomes_a_tracked_plan(sign_in: SignIn) -> None:
    page = sign_in(Role.COORDINATOR)

    _upload(page, next(SEEDS.glob("004_*.txt")))
    page.locator("button[name=op][value=confirm]").click()
    page.wait_for_url(re.compile(r"/roadmaps/\d+"))

    assert fits(page)
    assert page.locator("tr[id^=item-]").count() == 97
