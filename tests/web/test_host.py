"""The registry inside somebody else's application: below a prefix, and without touching the host's own pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_admin import Admin

from roadmapdocs.db import database
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.extension import RoadmapDocs
from tests.conftest import NOW

PASSWORD = "дом-у-озера-7"


@pytest.fixture
def host(sqlite_address: str, tmp_path: Path) -> FlaskClient:
    app = Flask("host")
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    admin = Admin(app, name="ERP", url="/erp")

    @app.get("/own")
    def own() -> str:
        return "a page of the host"

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("the host's own trouble")

    settings = Settings(data=tmp_path, database=sqlite_address, password_cost="cheap")
    RoadmapDocs(app, settings, admin=admin, url="/registry", store=MemoryStore(), clock=lambda: NOW)
    with database.connection_context():
        create_user("petrova", PASSWORD, [Role.CLERK], by=SYSTEM, now=NOW)
    return app.test_client()


def test_pages_stand_below_the_prefix_and_link_to_each_other_there(host: FlaskClient) -> None:
    answer = host.post("/registry/sign-in", data={"login": "petrova", "password": PASSWORD}, follow_redirects=True)

    assert answer.request.path == "/registry/"
    for path in ("/registry/", "/registry/documents/", "/registry/roadmaps/"):
        page = host.get(path)
        assert page.status_code == 200
        assert 'href="/registry/documents/"' in page.text
        assert 'href="/documents/' not in page.text


def test_the_hosts_own_pages_and_errors_are_left_as_they_are(host: FlaskClient) -> None:
    own = host.get("/own")

    assert own.text == "a page of the host"
    assert "Content-Security-Policy" not in own.headers
    assert "roadmapdocs" not in host.get("/no-such-page").text
    assert "roadmapdocs" not in host.get("/broken").text


def test_our_views_stand_in_the_hosts_menu(host: FlaskClient) -> None:
    admin = host.application.extensions["admin"][0]

    assert {"roadmapdocs_worklist", "roadmapdocs_documents", "roadmapdocs_roadmaps"} <= {
        view.endpoint for view in admin._views
    }
