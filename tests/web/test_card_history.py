from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import roadmapdocs
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import record
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.links.citations import note_citations
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Comment
from roadmapdocs.documents.versions import attach
from roadmapdocs.files.store import FolderStore
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.event_words import event_sentence
from roadmapdocs.workflow.operations import workflow_of
from tests import factories
from tests.conftest import NOW, TODAY
from tests.web.cards import draft, go, registered, with_text, words
from tests.web.office import Office, office_on, post, queries

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def test_steps_are_told_with_labels_reasons_and_numbers(office: Office) -> None:
    made = registered(office)
    go(made, "annul", reason="двойная регистрация")
    page = words(office.client(Role.CLERK).get(f"/documents/{made.id}").text)
    assert "Sign: in signing → signed" in page
    assert f"Register: not registered → registered; No. {made.number}" in page
    assert "Annul the registration: registered → registration annulled. Reason: двойная регистрация" in page
    assert "Force gone with the registration: in force → not in force; by rule" in page


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        ({"line": "control", "transition": "put_on_control", "from": "off", "to": "on", "due": "2026-05-01"},
         "Put under control: not under control → under control; term 01.05.2026"),
        ({"line": "control", "transition": "move_due", "from": "on", "to": "on", "due": "2026-06-01", "reason": "болезнь."},
         "Move the term; term 01.06.2026. Reason: болезнь"),
        ({"line": "storage", "transition": "file", "from": "in_work", "to": "in_case", "case_name": "01-05 «Приказы»"},
         "File into a case: in work → in a case; case 01-05 «Приказы»"),
        ({"line": "force", "transition": "gone", "from": "old", "to": "new"}, "gone: old → new"),
        ({"line": "moon", "transition": "x", "from": "a", "to": "b"}, "x: a → b"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_move_is_worded_by_the_documents_own_workflow(
    office: Office, effect: dict[str, object], sentence: str
) -> None:
    workflow = workflow_of(draft().workflow_id)
    with use_language("en"):
        assert event_sentence(Event(what="document_moved", effect=effect), workflow) == sentence


def test_states_agree_with_the_gender_of_the_kind(office: Office) -> None:
    workflow = workflow_of(draft().workflow_id)
    event = Event(what="document_moved", effect={"line": "preparation", "transition": "sign", "from": "in_signing", "to": "signed"})
    with use_language("ru"):
        assert event_sentence(event, workflow, "f").endswith("на подписании → подписана")


def test_every_code_that_is_recorded_has_a_sentence() -> None:
    texts = [file.read_text(encoding="utf-8") for file in Path(roadmapdocs.__file__).parent.rglob("*.py")]
    source = "\n".join(text for text in texts if "from roadmapdocs.audit.operations import" in text)
    recorded = set(re.findall(r'\b(?:record|_tell)\(\s*"([a-z_]+)"', source))
    assert "document_moved" in recorded
    recorded |= {f"{name}_{done}" for name in ("organisation", "unit", "employee", "post", "case") for done in ("added", "changed")}
    unsaid = [code for code in recorded if event_sentence(Event(what=code, effect={"kind": "approves"})) == code]
    assert unsaid == []


def test_an_unknown_code_is_shown_as_it_is_and_values_are_escaped(office: Office) -> None:
    made = registered(office)
    record("moon_landed", subject=made, effect={"flag": EVIL}, by=SYSTEM, now=NOW)
    record("version_added", subject=made, effect={"version": EVIL, "name": EVIL}, by=SYSTEM, now=NOW)
    record("document_moved", subject=made, effect={"reason": EVIL, "from": EVIL, "comment": EVIL}, by=SYSTEM, now=NOW)
    comment(made, EVIL, by=SYSTEM, now=NOW)
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    assert "moon_landed" in page
    assert "<img" not in page
    assert page.count("&lt;img") >= 5


def test_people_speak_in_bubbles_between_the_lines(office: Office) -> None:
    made = registered(office)
    client = office.client(Role.CLERK)
    response = post(client, f"/documents/{made.id}/comments", text="Сверила\nс приложением", follow=True)
    assert '<div class="rd-bubble">Сверила\nс приложением</div>' in response.text
    assert "wrote a comment" not in response.text


@pytest.mark.parametrize(("text", "said"), [("", "Nothing is written yet."), ("д" * 4001, "longer than 4000 characters")])
def test_an_empty_or_endless_comment_is_refused_on_the_card(office: Office, text: str, said: str) -> None:
    made = registered(office)
    response = post(office.client(Role.STAFF), f"/documents/{made.id}/comments", text=text, follow=True)
    assert said in response.text
    assert not Comment.select().exists()


def test_the_card_shows_the_newest_and_a_page_the_whole(office: Office) -> None:
    made = registered(office)
    client = office.client(Role.CLERK)
    assert "The whole history" not in client.get(f"/documents/{made.id}").text
    for place in range(60):
        comment(made, f"слово {place}.", by=SYSTEM, now=NOW + dt.timedelta(minutes=place))
    card = client.get(f"/documents/{made.id}").text
    assert "слово 59." in card
    assert "слово 5." not in card
    assert f"/documents/{made.id}/history" in card
    whole = client.get(f"/documents/{made.id}/history").text
    assert "слово 5." in whole
    assert "made the card" in whole


def test_long_histories_have_pages(office: Office) -> None:
    made = registered(office)
    for place in range(210):
        comment(made, f"слово {place}.", by=SYSTEM, now=NOW)
    client = office.client(Role.CLERK)
    first, second = (client.get(f"/documents/{made.id}/history?page={page}").text for page in (1, 2))
    assert "history?page=2" in first
    assert "made the card" in second
    assert "history?page=1" in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "٣", ""])
