"""People from a file in the browser and on the command line: upload, preview, confirmation, refusals."""

from __future__ import annotations

import html
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.test import TestResponse

from roadmapdocs import db
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Employee, Organisation, Post, User
from roadmapdocs.people.rules import Role
from roadmapdocs.web.cli import group
from roadmapdocs.web.people_import.event_words import incoming_events
from tests import factories
from tests.web.conftest import Browser, SignIn

PAGE = "/people/import/"
HEAD = "Табельный номер;ФИО;Подразделение;Должность;Логин;Роль\n"
LINE = "17;Лукина Ольга Сергеевна;Управление образования;методист;lukina;сотрудник\n"
BAD = "18;Ким;Управление образования;методист;;\n"


@pytest.fixture
def admin(sign_in: SignIn) -> Browser:
    factories.unit()
    return sign_in(Role.ADMINISTRATOR)


def send(browser: Browser, data: str | bytes, name: str = "люди.csv", **fields: Any) -> TestResponse:
    content = data.encode() if isinstance(data, str) else data
    return browser.post(PAGE, file=(io.BytesIO(content), name), **fields)


def preview(browser: Browser, data: str | bytes, status: int = 200, **fields: Any) -> tuple[str, str]:
    """The signed file and the page with every line."""
    response = send(browser, data, **fields)
    assert response.status_code == 302, response.get_data(as_text=True)
    page = html.unescape(browser.get(response.location, status))
    return response.location.partition("file=")[2], page


def test_a_file_is_looked_at_and_taken_in_only_when_confirmed(admin: Browser) -> None:
    token, page = preview(admin, HEAD + LINE + BAD)
    assert "Лукина Ольга Сергеевна" in page
    assert "row 3" in page or "строка 3" in page
    assert not Employee.select().exists()
    done = admin.post(f"{PAGE}take", file=token)
    assert done.status_code == 302
    assert (Employee.get().surname, Post.get().title, User.get(User.login == "lukina").active) == ("Лукина", "методист", True)
    after = admin.get(done.location)
    assert 'action="/people/import/take"' not in after
    assert admin.post(f"{PAGE}take", file=token).status_code == 302
    assert Employee.select().count() == Post.select().count() == 1


def test_a_complete_file_with_a_line_that_is_not_read_takes_nothing_in(admin: Browser) -> None:
    token, page = preview(admin, HEAD + LINE + BAD, status=422, complete="1")
    assert 'action="/people/import/take"' not in page
    assert admin.post(f"{PAGE}take", file=token).status_code == 422
    assert not Employee.select().exists()


def test_a_complete_file_tells_who_would_leave(admin: Browser) -> None:
    token, _page = preview(admin, HEAD + LINE)
    admin.post(f"{PAGE}take", file=token)
    token, page = preview(admin, HEAD + "19;Зайцев Пётр Ильич;Управление образования;юрист;;\n", complete="1")
    assert page.count("rd-badge--work") >= 3  # the post and the account, and their number
    admin.post(f"{PAGE}take", file=token)
    assert not User.get(User.login == "lukina").active


@pytest.mark.parametrize("data", ["", "Название;Цена\n", b"PK\x03\x04", HEAD])
def test_a_file_that_is_no_table_of_people_is_refused_beside_the_field(admin: Browser, data: str | bytes) -> None:
    response = send(admin, data)
    assert response.status_code == 422
    assert 'id="file-error"' in response.get_data(as_text=True)


def test_without_a_file_the_form_asks_for_one(admin: Browser) -> None:
    assert admin.post(PAGE).status_code == 422


def test_the_list_is_narrowed_and_goes_on_over_pages(admin: Browser) -> None:
    lines = "".join(f"{n};Ли {chr(0x410 + n % 30)}ян{'я' * n} Ильич;Управление образования;юрист;;\n" for n in range(1, 61))
    token, page = preview(admin, HEAD + lines)
    assert f"?file={token}&page=2" in page
    assert "page=3" in admin.get(f"{PAGE}preview?file={token}&page=2").replace("&amp;", "&")
    assert admin.get(f"{PAGE}preview?file={token}").count("<tr>") == 51
    assert admin.get(f"{PAGE}preview?file={token}&show=refused").count("<tr>") == 1
    for odd in ("&page=x", "&page=-1", "&page=99999999999", "&show=nothing"):
        admin.get(f"{PAGE}preview?file={token}{odd}")


