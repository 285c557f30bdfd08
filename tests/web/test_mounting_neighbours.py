"""Beside a host's own sign-in, guards, limits, error pages, templates and Admin: neither notices the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, flash, render_template, session
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from flask_admin import Admin
from flask_babel import Babel
from flask_babel import gettext as host_gettext
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from jinja2 import DictLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.people.rules import Role
from tests.web.hosts import Host, bare, mounted, token_of


class HostAccount(UserMixin):
    def __init__(self, id: str) -> None:
        self.id = id


def with_sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.user_loader(HostAccount)
    app.add_url_rule("/enter", view_func=lambda: str(login_user(HostAccount("7"))), endpoint="enter")
    app.add_url_rule("/who", view_func=lambda: str(current_user.get_id()), endpoint="who")


@pytest.fixture
def place(tmp_path: Path, sqlite_address: str) -> dict[str, Any]:
    return {"data": tmp_path, "address": sqlite_address}


@pytest.mark.parametrize("host_first", [True, False])
def test_two_sign_ins_live_beside_each_other(place: dict[str, Any], host_first: bool) -> None:
    app = bare()
    if host_first:
        with_sign_in(app)
    host = mounted(app, **place)
    if not host_first:
        with_sign_in(app)
    host.user("petrova", Role.CLERK)
    client = app.test_client()

    client.get("/enter")
    assert client.get("/who").text == "7"
    assert client.get("/registry/").location.startswith("/registry/sign-in")

    fields = {"login": "petrova", "password": "long enough for all", "csrf_token": token_of(client.get("/registry/sign-in").text)}
    assert client.post("/registry/sign-in", data=fields).location == "/registry/"
    assert client.get("/registry/").status_code == 200
    assert client.get("/who").text == "7"

    client.post("/registry/sign-out", data={"csrf_token": token_of(client.get("/registry/password").text)})
    assert client.get("/who").text == "7"
    assert client.get("/registry/").status_code == 302


class KeepingSessions(SecureCookieSessionInterface):
    """As Flask-Session, which gives a session another number when it is asked to."""

    renewed = 0

    def regenerate(self, _session: object) -> None:
        self.renewed += 1


def test_a_host_that_keeps_sessions_is_asked_for_a_new_one_when_somebody_signs_in(place: dict[str, Any]) -> None:
    app = bare()
    app.session_interface = keeping = KeepingSessions()
    host = mounted(app, **place)
    host.user("petrova", Role.CLERK)
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["basket"] = "of the host"
    fields = {"login": "petrova", "password": "long enough for all", "csrf_token": token_of(client.get("/registry/sign-in").text)}
    assert keeping.renewed == 0
    client.post("/registry/sign-in", data=fields)
    assert keeping.renewed == 1
    with client.session_transaction() as kept:
        assert kept["basket"] == "of the host"


def test_a_host_without_a_guard_of_forms_goes_on_without_one(place: dict[str, Any]) -> None:
    host = mounted(bare(), **place)
    client = host.app.test_client()
    assert client.post("/own").text == "a page of the host"
    refused = client.post("/registry/sign-in", data={"login": "x", "password": "y"})
    assert refused.status_code == 400
    assert "The form was not accepted" in refused.text


@pytest.mark.parametrize("host_first", [True, False])
def test_a_guard_of_the_host_asks_for_tokens_on_both_sides_and_answers_in_its_own_words(
    place: dict[str, Any], host_first: bool
) -> None:
    app = bare()
    if host_first:
        CSRFProtect(app)
        app.register_error_handler(CSRFError, lambda _error: ("the host's token", 400))
    host = mounted(app, **place)
    if not host_first:
        CSRFProtect(app)
        app.register_error_handler(CSRFError, lambda _error: ("the host's token", 400))
    client = host.app.test_client()
    assert client.post("/own").text == "the host's token"
    assert "The form was not accepted" in client.post("/registry/sign-in", data={"login": "x"}).text


def test_limits_of_the_host_are_its_own(place: dict[str, Any]) -> None:
    """RATELIMIT_DEFAULT is for the host's limiter; ours would count each call to its pages once more."""
    app = bare(RATELIMIT_DEFAULT="1 per hour", RATELIMIT_STORAGE_URI="memory://", RATELIMIT_ENABLED=False)
    host = mounted(app, **place, values={"sign_in_limit": "2 per minute"})
    client = app.test_client()
    assert [client.get("/own").status_code for _time in range(3)] == [200, 200, 200]
    page = client.get("/registry/sign-in").text
    fields = {"login": "nobody", "password": "wrong", "csrf_token": token_of(page)}
    statuses = [client.post("/registry/sign-in", data=fields).status_code for _time in range(3)]
    assert statuses == [401, 401, 429]
    assert host.state.alone is False


