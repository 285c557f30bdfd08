"""``roadmapdocs documents draft``: values in, a Word file out; what cannot be read is told with its place."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from roadmapdocs.drafting.ooxml_check import problems
from roadmapdocs.drafting.templates import use_templates
from roadmapdocs.web.cli import group
from tests.drafting.made import word

WORDS = ["приказ", "Приказ", "order_main", "order", "order.docx", "распоряжение", "regulation", "протокол", "protocol_brief", "note", "справка", "план"]
WORDS += ["extract", "acquaintance", "list"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_templates(None, None)


def run(folder: Path, *arguments: str, given: str | None = None) -> Result:
    command = ["--data", str(folder / "data"), "--language", "en", "documents", "draft", *arguments]
    return CliRunner().invoke(group, command, input=given)


def values(folder: Path, text: str | bytes) -> str:
    file = folder / "values.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(file)


@pytest.mark.parametrize("kind", WORDS)
def test_the_example_of_each_word_reads_back_and_prints(folder: Path, kind: str) -> None:
    example = run(folder, kind, "--example")
    assert example.exit_code == 0
    out = folder / "out.docx"
    made = run(folder, kind, "--values", values(folder, example.stdout), "--out", str(out), "--json")
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert (told["out"], told["size"]) == (str(out), out.stat().st_size)
    assert problems(out.read_bytes()) == []
    assert not (folder / "data").exists()  # no registry is made on the way


def test_values_come_from_standard_input_as_well(folder: Path) -> None:
    example = run(folder, "приказ", "--example").stdout
    out = folder / "out.docx"
    assert run(folder, "приказ", "--values", "-", "--out", str(out), given=example).exit_code == 0
    assert docx.Document(str(out)).core_properties.title == json.loads(example)["title"]


def test_the_offices_own_file_prints_without_a_registry(folder: Path) -> None:
    own = folder / "data" / "templates" / "documents"
    own.mkdir(parents=True)
    (own / "order.docx").write_bytes(word("Бланк {{ kind }}"))
    out = folder / "out.docx"
    run(folder, "order", "--values", values(folder, "{}"), "--out", str(out))
    assert docx.Document(io.BytesIO(out.read_bytes())).paragraphs[0].text == "Бланк ПРИКАЗ"


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "bad_json", "line 1"),
        ("{", "bad_json", "line 1"),
        ('{"title": "a",\n "number": }', "bad_json", "line 2"),
        (b"\xff\xfe{}", "bad_json", "UTF-8"),
        ("[" * 100_000, "bad_json", "nested"),
        ("[]", "bad_values", "[]"),
        ('{"titel": "a"}', "bad_values", "title"),
        ('{"date": "вчера"}', "bad_values", "date"),
        ('{"points": [{"due": 5}]}', "bad_values", "points[0].due"),
        ('{"title": 5}', "bad_values", "title"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(folder: Path, text: str | bytes, code: str, told: str) -> None:
    out = folder / "out.docx"
    answer = run(folder, "приказ", "--values", values(folder, text), "--out", str(out), "--json")
    assert answer.exit_code == 1
    error = json.loads(answer.stdout)["error"]
    assert error["code"] == code
    assert told in error["message"]
    assert not out.exists()
    assert told in run(folder, "приказ", "--values", values(folder, text), "--out", str(out)).stderr


def test_an_unknown_word_names_the_nearest(folder: Path) -> None:
    answer = run(folder, "приказз", "--example")
    assert (answer.exit_code, "приказ" in answer.stderr) == (1, True)
    assert "order_main" in run(folder, "что-то другое", "--example").stderr


def test_a_file_that_is_not_there_or_cannot_be_written_is_told(folder: Path) -> None:
    missing = run(folder, "приказ", "--values", str(folder / "none.json"), "--out", str(folder / "a.docx"))
    assert (missing.exit_code, "none.json" in missing.stderr) == (1, True)
    nowhere = run(folder, "приказ", "--values", values(folder, "{}"), "--out", str(folder / "none" / "a.docx"))
    assert nowhere.exit_code == 1
    assert run(folder, "приказ").exit_code == 2


def test_what_was_there_stays_if_nothing_could_be_made(folder: Path) -> None:
    out = folder / "out.docx"
    out.write_bytes(b"before")
    run(folder, "приказ", "--values", values(folder, '{"titel": 1}'), "--out", str(out))
    assert out.read_bytes() == b"before"
    assert {file.name for file in folder.iterdir()} == {"out.docx", "values.json"}
