"""Below a prefix, below a sub-path of the server, behind a reverse proxy: every link leads to where we stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.rules import Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.context import outer_address
from tests.conftest import NOW
from tests.web.hosts import Host, bare, mounted, token_of
from tests.web.office import document

PAGES = (
    "/", "/documents/", "/documents/1", "/documents/1/history", "/roadmaps/", "/assignments/", "/control/", "/search/?q=order",
    "/journals/", "/cases/", "/notices/", "/people/", "/people/units/", "/absences/", "/templates/", "/workflows/", "/password",
    "/documents/999",
)  # fmt: skip
_LINK = re.compile(r'\b(?:href|src|action|data-[a-z-]+)="(/[^"]*)"')


def elsewhere(page: str, root: str) -> set[str]:
    """Links of a page that lead to this server and not below the root."""
    return {link for link in _LINK.findall(page) if not link.startswith((f"{root}/", "//"))}


@pytest.mark.parametrize(
    ("script_name", "url"), [("", "/registry"), ("/erp", ""), ("/erp", "/registry"), ("/erp/north", "/documents/registry")]
)
def test_every_link_of_every_page_stays_below_our_root(
    tmp_path: Path, sqlite_address: str, script_name: str, url: str
) -> None:
    host = mounted(bare(), tmp_path, sqlite_address, url=url)
    with host.app.app_context():
        document("An order")
    if script_name:
        host.app.wsgi_app = DispatcherMiddleware(Flask("front"), {script_name: host.app.wsgi_app})  # type: ignore[method-assign]
        host.app.config["APPLICATION_ROOT"] = script_name
    client = FlaskClient(host.app, use_cookies=True)
    root = f"{script_name}{url}"
    page = client.get(f"{root}/documents/", base_url="http://erp.example.org")
    assert page.location == f"{root}/sign-in?next={root}/documents/"
    host.user("admin", Role.ADMINISTRATOR, Role.CLERK)
    form = client.get(page.location, base_url="http://erp.example.org").text
    fields = {"login": "admin", "password": "long enough for all", "csrf_token": token_of(form)}
    entered = client.post(page.location, base_url="http://erp.example.org", data=fields)
    assert entered.location == f"{root}/documents/"
    for path in PAGES:
        page = client.get(f"{root}{path}", base_url="http://erp.example.org")
        assert page.status_code == (404 if path.endswith("999") else 200), path
        assert elsewhere(page.text, root) == set(), path
    style = client.get(f"{root}/roadmapdocs/static/tokens.css", base_url="http://erp.example.org")
    assert style.status_code == 200
    style.close()


@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        ("", "http://localhost/erp/registry/documents/5"),
        ("https://docs.example.org/registry", "https://docs.example.org/registry/documents/5"),
        ("https://docs.example.org/", "https://docs.example.org/documents/5"),
    ],
)
def test_an_address_for_paper_and_mail_is_below_the_one_that_the_operator_named(
    tmp_path: Path, sqlite_address: str, base_url: str, told: str
) -> None:
    host = mounted(bare(), tmp_path, sqlite_address, values={"base_url": base_url})
    with host.app.test_request_context("/registry/documents/", environ_overrides={"SCRIPT_NAME": "/erp"}):
        assert outer_address("roadmapdocs_documents.card", document_id=5) == told


def served(tmp_path: Path, address: str, proxies: int) -> Client:
    settings = Settings(data=tmp_path, database=address, password_cost="cheap", language="en", proxies=proxies)
    app = create_app(settings, store=MemoryStore(), clock=lambda: NOW)
    return Client(app.wsgi_app)


FORWARDED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "office.example.org",
    "X-Forwarded-Prefix": "/docs",
}


@pytest.mark.parametrize(("proxies", "told"), [(1, "/docs/sign-in?next=/docs/documents/"), (0, "/sign-in?next=/documents/")])
def test_what_a_proxy_says_counts_if_the_operator_has_one(
    tmp_path: Path, sqlite_address: str, proxies: int, told: str
) -> None:
    client = served(tmp_path, sqlite_address, proxies)
    assert client.get("/documents/", headers=FORWARDED).location == told


def test_tries_are_counted_by_the_address_behind_the_proxy(tmp_path: Path, sqlite_address: str) -> None:
    settings = Settings(
        data=tmp_path, database=sqlite_address, password_cost="cheap", proxies=1, sign_in_limit="1 per minute"
    )
    app = create_app(settings, store=MemoryStore(), clock=lambda: NOW)
    app.config["WTF_CSRF_ENABLED"] = False

    def tried(address: str) -> int:
        fields: dict[str, Any] = {"login": "nobody", "password": "wrong"}
        return app.test_client().post("/sign-in", data=fields, headers={"X-Forwarded-For": address}).status_code

    assert [tried("203.0.113.7"), tried("203.0.113.7"), tried("203.0.113.8")] == [401, 429, 401]


def test_a_host_sees_to_its_own_proxies(tmp_path: Path, sqlite_address: str) -> None:
    host: Host = mounted(bare(), tmp_path, sqlite_address, values={"proxies": 1})
    answer = host.app.test_client().get("/registry/documents/", headers=FORWARDED)
    assert answer.location == "/registry/sign-in?next=/registry/documents/"
