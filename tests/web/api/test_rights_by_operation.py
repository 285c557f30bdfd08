"""Every operation of the API by everybody: who is answered, who is refused, and who does not learn that there is anything.

The description itself is walked: an operation that is not in the table below fails, and with it every new one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.access.rules import ALLOWED, Action
from roadmapdocs.audit.models import Event
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope
from tests import factories as make
from tests.web.api.conftest import PREFIX
from tests.web.api.world import HOLDER, OWN, SECRET, World, opened_world
from tests.web.test_rights_by_address import readable

#: What opens an operation: an account; the right to read the document, or what hangs on it; being the one whose it is;
#: or an action of the registry, which is asked for before anything is looked up.
SIGNED_IN, READ, OWNER = "signed in", "read", "owner"

GATES: Final[dict[str, str | Action]] = {
    "GET /@types": SIGNED_IN,
    "GET /@types/{code}": SIGNED_IN,
    "GET /documents": SIGNED_IN,
    "POST /documents": Action.WRITE_DOCUMENT,
    "GET /documents/@number": SIGNED_IN,
    "GET /documents/{document_id}": READ,
    "PATCH /documents/{document_id}": READ,
    "GET /documents/{document_id}/@links": READ,
    "POST /documents/{document_id}/@links": READ,
    "GET /documents/{document_id}/@links/{link_id}": READ,
    "DELETE /documents/{document_id}/@links/{link_id}": READ,
    "GET /documents/{document_id}/@versions": READ,
    "POST /documents/{document_id}/@versions": READ,
    "GET /documents/{document_id}/@versions/{number}": READ,
    "GET /documents/{document_id}/@attachments": READ,
    "POST /documents/{document_id}/@attachments": READ,
    "GET /documents/{document_id}/@attachments/{attachment_id}": READ,
    "DELETE /documents/{document_id}/@attachments/{attachment_id}": READ,
    "GET /documents/{document_id}/@draft": READ,
    "POST /documents/{document_id}/@draft": READ,
    "GET /documents/{document_id}/@history": READ,
    "GET /documents/{document_id}/@comments": READ,
    "POST /documents/{document_id}/@comments": READ,
    "GET /documents/{document_id}/@sharing": READ,
    "GET /documents/{document_id}/@workflow": READ,
    "POST /documents/{document_id}/@workflow/{transition}": READ,
    "GET /documents/{document_id}/@approval": READ,
    "POST /documents/{document_id}/@approval": READ,
    "GET /documents/{document_id}/@acquaintance": READ,
    "GET /documents/{document_id}/@acquaintance/readers": READ,
    "GET /roadmaps": SIGNED_IN,
    "POST /roadmaps": Action.IMPORT_ROADMAP,
    "GET /roadmaps/{roadmap_id}": SIGNED_IN,
    "GET /roadmaps/{roadmap_id}/editions": SIGNED_IN,
    "GET /roadmaps/{roadmap_id}/sections": SIGNED_IN,
    "GET /roadmaps/{roadmap_id}/@report": SIGNED_IN,
    "GET /roadmaps/{roadmap_id}/@coverage": SIGNED_IN,
    "POST /roadmaps/{roadmap_id}/@coverage/prove": Action.LINK_DOCUMENT,
    "POST /roadmaps/{roadmap_id}/@coverage/disprove": Action.LINK_DOCUMENT,
    "POST /roadmaps/{roadmap_id}/@coverage/waive": Action.LINK_DOCUMENT,
    "POST /roadmaps/{roadmap_id}/@coverage/require": Action.LINK_DOCUMENT,
    "POST /roadmaps/{roadmap_id}/@coverage/confirm": Action.LINK_DOCUMENT,
    "POST /roadmaps/{roadmap_id}/@coverage/reject": Action.LINK_DOCUMENT,
    "GET /roadmaps/{roadmap_id}/items": SIGNED_IN,
    "GET /roadmaps/{roadmap_id}/items/{item_id}": SIGNED_IN,
    "POST /roadmaps/{roadmap_id}/items/{item_id}/expected": Action.LINK_DOCUMENT,
    "GET /@search": SIGNED_IN,
    "GET /routes": SIGNED_IN,
    "GET /routes/{route_id}": SIGNED_IN,
    "GET /visas/{visa_id}": READ,
    "POST /visas/{visa_id}/@decide": READ,
    "POST /visas/{visa_id}/@withdraw": READ,
    "POST /visas/{visa_id}/@ask": READ,
    "POST /visas/{visa_id}/@forward": READ,
    "POST /visas/{visa_id}/@replace": READ,
    "GET /acquaintance": SIGNED_IN,
    "GET /acquaintance/{acquaintance_id}": OWNER,
    "POST /acquaintance/{acquaintance_id}/@read": OWNER,
    "POST /acquaintance/{acquaintance_id}/@confirm": OWNER,
    "GET /assignments": SIGNED_IN,
    "POST /assignments": Action.ASSIGN,
    "GET /assignments/{assignment_id}": READ,
    "PUT /assignments/{assignment_id}": READ,
    "GET /assignments/{assignment_id}/@workflow": READ,
    "POST /assignments/{assignment_id}/@workflow/{name}": READ,
    "GET /assignments/{assignment_id}/@history": READ,
    "GET /assignments/{assignment_id}/files/{file_id}": READ,
    "GET /journals": SIGNED_IN,
    "GET /journals/{journal_id}": SIGNED_IN,
    "GET /journals/{journal_id}/@next": SIGNED_IN,
    "GET /journals/{journal_id}/entries": SIGNED_IN,
    "GET /journals/{journal_id}/gaps": SIGNED_IN,
    "POST /journals/{journal_id}/@reserve": Action.REGISTER,
    "POST /journals/{journal_id}/entries/{entry_id}/@release": Action.REGISTER,
    "GET /cases": SIGNED_IN,
    "GET /cases/{case_id}": SIGNED_IN,
    "GET /cases/{case_id}/documents": SIGNED_IN,
    "GET /organisations": SIGNED_IN,
    "GET /organisations/{organisation_id}": SIGNED_IN,
    "GET /units": SIGNED_IN,
    "GET /units/{unit_id}": SIGNED_IN,
    "GET /employees": SIGNED_IN,
    "GET /employees/{employee_id}": SIGNED_IN,
    "GET /@me": SIGNED_IN,
    "GET /@me/worklist": SIGNED_IN,
    "GET /@me/tokens": SIGNED_IN,
    "DELETE /@me/tokens/{token_id}": OWNER,
}
NOWHERE: Final = 10**6


@dataclass(frozen=True)
class Operation:
    name: str
    described: Mapping[str, Any]
    components: Mapping[str, Any]

    @property
    def method(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.name.partition(" ")[2]

    @property
    def parameters(self) -> set[str]:
        return {part[1:-1] for part in self.path.split("/") if part.startswith("{")}

    def call(self, world: World, values: Mapping[str, Any], who: Any, headers: Mapping[str, str] | None = None) -> TestResponse:
        """With an example of whatever the description requires; ids in the body are those of ``values``, too."""
        address = self.path.format_map(values)
        seen = {"If-Match": "*"} if self.method != "GET" else {}
        more: dict[str, Any] = {"headers": {**seen, **(headers or {})}}
        asked = [one for one in self.described.get("parameters", ()) if one.get("required") and one["in"] == "query"]
        more["query_string"] = {one["name"]: self._example(one["schema"], one["name"], values) for one in asked}
        content = self.described.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            more["data"] = {"file": (io.BytesIO(b"text"), "text.txt")}
        elif content:
            more["json"] = self._example(content["application/json"]["schema"], "", values)
        return world.api.call(self.method, address, who=who, **more)

    def _example(self, schema: Mapping[str, Any], name: str, values: Mapping[str, Any]) -> Any:
        """The least that fits the schema; what is named as something that is there is that."""
        while "$ref" in schema:
            schema = self.components["schemas"][schema["$ref"].rpartition("/")[2]]
        if "allOf" in schema or "anyOf" in schema:
            return self._example((schema.get("allOf") or schema["anyOf"])[0], name, values)
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if "object" in kinds:
            required = schema.get("required", ())
            return {one: self._example(schema["properties"][one], one, values) for one in required}
        if name in values:
            return values[name]
        if "enum" in schema:
            return schema["enum"][0]
        if "array" in kinds:
            return [self._example(schema["items"], "", values)] * schema.get("minItems", 0)
        if "integer" in kinds:
            return values["employee_id"]
        return "2026-03-20" if schema.get("format") == "date" else "so"


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path_factory.mktemp("rights")) as made:
        named = {"number": 1, "transition": "withdraw", "name": "take"}
        made.values |= named
        made.secret |= named
        yield made


def operations(world: World) -> list[Operation]:
    described = world.api.get("/openapi.json", who=None).json
    return [
        Operation(f"{method.upper()} {path.removeprefix(PREFIX)}", told, described["components"])
        for path, methods in described["paths"].items()
        for method, told in methods.items()
        if method != "parameters"
    ]


def test_every_operation_is_in_the_table_and_every_line_of_it_is_an_operation(world: World) -> None:
    assert {one.name for one in operations(world)} == set(GATES), "say in GATES what opens a new operation"


def test_every_route_below_the_prefix_is_described(world: World) -> None:
    routes = {
        f"{method} {rule.rule.removeprefix(PREFIX)}"
        for rule in world.api.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(f"{PREFIX}/") and not rule.endpoint.startswith("roadmapdocs_api_description.")
    }
    assert len(routes) == len(GATES)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer rd_unknown", "Bearer нет", "Basic Y2xlcms6cGFzc3dvcmQ=", "Bearer {revoked}"])
def test_nothing_is_answered_to_who_brings_no_token_that_counts(world: World, header: str) -> None:
    events = Event.select().count()
    headers = {"Authorization": header.encode().decode("latin-1").format(revoked="rd_" + "x" * 43)} if header else {}
    for operation in operations(world):
        answer = operation.call(world, world.values, None, headers)
        assert answer.status_code == 401, (operation.name, answer.text)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert SECRET not in readable(answer)
    assert Event.select().count() == events


@pytest.mark.parametrize(("scopes", "methods"), [((Scope.READ,), {"GET"}), ((Scope.WRITE,), {"POST", "PUT", "PATCH", "DELETE"}), ((Scope.CALENDAR,), set())])
def test_a_token_is_good_for_its_scope_only(world: World, scopes: tuple[Scope, ...], methods: set[str]) -> None:
    secret = world.api.secret(world.api.user(Role.CLERK), scopes)
    events = Event.select().count()
    for operation in operations(world):
        if operation.method not in methods:
            answer = operation.call(world, world.values, None, {"Authorization": f"Bearer {secret}"})
            assert (answer.status_code, answer.json["code"]) == (403, "scope"), operation.name
    assert Event.select().count() == events


@pytest.mark.parametrize("who", list(Role))
def test_an_action_of_the_registry_is_for_the_roles_that_have_it(world: World, who: Role) -> None:
    """Of ids that are nowhere, so that everybody meets the same office, and whoever may not learns nothing of them."""
    nowhere = {name: value if isinstance(value, str) else NOWHERE for name, value in world.values.items()}
    for operation in operations(world):
        gate = GATES[operation.name]
        if isinstance(gate, Action):
            refused = operation.call(world, nowhere, who).status_code == 403
            # Whoever has part of somebody's work gives parts of it on: the role alone does not close that door.
            assert refused is (who not in ALLOWED[gate]), (operation.name, who)


@pytest.mark.parametrize("who", [Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_what_is_somebody_elses_answers_as_what_is_not_there(world: World, who: Role) -> None:
    """Word for word: whether there is such a document, visa or assignment is nobody's guess."""
    events = Event.select().count()
    for operation in operations(world):
        if GATES[operation.name] in {READ, OWNER}:
            nowhere = {**world.secret, **dict.fromkeys(operation.parameters - {"number", "transition", "name"}, NOWHERE)}
            answers = [operation.call(world, values, who) for values in (world.secret, nowhere)]
            assert [one.status_code for one in answers] == [404, 404], (operation.name, [one.text for one in answers])
            told = [{name: value for name, value in one.json.items() if name != "instance"} for one in answers]
            assert told[0] == told[1], operation.name
    assert Event.select().count() == events