def test_a_limiter_of_the_host_counts_beside_ours(place: dict[str, Any]) -> None:
    app = bare(RATELIMIT_STORAGE_URI="memory://")
    Limiter(get_remote_address, app=app, default_limits=["2 per hour"])
    mounted(app, **place)
    client = app.test_client()
    assert [client.get("/own").status_code for _time in range(3)] == [200, 200, 429]
    assert "roadmapdocs" not in client.get("/own").text


def answering(app: Flask) -> None:
    """A host that has an answer of its own to everything that goes wrong."""
    app.register_error_handler(404, lambda _error: ("the host's 404", 404))
    app.register_error_handler(500, lambda _error: ("the host's 500", 500))
    app.register_error_handler(HTTPException, lambda error: (f"the host's {error.code}", error.code))


@pytest.mark.parametrize("host_first", [True, False])
def test_each_answers_what_goes_wrong_on_its_own_addresses(
    place: dict[str, Any], host_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = bare()
    if host_first:
        answering(app)
    host = mounted(app, **place)
    if not host_first:
        answering(app)
    client = host.browser(Role.CLERK)
    told = {path: client.get(path).text for path in ("/no-such-page", "/broken")}
    assert told == {"/no-such-page": "the host's 404", "/broken": "the host's 500"}
    assert client.delete("/own").text == "the host's 405"

    for path in ("/registry/documents/999", "/registry/no-such-page", "/registry/guest/1"):
        page = client.get(path)
        assert page.status_code == 404
        assert "roadmapdocs/static" in page.text
    assert "roadmapdocs/static" in client.delete("/registry/documents/").text

    monkeypatch.setattr("roadmapdocs.web.documents.view.read_document", _broken)
    page = client.get("/registry/documents/1")
    assert page.status_code == 500
    assert "roadmapdocs/static" in page.text


def _broken(*_values: object, **_more: object) -> str:
    raise RuntimeError("a trouble of ours")


@pytest.mark.parametrize(("handler", "told"), [(True, "the host on no_document"), (False, "There is no")])
def test_a_refusal_on_a_page_of_the_host_is_the_hosts_if_it_has_a_word_for_it(
    place: dict[str, Any], handler: bool, told: str
) -> None:
    app = bare()

    @app.get("/task")
    def task() -> str:
        raise NotFound("no_document", "There is no such document.")

    if handler:
        app.register_error_handler(Refusal, lambda refusal: f"the host on {refusal.code}")
    mounted(app, **place)
    assert told in app.test_client().get("/task").text


def test_a_host_takes_bodies_of_its_own_size_and_we_of_ours(place: dict[str, Any]) -> None:
    app = bare(MAX_FORM_MEMORY_SIZE=500_000)

    @app.post("/take")
    def take() -> str:
        from flask import request

        return str(len(request.get_data()))

    host = mounted(app, **place, values={"max_upload": 1000})
    client = host.app.test_client()
    assert client.post("/take", data=b"x" * 3_000_000).text == "3000000"
    refused = client.post("/registry/sign-in", data={"login": "x" * 3_000_000})
    assert refused.status_code == 413
    assert app.config["MAX_CONTENT_LENGTH"] is None


def test_cookies_and_sessions_of_the_host_stay_as_they_are(place: dict[str, Any]) -> None:
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SAMESITE", "PERMANENT_SESSION_LIFETIME", "MAX_FORM_MEMORY_SIZE")
    app = bare()
    app.add_url_rule("/kept", view_func=lambda: str(sorted(session)), endpoint="kept")
    before = [app.config[name] for name in names]
    host = mounted(app, **place)
    assert [app.config[name] for name in names] == before
    client = host.browser(Role.CLERK)
    client.get("/registry/documents/")
    assert client.get("/kept").text == "['csrf_token', 'roadmapdocs_account']"


def test_templates_of_the_same_name_do_not_meet(place: dict[str, Any]) -> None:
    app = bare()
    app.jinja_options = {"undefined": StrictUndefined, "variable_start_string": "[[", "variable_end_string": "]]"}
    app.context_processor(lambda: {"settings": "the host's settings", "active": "the host's", "today": "the host's"})
    app.jinja_env.filters["date"] = lambda _value: "the host's date"
    app.jinja_loader = DictLoader({"layout.html": "the host's [[ 1|date|safe ]]", "documents.html": "the host's documents"})
    app.add_url_rule("/page", view_func=lambda: render_template("layout.html"), endpoint="page")
    host = mounted(app, **place)
    client = host.browser(Role.CLERK)
    page = client.get("/registry/documents/")
    assert page.status_code == 200
    assert "the host" not in page.text
    assert client.get("/page").text == "the host's the host's date"


@pytest.mark.parametrize("host_first", [True, False])
def test_an_admin_of_the_host_and_one_of_ours_stand_beside_each_other(place: dict[str, Any], host_first: bool) -> None:
    app = bare()
    if host_first:
        Admin(app, name="ERP")
    host = mounted(app, **place)
    if not host_first:
        Admin(app, name="ERP")
    client = host.browser(Role.ADMINISTRATOR)
    assert client.get("/admin/").status_code == 200
    assert "registry" not in client.get("/admin/").text
    assert client.get("/registry/people/units/").status_code == 200


def test_a_host_that_speaks_german_goes_on_speaking_german(place: dict[str, Any]) -> None:
    app = bare()
    Babel(app, default_locale="de", locale_selector=lambda: "de")
    app.add_url_rule("/day", view_func=lambda: str(host_gettext("Yes")), endpoint="day")
    Admin(app, name="ERP")
    host = mounted(app, **place, values={"language": "ru"})
    client = host.browser(Role.ADMINISTRATOR)
    assert '<html lang="ru"' in client.get("/registry/documents/").text
    assert client.get("/day").text == "Yes"


@pytest.mark.parametrize("chosen", ["ru", "en"])
def test_a_language_that_the_reader_chose_with_the_host_holds_with_us(place: dict[str, Any], chosen: str) -> None:
    app = bare()
    Babel(app, locale_selector=lambda: chosen)
    host = mounted(app, **place, values={"language": "ru"})
    assert f'<html lang="{chosen}"' in host.browser(Role.CLERK).get("/registry/documents/").text


def test_a_host_without_languages_is_given_none(place: dict[str, Any]) -> None:
    app = bare()
    Admin(app, name="ERP", url="/erp")
    host = mounted(app, **place, values={"language": "ru"})
    assert "Home" in host.app.test_client().get("/erp/").text


def test_a_message_of_the_host_is_shown_once(place: dict[str, Any]) -> None:
    app = bare()
    app.add_url_rule("/tell", view_func=lambda: str(flash("told by the host")), endpoint="tell")
    client: FlaskClient = mounted(app, **place).browser(Role.CLERK)
    client.get("/tell")
    assert "told by the host" in client.get("/registry/documents/").text
    assert "told by the host" not in client.get("/registry/documents/").text


def test_headers_of_the_hosts_pages_are_its_own(place: dict[str, Any]) -> None:
    host: Host = mounted(bare(), **place)
    assert "Content-Security-Policy" not in host.app.test_client().get("/own").headers
    assert "Content-Security-Policy" in host.app.test_client().get("/registry/sign-in").headers
