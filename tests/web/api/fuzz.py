"""Every operation of the description with made-up calls, sensible and not, as everybody, held to the description.

``python -m tests.web.api.fuzz 100`` makes so many calls of each sort for each operation and tells what is wrong; the
suite makes a few of them, the same ones each time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.errors import SchemathesisError
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import negative_data_rejection

from roadmapdocs import db, shipped
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.people.rules import Role
from tests.conftest import NOW
from tests.web.api.world import World, world_on

PREFIX = "/api/v1"
WHO = (*Role, None)
#: Whether values that fit the description are taken is for rules to say that it does not tell: who may, and when. What
#: chains of calls do is tried with a purpose elsewhere.
LEFT_OUT = ("positive_data_acceptance", "use_after_free", "ensure_resource_availability", "object_level_authorization")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


class Fuzz:
    """All operations of an application's description, called as everybody of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", world.api.app)
        self.operations: list[APIOperation] = [found.ok() for found in self.schema.get_all_operations()]
        self.problems: list[str] = []
        self.calls = 0
        self.excluded = [CHECKS.get_one(name) for name in LEFT_OUT]
        self.headers = {who: self._headers(who) for who in WHO}

    def run(self, examples: int, edges: int) -> None:
        """``examples`` calls of each sort for each operation, and ``edges`` of those that bounds and gaps are tried with."""
        for place, operation in enumerate(self.operations):
            try:
                for mode in MODES:
                    self._made_up(operation, mode, examples)
                self._edges(operation, WHO[place % len(WHO)], edges)
            except Unsatisfiable:
                continue  # whatever is sent fits: there is nothing wrong to make up
            except SchemathesisError as problem:
                self.problems.append(f"{operation.method.upper()} {operation.path} is not described well: {problem}")

    def _made_up(self, operation: APIOperation, mode: GenerationMode, examples: int) -> None:
        """Each call as everybody, about what is there: what fits is about what is secret, too."""
        targets = (self.world.values, self.world.secret) if mode.is_positive and examples > 1 else (self.world.secret,)

        @settings(max_examples=examples, phases=[Phase.generate], derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def each(case: Case) -> None:
            for values in targets:
                aimed(case, values)
                for who in WHO:
                    self._call(case, who)

        each()

    def _edges(self, operation: APIOperation, who: Role | None, most: int) -> None:
        """What schemathesis tries on purpose: bounds, missing parameters and headers, methods that are not there."""
        left = iter(range(most))

        def each(case: Case) -> None:
            if next(left, None) is not None:
                self._call(case, who)

        config = HypothesisTestConfig(
            project=self.schema.config,
            modes=[HypothesisTestMode.COVERAGE],
            settings=settings(max_examples=1, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)),
        )
        create_test(operation=operation, test_func=each, config=config)()

    def _call(self, case: Case, who: Role | None) -> None:
        self.calls += 1
        headers = self.headers[who]
        try:
            response = case.call(headers=headers)
            if who is None and response.status_code not in {401, 404, 405}:
                self._note(case, who, f"{response.status_code} without a token")
            case.validate_response(response, headers=headers, excluded_checks=[*self.excluded, *_spared(case)])
        except FailureGroup as group:
            for one in group.exceptions:
                self._note(case, who, f"{type(one).__name__}: {one}")
        except Failure as one:
            self._note(case, who, f"{type(one).__name__}: {one}")

    def _note(self, case: Case, who: Role | None, what: str) -> None:
        self.problems.append(f"{case.method} {case.operation.path} as {who}: {what}\n  {case.as_curl_command()[:600]}")

    def _headers(self, who: Role | None) -> dict[str, str]:
        if who is None:
            return {}
        return {"Authorization": f"Bearer {self.world.api.secret(self.world.api.user(who))}"}


def _spared(case: Case) -> list[Any]:
    """What is wrong with the header of the token is made right by the one that is sent, and any bytes are a file."""
    is_file = case.media_type in {"multipart/form-data", "application/octet-stream"}
    return [negative_data_rejection] if is_file or _wrong(case, ParameterLocation.HEADER) else []


def _wrong(case: Case, place: ParameterLocation) -> bool:
    return case.meta is not None and case.meta.is_negative_at(place)


def aimed(case: Case, values: Mapping[str, Any]) -> None:
    """Let ids and codes of a call be of what is there, but not where it is wrong on purpose."""
    if not _wrong(case, ParameterLocation.PATH):
        case.path_parameters |= {name: values[name] for name in case.path_parameters or {} if name in values}
    if isinstance(case.body, dict) and not _wrong(case, ParameterLocation.BODY):
        case.body |= {name: values[name] for name in case.body if name in values}


def fresh_world(folder: Path) -> World:
    address = f"sqlite:///{folder}/registry.sqlite3"
    opened = db.connect(address)
    db.migrations(shipped.migrations_folder()).up()
    load_defaults(NOW)
    opened.close()
    world = world_on(address, folder)
    world.api.app.config["ROADMAPDOCS_API_LIMIT"] = "100000000 per minute"
    return world


def distinct(problems: list[str]) -> Iterator[str]:
    """One of each sort for each operation."""
    seen = set()
    for one in problems:
        key = " ".join(one.split("\n")[0].split()[:2]) + one.split(": ", 2)[1][:60]
        if key not in seen:
            seen.add(key)
            yield one


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        fuzz = Fuzz(fresh_world(Path(made)))
        fuzz.run(int(sys.argv[1]) if len(sys.argv) > 1 else 20, edges=1_000)
        for told in distinct(fuzz.problems):
            print(told)  # noqa: T201  # a program's answer
        print(f"{fuzz.calls} calls, {len(fuzz.problems)} problems")  # noqa: T201  # likewise
        sys.exit(bool(fuzz.problems))
