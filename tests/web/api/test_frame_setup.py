"""The API as a part of an application: its description, and a host that is left in peace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect

from roadmapdocs.web.api.setup import Api as Described
from roadmapdocs.web.api.setup import add_api
from tests.web.api.conftest import Api


class TestDescription:
    @pytest.fixture
    def described(self, api: Api) -> dict[str, object]:
        answer = api.get("/openapi.json", who=None)
        assert answer.status_code == 200
        found: dict[str, object] = answer.json
        return found

    def test_it_is_openapi_and_open_to_everybody(self, described: dict[str, object]) -> None:
        assert described["openapi"] == "3.1.0"
        assert described["servers"] == [{"url": "/"}]
        assert described["security"] == [{"token": []}]

    def test_it_has_every_address_and_operations_of_one_name_each(self, api: Api, described: dict[str, object]) -> None:
        paths = described["paths"]
        assert isinstance(paths, dict)
        ours = {
            (rule.rule.replace("<int(max=2147483647):", "{").split("<")[0].replace(">", "}").split("{")[0], method.lower())
            for rule in api.app.url_map.iter_rules()
            if rule.endpoint.startswith("roadmapdocs_api_") and not rule.endpoint.startswith("roadmapdocs_api_description")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }
        told = {(path.split("{")[0], method) for path, operations in paths.items() for method in operations if method != "parameters"}
        assert ours == told
        names = [one["operationId"] for operations in paths.values() for name, one in operations.items() if name != "parameters"]
        assert len(names) == len(set(names))
        assert all(one.get("summary") for operations in paths.values() for name, one in operations.items() if name != "parameters")

    def test_every_reference_leads_somewhere(self, described: dict[str, object]) -> None:
        def references(value: object) -> Iterator[str]:
            if isinstance(value, dict):
                if isinstance(value.get("$ref"), str):
                    yield value["$ref"]
                for one in value.values():
                    yield from references(one)
            elif isinstance(value, list):
                for one in value:
                    yield from references(one)

        for reference in references(described):
            place: object = described
            for name in reference.removeprefix("#/").split("/"):
                assert isinstance(place, dict)
                place = place[name]

    def test_below_a_path_of_the_server_addresses_have_it(self, api: Api) -> None:
        headers = {"Authorization": f"Bearer {api.secret()}"}
        client = api.app.test_client()
        told = client.get("/api/v1/openapi.json", environ_overrides={"SCRIPT_NAME": "/office"}).json
        assert told["servers"] == [{"url": "/office"}]
        page = client.get("/api/v1/@types?limit=1", headers=headers, environ_overrides={"SCRIPT_NAME": "/office"}).json
        assert page["next"].startswith("http://localhost/office/api/v1/@types?")


class TestHost:
    """flask-smorest and our gate within an application of others."""

    @pytest.fixture
    def host(self) -> Flask:
        app = Flask("host")
        app.secret_key = "of the host"
        app.config["WTF_CSRF_ENABLED"] = True
        app.register_error_handler(404, lambda _error: ("the host's own page", 404))
        app.add_url_rule("/break", "break", lambda: 1 / 0)
        app.add_url_rule("/form", "form", lambda: "taken", methods=["POST"])
        add_api(app, "/registry")
        CSRFProtect(app)  # after us: a host sets itself up in its own order
        return app

    @pytest.fixture
    def client(self, host: Flask) -> FlaskClient:
        return host.test_client()

    def test_its_errors_commands_and_forms_stay_its_own(self, host: Flask, client: FlaskClient) -> None:
        assert client.get("/nowhere").text == "the host's own page"
        assert client.get("/break").mimetype == "text/html"
        assert client.post("/form").status_code == 400
        assert "openapi" not in host.cli.commands

    def test_two_applications_have_a_description_each(self, client: FlaskClient) -> None:
        other = Flask("other")
        other.secret_key = "of another"
        add_api(other)
        here, there = client.get("/registry/api/v1/openapi.json").json, other.test_client().get("/api/v1/openapi.json").json
        assert {path.removeprefix("/registry") for path in here["paths"]} == set(there["paths"])
        assert client.get("/api/v1/openapi.json").text == "the host's own page"

    def test_an_api_of_the_hosts_own_goes_on(self, host: Flask) -> None:
        app = Flask("host with an API")
        app.secret_key = "of the host"
        theirs = Described(config_prefix="THEIRS")
        theirs.init_app(app)
        add_api(app)
        assert set(app.extensions["flask-smorest"]["apis"]) == {"THEIRS_", "ROADMAPDOCS_REST_"}

    def test_adding_it_takes_no_time(self) -> None:
        """What is described is put together when it is first asked for."""
        app = Flask("host")
        add_api(app)
        (ours,) = (one["ext_obj"] for one in app.extensions["flask-smorest"]["apis"].values())
        assert ours.spec.to_dict()["paths"] == {}