@pytest.mark.parametrize("who", list(Role))
def test_what_is_ones_own_is_nobody_elses_whatever_the_role(world: World, who: Role) -> None:
    for operation in operations(world):
        if GATES[operation.name] == OWNER:
            assert operation.parameters <= set(OWN)
            assert operation.call(world, world.secret, who).status_code == 404, operation.name


@pytest.mark.parametrize("who", [Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_no_operation_tells_anything_secret(world: World, who: Role) -> None:
    for operation in operations(world):
        if operation.method == "GET":
            for values in (world.values, world.secret):
                answer = operation.call(world, values, who)
                assert answer.status_code in {200, 403, 404, 422}, (operation.name, answer.text)
                assert SECRET not in readable(answer), operation.name


def test_those_who_may_are_told_by_the_same_operations(world: World) -> None:
    """The tests above would pass on doors that are shut to all."""
    shut = set()
    for operation in operations(world):
        if operation.method == "GET":
            who: Role | User = world.office.users[HOLDER] if GATES[operation.name] == OWNER else Role.CLERK
            answer = operation.call(world, world.secret, who)
            if answer.status_code != 200:
                shut.add(operation.name)
    # The one has no draft made of a template; of the other's question the description cannot tell what it is about.
    assert shut <= {"GET /documents/{document_id}/@draft", "GET /documents/@number"}


def test_parts_of_one_document_are_not_served_at_the_address_of_another(world: World) -> None:
    for operation in operations(world):
        inner = operation.parameters & {"attachment_id", "link_id", "file_id", "entry_id", "item_id"}
        outer = operation.parameters - inner
        if inner and GATES[operation.name] == READ:
            mixed = {**world.values, **{name: world.secret[name] for name in inner}}
            assert outer
            assert operation.call(world, mixed, Role.COORDINATOR).status_code == 404, operation.name


def test_a_closed_account_is_let_in_no_more(world: World) -> None:
    user = make.account("leaver", Role.CLERK)
    world.api.secret(user)
    assert world.api.get("/@me", who=user).status_code == 200
    User.update(active=False).where(User.id == user.id).execute()
    assert world.api.get("/@me", who=user).status_code == 401
