"""Reading in person, on paper and aloud, refusing, and taking back what was wrongly entered."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.operations import drop
from roadmapdocs.acquaintance.paper import RefusalAct, confirm_on_paper, refuse, take_back
from roadmapdocs.acquaintance.reading import confirm, opened, read_through
from roadmapdocs.acquaintance.words import ReadingWay
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from tests.acquaintance.office import Office, states
from tests.conftest import NOW, TODAY

LATER = NOW + dt.timedelta(minutes=5)
ACT = RefusalAct(("Громова О. С.", "Ветрова О. С."))


@pytest.fixture
def document(office: Office) -> Document:
    made = office.document()
    office.send(made, "Дёмина", "Нечаев", "Громова")
    return made


def test_a_text_is_opened_read_through_and_confirmed(office: Office, document: Document) -> None:
    office.rule()
    demina = office.actor("Дёмина")
    line = opened(document.id, by=demina, now=NOW)
    assert line is not None
    opened(document.id, by=demina, now=LATER)
    version = line.sheet.version_id
    with pytest.raises(Refusal) as unread:
        confirm(line.id, version_id=version, by=demina, now=NOW, today=TODAY)
    assert unread.value.code == "unread"
    read_through(line.id, version, by=demina, now=NOW)
    read_through(line.id, version, by=demina, now=LATER)
    done = confirm(line.id, version_id=version, by=demina, now=LATER, today=TODAY)
    assert (done.opened_at, done.read_through_at, done.decided_at, done.day) == (NOW, NOW, LATER, TODAY)
    assert (done.way, done.rule is not None, done.made_by) == ("electronic", True, demina.name)
    assert states(document) == {"": "partly", "Дёмина": "confirmed", "Нечаев": "asked", "Громова": "asked"}
    assert [one.effect["sha256"] for one in history(line)] == [line.sheet.sha256]


def test_confirming_twice_is_confirming_once(office: Office, document: Document) -> None:
    office.rule()
    first = office.read(document, "Дёмина")
    again = confirm(first.id, version_id=first.sheet.version_id, by=office.actor("Дёмина"), now=LATER, today=TODAY)
    assert again.decided_at == first.decided_at
    assert Event.select().where(Event.what == "acquaintance_confirmed").count() == 1


def test_without_a_rule_on_simple_signatures_the_paper_sheet_is_signed(office: Office, document: Document) -> None:
    with pytest.raises(Refusal) as refused:
        office.read(document, "Дёмина")
    assert refused.value.code == "no_rule"
    line = office.line(document, "Дёмина")
    assert (line.state, line.read_through_at) == ("asked", None) or line.read_through_at == NOW


def test_nobody_reads_or_confirms_for_another(office: Office, document: Document) -> None:
    office.rule()
    line = office.line(document, "Дёмина")
    for who in ("Нечаев", "Лукина", "Ветрова"):
        with pytest.raises(NotFound):
            read_through(line.id, line.sheet.version_id, by=office.actor(who), now=NOW)
        with pytest.raises(NotFound):
            confirm(line.id, version_id=line.sheet.version_id, by=office.actor(who), now=NOW, today=TODAY)
    assert opened(document.id, by=office.clerk, now=NOW) is None


def test_a_confirmation_of_another_text_names_the_newer_place(office: Office, document: Document) -> None:
    office.rule()
    line = office.line(document, "Дёмина")
    office.text(document, edition=2)
    newer = office.line(document, "Дёмина")
    with pytest.raises(Conflict) as late:
        confirm(line.id, version_id=line.sheet.version_id, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert (late.value.code, late.value.details["newer"]) == ("superseded", newer.id)
    assert newer.id != line.id
    with pytest.raises(Conflict) as wrong:
        read_through(newer.id, line.sheet.version_id, by=office.actor("Дёмина"), now=NOW)
    assert wrong.value.code == "superseded"


def test_who_is_off_the_list_confirms_nothing(office: Office, document: Document) -> None:
    line = office.line(document, "Дёмина")
    drop(line.id, reason="не её дело", by=office.clerk, now=NOW, today=TODAY)
    with pytest.raises(Conflict) as dropped:
        confirm(line.id, version_id=line.sheet.version_id, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert dropped.value.code == "dropped"


def test_the_clerk_enters_signatures_of_several_people_with_one_scan(office: Office, document: Document) -> None:
    ids = [office.line(document, one).id for one in ("Дёмина", "Нечаев")]
    day = TODAY - dt.timedelta(3)
    lines = confirm_on_paper(ids, day=day, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    assert {(one.state, one.way, one.day, one.file_name, one.made_by[:6]) for one in lines} == {
        ("confirmed", "paper", day, "лист.txt", "Лукина")
    }
    assert len({one.file_id for one in lines}) == 1
    assert states(document)[""] == "partly"
    aloud = office.line(document, "Громова").id
    confirm_on_paper([aloud], day=TODAY, way=ReadingWay.ALOUD, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    assert states(document)[""] == "everyone"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": TODAY + dt.timedelta(1)}, "day"),
        ({"day": dt.date(2026, 2, 1)}, "day"),
        ({"scan": None}, "scan"),
        ({"way": ReadingWay.ELECTRONIC}, "way"),
        ({"ids": []}, "no_acquaintance"),
        ({"ids": [10**6]}, "no_acquaintance"),
    ],
)
def test_a_wrong_paper_is_refused_and_nothing_kept(
    office: Office, document: Document, change: dict[str, object], code: str
) -> None:
    before = StoredFile.select().count()
    said = {"ids": [office.line(document, "Дёмина").id], "day": TODAY, "scan": office.scan(), **change}
    with pytest.raises(Refusal) as refused:
        confirm_on_paper(said.pop("ids"), **said, by=office.clerk, now=NOW, today=TODAY)
    assert refused.value.code == code
    assert (states(document)[""], StoredFile.select().count()) == ("sent", before)


def test_one_wrong_line_among_many_enters_none(office: Office, document: Document) -> None:
    other = office.document()
    office.send(other, "Дёмина")
    first, second = office.line(document, "Дёмина").id, office.line(document, "Нечаев").id
    confirm_on_paper([first], day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    with pytest.raises(Conflict):
        confirm_on_paper([first, second], day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    with pytest.raises(Refusal) as several:
        confirm_on_paper([second, office.line(other, "Дёмина").id], day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    assert several.value.code == "documents"
    assert states(document)["Нечаев"] == states(other)["Дёмина"] == "asked"


def test_only_the_clerk_enters_papers(office: Office, document: Document) -> None:
    line = office.line(document, "Дёмина").id
    for who in ("Ветрова", "Ярцева", "Дёмина"):
        by = office.actor(who)
        with pytest.raises(Forbidden):
            confirm_on_paper([line], day=TODAY, scan=office.scan(), by=by, now=NOW, today=TODAY)
        with pytest.raises(Forbidden):
            refuse(line, reason="не согласна", act=ACT, by=by, now=NOW, today=TODAY)
        with pytest.raises(Forbidden):
            take_back(line, reason="ошибка", by=by, now=NOW, today=TODAY)


def test_a_refusal_has_its_act_and_keeps_the_line_at_some(office: Office, document: Document) -> None:
    ids = [office.line(document, one).id for one in ("Нечаев", "Громова")]
    confirm_on_paper(ids, day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    line = office.line(document, "Дёмина")
    act = RefusalAct(ACT.witnesses, office.scan("Акт об отказе"))
    done = refuse(line.id, reason="не согласна", act=act, by=office.clerk, now=NOW, today=TODAY)
    assert (done.state, done.way, done.day, done.file_id is not None) == ("refused", None, TODAY, True)
    assert done.comment == "не согласна (свидетели: Громова О. С., Ветрова О. С.)"
    assert states(document)[""] == "partly"
    with pytest.raises(Conflict) as refused:
        confirm(line.id, version_id=line.sheet.version_id, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert refused.value.code == "refused"


@pytest.mark.parametrize(
    ("reason", "witnesses", "code"),
    [
        ("", ACT.witnesses, "reason"),
        ("против", (), "witnesses"),
        ("против", ("Громова О. С.", " Громова  О. С. "), "witnesses"),
        ("против", ("Громова О. С.", "О.С. Громова"), "witnesses"),
        ("против", ("Громова О. С.", "Лукина О. С."), "witnesses"),
        ("против", ("Громова О. С.", "Лукина Ольга Сергеевна"), "witnesses"),
        ("против", ("Громова О. С.", "Демина О.С."), "witnesses"),
        ("против", ("Громова О. С.", "Дёмина О. С."), "witnesses"),
    ],
)
def test_an_act_without_reason_or_two_others_is_none(
    office: Office, document: Document, reason: str, witnesses: tuple[str, ...], code: str
) -> None:
    line = office.line(document, "Дёмина").id
    with pytest.raises(Refusal) as refused:
        refuse(line, reason=reason, act=RefusalAct(witnesses), by=office.clerk, now=NOW, today=TODAY)
    assert (refused.value.code, states(document)["Дёмина"]) == (code, "asked")


def test_what_was_wrongly_entered_is_taken_back_and_asked_again(office: Office, document: Document) -> None:
    line = office.line(document, "Дёмина").id
    confirm_on_paper([line], day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    assert states(document)[""] == "partly"
    back = take_back(line, reason="не та Дёмина", by=office.clerk, now=NOW, today=TODAY)
    assert (back.state, back.way, back.day, back.file_id, back.made_by) == ("asked", None, None, None, "")
    assert states(document)[""] == "sent"
    assert [one.what for one in history(back)] == ["acquaintance_taken_back", "acquaintance_confirmed"]
    with pytest.raises(Conflict) as nothing:
        take_back(line, reason="ещё раз", by=office.clerk, now=NOW, today=TODAY)
    assert nothing.value.code == "nothing"


def test_a_persons_own_word_is_not_the_clerks_to_take_back(office: Office, document: Document) -> None:
    office.rule()
    done = office.read(document, "Дёмина")
    with pytest.raises(Refusal) as own:
        take_back(done.id, reason="ошибка", by=office.clerk, now=NOW, today=TODAY)
    assert (own.value.code, Acquaintance.get_by_id(done.id).state) == ("own_word", "confirmed")


def test_what_is_history_stays_as_it_was_entered(office: Office, document: Document) -> None:
    line = office.line(document, "Дёмина").id
    confirm_on_paper([line], day=TODAY, scan=office.scan(), by=office.clerk, now=NOW, today=TODAY)
    office.text(document, edition=2)
    with pytest.raises(Conflict) as late:
        take_back(line, reason="ошибка", by=office.clerk, now=NOW, today=TODAY)
    assert (late.value.code, Acquaintance.get_by_id(line).state) == ("superseded", "confirmed")