def test_an_address_of_somebody_else_or_made_up_opens_nothing(app: Flask, admin: Browser) -> None:
    token, _page = preview(admin, HEAD + LINE)
    other = app.test_client()
    with other.session_transaction() as session, admin.client.session_transaction() as mine:
        session.update(mine)
        user = factories.account("second", Role.ADMINISTRATOR)
        session["roadmapdocs_account"] = f"{user.id}:{user.session_stamp}"
    assert other.get(f"{PAGE}preview?file={token}").status_code == 404
    for made_up in ("", "x", token[:-1]):
        assert admin.client.get(f"{PAGE}preview?file={made_up}").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_take_people_in(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role)
    for address in (PAGE, f"{PAGE}sample", f"{PAGE}preview?file=x"):
        assert browser.client.get(address).status_code == 403
    assert browser.post(f"{PAGE}take", file="x").status_code == 403


def test_the_sample_is_there_and_is_read(admin: Browser) -> None:
    factories.organisation("Школа № 3")
    response = admin.client.get(f"{PAGE}sample")
    token, page = preview(admin, response.data, name="sample.xlsx")
    assert "Образцова-Первая" in page
    assert "rd-badge--late" not in page
    admin.post(f"{PAGE}take", file=token)
    assert Organisation.select().count() == 2


def test_lines_that_stay_out_are_not_called_agreement(admin: Browser) -> None:
    with use_language("ru"):
        agrees = _("The registry agrees with the file: there is nothing to take in.")
        stays = _("The lines that were turned down stay out, and the registry agrees with the rest of the file. Correct them in the file and choose it again.")
    token, _page = preview(admin, HEAD + LINE + BAD)
    after = html.unescape(admin.get(admin.post(f"{PAGE}take", file=token).location))
    assert (agrees in after, stays in after) == (False, True)
    token, _page = preview(admin, HEAD + LINE)
    after = html.unescape(admin.get(f"{PAGE}preview?file={token}"))
    assert (agrees in after, stays in after) == (True, False)


def test_a_login_of_another_person_is_refused_with_both_names_before_anything_is_taken_in(admin: Browser) -> None:
    holder = factories.account("lukina", Role.STAFF, person=factories.employee("Вересова"))
    token, page = preview(admin, HEAD + LINE)
    assert "Вересова Ольга Сергеевна" in page
    assert "Лукина Ольга Сергеевна" in page
    assert 'action="/people/import/take"' not in page
    admin.post(f"{PAGE}take", file=token)
    assert (User.get_by_id(holder.id).employee.surname, Employee.select().count()) == ("Вересова", 1)


def test_what_ended_has_a_sentence_in_the_journal() -> None:
    with use_language("en"):
        told = incoming_events({"until": "15.03.2026", "login": "lukina"}.__getitem__)
        assert [sentence() for sentence in told.values()] == [
            "ended the post, its last day is 15.03.2026",
            "closed the account lukina",
        ]


def cli(tmp_path: Path, *arguments: str, status: int = 0) -> Any:
    result = CliRunner().invoke(group, ["--data", str(tmp_path), "people", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def test_the_command_tells_first_and_takes_in_then(app: Flask, tmp_path: Path, sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", sqlite_address)
    factories.unit()
    file = tmp_path / "люди.csv"
    file.write_text(HEAD + LINE + BAD, encoding="cp1251")
    told = cli(tmp_path, "import", str(file), "--dry-run")
    assert (told["dry_run"], told["counts"]["made"], told["counts"]["refused"]) == (True, 3, 1)
    assert not Employee.select().exists()
    done = cli(tmp_path, "import", str(file))
    assert {**done, "dry_run": True} == told
    assert Employee.select().count() == 1
    assert cli(tmp_path, "import", str(file), "--complete", status=1)["error"]["code"] == "lines_refused"
    assert cli(tmp_path, "import", str(tmp_path / "none.csv"), status=1)["error"]["code"] == "unreachable"
    assert not db.database.is_closed()


def test_the_command_prints_lines_for_people(app: Flask, tmp_path: Path, sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", sqlite_address)
    factories.unit()
    file = tmp_path / "люди.csv"
    file.write_text(HEAD + LINE, encoding="utf-8")
    result = CliRunner().invoke(group, ["--data", str(tmp_path), "people", "import", str(file)], catch_exceptions=False)
    assert result.stdout.splitlines()[0] == "made\temployee\t17\tЛукина Ольга Сергеевна\t"
