"""``roadmapdocs search`` as scripts use it: what was brought in a moment ago is found, by right, in the agreed form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.documents.models import Document
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.search import state
from roadmapdocs.web.cli import group
from tests.conftest import NOW

CARDS = (
    "file;kind;number;date;title;signer;preparation\n"
    "зачёт.txt;приказ;178-П;29.11.2021;О районном зачёте по чтению;Ветрова М. И.;подписан\n"
    "итоги.txt;приказ;34-ОД;12.02.2024;Об итогах <зачёта> & чтения;Соболев А. О.;подписан\n"
    ";протокол;3;01.12.2023;Протокол о зачёте;Соболев А. О.;подписан\n"
    ";аналитическая справка;4;05.12.2023;О чтении в школах;;подписан\n"
    ";приказ;5;06.12.2023;О тайне чтения;;на согласовании\n"
)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ROADMAPDOCS_PASSWORD_COST", "cheap")
    yield
    if db.database.obj is not None and not db.database.is_closed():
        db.database.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder into which a folder of documents was brought by the command for it. Only to be read."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "папка").mkdir()
    (folder / "папка" / "зачёт.txt").write_text("Приказываю провести зачёт. Отвечает Лукина.", encoding="utf-8")
    (folder / "папка" / "итоги.txt").write_text("Во исполнение приказа № 178-П <b>подвести</b> итоги.", encoding="cp1251")
    (folder / "папка" / "cards.csv").write_text(CARDS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADMAPDOCS_PASSWORD_COST", "cheap")
        assert call(folder / "data", "documents", "import", str(folder / "папка")).exit_code == 0
        with db.database.connection_context():
            for role in (Role.STAFF, Role.CLERK):
                create_user(str(role), "тетрадь-в-клетку", [role], by=SYSTEM, now=NOW)
        yield folder / "data"


def call(data: Path, *arguments: str, language: str = "ru") -> Result:
    return CliRunner().invoke(group, ["--language", language, "--data", str(data), *arguments], catch_exceptions=False)


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def code_of(result: Result) -> str:
    assert result.exit_code == 1, result.output
    return str(json.loads(result.stdout)["error"]["code"])


def numbers(result: Result) -> list[str]:
    return [hit["number"] for hit in told(result)["hits"]]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_hits_have_the_agreed_form_in_any_language(data: Path, language: str) -> None:
    answer = told(call(data, "search", "зачёты", "--json", language=language))
    assert answer.keys() == {"total", "took_ms", "suggestion", "facets", "notes", "hits"}
    assert (answer["total"], answer["suggestion"], answer["notes"]) == (3, None, [])
    assert answer["facets"] == {"kind": {"приказ": 2, "протокол": 1}}
    assert 0 < answer["took_ms"] < 60_000
    hit = next(one for one in answer["hits"] if one["number"] == "178-П")
    document = _document("178-П")
    assert hit.pop("score") > 0
    assert hit == {
        "id": document.id,
        "type": "document",
        "kind": "приказ",
        "number": "178-П",
        "date": "2021-11-29",
        "title": "О районном зачёте по чтению",
        "force": "действует",
        "snippet": "Приказываю провести <mark>зачёт</mark>. Отвечает Лукина.",
        "file": "зачёт.txt",
    }


def _document(number: str) -> Document:
    with db.database.connection_context():
        return Document.get(Document.number == number)


@pytest.mark.parametrize("query", ["178-П", "№178п", "178 п", "приказ 178 от ноября 2021", "зачет по чтению", "pfx`n gj xntyb."])
def test_what_was_brought_in_is_found_at_once_in_any_spelling(data: Path, query: str) -> None:
    assert numbers(call(data, "search", query, "--json"))[0] == "178-П"


def test_words_need_no_quotes_of_the_shell(data: Path) -> None:
    assert numbers(call(data, "search", "приказ", "178", "--json"))[0] == "178-П"


def test_a_word_behind_a_dash_is_no_option(data: Path) -> None:
    assert numbers(call(data, "search", "зачёт", "-протокол", "--json")) == numbers(call(data, "search", "зачёт -протокол", "--json"))
    assert "3" not in numbers(call(data, "search", "зачёт", "-протокол", "---", "--json"))


def test_the_text_of_files_is_found_and_nothing_of_it_is_markup(data: Path) -> None:
    (hit,) = told(call(data, "search", "подвести итоги", "--json"))["hits"]
    assert hit["file"] == "итоги.txt"
    assert "&lt;b&gt;<mark>подвести</mark>&lt;/b&gt;" in hit["snippet"]
    assert hit["title"] == "Об итогах <зачёта> & чтения"


def test_a_slip_is_answered_and_told(data: Path) -> None:
    answer = told(call(data, "search", "зачёт по чтеню", "--json"))
    assert (answer["total"] > 0, answer["suggestion"]) == (True, "зачёт по чтению")
    assert {"code": "corrected", "word": "чтеню", "shown": "чтению"} in answer["notes"]


def test_nothing_found_is_an_answer(data: Path) -> None:
    answer = told(call(data, "search", "абракадабра", "--json"))
    assert (answer["total"], answer["hits"], answer["facets"]) == (0, [], {"kind": {}})


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--kind", "приказ"], {"178-П", "34-ОД", "5"}),
        (["--kind", "Протокол"], {"3"}),
        (["--kind", "аналитическая справка"], {"4"}),
        (["--kind", "note"], {"4"}),
        (["--in-force", "2022-01-01"], {"178-П"}),
        (["--in-force", "01.01.2022"], {"178-П"}),
        (["--in-force", "сегодня", "--kind", "order_main"], {"178-П", "34-ОД"}),
        (["--kind", "item"], set()),
    ],
)
def test_options_narrow_the_search(data: Path, options: list[str], found: set[str]) -> None:
    assert set(numbers(call(data, "search", "чтение ИЛИ зачёт", *options, "--json"))) == found


def test_as_many_hits_as_asked_for(data: Path) -> None:
    answer = told(call(data, "search", "чтение ИЛИ зачёт", "--limit", "2", "--json"))
    assert (len(answer["hits"]), answer["total"]) == (2, 5)


def test_a_person_finds_what_the_person_may_read(data: Path) -> None:
    assert "5" in numbers(call(data, "search", "тайна", "--json"))
    answer = told(call(data, "search", "тайна", "--as", "Staff", "--json"))
    assert (answer["total"], answer["suggestion"], answer["facets"]["kind"]) == (0, None, {})


@pytest.mark.parametrize(
    ("options", "code", "known"),
    [
        (["--as", "nobody"], "no_user", "clerk"),
        (["--kind", "указ"], "unknown_kind", "протокол"),
        (["--in-force", "вчера вечером"], "unknown_date", "2021-11-29"),
        (["--in-force", "2021-13-41"], "unknown_date", "today"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(data: Path, options: list[str], code: str, known: str) -> None:
    refused = call(data, "search", "зачёт", *options, "--json")
    assert code_of(refused) == code
    assert known in json.loads(refused.stdout)["error"]["details"]["known"]
    assert call(data, "search", "зачёт", *options).exit_code == 1


@pytest.mark.parametrize("arguments", [[], ["зачёт", "--limit", "0"], ["зачёт", "--limit", "many"], ["зачёт", "--jsom"]])
def test_a_command_that_was_used_wrongly_ends_with_two(data: Path, arguments: list[str]) -> None:
    assert call(data, "search", *arguments).exit_code == 2


def test_without_a_registry_nothing_is_made(tmp_path: Path) -> None:
    assert code_of(call(tmp_path / "none", "search", "зачёт", "--json")) == "no_registry"
    assert not (tmp_path / "none").exists()


def test_for_people_a_list_is_printed_and_the_rest_goes_to_standard_error(data: Path) -> None:
    result = call(data, "search", "зачёт по чтеню")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "1. приказ № 178-П 29.11.2021, Ветрова М. И., действует, зачёт.txt"
    assert lines[1] == "   О районном зачёте по чтению"
    assert "чтению" in result.stderr
    assert "<" not in result.stderr


def test_the_index_is_let_go_of_afterwards(data: Path) -> None:
    call(data, "search", "зачёт")
    assert state.used() is None


@pytest.mark.parametrize("query", ["я" * 100_000, "слово " * 500, "!!!", '"', "((((", "\ud800"])
def test_no_question_is_an_error(data: Path, query: str) -> None:
    assert told(call(data, "search", query, "--json"))["total"] == 0
