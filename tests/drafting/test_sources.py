"""Drafts made from items, decisions, orders and documents of last year; what writes is tried on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.operations import history
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import slots_of
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.drafting import sources
from roadmapdocs.drafting.filling import values_of
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import draft_of, save_draft, start_draft
from roadmapdocs.drafting.printing import page_of
from roadmapdocs.drafting.sources.item_words import period_end
from roadmapdocs.drafting.sources.kinds import kinds_for
from roadmapdocs.drafting.values import (
    Executor,
    OrderValues,
    Person,
    Point,
    PointKind,
    ProtocolValues,
    Question,
    RegulationValues,
    Votes,
)
from roadmapdocs.drafting.values_json import write_values
from roadmapdocs.drafting.vocabulary import ExtractPage, OrderPage, RegulationPage
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.roadmap.draft import Approval
from roadmapdocs.roadmap.models import ExpectedDocument
from roadmapdocs.russian.terms import Term
from tests.conftest import NOW, TODAY
from tests.drafting.office import Office, card, expected

STAFF = Actor(3, "Никто Н. Н.", frozenset({Role.STAFF}))


def from_item(row: ExpectedDocument, place: Office, **more: object) -> sources.Drafted:
    return sources.draft_from_item(row.id, by=place.clerk, now=NOW, today=TODAY, **more)  # type: ignore[arg-type]


def order_page(document: Document) -> OrderPage:
    page = page_of(document, draft_of(document), today=TODAY)
    assert isinstance(page, OrderPage)
    return page


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_expected_order_becomes_a_whole_order(everywhere: Office) -> None:
    made = from_item(expected(everywhere, "Приказ УО", "приказ"), everywhere)
    page = order_page(made.document)
    assert made.document.title == "О создании рабочей группы по развитию чтения"
    assert plain(page.preamble) == (
        "Во исполнение пункта 1.2 дорожной карты развития чтения, утверждённой приказом Управления образования "
        "Заречного района от 29.11.2025 № 178-П,"
    )
    assert [plain(line.text) for line in page.points] == [
        "Методическому отделу, методисту Лукиной О.С., муниципальному координатору: обеспечить создание рабочей группы "
        "по развитию чтения в срок до 01.10.2026.",
        "Контроль за исполнением приказа оставляю за собой.",
    ]
    assert (made.document.signer_employee_id, made.document.drafter_id) == (everywhere.head.id, everywhere.methodist.id)
    assert made.document.unit_id == everywhere.department.id
    assert history(made.document)[0].what in {"draft_started", "document_linked"}


def test_what_an_order_approves_is_made_with_its_order_and_linked(everywhere: Office) -> None:
    row = expected(
        everywhere, "Положение о рабочей группе, утвержденное приказом по УО", "положение", item="Разработка Положения о рабочей группе"
    )
    made = from_item(row, everywhere)
    (order,) = made.beside
    assert (made.document.kind.code, made.document.title) == ("regulation", "Положение о рабочей группе")
    assert order.title == "Об утверждении Положения о рабочей группе"
    assert [line.text for line in order_page(order).points][:1] == ["Утвердить Положение о рабочей группе (приложение)."]
    assert "обеспечить исполнение Положения о рабочей группе" in order_page(order).points[1].text
    links = {(link.source_id, link.kind, link.target_id) for link in DocumentLink.select()}
    assert links == {
        (made.document.id, str(LinkKind.APPENDIX_TO), order.id),
        (order.id, str(LinkKind.APPROVES), made.document.id),
    }
    values = values_of(made.document, draft_of(made.document), today=TODAY)
    assert isinstance(values, RegulationValues)
    assert values.approved_by is not None
    assert values.approved_by.document_id == order.id
    assert [block.text for block in values.blocks][:1] == ["Общие положения"]


@pytest.mark.parametrize(
    ("title", "kind", "item", "code", "heading"),
    [
        ("Приказ о назначении координатора", "приказ", "Назначить координатора", "order_main", "О назначении координатора"),
        ("Распоряжение", "распоряжение", "Проведение смотра", "directive", "О проведении смотра"),
        ("Аналитическая справка", "аналитическая справка", "Анализ чтения", "note", "О результатах анализа чтения"),
        ("Протоколы заседаний рабочей группы", "протокол", "Заседания", "protocol", "Заседания рабочей группы"),
        ("План работы", "план", "Планирование работы библиотек", "plan", "План работы библиотек"),
        ("План-график повышения квалификации", "план", "Курсы", "plan", "План-график повышения квалификации"),
        ("График проведения диагностики", "план", "Диагностика", "schedule", "График проведения диагностики"),
        ("Перечень заявок", "перечень", "Сбор заявок", "list", "Перечень заявок"),
        ("Состав рабочей группы", "перечень", "Утверждение состава", "membership", "Состав рабочей группы"),
        ("Порядок проведения смотра", "порядок", "Смотр", "rules", "Порядок проведения смотра"),
        ("Инструкция по учёту фонда", "порядок", "Учёт", "instruction", "Инструкция по учёту фонда"),
    ],
)
def test_kind_and_heading_follow_the_words_of_the_roadmap(
    office: Office, title: str, kind: str, item: str, code: str, heading: str
) -> None:
    made = from_item(expected(office, title, kind, item=item), office)
    assert (made.document.kind.code, made.document.title) == (code, heading)


def test_an_order_on_the_approval_of_something_has_it_as_its_appendix(office: Office) -> None:
    made = from_item(expected(office, "Приказ об утверждении состава", "приказ", item="Утверждение состава рабочей группы"), office)
    page = order_page(made.document)
    assert page.points[0].text == "Утвердить состав рабочей группы (приложение)." or page.appendices[0].kind == "СОСТАВ"
    assert page.appendices[0].kind == "СОСТАВ"


@pytest.mark.parametrize(
    ("approval", "said"),
    [
        (Approval(), "Во исполнение пункта 1.2 дорожной карты развития чтения,"),
        (
            Approval("утверждаю", None, "начальник", "Н. П. Гордеева", dt.date(2025, 11, 29), None),
            "Во исполнение пункта 1.2 дорожной карты развития чтения, утверждённой 29.11.2025,",
        ),
    ],
)
def test_the_preamble_says_of_the_roadmaps_approval_what_is_known(office: Office, approval: Approval, said: str) -> None:
    made = from_item(expected(office, "Приказ УО", "приказ", approval=approval), office)
    assert plain(order_page(made.document).preamble) == said


@pytest.mark.parametrize(
    ("term", "period", "due", "words", "looked_at"),
    [
        (Term("deadline", None, dt.date(2026, 12, 1), None, "до 01.12.2026"), "", dt.date(2026, 12, 1), "", []),
        (Term("recurring", None, None, "quarterly", "ежеквартально"), "", None, "ежеквартально", []),
        (Term("recurring", None, None, "yearly", "ежегодно"), "2026-01-01/2026-12-31", dt.date(2026, 12, 31), "", []),
        (Term("external_plan", None, None, None, "По плану института"), "", None, "по плану института", []),
        (Term("deadline", None, dt.date(2025, 1, 1), None, "до 01.01.2025"), "", None, "", ["past"]),
    ],
)
def test_the_term_is_that_of_the_period_or_the_items_own(
    office: Office, term: Term, period: str, due: dt.date | None, words: str, looked_at: list[str]
) -> None:
    row = expected(office, "Приказ УО", "приказ", term=term)
    if period:
        assert period in {slot.key for slot in slots_of(row)}
    made = from_item(row, office, period=period)
    values = values_of(made.document, draft_of(made.document), today=TODAY)
    assert isinstance(values, OrderValues)
    assert (values.points[0].due, values.points[0].term) == (due, words)
    assert [one.code for one in made.look_at] == looked_at


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026-99-99",
        "2026-01-01/2026-99-99",
        "2026-01-01/2026-12-32",
        "20260101/20261231",
        "2026-12-31",
        "..",
        "/",
        "../../..",
        "2026-01-01/2026-12-31 ",
        "٢٠٢٦-٠١-٠١/٢٠٢٦-١٢-٣١",
        "x" * 5000,
    ],
)
def test_what_is_no_key_of_a_period_is_not_found(key: str) -> None:
    with pytest.raises(NotFound) as refused:
        period_end(key)
    assert refused.value.code == "no_period"


@pytest.mark.parametrize(
    ("key", "end"),
    [("../..", None), ("2026-01-01/..", None), ("../2026-12-31", dt.date(2026, 12, 31)), ("2026-01-01/2026-12-31", dt.date(2026, 12, 31))],
)
def test_a_period_ends_as_its_key_says(key: str, end: dt.date | None) -> None:
    assert period_end(key) == end


@pytest.mark.parametrize("period", ["2026-01-01/2026-99-99", "../..", "2025-01-01/2025-12-31"])
@pytest.mark.parametrize(("title", "kind"), [("Приказ УО", "приказ"), ("Положение о группе", "положение")])
def test_a_period_that_the_item_has_not_makes_nothing(office: Office, title: str, kind: str, period: str) -> None:
    row = expected(office, title, kind, term=Term("recurring", None, None, "yearly", "ежегодно"))
    with pytest.raises(NotFound) as refused:
        from_item(row, office, period=period)
    assert refused.value.code == "no_period"
    assert [model.select().count() for model in (Document, Draft, Proof)] == [0, 0, 0]


def test_abbreviations_are_spelled_out_and_unknown_ones_kept_as_they_are(office: Office) -> None:
    made = from_item(expected(office, "Приказ УО", "приказ", responsible=("РЧ", "СОИРО", "УО")), office)
    assert order_page(made.document).points[0].text.startswith("Развитию чтения, СОИРО, управлению образования")
    assert [(one.code, one.was) for one in made.look_at] == [("words", "СОИРО")]


def test_the_item_shows_the_draft_as_in_work(everywhere: Office) -> None:
    row = expected(everywhere, "Положение о группе", "положение")
    made = from_item(row, everywhere)
    (proof,) = Proof.select()
    assert (proof.expected_id, proof.document_id) == (row.id, made.document.id)


def test_pressing_twice_makes_one_draft_unless_another_is_asked_for(everywhere: Office) -> None:
    row = expected(everywhere, "Приказ УО", "приказ")
    made = from_item(row, everywhere)
    with pytest.raises(Refusal) as refused:
        from_item(row, everywhere)
    assert refused.value.code == "drafted_already"
    assert refused.value.details["document"] == made.document.id
    assert Document.select().count() == 1
    assert from_item(row, everywhere, again=True).document.id != made.document.id


def test_words_that_leave_the_kind_open_ask_for_it(office: Office) -> None:
    row = expected(office, "Размещение информации", "прочее")
    with pytest.raises(Refusal) as refused:
        from_item(row, office)
    assert refused.value.code == "kind_choice"
    assert "note" in refused.value.details["kinds"]  # type: ignore[operator]
    assert from_item(row, office, kind="note").document.kind.code == "note"
    assert next(iter(kinds_for(row))).code in refused.value.details["kinds"]  # type: ignore[operator]


@pytest.mark.parametrize(("kind", "code"), [("letter", "no_template"), ("nothing", "unknown_kind")])
def test_a_kind_without_a_template_makes_no_draft(office: Office, kind: str, code: str) -> None:
    row = expected(office, "Размещение информации", "прочее")
    with pytest.raises(Refusal) as refused:
        from_item(row, office, kind=kind)
    assert refused.value.code == code
    assert not Document.select().exists()


def test_who_keeps_no_cards_makes_no_drafts(office: Office) -> None:
    row = expected(office, "Приказ УО", "приказ")
    with pytest.raises(Forbidden):
        sources.draft_from_item(row.id, by=STAFF, now=NOW, today=TODAY)
    with pytest.raises(NotFound):
        sources.draft_from_item(row.id + 1, by=office.clerk, now=NOW, today=TODAY)


PROTOCOL = ProtocolValues(
    meeting="заседания рабочей группы по чтению",
    chair=Person(name="Гордеева Нина Павловна"),
    present=(Person(name="Лукина Ольга Сергеевна"), Person(name="Ветров Илья Сергеевич")),
    agenda=(
        Question(title="О сроках диагностики", decided=(Point(text="принять к сведению"),), votes=Votes(yes=3)),
        Question(
            title="Об отборе текстов",
            decided=(
                Point(text="опробовать тексты в одной школе"),
                Point(kind=PointKind.TASK, text="подготовить тексты", executors=(Executor(post="методист"),), due=dt.date(2026, 5, 5)),
            ),
        ),
    ),
)


def protocol(place: Office) -> Document:
    made = card(place, "Заседания рабочей группы по чтению", kind="protocol", date=dt.date(2026, 3, 2))
    Document.update(number="3").where(Document.id == made.id).execute()
    start_draft(made.id, content=write_values(PROTOCOL), by=place.clerk, now=NOW)
    return get_document(made.id)


def test_a_decision_becomes_an_order_in_execution_of_the_protocol(everywhere: Office) -> None:
    source = protocol(everywhere)
    made = sources.draft_from_decision(source.id, 2, 2, by=everywhere.clerk, now=NOW, today=TODAY)
    page = order_page(made.document)
    assert made.document.title == "Об отборе текстов"
    assert plain(page.preamble) == (
        "Во исполнение решения заседания рабочей группы по чтению (протокол от 02.03.2026 № 3, пункт 2.2),"
    )
    assert plain(page.points[0].text) == "Методисту подготовить тексты в срок до 05.05.2026."
    link = DocumentLink.get()
    assert (link.source_id, link.kind, link.target_id) == (made.document.id, LinkKind.EXECUTES, source.id)
    with pytest.raises(Refusal) as refused:
        sources.draft_from_decision(source.id, 2, 2, by=everywhere.clerk, now=NOW, today=TODAY)
    assert refused.value.code == "drafted_already"


def test_an_order_by_a_decision_is_as_closed_as_its_protocol(office: Office) -> None:
    source = protocol(office)
    Document.update(mark=str(Mark.OFFICIAL), mark_basis="п. 3 перечня").where(Document.id == source.id).execute()
    made = sources.draft_from_decision(source.id, 2, 2, by=office.clerk, now=NOW, today=TODAY).document
    assert (made.mark, made.mark_basis) == (Mark.OFFICIAL, "п. 3 перечня")


@pytest.mark.parametrize(("question", "decision"), [(0, 1), (3, 1), (1, 0), (1, 2), (-1, 1)])
def test_a_decision_that_is_not_there_makes_nothing(office: Office, question: int, decision: int) -> None:
    source = protocol(office)
    with pytest.raises(NotFound):
        sources.draft_from_decision(source.id, question, decision, by=office.clerk, now=NOW, today=TODAY)


def test_an_extract_keeps_the_numbers_of_its_questions_and_names_the_protocol(everywhere: Office) -> None:
    source = protocol(everywhere)
    made = sources.draft_extract(source.id, [2], by=everywhere.clerk, now=NOW, today=TODAY)
    page = page_of(made.document, draft_of(made.document), today=TODAY)
    assert isinstance(page, ExtractPage)
    assert plain(page.source) == "из протокола заседания рабочей группы по чтению от 02.03.2026 № 3"
    assert [question.number for question in page.agenda] == ["2."]
    assert page.copied_by.name.endswith("Лукина")
    assert DocumentLink.get().kind == LinkKind.EXTRACT_OF
    with pytest.raises(Refusal):
        sources.draft_extract(source.id, [], by=everywhere.clerk, now=NOW, today=TODAY)


def test_an_appendix_becomes_a_document_that_the_order_approves(everywhere: Office) -> None:
    order = card(everywhere, "Об утверждении Положения о смотре")
    text = {"kind": "regulation", "title": "Положение о смотре", "blocks": [{"kind": "point", "text": "Смотр проводится ежегодно"}]}
    start_draft(order.id, content={"appendices": [text, {**text, "title": "Положение о жюри"}]}, by=everywhere.clerk, now=NOW)
    made = sources.draft_appendix(order.id, 2, by=everywhere.clerk, now=NOW, today=TODAY)
    page = page_of(made.document, draft_of(made.document), today=TODAY)
    assert isinstance(page, RegulationPage)
    assert plain(page.appendix_mark[0]) == "Приложение № 2"
    assert page.stamp[0] == "УТВЕРЖДЕНО"
    assert [piece.text for piece in page.pieces] == ["Смотр проводится ежегодно"]
    kept = draft_of(order).content["appendices"]
    assert ("separate" in kept[0], kept[1].get("separate"), "blocks" in kept[1]) == (False, True, False)
    with pytest.raises(NotFound):
        sources.draft_appendix(order.id, 3, by=everywhere.clerk, now=NOW, today=TODAY)


def test_a_later_number_of_the_order_refreshes_the_stamp(office: Office) -> None:
    made = from_item(expected(office, "Положение о группе", "положение"), office)
    (order,) = made.beside

    def stamp() -> str:
        page = page_of(get_document(made.document.id), draft_of(made.document), today=TODAY)
        assert isinstance(page, RegulationPage)
        return plain(page.stamp[-1])

    assert stamp() == "от ____________ № ______"
    Document.update(number="12-ОД", date=dt.date(2026, 4, 1)).where(Document.id == order.id).execute()
    assert stamp() == "от 01.04.2026 № 12-ОД"


def test_saving_is_still_possible_on_what_sources_make(office: Office) -> None:
    made = from_item(expected(office, "Приказ УО", "приказ"), office)
    draft = draft_of(made.document)
    saved = save_draft(made.document.id, draft.content, draft.revision, by=office.clerk, now=NOW, today=TODAY)
    assert saved.revision == draft.revision
