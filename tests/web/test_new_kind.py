"""An office makes the registry its own without a programmer: a kind in the browser, a workflow by a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadmapdocs.documents import workflows
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.models import Journal
from roadmapdocs.web.cli import group
from roadmapdocs.workflow.loader import shipped_folder
from tests.conftest import TODAY
from tests.web.cards import act, draft, go, with_text
from tests.web.office import Office, office_on, post, upload

SHIPPED = (shipped_folder() / "preparation.toml").read_text(encoding="utf-8")
#: One state and two transitions more: what has been agreed upon goes to the lawyer before it is signed.
WITH_LAWYER = (
    SHIPPED.replace("version = 1", "version = 2").replace('from = ["draft", "rework", "agreed"]\nto = "in_signing"', 'from = ["agreed"]\nto = "in_signing"')
    + """
[states.with_lawyer]
label = {ru = "на проверке юриста", en = "with the lawyer"}
meaning = "in_approval"
look = "work"
rights = {read = ["clerk", "executive", "drafter", "signer"], change = ["clerk"]}

[transitions.send_to_lawyer]
label = {ru = "Передать юристу", en = "Send to the lawyer"}
from = ["draft", "rework"]
to = "with_lawyer"
who = ["drafter", "clerk"]
guards = ["has_text"]

[transitions.lawyer_agrees]
label = {ru = "Юрист согласен", en = "The lawyer agrees"}
from = ["with_lawyer"]
to = "agreed"
who = ["executive", "clerk"]
"""
)


@pytest.fixture(autouse=True)
def definitions_are_ours_again() -> Iterator[None]:
    yield
    workflows.use_definitions(None)


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def own_definition(data: Path, text: str) -> Path:
    folder = data / "workflow"
    folder.mkdir(exist_ok=True)
    file = folder / "preparation.toml"
    file.write_text(text, encoding="utf-8")
    return file


def new_kind(office: Office) -> None:
    """A kind with two fields of its own, and a journal for its series."""
    client = office.client(Role.ADMINISTRATOR)
    made = post(
        client,
        "/reference/kinds/new/",
        name="Распоряжение по безопасности",
        short="Распоряжение (Б)",
        code="safety_directive",
        gender="n",
        group="order",
        expected="распоряжение",
        form_gen="распоряжения по безопасности",
        own_number="y",
        series="safety",
        own_fields="Объект; text; required\nУровень; choice: жёлтый, красный",
        active="y",
    )
    assert made.status_code == 302
    made = post(
        client,
        "/reference/journals/new/",
        name="Распоряжения по безопасности",
        code="safety",
        series="safety",
        pattern="Б-{n:03d}/{yy}",
        reset="year",
        active="y",
    )
    assert made.status_code == 302


CARD = {
    "kind": "safety_directive",
    "preparation": "draft",
    "title": "О пропускном режиме",
    "signer": "Лаврова О. С.",
    "own-own_1": "Школа № 3",
    "own-own_2": "красный",
}


def test_a_kind_made_in_the_browser_goes_its_way_to_a_number_of_its_own_journal(office: Office) -> None:
    new_kind(office)
    clerk = office.client(Role.CLERK)
    assert "Распоряжение по безопасности" in clerk.get("/documents/new").text
    form = clerk.get("/documents/new?kind=safety_directive").text
    assert "Объект" in form
    assert 'value="жёлтый"' in form

    unanswered = post(clerk, "/documents/new?kind=safety_directive", **CARD | {"own-own_1": ""})
    assert unanswered.status_code == 422
    assert "The kind of document asks for this. Fill it in." in unanswered.text
    strange = post(clerk, "/documents/new?kind=safety_directive", **CARD | {"own-own_2": "зелёный"})
    assert strange.status_code == 422
    assert not Document.select().exists()

    made = post(clerk, "/documents/new?kind=safety_directive", **CARD, file=upload("Приказываю".encode(), "Текст.txt"))
    assert made.status_code == 302
    document = Document.get()
    assert document.fields == {"own_1": "Школа № 3", "own_2": "красный"}
    card = clerk.get(f"/documents/{document.id}").text
    for words in ("Распоряжение по безопасности", "Объект", "Школа № 3", "Уровень", "красный"):
        assert words in card
    assert "О пропускном режиме" in clerk.get("/documents/?only=safety_directive").text
    assert "О пропускном режиме" not in clerk.get("/documents/?only=order_main").text

    assert act(clerk, document, "send_for_signing").status_code == 302
    assert act(clerk, document, "sign", date=TODAY.isoformat()).status_code == 302
    assert f"Б-001/{TODAY:%y}" in clerk.get(f"/documents/{document.id}/act/register").text
    assert act(clerk, document, "register", date=TODAY.isoformat()).status_code == 302
    registered = Document.get_by_id(document.id)
    assert (registered.number, registered.registration, registered.force) == (f"Б-001/{TODAY:%y}", "registered", "in_force")
    assert registered.entry.journal_id == Journal.get(Journal.code == "safety").id
    assert registered.number in clerk.get("/documents/?only=safety_directive").text


def test_a_kind_out_of_use_is_not_offered_and_its_documents_stay(office: Office) -> None:
    new_kind(office)
    clerk = office.client(Role.CLERK)
    post(clerk, "/documents/new?kind=safety_directive", **CARD)
    Kind.update(active=False).where(Kind.code == "safety_directive").execute()
    assert "Распоряжение по безопасности" not in clerk.get("/documents/new").text
    assert "Школа № 3" in clerk.get(f"/documents/{Document.get().id}").text


def test_a_file_changes_the_way_of_new_documents_and_old_ones_finish_as_they_began(
    sqlite_address: str, tmp_path: Path
) -> None:
    with office_on(sqlite_address, tmp_path) as office:
        old = with_text(office, draft("Начат до перемены"))
    own_definition(tmp_path, WITH_LAWYER)
    with office_on(sqlite_address, tmp_path) as office:
        clerk = office.client(Role.CLERK)
        new = with_text(office, draft("Начат после перемены"))
        page = clerk.get("/workflows/preparation").text
        assert "with the lawyer" in page
        assert "Send to the lawyer" in page
        assert "with the lawyer" not in clerk.get(f"/workflows/preparation?document={old.id}").text

        assert "Send to the lawyer" in clerk.get(f"/documents/{new.id}").text
        assert act(clerk, new, "send_to_lawyer").status_code == 302
        new = Document.get_by_id(new.id)
        assert (new.preparation, new.named_states) == ("in_approval", {"preparation": "with_lawyer"})
        assert "with the lawyer" in clerk.get(f"/documents/{new.id}").text
        assert "Начат после перемены" in clerk.get("/documents/?preparation=in_approval").text
        new = go(new, "lawyer_agrees", "send_for_signing", "sign", "register")
        assert (new.preparation, new.named_states, new.number) == ("signed", {}, "1")

        assert "Send to the lawyer" not in clerk.get(f"/documents/{old.id}").text
        old = go(old, "send_for_signing", "sign", "register")
        assert (old.preparation, old.number) == ("signed", "2")


def test_who_reads_in_a_state_of_the_office_s_own_is_what_its_definition_says(
    sqlite_address: str, tmp_path: Path
) -> None:
    own_definition(tmp_path, WITH_LAWYER)
    with office_on(sqlite_address, tmp_path) as office:
        document = with_text(office, draft())
        coordinator = office.client(Role.COORDINATOR)
        assert coordinator.get(f"/documents/{document.id}").status_code == 200
        act(office.client(Role.CLERK), document, "send_to_lawyer")
        assert coordinator.get(f"/documents/{document.id}").status_code == 404


BROKEN = WITH_LAWYER.replace('guards = ["has_text", "no_route_under_way"]\n', 'guards = ["has_txt"]\n', 1)


def test_a_broken_definition_keeps_the_registry_from_starting_and_says_why(sqlite_address: str, tmp_path: Path) -> None:
    file = own_definition(tmp_path, BROKEN)
    with pytest.raises(ConfigurationError) as told, office_on(sqlite_address, tmp_path):
        pass
    assert f"{file}: transitions.send_for_approval.guards: 'has_txt'" in str(told.value)
    assert "did you mean 'has_text'?" in str(told.value)


@pytest.mark.parametrize("command", ["check", "upgrade"])
def test_commands_end_with_one_and_say_file_key_value_and_the_nearest_name(tmp_path: Path, command: str) -> None:
    call = ["--language", "en", "--data", str(tmp_path)]
    assert CliRunner().invoke(group, [*call, "upgrade"], catch_exceptions=False).exit_code == 0
    file = own_definition(tmp_path, BROKEN)
    result = CliRunner().invoke(group, [*call, command], catch_exceptions=False)
    assert result.exit_code == 1
    assert f"{file}: transitions.send_for_approval.guards: 'has_txt'" in result.output
    assert "did you mean 'has_text'?" in result.output
