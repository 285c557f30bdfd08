"""How the ERP finds modules, which it refuses, and what people see of one that is mounted."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from tests.host_erp import db, models
from tests.host_erp.conftest import found, post, signed_in
from tests.host_erp.modules import GROUP, ModuleRefused, check, discover


def module(**more: Any) -> SimpleNamespace:
    values = {
        "name": "other",
        "version": "1.0",
        "title": "Другой модуль",
        "prefix": "ot_",
        "requires": ("flask_erp>=1.0",),
        "menu": (SimpleNamespace(title="Начало", endpoint="other.index", permission="use"),),
        "permissions": (SimpleNamespace(code="use", title="Работать"),),
    }
    return SimpleNamespace(**values | more)


def test_the_registry_is_found_by_its_entry_point() -> None:
    (registry,) = discover(found())

    assert (registry.name, registry.prefix) == ("roadmapdocs", "rd_")
    assert {one.code for one in registry.permissions} == {"clerk", "executive", "coordinator", "staff", "administrator"}
    assert {one.endpoint.partition("_")[0] for one in registry.menu} == {"roadmapdocs"}


def test_a_module_that_fits_is_taken() -> None:
    check([module(), *discover(found())])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"prefix": "erp_"}, "is taken by 'erp_'"),
        ({"prefix": "rd_"}, "is taken by 'rd_'"),
        ({"prefix": "rd_more_"}, "is not a prefix"),
        ({"prefix": ""}, "is not a prefix"),
        ({"prefix": "x; DROP TABLE erp_user"}, "is not a prefix"),
        ({"name": "roadmapdocs"}, "two modules of this name"),
        ({"requires": ("flask_erp>=2",)}, "installed is 1.0"),
        ({"requires": ("Flask>=99",)}, "installed is"),
        ({"requires": ("no-such-package-anywhere",)}, "is not installed"),
        ({"requires": ("???",)}, "requires"),
        ({"permissions": ()}, "is no permission of it"),
    ],
)
def test_a_module_that_does_not_fit_is_refused_with_the_reason(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ModuleRefused, match=r"^(other|roadmapdocs): ") as refused:
        check([*discover(found()), module(**change)])

    assert why in str(refused.value)


@pytest.mark.parametrize("value", ["no.such.module:manifest", "roadmapdocs.erp.manifest:nothing", "math:pi"])
def test_an_entry_point_that_leads_nowhere_names_its_module(value: str) -> None:
    with pytest.raises(ModuleRefused, match="broken"):
        discover([EntryPoint("broken", value, GROUP)])


@pytest.mark.parametrize("mounted", [True], indirect=False)
def test_the_menu_of_a_module_is_shown_to_whom_its_pages_open(erp: Flask, mounted: bool) -> None:
    (registry,) = erp.extensions["erp"].modules
    for login in ("ilina", "sorokina", "admin"):
        client = signed_in(erp, login)
        page = client.get("/").text
        for one in registry.menu:
            with erp.test_request_context():
                address = erp.url_for(one.endpoint)
            shown = f'href="{address}"' in page
            assert shown == (client.get(address).status_code == 200), (login, address)


@pytest.mark.parametrize("mounted", [True], indirect=False)
def test_an_administrator_of_the_erp_says_which_group_is_what_in_the_registry(erp: Flask, mounted: bool) -> None:
    admin = signed_in(erp, "admin")
    assert "Делопроизводитель" in admin.get("/modules").text

    ticked = ["roadmapdocs:coordinator:everyone", "roadmapdocs:clerk:office", "roadmapdocs:no-such:office", "x", "a:b:c"]
    assert post(admin, "/modules", may=ticked).status_code == 302

    with db.database.connection_context():
        given = {(row.code, row.group.code) for row in models.Permission.select()}
    assert given == {("coordinator", "everyone"), ("clerk", "office")}
    assert signed_in(erp, "sorokina").get("/registry/roadmaps/upload").status_code == 200
    assert signed_in(erp, "ilina").get("/registry/documents/new").status_code == 200


def test_an_erp_without_modules_shows_none(erp: Flask, mounted: bool) -> None:
    page = signed_in(erp, "admin").get("/modules").text

    assert ("Ни одного модуля не поставлено" in page) == (not mounted)
    said = erp.test_cli_runner().invoke(args=["erp", "modules"]).output
    assert ("roadmapdocs" in said) == mounted


@pytest.mark.parametrize("mounted", [True], indirect=False)
def test_no_index_of_the_registry_is_called_as_one_of_a_host_may_be(erp: Flask, mounted: bool) -> None:
    """Names of indexes are those of the whole database: peewee calls that of a host's users ``user_login``."""
    database = erp.extensions["erp"].database
    with database.connection_context():
        names = {table: [one.name for one in database.get_indexes(table)] for table in database.get_tables()}

    assert "user_login" in names["erp_user"]
    ours = [name for table, found in names.items() if table.startswith("rd_") for name in found]
    assert [name for name in ours if not name.startswith(("rd_", "sqlite_autoindex_rd_"))] == []
