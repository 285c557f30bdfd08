"""What the sheet says of visas, versions, signatures and disagreements, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.approvals import flight, signing
from roadmapdocs.approvals.deciding import RemarkText, Verdict, decide_on_paper
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.sheet import Sheet, Standing, VisaLine, has_visas, sheet_of
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.people.substitution import set_substitution
from tests.approvals.office import PASSWORD, Office, make_office
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def line_of(sheet: Sheet, surname: str, run: int = 0) -> VisaLine:
    return next(one for one in sheet.runs[run].lines if one.visa.name.startswith(surname))


def signed(office: Office, document: Document) -> Document:
    """Signed on paper."""
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=office.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(document.id)


def test_a_document_that_was_never_sent_has_an_empty_sheet_with_its_text(office: Office) -> None:
    document = office.document()
    sheet = sheet_of(document)
    assert (sheet.runs, sheet.signatures, sheet.disagreements) == ((), (), ())
    assert sheet.version is not None
    assert sheet.version.file.sha256 == current_version(document.id).file.sha256
    assert not has_visas(document.id)


def test_a_card_without_any_file_has_a_sheet_without_a_version(office: Office) -> None:
    bare = office.document()
    bare.versions[0].delete_instance()
    assert sheet_of(bare).version is None


def test_a_visa_holds_after_a_change_of_wording_and_lapses_by_one_of_substance(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    office.decide(document, "Нечаев")
    assert line_of(sheet_of(document), "Нечаев").standing is Standing.SAME
    assert has_visas(document.id)

    office.text(document, "Первая редакция текста!", substantial=False)
    line = line_of(sheet_of(document), "Нечаев")
    assert (line.standing, line.since, line.version) == (Standing.EDITORIAL, 2, 1)
    assert line.standing is not None
    assert line.standing.holds

    office.text(document, "Совсем другой текст.")
    sheet = sheet_of(document)
    assert [found.run.state for found in sheet.runs] == ["under_way", "superseded"]
    old = line_of(sheet, "Нечаев", run=1)
    assert (old.standing, old.since) == (Standing.LAPSED, 3)
    assert not Standing.LAPSED.holds
    assert line_of(sheet, "Нечаев").standing is None


def test_a_visa_of_before_is_carried_over_and_a_later_decision_replaces_the_earlier(office: Office) -> None:
    document = office.document()
    plan = Plan((office.step("Нечаев", "Громова", mode=Mode.TOGETHER),))
    office.send(document, plan)
    office.decide(document, "Нечаев")
    office.decide(document, "Громова", Decision.REFUSED, comment="нет денег")
    office.text(document, "Первая редакция, исправлено слово.", substantial=False)
    office.send(document, plan)
    office.decide(document, "Громова")

    sheet = sheet_of(document)
    carried = line_of(sheet, "Нечаев")
    assert (carried.carried_from, carried.version, carried.standing) == (1, 1, Standing.EDITORIAL)
    refused = line_of(sheet, "Громова", run=1)
    assert (refused.standing, refused.since) == (Standing.REPLACED, 2)
    assert line_of(sheet, "Нечаев", run=1).standing is Standing.EDITORIAL
    assert sheet.disagreements == ()


def test_the_visa_of_a_substitute_has_both_names(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    set_substitution(
        office.people["Нечаев"].id,
        [(office.people["Соболев"].id, [])],
        since=TODAY,
        until=TODAY,
        reason="отпуск",
        by=office.actor("Лукина"),
        now=NOW,
        today=TODAY,
    )
    office.decide(document, "Нечаев", by="Соболев")
    visa = line_of(sheet_of(document), "Нечаев").visa
    assert visa.in_place
    assert visa.decided_name.startswith("Соболев")
    assert visa.decided_post == "заместитель начальника"


def test_a_visa_that_was_handed_on_names_who_decides_instead(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    visa = office.visa(document, "Нечаев")
    flight.forward(visa.id, office.people["Ярцева"].id, "её дело", by=office.actor("Нечаев"), now=NOW, today=TODAY)
    handed, asked = sheet_of(document).runs[0].lines
    assert handed.handed_to == asked.visa.name
    assert asked.visa.name.startswith("Ярцева")
    assert (handed.number, asked.number) == (1, 2)


@pytest.mark.parametrize("state", [RemarkState.OPEN, RemarkState.REJECTED])
def test_what_is_not_settled_is_a_disagreement_for_the_signer(office: Office, state: RemarkState) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    office.decide(document, "Нечаев", Decision.REMARKS, remarks=(RemarkText("указать срок", "п. 3"),))
    (remark,) = line_of(sheet_of(document), "Нечаев").remarks
    if state is RemarkState.REJECTED:
        flight.answer_remark(remark.id, state, "срок есть в приложении", by=office.actor("Дёмина"), now=NOW)
    (found,) = sheet_of(document).disagreements
    assert found.remark is not None
    assert (found.remark.place, found.remark.state) == ("п. 3", state)

    flight.answer_remark(remark.id, RemarkState.ACCEPTED, "", by=office.actor("Дёмина"), now=NOW)
    assert sheet_of(document).disagreements == ()


def test_a_refusal_that_goes_to_the_signer_is_a_disagreement(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),), to_signer=True))
    office.decide(document, "Нечаев", Decision.REFUSED, comment="противоречит уставу")
    (found,) = sheet_of(document).disagreements
    assert (found.visa.comment, found.remark) == ("противоречит уставу", None)


def test_the_sheet_of_a_signed_document_is_about_the_text_that_was_signed(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    office.decide(document, "Нечаев")
    first = current_version(document.id)
    document = signed(office, document)
    add_version(document, b"the next edition", "вторая.txt", store=office.store, edition=2, by=office.actor("Лукина"), now=NOW)
    sheet = sheet_of(document)
    assert sheet.version is not None
    assert first is not None
    assert sheet.version.id == first.id
    assert sheet.versions[0].number == 2
    assert line_of(sheet, "Нечаев").standing is Standing.SAME


def test_a_simple_signature_names_the_rule_and_one_that_was_taken_back_is_gone(office: Office) -> None:
    rule = signed(office, office.document("О простой подписи", date=TODAY))
    perform(rule.id, "register", by=office.actor("Лукина"), now=NOW, today=TODAY)
    SignatureRule.create(document=rule, since=dt.date(2020, 1, 1), set_by="Т", set_at=NOW)
    document = office.document()
    perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    version = current_version(document.id)
    assert version is not None
    signing.sign_simply(document.id, PASSWORD, version=version.id, by=office.actor("Ветрова"), now=NOW, today=TODAY)
    (signature,) = sheet_of(document).signatures
    assert signature.rule.document.number == "1"
    assert signature.rule.document.kind.short
    assert signature.version_id == version.id

    perform(document.id, "unsign", answers=Answers(reason="опечатка"), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert sheet_of(document).signatures == ()


def test_a_visa_entered_from_paper_is_bound_to_the_text_as_it_is(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    visa = office.visa(document, "Нечаев")
    decide_on_paper(visa.id, Verdict(Decision.AGREED), by=office.actor("Лукина"), now=NOW, today=TODAY)
    line = line_of(sheet_of(document), "Нечаев")
    assert (line.visa.way, line.version, line.standing) == ("paper", 1, Standing.SAME)