def test_a_page_that_makes_no_sense_still_opens(office: Office, page: str) -> None:
    made = registered(office)
    assert office.client(Role.CLERK).get(f"/documents/{made.id}/history", query_string={"page": page}).status_code == 200


def test_the_way_is_dated_from_the_journal_however_long_the_history(office: Office) -> None:
    made = registered(office)
    for _place in range(60):
        comment(made, "слово", by=SYSTEM, now=NOW)
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    way = words(page.split('<ol class="rd-way">')[1].split("</ol>")[0])
    assert way == "Draft 16.03.2026 In signing 16.03.2026 Signed 16.03.2026" or way.startswith("Draft 16.03.2026")
    assert way.endswith("Signed 16.03.2026")


def test_the_number_of_statements_does_not_grow_with_what_the_card_holds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_text(office, draft(date=TODAY))
    others = [registered(office, f"Другой {place}") for place in range(8)]
    store = FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)
    client = office.client(Role.CLERK)
    counts = []
    for place, other in enumerate(others):
        with_text(office, made, f"версия {place}")
        attach(made, f"файл {place}".encode(), f"{place}.txt", store=store, by=SYSTEM, now=NOW)
        link_documents(made.id, other.id, LinkKind.BASED_ON, by=SYSTEM, now=NOW, today=TODAY)
        comment(made, f"слово {place}", by=SYSTEM, now=NOW)
        note_citations(made, [f"приказа от {TODAY:%d.%m.%Y} № {one.number}" for one in others[: place + 1]])
        with queries(monkeypatch) as seen:
            assert client.get(f"/documents/{made.id}").status_code == 200
        counts.append(len(seen))
    assert max(counts) == min(counts)
    # Of them sixteen are the check before signing, which looks at people, links and the file; two look for readers
    # and assignments.
    assert max(counts) <= 54


def test_the_page_of_the_whole_history_costs_the_same_for_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = registered(office)
    client = office.client(Role.CLERK)
    comment(made, "слово", by=SYSTEM, now=NOW)
    client.get(f"/documents/{made.id}/history")
    counts = []
    for _round in range(3):
        sent = factories.count_queries(monkeypatch)
        client.get(f"/documents/{made.id}/history")
        counts.append(len(sent))
        monkeypatch.undo()
        comment(made, "слово", by=SYSTEM, now=NOW)
    assert len(set(counts)) == 1
