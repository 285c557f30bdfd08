"""The command line as scripts use it: one JSON document, exit codes, nothing half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.registration.models import Counter, Journal
from roadmapdocs.roadmap.models import Edition, Roadmap
from roadmapdocs.web.cli import COMMANDS, group
from roadmapdocs.workflow import operations as workflow_operations
from roadmapdocs.workflow.loader import shipped_folder
from roadmapdocs.workflow.models import AdoptedWorkflow
from tests.conftest import NOW

PLAN = (
    "Дорожная карта развития чтения на 2025-2026 годы\n"
    "№ п/п\tМероприятие\tСрок\tОтветственный\tДокумент\n"
    "1\tПровести смотр школьных библиотек\tдо 01.12.2025\tУО\tПриказ об итогах смотра\n"
    "2\tОбучить библиотекарей\t2025-2026\tМЦ\tСписок участников\n"
)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ROADMAPDOCS_PASSWORD_COST", "cheap")
    yield
    if db.database.obj is not None and not db.database.is_closed():
        db.database.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "карта.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


def call(data: Path | None, *arguments: str | Path, language: str = "ru", typed: str = "") -> Result:
    options = ["--language", language, *(["--data", str(data)] if data else [])]
    return CliRunner().invoke(group, [*options, *map(str, arguments)], input=typed, catch_exceptions=False)


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def code_of(result: Result) -> str:
    assert result.exit_code == 1, result.output
    code: str = json.loads(result.stdout)["error"]["code"]
    return code


def test_terms_gives_a_list_in_the_agreed_form() -> None:
    assert told(call(None, "terms", "До 01.12.2021", "--years", "2020", "2022", "--json")) == [
        {
            "kind": "deadline",
            "start": None,
            "end": "2021-12-01",
            "recurrence": None,
            "text": "До 01.12.2021",
        }
    ]


def test_terms_prints_a_line_a_term() -> None:
    assert call(None, "terms", "До 01.12.2021").stdout == "deadline\t… — 01.12.2021\t\tДо 01.12.2021\n"


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["terms"], ["terms", "май", "--years", "2020"], ["terms", "май", "--years", "2022", "2020"], ["roadmap", "coverage", "x"]],
)
def test_a_command_that_was_used_wrongly_ends_with_two(arguments: list[str]) -> None:
    assert call(None, *arguments).exit_code == 2


def test_reading_writes_nothing(data: Path, plan: Path) -> None:
    read = told(call(data, "roadmap", "read", plan, "--json"))
    assert [(item["number"], item["title"]) for item in read["items"]] == [
        ("1", "Провести смотр школьных библиотек"),
        ("2", "Обучить библиотекарей"),
    ]
    assert not data.exists()


def test_importing_makes_the_registry_and_prints_the_id(data: Path, plan: Path) -> None:
    result = call(data, "roadmap", "import", plan, "--title", "Чтение")
    assert result.exit_code == 0, result.output
    assert Roadmap.get_by_id(int(result.stdout)).title == "Чтение"


def test_the_same_file_again_is_refused_unless_as_a_new_edition(data: Path, plan: Path) -> None:
    first = told(call(data, "roadmap", "import", plan, "--json"))
    assert code_of(call(data, "roadmap", "import", plan, "--json")) == "duplicate_file"
    second = told(call(data, "roadmap", "import", plan, "--new-edition", "--json"))
    assert (second["id"], second["edition"]) == (first["id"], 2)
    assert (Roadmap.select().count(), Edition.select().count()) == (1, 2)


def test_a_corrected_file_becomes_an_edition_of_the_roadmap_that_is_named(data: Path, plan: Path) -> None:
    first = told(call(data, "roadmap", "import", plan, "--json"))
    plan.write_text(PLAN.replace("смотр", "конкурс"), encoding="utf-8")
    second = told(call(data, "roadmap", "import", plan, "--edition-of", str(first["id"]), "--json"))
    assert (second["id"], second["edition"]) == (first["id"], 2)


def test_an_edition_of_nothing_is_refused(data: Path, plan: Path) -> None:
    assert code_of(call(data, "roadmap", "import", plan, "--edition-of", "7", "--json")) == "no_roadmap"
    assert code_of(call(data, "roadmap", "import", plan, "--new-edition", "--json")) == "no_roadmap_to_follow"


def test_coverage_lists_every_expected_document_of_every_period(data: Path, plan: Path) -> None:
    stored = told(call(data, "roadmap", "import", plan, "--json"))["id"]
    coverage = told(call(data, "roadmap", "coverage", str(stored), "--json"))
    assert coverage["totals"]["all"] == len(coverage["rows"])
    first = coverage["rows"][0]
    assert (first["item"], first["kind"], first["due"], first["status"]) == ("1", "приказ", "2025-12-01", "late")


@pytest.mark.parametrize(("name", "start"), [("отчёт.docx", b"PK"), ("отчёт.xlsx", b"PK")])
def test_a_report_is_written_in_the_format_of_its_name(data: Path, plan: Path, tmp_path: Path, name: str, start: bytes) -> None:
    stored = told(call(data, "roadmap", "import", plan, "--json"))["id"]
    assert told(call(data, "roadmap", "report", str(stored), "--out", tmp_path / name, "--json"))["file"] == str(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_report_of_another_format_is_refused(data: Path, tmp_path: Path) -> None:
    assert code_of(call(data, "roadmap", "report", "1", "--out", tmp_path / "отчёт.odt", "--json")) == "unknown_format"


@pytest.mark.parametrize(
    "arguments",
    [["roadmap", "coverage", "1", "--json"], ["audit", "verify", "--json"], ["roadmap", "report", "1", "--out", "f.docx", "--json"]],
)
def test_reading_commands_make_no_registry(data: Path, arguments: list[str]) -> None:
    assert code_of(call(data, *arguments)) == "no_registry"
    assert not data.exists()


def test_refusals_are_sentences_in_the_language_asked_for(data: Path) -> None:
    assert call(data, "roadmap", "coverage", "1").stderr.startswith(f"В папке {data} реестра ещё нет.")
    english = call(data, "roadmap", "coverage", "1", language="en")
    assert english.stderr.startswith(f"There is no registry in {data} yet.")
    assert english.stdout == ""


def test_a_mistake_in_the_settings_is_told_as_json_too(data: Path) -> None:
    data.mkdir()
    (data / "settings.toml").write_text("colour = 1", encoding="utf-8")
    assert code_of(call(data, "upgrade", "--json")) == "configuration"


def test_upgrading_makes_the_database_once(data: Path) -> None:
    assert told(call(data, "upgrade", "--json"))["applied"] == ["0001_first_tables", "0002_registry", "0003_approval", "0004_drafting", "0005_search", "0006_assignments", "0007_erp"]
    assert told(call(data, "upgrade", "--json"))["applied"] == []


def test_an_account_is_opened_and_gets_a_new_password(data: Path) -> None:
    opened = call(data, "users", "add", "lukina", "--role", "clerk", "--role", "staff", typed="тетрадь-в-клетку\n" * 2)
    assert opened.exit_code == 0, opened.output
    before = User.get().password_hash
    assert call(data, "users", "password", "Lukina", "--password", "другая-тетрадь-9").exit_code == 0
    assert User.get().password_hash != before
    assert call(data, "users", "password", "nobody", "--password", "другая-тетрадь-9").exit_code == 1
    assert call(data, "users", "add", "kim", "--role", "clerk", "--password", "мало").exit_code == 1


def test_the_journal_is_verified(data: Path, plan: Path) -> None:
    told(call(data, "roadmap", "import", plan, "--json"))
    assert told(call(data, "audit", "verify", "--json"))["broken"] is None
    Event.update(who="Другой").where(Event.number == 1).execute()
    assert code_of(call(data, "audit", "verify", "--json")) == "journal_broken"


def test_check_reports_everything_at_once(data: Path, plan: Path) -> None:
    told(call(data, "roadmap", "import", plan, "--json"))
    call(data, "users", "add", "lukina", "--role", "clerk", "--password", "тетрадь-в-клетку")
    report = told(call(data, "check", "--json"))
    assert (report["good"], len(report["checks"])) == (True, 16)


def test_check_finds_a_file_that_was_lost(data: Path, plan: Path) -> None:
    told(call(data, "roadmap", "import", plan, "--json"))
    next(path for path in (data / "files").rglob("*") if path.is_file()).unlink()
    result = call(data, "check", "--json")
    assert result.exit_code == 1
    assert wrong(result).keys() == {"файлы", "учётные записи"}


def wrong(result: Result) -> dict[str, str]:
    """What a check found, by the name of the finding."""
    assert result.exit_code == 1, result.output
    return {one["name"]: one["message"] for one in json.loads(result.stdout)["checks"] if not one["good"]}


@pytest.fixture
def checked(data: Path) -> Path:
    """A registry with which all is well."""
    call(data, "upgrade")
    call(data, "users", "add", "lukina", "--role", "clerk", "--password", "тетрадь-в-клетку")
    assert call(data, "check").exit_code == 0
    return data


def test_check_names_file_key_value_and_the_nearest_name_of_every_broken_definition(checked: Path) -> None:
    folder = checked / "workflow"
    folder.mkdir()
    shipped = (shipped_folder() / "control.toml").read_text(encoding="utf-8")
    (folder / "control.toml").write_text(shipped.replace('"is_signed"', '"is_singed"'), encoding="utf-8")
    (folder / "storage.toml").write_text('line = "storige"\n', encoding="utf-8")
    told_of = wrong(call(checked, "check", "--json", language="en"))["workflows"]
    assert f"{folder / 'control.toml'}: transitions.put_on_control.guards: 'is_singed'" in told_of
    assert "did you mean 'is_signed'?" in told_of
    assert f"{folder / 'storage.toml'}: line: 'storige'" in told_of


def test_check_finds_what_is_wrong_with_journals_kinds_and_numbers_at_once(checked: Path) -> None:
    with db.database.connection_context():
        document = create_document(
            Card("note", "О смотре", number="7", date=NOW.date(), preparation=Preparation.SIGNED), by=SYSTEM, now=NOW, today=NOW.date()
        )
        Document.update(entry=None).where(Document.id == document.id).execute()
        Counter.update(last=3).execute()
        Journal.update(pattern="{n}{m}").where(Journal.code == "act").execute()
        Journal.update(active=False).where(Journal.code == "memo").execute()
        Kind.update(workflows={"storage": "strage"}).where(Kind.code == "letter").execute()
        Kind.update(workflows={"shelf": "storage"}, fields=["colour"]).where(Kind.code == "plan").execute()
    found = wrong(call(checked, "check", "--json", language="en"))
    assert found.keys() == {"journals", "kinds of documents"}
    journals, kinds = found["journals"].splitlines(), found["kinds of documents"].splitlines()
    assert [line.partition(":")[0] for line in journals] == ["act", "note", "note"]
    assert "{n}{m}" in journals[0]
    assert "stands at 3" in journals[1]
    assert "No. 7 has no document" in journals[2]
    assert [line.split(": ")[:2] for line in kinds] == [
        ["plan", "workflows"],
        ["plan", "fields"],
        ["memo", "series"],
        ["letter", "workflows"],
    ]
    assert "did you mean 'storage'?" in kinds[3]


def test_check_counts_the_numbers_without_documents_that_it_does_not_name(checked: Path) -> None:
    with db.database.connection_context():
        for n in range(7):
            card = Card("note", "О смотре", number=f"{n + 1}", date=NOW.date(), preparation=Preparation.SIGNED)
            create_document(card, by=SYSTEM, now=NOW, today=NOW.date())
        Document.update(entry=None).execute()
    lines = wrong(call(checked, "check", "--json", language="en"))["journals"].splitlines()
    assert len(lines) == 6
    assert "2" in lines[5]


def test_check_finds_documents_whose_workflow_cannot_be_read_or_lacks_their_state(checked: Path) -> None:
    with db.database.connection_context():
        cards = [Card(kind, "О смотре") for kind in ("note", "letter", "plan")]
        first, second, third = (create_document(card, by=SYSTEM, now=NOW, today=NOW.date()) for card in cards)
        sources = AdoptedWorkflow.get_by_id(first.workflow_id).sources
        AdoptedWorkflow.update(sources=sources | {"storage": {"code": "storage", "text": "["}}).where(
            AdoptedWorkflow.id == first.workflow_id
        ).execute()
        Document.update(named_states={"storage": "on_the_shelf"}).where(Document.id == second.id).execute()
        Document.update(workflow=None).where(Document.id == third.id).execute()
        workflow_operations._parsed.cache_clear()
    lines = wrong(call(checked, "check", "--json", language="en"))["documents"].splitlines()
    assert len(lines) == 3
    assert any("storage.toml" in line for line in lines)
    assert any("on_the_shelf" in line for line in lines)
    assert any("roadmapdocs upgrade" in line for line in lines)


def test_check_prints_each_problem_on_a_line_of_its_own(checked: Path) -> None:
    with db.database.connection_context():
        Journal.update(pattern="").where(Journal.code << ["act", "memo"]).execute()
    lines = call(checked, "check", language="en").stdout.splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("! journals"))
    assert lines[place + 1].startswith("    act: ")


def test_documents_come_in_with_their_cards_and_a_second_run_adds_nothing(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "папка"
    folder.mkdir()
    (folder / "Приказ о смотре.txt").write_text("Приказываю провести смотр", encoding="utf-8")
    (folder / "без карточки.txt").write_text("Протокол заседания", encoding="utf-8")
    (folder / "пусто.docx").write_bytes(b"")
    (folder / "картинка.png").write_bytes(b"\x89PNG")
    cards = (
        "file;kind;number;date;title;signer;preparation\n"
        "Приказ о смотре.txt;приказ;12-П;29.11.2025;О смотре;Лукина О. С.;подписан\n"
        "нет такого.txt;приказ;;;;;\n"
        ";протокол;3;2025-12-01;Заседание;;\n"
    )
    (folder / "cards.csv").write_bytes(cards.encode("cp1251"))
    first = told(call(data, "documents", "import", folder, "--json"))
    assert first["totals"] == {"taken": 3, "known": 0, "refused": 3}
    order = Document.get(Document.number == "12-П")
    assert (order.title, str(order.date), order.preparation, order.kind.code) == ("О смотре", "2025-11-29", "signed", "order_main")
    again = told(call(data, "documents", "import", folder, "--json"))
    assert again["totals"] == {"taken": 0, "known": 3, "refused": 3}
    assert Document.select().count() == 3


def test_a_folder_of_which_everything_is_refused_ends_with_one(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "папка"
    folder.mkdir()
    (folder / "картинка.png").write_bytes(b"\x89PNG")
    refused = call(data, "documents", "import", folder)
    assert refused.exit_code == 1
    assert "отказано: 1" in refused.stdout
    assert json.loads(call(data, "documents", "import", folder, "--json").stdout)["totals"]["refused"] == 1

    (folder / "Приказ о смотре.txt").write_text("Приказываю провести смотр", encoding="utf-8")
    assert call(data, "documents", "import", folder).exit_code == 0
    # The second time the order is known: that is no failure either.
    assert call(data, "documents", "import", folder).exit_code == 0


def test_an_empty_folder_refuses_nothing(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "пусто"
    folder.mkdir()
    assert call(data, "documents", "import", folder).exit_code == 0


def test_a_folder_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    assert code_of(call(data, "documents", "import", tmp_path / "нет", "--json")) == "no_folder"


def test_a_backup_restores_the_registry_elsewhere(data: Path, plan: Path, tmp_path: Path) -> None:
    told(call(data, "roadmap", "import", plan, "--json"))
    saved, elsewhere = tmp_path / "копия.tar.gz", tmp_path / "другая папка"
    assert call(data, "backup", saved).exit_code == 0
    assert call(data, "backup", saved).exit_code == 1
    assert call(elsewhere, "restore", saved).exit_code == 0
    assert told(call(elsewhere, "audit", "verify", "--json"))["broken"] is None
    assert Roadmap.select().count() == 1
    assert call(elsewhere, "restore", saved).exit_code == 1
    assert call(tmp_path / "третья", "restore", plan).exit_code == 1


def test_every_command_has_its_help() -> None:
    for name in COMMANDS:
        result = call(None, name, "--help")
        assert result.exit_code == 0
        assert result.output.startswith("Usage:")


def test_a_host_gets_the_same_group() -> None:
    from flask import Flask

    host = Flask("host")
    host.cli.add_command(group)
    result = host.test_cli_runner().invoke(args=["roadmapdocs", "terms", "май 2021", "--json"])
    assert json.loads(result.stdout)[0]["start"] == "2021-05-01"


@pytest.mark.parametrize(
    ("environment", "start"),
    [({"LANG": "C.UTF-8"}, "Файл"), ({"LANG": "en_US.UTF-8"}, "There"), ({"LC_ALL": "ru_RU.UTF-8", "LANG": "en_US"}, "Файл")],
)
def test_the_locale_chooses_the_language(tmp_path: Path, environment: dict[str, str], start: str) -> None:
    run = _process(environment, "roadmap", "read", str(tmp_path / "нет.txt"))
    assert run.returncode == 1
    assert run.stderr.startswith(start)


def test_terms_start_without_database_web_or_readers_of_files() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from roadmapdocs.web.cli import group\n"
        "CliRunner().invoke(group, ['terms', 'май 2021'])\n"
        "print(sorted({'flask', 'peewee', 'docx', 'lxml', 'openpyxl', 'pdfplumber', 'babel'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def _process(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from roadmapdocs.web.cli import main; main()"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ROADMAPDOCS_"))}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=kept | environment, capture_output=True, encoding="utf-8", check=False
    )
