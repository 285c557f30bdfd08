"""Searching in a real browser: a member of staff looks for a regulation in every way that people look for one."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.people.rules import Role
from tests.documents.linked import link, order
from tests.journeys.conftest import DESK, PATIENCE, PHONE, SignIn, fits

pytestmark = pytest.mark.browser

TITLE = "Об утверждении Положения о районном конкурсе чтецов"
OLD = "О прежнем порядке конкурса чтецов"
OTHER = "О подвозе школьников в зимнее время"
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def furnish() -> Callable[[], None]:
    def fill() -> None:
        old = order("41-П", "2021-11-29", OLD)
        new = order("178-П", "2025-09-12", TITLE)
        link(new, LinkKind.REPLACES, old)
        order("9-П", "2025-10-01", OTHER)

    return fill


@pytest.fixture
def staff(sign_in: SignIn) -> Callable[[dict[str, int]], Page]:
    """A member of staff at the page of search, once the index is built."""

    def open_search(size: dict[str, int]) -> Page:
        page = sign_in(Role.STAFF, size=size, touch=size is PHONE)
        deadline = time.monotonic() + PATIENCE / 1000
        page.goto("/search/?q=178-П")
        while page.locator(".rd-note--work").count() and time.monotonic() < deadline:
            page.reload()
        expect(page.locator(".rd-note--work")).to_have_count(0)
        page.goto("/search/")
        return page

    return open_search


def ask(page: Page, words: str) -> None:
    """Type it, as people do, and let the page answer by itself."""
    box = page.locator("#q")
    box.fill("")
    expect(page.locator(".rd-howto")).to_be_visible()
    box.press_sequentially(words)
    page.wait_for_url(lambda address: f"q={quote(words, safe='').replace('%20', '+')}" in address)


@SIZES
def test_a_regulation_is_found_however_it_is_asked_for(staff: Callable[[dict[str, int]], Page], size: dict[str, int]) -> None:
    page = staff(size)
    for words in ("положением о конкурсах чтецов", "178-П", "№178п", "приказ 178", "полажение чтецов", "gjkj;tybt j xntwf["):
        ask(page, words)
        expect(page.locator(".rd-hit h2").first).to_have_text(TITLE)
        assert fits(page)
    expect(page.locator(".rd-note")).to_contain_text("положение о чтецах")

    ask(page, "конкурс чтецов")
    expect(page.locator(".rd-hit")).to_have_count(2)
    expect(page.locator(".rd-hit--ended h2")).to_have_text(OLD)
    expect(page.locator(".rd-hit--ended .rd-hit__foot a")).to_contain_text("178-П")
    page.locator(".rd-switch").click()
    expect(page.locator(".rd-hit h2")).to_have_text([TITLE])
    page.fill("input[name=on]", "2023-01-10")
    expect(page.locator(".rd-hit h2")).to_have_text([OLD])
    page.wait_for_url("**/search/?*in_force=1&on=2023-01-10*")
    assert fits(page)


def test_facets_fold_away_on_a_phone_and_narrow_what_is_found(staff: Callable[[dict[str, int]], Page]) -> None:
    page = staff(PHONE)
    ask(page, "приказ")
    expect(page.locator(".rd-hit")).to_have_count(3)
    facets = page.locator("#facets")
    expect(facets).to_be_hidden()
    page.locator("[data-refine]").tap()
    facets.get_by_label("2021").check()
    expect(page.locator(".rd-hit h2")).to_have_text([OLD])
    expect(page.locator("[data-refine]")).to_contain_text("1")
    assert fits(page)


def test_the_box_of_every_page_suggests_and_a_hit_leads_to_its_card(staff: Callable[[dict[str, int]], Page]) -> None:
    page = staff(DESK)
    for address in ("/", "/documents/", "/journals/"):
        page.goto(address)
        page.keyboard.press("/")
        expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("чтец")
    options = page.locator("#finds [role=option]")
    expect(options.first).to_contain_text("чтецов")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#finds [aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert page.get_attribute("#find", "aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.locator("#finds")).to_be_hidden()
    page.keyboard.type("ов")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    address = str(chosen.get_attribute("data-url"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")

    page.goto("/search/")
    ask(page, "178-П")
    page.locator(".rd-hit h2 a").first.click()
    page.wait_for_url("**/documents/*")
    similar = page.locator(".rd-like")
    similar.locator("summary").click()
    expect(similar).to_contain_text(OLD)


def test_hostile_questions_get_an_answer(staff: Callable[[dict[str, int]], Page]) -> None:
    page = staff(DESK)
    for words in ("<script>alert(1)</script>", '"не закрыта', "' OR 1=1 --", "((((", "* * *", "и в", "a" * 100_000):
        answer = page.goto(f"/search/?q={quote(words)}")
        assert answer is not None
        assert answer.status == 200
        expect(page.locator("#search-form")).to_be_visible()
        assert fits(page)
