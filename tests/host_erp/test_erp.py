"""The ERP's own tests: they pass alone, and with the registry mounted."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.host_erp import db, models, office
from tests.host_erp.conftest import post, signed_in

ADDRESSES = ("/", "/partners/", "/projects/", "/admin/", "/admin/erp_partners/", "/modules")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_led_to_the_erps_own_sign_in(erp: Flask, address: str) -> None:
    answer = erp.test_client().get(address)

    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")


def test_a_wrong_password_opens_nothing(erp: Flask) -> None:
    client = erp.test_client()

    answer = post(client, "/login", login="ilina", password="нет")

    assert answer.status_code == 401
    assert "Логин или пароль не подходят" in answer.text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("target", ["//elsewhere.test/", "https://elsewhere.test/", "/\\elsewhere.test"])
def test_signing_in_leads_nowhere_else(erp: Flask, target: str) -> None:
    client = erp.test_client()

    answer = post(client, f"/login?next={target}", login="ilina", password=office.PASSWORD)

    assert answer.location == "/"


@pytest.mark.parametrize(
    ("login", "address", "status"),
    [
        ("ilina", "/partners/", 200),
        ("ilina", "/admin/erp_partners/", 200),
        ("ilina", "/admin/erp_employees/", 403),
        ("ilina", "/modules", 403),
        ("sorokina", "/partners/", 403),
        ("sorokina", "/projects/", 200),
        ("sorokina", "/admin/", 403),
        ("lapina", "/admin/erp_tasks/", 200),
        ("lapina", "/admin/erp_users/", 403),
        ("admin", "/admin/erp_users/", 200),
        ("admin", "/admin/erp_users/new/", 200),
        ("admin", "/modules", 200),
    ],
)
def test_pages_open_by_groups(erp: Flask, login: str, address: str, status: int) -> None:
    assert signed_in(erp, login).get(address).status_code == status


def test_a_task_moves_over_the_board(erp: Flask) -> None:
    client = signed_in(erp, "lapina")
    task = models.Task.get(models.Task.title.startswith("Собрать"))
    done = models.Stage.get(closes=True)

    assert "Просроченные задачи" in client.get("/").text
    assert "Собрать заявки" in client.get("/").text
    answer = post(client, f"/tasks/{task.id}/stage", form_at=f"/tasks/{task.id}", stage=done.id)

    assert answer.status_code == 302
    assert "теперь в колонке «Готово»" in client.get(f"/tasks/{task.id}").text
    assert "Собрать заявки" not in client.get("/").text


@pytest.mark.parametrize("stage", ["", "9" * 30, "²", "77"])
def test_a_stage_that_is_none_is_not_found(erp: Flask, stage: str) -> None:
    assert post(signed_in(erp, "lapina"), "/tasks/1/stage", form_at="/tasks/1", stage=stage).status_code == 404


def test_a_form_without_its_token_is_refused_by_the_erps_own_page(erp: Flask) -> None:
    answer = signed_in(erp, "lapina").post("/tasks/1/stage", data={"stage": 1})

    assert answer.status_code == 400
    assert "Форма устарела" in answer.text
    assert "erp-top" in answer.text


def test_what_is_not_there_is_told_by_the_erps_own_page(erp: Flask) -> None:
    client = signed_in(erp, "sorokina")

    for address in ("/no-such-page", "/tasks/4711", "/projects/4711"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Такой страницы в ERP нет" in answer.text
        assert "Content-Security-Policy" not in answer.headers


def test_what_breaks_is_told_by_the_erps_own_page(erp: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("the ERP's own trouble")

    monkeypatch.setitem(erp.view_functions, "erp_sign_in.sign_in", broken)
    for name, value in (("TESTING", False), ("PROPAGATE_EXCEPTIONS", False)):
        monkeypatch.setitem(erp.config, name, value)

    answer = erp.test_client().get("/login")

    assert answer.status_code == 500
    assert "В ERP что-то сломалось" in answer.text


def test_partners_are_kept_in_the_erps_admin(erp: Flask) -> None:
    client = signed_in(erp, "ilina")

    answer = post(client, "/admin/erp_partners/new/", name="ИП Орлова", tax_number="7700000003", email="", phone="", active="y")

    assert answer.status_code == 302
    assert "ИП Орлова" in client.get("/partners/?q=орлова").text


def test_a_user_made_in_the_admin_signs_in(erp: Flask) -> None:
    client = signed_in(erp, "admin")

    post(client, "/admin/erp_users/new/", login="nova", active="y", employee="__None", new_password=office.PASSWORD)

    assert signed_in(erp, "nova").get("/").status_code == 200


def test_signing_out_ends_the_session(erp: Flask) -> None:
    client = signed_in(erp, "ilina")

    post(client, "/logout", form_at="/")

    assert client.get("/").status_code == 302


def test_the_erps_migrations_are_known_in_its_own_table(erp: Flask) -> None:
    with db.database.connection_context():
        rows = db.database.execute_sql("SELECT name FROM erp_migration ORDER BY name").fetchall()

    assert [name for (name,) in rows] == ["0001_people", "0002_projects", "0003_modules"]


def test_the_erps_command_has_nothing_left_to_do(erp: Flask) -> None:
    assert "уже новые" in erp.test_cli_runner().invoke(args=["erp", "migrate"]).output


def test_the_tables_of_the_models_are_those_of_the_migrations(erp: Flask) -> None:
    with db.database.connection_context():
        tables = {name for name in db.database.get_tables() if name.startswith("erp_")}

        assert tables == {one._meta.table_name for one in models.MODELS} | {db.HISTORY_TABLE}
        for one in models.MODELS:
            stored = {column.name for column in db.database.get_columns(one._meta.table_name)}
            assert stored == {field.column_name for field in one._meta.sorted_fields}
