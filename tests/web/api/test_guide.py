"""Every example of ``docs/api.md``, run as it is written: what curl would send is sent, what comes back is compared."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.people.rules import Role
from tests.web.api.conftest import PREFIX
from tests.web.api.test_roadmaps import PLAN
from tests.web.api.world import World, opened_world

GUIDE = Path(__file__).parents[3] / "docs" / "api.md"
_EXAMPLE = re.compile(r"<!-- run(?:: (?P<notes>[^>]+?))? -->\n```sh\n(?P<call>.+?)\n```(?:\n```json\n(?P<answer>.+?)\n```)?", re.DOTALL)
#: Files of which the examples speak.
FILES = {
    "приказ.txt": "Приказываю читать летом.".encode(),
    "приказ-2.txt": "Приказываю читать летом до 1 сентября.".encode(),
    "карта.txt": PLAN.encode(),
}
ANYTHING = "…"


@dataclass
class Reader:
    """Somebody who types the examples one after another and keeps what they are told to keep."""

    world: World
    variables: dict[str, str]

    def run(self, example: re.Match[str]) -> None:
        notes = [note.strip() for note in (example["notes"] or "").split(";") if note.strip()]
        answer = self.curl(self.filled(example["call"]))
        status = next((int(note.split()[1]) for note in notes if note.startswith("status ")), 0)
        assert answer.status_code == status or (not status and answer.status_code < 300), (example["call"], answer.text)
        for name, _equals, place in (note.partition("=") for note in notes if "=" in note):
            self.variables[name] = self.kept(answer, place)
        if downloaded := next((note.split()[1] for note in notes if note.startswith("bytes ")), ""):
            assert answer.data == FILES[downloaded]
        elif "file" in notes:
            assert answer.data[:2] == b"PK"
        else:
            compare(json.loads(example["answer"]), answer.json, self.variables)

    def filled(self, words: str) -> str:
        """As a shell fills variables in, between single quotes as well as outside of them."""

        def value(found: re.Match[str]) -> str:
            # Within double quotes, a tag has some of its own.
            return self.variables[found[1]] if found[1] else self.variables[found[2]].replace('"', '\\"')

        return re.sub(r"'\$(\w+)'|\$(\w+)", value, words)

    def kept(self, answer: TestResponse, place: str) -> str:
        if place.startswith("header "):
            return str(answer.headers[place.removeprefix("header ")])
        value: Any = answer.json
        for step in place.split("."):
            value = value[int(step)] if step.isdecimal() else value[step]
        return str(value)

    def curl(self, line: str) -> TestResponse:
        words = iter(shlex.split(line.replace("\\\n", " ")))
        assert next(words) == "curl"
        method, address, headers = "", "", {"Accept-Language": "ru"}
        data: Any = None
        form: dict[str, Any] = {}
        asked: list[tuple[str, str]] = []
        for word in words:
            match word:
                case "-s" | "-G":
                    continue
                case "-D" | "-o":
                    next(words)
                case "-X":
                    method = next(words)
                case "-H":
                    name, _colon, value = next(words).partition(": ")
                    headers[name] = value
                case "-d":
                    data = next(words).encode()
                case "-F":
                    name, _equals, value = next(words).partition("=")
                    form[name] = (io.BytesIO(FILES[value[1:]]), value[1:]) if value.startswith("@") else value
                case "--data-urlencode":
                    name, _equals, value = next(words).partition("=")
                    asked.append((name, value))
                case _:
                    assert word.startswith("http"), f"the reader of the guide does not know {word}"
                    address = word
        more: dict[str, Any] = {"data": form or data} if form or data else {}
        if asked:
            more["query_string"] = dict(asked)
        method = method or "GET"
        return self.world.api.call(method, address, who=None, headers=headers, **more)


def compare(wanted: Any, told: Any, variables: dict[str, str]) -> None:
    """«…» stands for anything; as a name it stands for whatever else there is, as an item for the items that there are."""
    if wanted == ANYTHING:
        return
    if isinstance(wanted, dict):
        assert isinstance(told, dict)
        assert ANYTHING in wanted or set(wanted) == set(told)
        for name in set(wanted) - {ANYTHING}:
            compare(wanted[name], told[name], variables)
    elif wanted == [ANYTHING]:
        assert isinstance(told, list)
        assert told
    elif isinstance(wanted, list):
        assert len(told) == len(wanted)
        for one, other in zip(wanted, told, strict=True):
            compare(one, other, variables)
    elif isinstance(wanted, str) and wanted.startswith("$"):
        assert str(told) == variables[wanted[1:]]
    else:
        assert told == wanted


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


def test_the_guide_is_right_from_its_first_example_to_its_last(world: World) -> None:
    office, api = world.office, world.api
    worker = office.users["Соболев"]
    reader = Reader(
        world,
        {
            "BASE": f"http://localhost{PREFIX}",
            "TOKEN": api.secret(),
            "HEAD_TOKEN": api.secret(Role.EXECUTIVE),
            "WORKER_TOKEN": api.secret(worker),
            "HEAD_ID": str(office.id("Ветрова")),
            "WORKER_ID": str(office.id("Соболев")),
            "SIGNED": str(world.values["document_id"]),
            "JOURNAL": str(world.values["journal_id"]),
        },
    )
    examples = list(_EXAMPLE.finditer(GUIDE.read_text(encoding="utf-8")))
    for example in examples:
        reader.run(example)
    assert len(examples) > 20


def test_no_example_of_the_guide_is_left_out(world: World) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert text.count("curl ") == len(list(_EXAMPLE.finditer(text)))


def test_the_guide_names_no_address_that_is_not_there(world: World) -> None:
    described = world.api.get("/openapi.json", who=None).json["paths"]
    known = {word for path in described for word in path.split("/") if word.startswith("@")}
    named = set(re.findall(r"(?<![\w.])@[a-z]+", GUIDE.read_text(encoding="utf-8")))
    assert named <= known | {"@me"}
