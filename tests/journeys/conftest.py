"""A registry served by its own command, and a real Chromium to walk through it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from roadmapdocs import db
from roadmapdocs.people.models import Employee
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW

PASSWORD = "дом-у-озера-7"
DESK = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}

SignIn = Callable[..., Page]

# Waiting ends as soon as the thing is there; only a failure takes this long (in milliseconds).
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Served:
    address: str
    data: Path

    def database(self) -> str:
        return f"sqlite:///{self.data / 'roadmapdocs.sqlite3'}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def furnish() -> Callable[[], None]:
    """What is in the registry before it is served: nothing, unless a journey says otherwise."""
    return lambda: None


@pytest.fixture
def registry(migrated_file: Path, tmp_path: Path, furnish: Callable[[], None]) -> Iterator[Served]:
    """A registry with one person for each role, served on a free port by the command that offices use."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated_file, data / "roadmapdocs.sqlite3")
    settings = 'password_cost = "cheap"\noffice = "Заречный район"\nsign_in_limit = "1000 per minute"\n'
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    served = Served("", data)
    with db.connect(served.database()).connection_context():
        for role, surname in zip(Role, ("Ильина", "Громов", "Сорокина", "Лапина", "Юдин"), strict=True):
            employee = Employee.create(surname=surname, name="Анна", patronymic="Олеговна", gender="f")
            create_user(role.value, PASSWORD, [role], employee=employee, by=SYSTEM, now=NOW)
        furnish()
    program = "from roadmapdocs.web.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", program, "--data", str(data), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    try:
        yield Served(_address(process), data)
    finally:
        process.terminate()
        process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    """The first line that names an address; reading waits exactly as long as the start takes."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        found = re.search(r"http://\S+?(?=/?\s*$)", line)
        if found:
            return found.group()
    raise AssertionError("the registry did not start:\n" + "".join(said))


@pytest.fixture
def sign_in(chromium: Browser, registry: Served) -> Iterator[SignIn]:
    """Open the registry as a role or a login, in a window of a given size; a page of its own for each call."""
    opened: list[BrowserContext] = []

    def open_as(who: Role | str, *, size: dict[str, int] | None = None, touch: bool = False) -> Page:
        context = chromium.new_context(base_url=registry.address, viewport=size or DESK, locale="ru-RU", has_touch=touch)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: pytest.fail(f"a script failed: {problem}"))
        page.goto("/")
        page.fill("input[name=login]", str(who))
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/")
        return page

    yield open_as
    for context in opened:
        context.close()


def fits(page: Page) -> bool:
    """Whether nothing on the page is wider than its window, once the page is there."""
    page.wait_for_load_state("load")
    page.wait_for_selector("main")
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
