"""The executive's screen: each act, each refusal, the next document, what changed, and how heavy the page is."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.approvals.deciding import RemarkText
from roadmapdocs.approvals.models import Remark, Run, Seen, Signature, Visa
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signing import set_rule
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Acting, Substitution, User
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.web.cli import group
from roadmapdocs.web.decide.trust import LARGEST, anchors
from tests.approvals import office as approval_office
from tests.approvals.cms import made
from tests.approvals.office import Office, states
from tests.conftest import NOW, TODAY
from tests.factories import count_queries
from tests.web import office as web

STATIC = Path(__file__).parents[2] / "roadmapdocs" / "web" / "static"
CLAUSES = "О зачёте приказываю:\n1. Признать зачёт состоявшимся.\n2. Разобрать результаты в ближайшее время.\n3. Контроль оставить за собой."


@dataclass
class Desk:
    """An office, and the browsers of its people."""

    office: Office
    web: web.Office

    def client(self, surname: str) -> FlaskClient:
        return self.web.client_of(User.get_by_id(self.office.users[surname].id))

    def get(self, surname: str, document: Document, status: int = 200) -> str:
        response = self.client(surname).get(f"/decide/{document.id}")
        assert response.status_code == status, response.text
        return response.text

    def send(self, surname: str, document: Document, do: str, **fields: Any) -> TestResponse:
        """Press a button of the page as it is at this moment."""
        client = self.client(surname)
        page = client.get(f"/decide/{document.id}").text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        return client.post(f"/decide/{document.id}", data={**hidden, "do": do, **fields})

    def in_signing(self, title: str = "Об итогах зачёта по чтению", **card: Any) -> Document:
        document = self.office.document(title, **card)
        perform(document.id, "send_for_signing", by=self.office.actor("Лукина"), now=NOW, today=TODAY)
        return document

    def with_rule(self) -> None:
        """The office has a registered document by which simple signatures count."""
        clerk = self.office.actor("Лукина")
        rule = self.in_signing("О простой электронной подписи")
        for step in ("sign", "register"):
            perform(rule.id, step, answers=Answers(date=TODAY), by=clerk, now=NOW, today=TODAY)
        set_rule(rule.id, TODAY, by=SYSTEM, now=NOW)


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        made = approval_office.make_office()
        made.store = opened.app.extensions["roadmapdocs"].store
        yield Desk(made, opened)


def asked(desk: Desk, *surnames: str, title: str = "Об итогах зачёта по чтению", **options: Any) -> Document:
    """A document on its way, each of the people asked at once."""
    document = desk.office.document(title)
    desk.office.send(document, Plan((desk.office.step(*surnames, mode=Mode.TOGETHER),), **options))
    return document


def test_one_tap_agrees_and_the_next_document_opens_with_a_way_back(desk: Desk) -> None:
    first, second = asked(desk, "Нечаев", title="Первый"), asked(desk, "Нечаев", title="Второй")
    page = desk.get("Нечаев", first)
    assert "1 of 2 to agree to" in page
    assert "Next: Приказ «Второй»" in page

    answer = desk.send("Нечаев", first, "agree")

    assert answer.location == f"/decide/{second.id}"
    assert states(first) == "agreed"
    assert Visa.get(Visa.document == first).sha256


def test_what_was_done_is_said_above_the_next_and_can_be_taken_back(desk: Desk) -> None:
    document = asked(desk, "Нечаев", "Громова")
    client = desk.client("Нечаев")
    visa = Visa.get(Visa.employee == desk.office.people["Нечаев"])
    fields = {"visa": visa.id, "version": current_version(document.id).id, "do": "agree"}  # type: ignore[union-attr]  # it has a text
    page = web.post(client, f"/decide/{document.id}", follow=True, **fields).text
    assert "Agreed: Приказ «Об итогах зачёта по чтению»" in page
    assert "Take the visa back" in page

    back = web.post(client, f"/decide/{document.id}/withdraw", visa=visa.id)

    assert back.location == f"/decide/{document.id}"
    assert Visa.get_by_id(visa.id).state == "open"


def test_a_return_keeps_reason_remarks_and_file(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    fields = {
        "chip": ["The term is wrong"],
        "comment": "назвать день",
        "place": ["п. 2", ""],
        "remark": ["когда?", ""],
        "kind": "protocol",
        "file": (io.BytesIO("Протокол разногласий".encode()), "протокол.txt"),
    }
    desk.send("Нечаев", document, "refuse", **fields)

    assert states(document) == "rework"
    visa = Visa.get(Visa.decision == Decision.REFUSED)
    assert (visa.comment, visa.objection_kind, visa.objection_name) == ("The term is wrong. назвать день", "protocol", "протокол.txt")
    assert [(one.place, one.text) for one in Remark.select()] == [("п. 2", "когда?")]
    with desk.client("Дёмина").get(f"/decide/{document.id}/objections/{visa.id}") as kept:
        assert kept.get_data().decode() == "Протокол разногласий"


def test_agreeing_with_remarks_goes_on(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    desk.send("Нечаев", document, "remarks", place=["п. 2"], remark=["когда?"])
    assert states(document) == "agreed"
    assert Visa.get(Visa.document == document).decision == "remarks"


def test_a_return_without_reason_is_asked_for_one_and_keeps_what_was_typed(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    answer = desk.send("Нечаев", document, "refuse", comment=" ", place=["п. 7"], remark=["переписать <b>"])
    assert answer.status_code == 422
    assert "without a reason the drafter cannot go on" in answer.text
    assert "rd-sheet--open" in answer.text
    assert "переписать &lt;b&gt;" in answer.text
    assert states(document) == "in_approval"


def test_a_newer_text_is_shown_with_what_changed_and_the_reason_stays(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    desk.office.text(document, CLAUSES, substantial=False)
    old = current_version(document.id)
    assert old is not None
    desk.office.text(document, CLAUSES.replace("в ближайшее время", "до 05.04.2026"), substantial=False)

    answer = desk.send("Нечаев", document, "refuse", version=old.id, comment="срок слишком близкий")

    assert answer.status_code == 409
    assert "There is version 3 by now" in answer.text
    assert "<ins>" in answer.text
    assert "<del>" in answer.text
    assert "срок слишком близкий" in answer.text
    assert states(document) == "in_approval"


def test_a_repeated_and_a_foreign_decision_are_refused_in_words(desk: Desk) -> None:
    document = asked(desk, "Нечаев", "Громова")
    desk.send("Нечаев", document, "agree")
    theirs, mine = (Visa.get(Visa.employee == desk.office.people[one]).id for one in ("Громова", "Нечаев"))
    version = current_version(document.id)
    assert version is not None
    repeated = web.post(desk.client("Нечаев"), f"/decide/{document.id}", do="agree", visa=mine, version=version.id)
    foreign = web.post(desk.client("Нечаев"), f"/decide/{document.id}", do="agree", visa=theirs, version=version.id)
    assert (repeated.status_code, foreign.status_code) == (409, 403)
    assert "A decision was made here already" in repeated.text
    assert "This visa is asked of Громова" in foreign.text
    assert Visa.get_by_id(theirs).state == "open"


def test_nothing_without_a_decision_and_nothing_after_it(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    assert desk.send("Нечаев", document, "dance").status_code == 422
    desk.send("Нечаев", document, "agree")
    page = desk.get("Нечаев", document)
    assert "Nothing else is asked here" in page
    assert 'name="do"' not in page


def test_whose_turn_it_is_not_yet_is_told_where_it_lies(desk: Desk) -> None:
    document = desk.office.document()
    desk.office.send(document, Plan((desk.office.step("Громова"), desk.office.step("Соболев"))))
    page = desk.get("Соболев", document)
    assert "It is not your turn yet. Now it lies with: Громова" in page


def test_who_may_not_read_it_does_not_learn_that_it_is_there(desk: Desk) -> None:
    document = desk.office.document(unit_id=None)
    assert desk.client("Нечаев").get(f"/decide/{document.id}").status_code == 404
    assert web.post(desk.client("Нечаев"), f"/decide/{document.id}", do="agree", visa=1, version=1).status_code == 404
    assert web.post(desk.client("Нечаев"), f"/decide/{document.id}/withdraw", visa=1).status_code == 404


@pytest.mark.parametrize("body", [True, False])
def test_a_body_decides_by_its_protocol(desk: Desk, body: bool) -> None:
    document = desk.office.document()
    step = Step(Mode.COMMITTEE, (desk.office.person("Ярцева"),), body="Методический совет")
    desk.office.send(document, Plan((step,)))
    assert "Методический совет" in desk.get("Ярцева", document)

    answer = desk.send("Ярцева", document, "agree", committee="протокол от 12.03.2026 № 6" if body else "")

    assert (answer.status_code, states(document)) == ((302, "agreed") if body else (422, "in_approval"))
    assert body or "Write the protocol" in answer.text


def test_who_is_informed_takes_note_in_one_tap(desk: Desk) -> None:
    document = desk.office.document()
    desk.office.send(document, Plan((desk.office.step("Ярцева", mode=Mode.INFORMATION), desk.office.step("Нечаев"))))
    page = desk.get("Ярцева", document)
    assert 'href="#return"' not in page
    desk.send("Ярцева", document, "seen")
    assert Visa.get(Visa.information).decision == "seen"


def test_a_substitute_decides_in_place_of_another_but_not_on_their_own_text(desk: Desk) -> None:
    absent, stands_in = desk.office.people["Нечаев"], desk.office.people["Громова"]
    Substitution.create(
        absent=absent, substitute=stands_in, since=TODAY, until=TODAY, kinds=[], reason="отпуск", set_by="x", made_at=NOW
    )
    document = asked(desk, "Нечаев")
    assert "In place of Нечаев" in desk.get("Громова", document)
    desk.send("Громова", document, "agree")
    visa = Visa.get(Visa.document == document)
    assert (visa.in_place, visa.name.split("\N{NO-BREAK SPACE}")[0], visa.decided_name.split("\N{NO-BREAK SPACE}")[0]) == (
        True,
        "Нечаев",
        "Громова",
    )

    own = desk.office.document(drafter_id=stands_in.id)
    desk.office.send(own, Plan((desk.office.step("Нечаев"),)), by="Лукина")
    waiting = Visa.get(Visa.document == own)
    version = current_version(own.id)
    assert version is not None
    refused = web.post(desk.client("Громова"), f"/decide/{own.id}", do="agree", visa=waiting.id, version=version.id)
    assert refused.status_code == 403
    assert "nobody agrees to their own text" in refused.text


def test_four_eyes_are_not_two_names_of_one_person(desk: Desk) -> None:
    absent, stands_in = desk.office.people["Нечаев"], desk.office.people["Громова"]
    Substitution.create(
        absent=absent, substitute=stands_in, since=TODAY, until=TODAY, kinds=[], reason="отпуск", set_by="x", made_at=NOW
    )
    document = asked(desk, "Нечаев", "Громова")
    desk.send("Громова", document, "agree")
    assert desk.send("Громова", document, "agree").status_code == 403
    assert states(document) == "in_approval"


def test_a_password_signs(desk: Desk) -> None:
    desk.with_rule()
    document = desk.in_signing()
    assert 'autocomplete="current-password"' in desk.get("Ветрова", document)

    wrong = desk.send("Ветрова", document, "sign", password="не тот")
    assert wrong.status_code == 422
    assert "nothing was signed" in wrong.text
    assert "не тот" not in wrong.text
    answer = desk.send("Ветрова", document, "sign", password=approval_office.PASSWORD)

    assert answer.location == "/"
    assert states(document) == "signed"
    assert Signature.get(Signature.document == document).way == "simple"


def test_without_a_rule_other_ways_are_offered(desk: Desk) -> None:
    document = desk.in_signing()
    page = desk.get("Ветрова", document)
    assert "The office has no rule" in page
    assert 'name="password"' not in page
    refused = desk.send("Ветрова", document, "sign", password=approval_office.PASSWORD)
    assert refused.status_code == 422
    assert "The office has no rule" in refused.text
    nothing = desk.send("Ветрова", document, "sign_file")
    assert "No file is chosen yet" in nothing.text
    junk = desk.send("Ветрова", document, "sign_file", signature=(io.BytesIO(b"junk"), "a.sig"))
    assert junk.status_code == 422
    assert states(document) == "in_signing"


def test_a_document_to_be_confirmed_is_confirmed(desk: Desk) -> None:
    desk.with_rule()
    document = _to_confirm(desk)
    assert "1 of 1 to confirm" in desk.get("Ветрова", document)
    desk.send("Ветрова", document, "sign", password=approval_office.PASSWORD)
    assert get_document(document.id).preparation == "signed"
    assert Signature.get(Signature.document == document).act == "confirm"


def _to_confirm(desk: Desk) -> Document:
    signer = desk.office.people["Ветрова"]
    card = Card("regulation", "Положение о зачёте", signer=str(signer), signer_id=signer.id, unit_id=desk.office.unit.id)
    made = create_document(card, by=desk.office.actor("Лукина"), now=NOW, today=TODAY)
    desk.office.text(made, CLAUSES)
    perform(made.id, "send_for_confirmation", by=desk.office.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(made.id)


def test_the_signer_returns_with_a_reason(desk: Desk) -> None:
    document = desk.in_signing()
    assert desk.send("Ветрова", document, "return").status_code == 422
    desk.send("Ветрова", document, "return", comment="уточнить срок")
    assert states(document) == "rework"


def test_an_acting_head_signs_and_the_holder_does_not_meanwhile(desk: Desk) -> None:
    desk.with_rule()
    document = desk.in_signing()
    Acting.create(
        unit=desk.office.unit,
        title="начальник управления",
        printed="И.о. начальника управления",
        absent=desk.office.people["Ветрова"],
        employee=desk.office.people["Соболев"],
        since=TODAY,
        until=TODAY,
        basis="приказ от 10.03.2026 № 61-К",
        set_by="x",
        made_at=NOW,
    )
    assert "Nobody signs for another" in desk.get("Ветрова", document)
    assert "As acting head" in desk.get("Соболев", document)
    desk.send("Соболев", document, "sign", password=approval_office.PASSWORD)
    assert Signature.get(Signature.document == document).basis == "приказ от 10.03.2026 № 61-К"


def test_disagreement_stands_before_the_signer_in_plain_sight(desk: Desk) -> None:
    document = asked(desk, "Нечаев", to_signer=True)
    desk.office.decide(document, "Нечаев", Decision.REFUSED, comment="нет денег")
    perform(document.id, "send_for_signing", by=desk.office.actor("Лукина"), now=NOW, today=TODAY)
    page = desk.get("Ветрова", document)
    assert "Not everybody agrees" in page
    assert page.index("нет денег") < page.index('id="text"')


def test_what_changed_is_shown_once_it_is_new_and_what_was_seen_is_remembered(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    desk.office.text(document, CLAUSES, substantial=False)
    desk.get("Нечаев", document)
    assert Seen.get(Seen.document == document).number == 2
    desk.get("Ветрова", document)
    assert Seen.select().count() == 1, "only whoever has to decide is remembered"

    desk.office.text(document, CLAUSES.replace("в ближайшее время", "до 05.04.2026"), substantial=False)
    page = desk.get("Нечаев", document)
    assert "Show what changed since version 2" in page
    assert re.search(r'id="changes" role="switch" checked', page)
    assert re.search(r"<del>в ближайшее время\s*</del><ins>до 05.04.2026\s*</ins>", page)
    assert re.search(r'id="changes" role="switch">', desk.get("Нечаев", document)), "seen by now"


def test_a_remark_stands_under_the_clause_it_names(desk: Desk) -> None:
    document = asked(desk, "Нечаев", "Громова")
    desk.office.text(document, CLAUSES, substantial=False)
    desk.office.decide(
        document, "Громова", Decision.REMARKS, remarks=(RemarkText("указать срок", "п. 2"), RemarkText("короче", "п. 22"))
    )
    page = desk.get("Нечаев", document)
    text = page[page.index('id="text"') : page.index('id="remarks"')]
    assert text.index("2. Разобрать") < text.index("указать срок") < text.index("3. Контроль")
    assert "короче" not in text
    assert "п. 22. короче" in page


def test_a_text_that_cannot_be_read_is_told_and_its_file_offered(desk: Desk) -> None:
    document = asked(desk, "Нечаев")
    version = current_version(document.id)
    assert version is not None
    broken = desk.office.store.put(b"PK\x03\x04 broken")
    StoredFile.update(sha256=broken).where(StoredFile.id == version.file_id).execute()
    page = desk.get("Нечаев", document)
    assert "Open the file, version 1" in page


def test_the_page_is_light_without_the_document_itself(desk: Desk) -> None:
    """All that a phone fetches the first time, uncompressed; a text of one line hardly counts."""
    desk.with_rule()
    for title in ("Первый", "Второй", "Третий"):
        desk.in_signing(title)
    page = desk.get("Ветрова", desk.in_signing())
    names = set(re.findall(r'/static/([\w.-]+\.(?:css|js|svg))', page))
    assert {"decide.css", "decide.js", "tokens.css", "roadmapdocs.js", "icons.svg"} <= names
    assert len(page.encode()) + sum((STATIC / name).stat().st_size for name in names) < 150_000


def test_statements_of_a_page_do_not_grow_with_what_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = asked(desk, "Нечаев", title="Первый")
    asked(desk, "Нечаев", title="Второй")
    desk.get("Нечаев", document)
    sent = count_queries(monkeypatch)
    desk.get("Нечаев", document)
    few = len(sent)
    for number in range(6):
        asked(desk, "Нечаев", title=f"Дело {number}")
    sent.clear()
    desk.get("Нечаев", document)
    assert len(sent) == few


def test_the_most_urgent_opens_first_and_without_any_the_worklist(desk: Desk) -> None:
    assert desk.client("Нечаев").get("/decide/").location == "/"
    asked(desk, "Нечаев", title="Второй")
    first = asked(desk, "Нечаев", title="Первый")
    Visa.update(due=TODAY - dt.timedelta(days=1)).where(Visa.document == first).execute()
    assert desk.client("Нечаев").get("/decide/").location == f"/decide/{first.id}"
    assert Run.select().count() == 2


def pem(name: str) -> bytes:
    return f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(made.authority(name).certificate).decode()}-----END CERTIFICATE-----\n".encode()


def test_certificates_come_from_the_folder_of_the_office(tmp_path: Path) -> None:
    assert anchors(tmp_path) == []
    folder = tmp_path / "trust"
    folder.mkdir()
    first, second = made.authority("Первый").certificate, pem("Второй")
    for name, content in (("b.pem", second), ("a.CER", first), ("readme.txt", b"words")):
        (folder / name).write_bytes(content)
    (folder / "old.pem").mkdir()
    assert anchors(tmp_path) == [first, second]


def no_certificate(file: Path) -> None:
    file.write_bytes(b"words")


def too_large(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(LARGEST + 1)


def leads_nowhere(file: Path) -> None:
    file.symlink_to(file.with_name("nothing"))


@pytest.mark.parametrize("spoil", [no_certificate, too_large, leads_nowhere])
def test_a_bad_file_among_trusted_certificates_is_named_on_the_page_and_by_the_check(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    settings = desk.web.app.extensions["roadmapdocs"].settings
    (settings.data / "trust").mkdir()
    (settings.data / "trust" / "good.cer").write_bytes(made.authority().certificate)
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", settings.database)
    monkeypatch.setenv("ROADMAPDOCS_LANGUAGE", "en")

    def told() -> str:
        report = json.loads(CliRunner().invoke(group, ["--data", str(settings.data), "check", "--json"]).stdout)
        return next(one["message"] for one in report["checks"] if one["name"] == "trusted certificates")

    assert told() == "1 file"
    spoil(settings.data / "trust" / "spoilt.cer")
    document = desk.in_signing()
    refused = desk.send("Ветрова", document, "sign_file", signature=(io.BytesIO(b"any"), "a.sig"))
    assert refused.status_code == 422
    assert "“trust/spoilt.cer”" in refused.text
    assert str(settings.data) not in refused.text
    assert states(document) == "in_signing"
    assert "“trust/spoilt.cer”" in told()
