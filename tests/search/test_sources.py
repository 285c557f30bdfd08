"""What is found of documents, items and sections, and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.access.rules import Mark, Tie, mask
from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.coverage.operations import link, slots_of
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.links.force_rules import Facts, legal_force
from roadmapdocs.documents.models import Attachment, Document, DocumentVersion, Kind
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Force, Preparation
from roadmapdocs.documents.visibility import invite, visible_to
from roadmapdocs.drafting.models import Draft
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.rules import SYSTEM, Actor, Role, Standing
from roadmapdocs.roadmap.models import ExpectedDocument, Item
from roadmapdocs.search import records, tags
from roadmapdocs.search.document_tags import force_spans
from roadmapdocs.search.passages import LONGEST_PASSAGE, LONGEST_RECORD, Passage, Source, fitted
from roadmapdocs.search.ports import Zone
from roadmapdocs.texts.models import FileText
from tests import factories as make
from tests.conftest import NOW, TODAY, person

_DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))


def source(key: str, today: dt.date = TODAY) -> Source:
    return records.sources([key], today=today)[key]


def said(found: Source) -> dict[str, list[str]]:
    by_source: dict[str, list[str]] = {}
    for passage in found.passages:
        by_source.setdefault(passage.source, []).append(passage.text)
    return by_source


def stored(text: str, name: str = "a") -> StoredFile:
    file: StoredFile = StoredFile.create(sha256=name.ljust(64, "0"), size=1, format="txt", stored_at=NOW)
    FileText.create(file=file, state="read", text=text, asked_at=NOW, next_at=NOW)
    return file


def version(document: Document, file: StoredFile, number: int = 1, name: str = "приказ_о_чтении.docx") -> None:
    DocumentVersion.create(document=document, number=number, file=file, name=name, added_by="", added_at=NOW)


def test_a_card_is_found_by_all_that_it_says(database: str) -> None:
    unit = make.unit()
    signer = make.employee("Лукина", unit)
    card = Card(
        "order_main",
        "О проведении смотра",
        number="178-П",
        date=dt.date(2021, 11, 29),
        summary="Кратко о смотре",
        signer="О.С. Лукина",
        signer_id=signer.id,
        drafter_id=make.employee("Дёмина").id,
        unit_id=unit.id,
        organisation_id=unit.organisation_id,
        body="В целях развития чтения",
        preparation=Preparation.SIGNED,
        fields={"keywords": "чтение, библиотека", "sheets": 3},
    )
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    found = source(f"document:{document.id}")
    assert said(found) == {
        "title": ["О проведении смотра"],
        "number": ["Приказ по основной деятельности № 178-П от 29.11.2021"],
        "summary": ["Кратко о смотре"],
        "signer": ["О.С. Лукина", "Лукина Ольга Сергеевна"],
        "drafter": ["Дёмина Ольга Сергеевна"],
        "unit": ["Управление образования УО"],
        "organisation": ["Администрация Заречного района Администрация"],
        "field": ["чтение, библиотека"],
        "text": ["В целях развития чтения"],
    }
    assert {passage.zone for passage in found.passages if passage.source in ("title", "number")} == {Zone.TITLE}
    assert {passage.zone for passage in found.passages if passage.source in ("signer", "unit")} == {Zone.PEOPLE}
    complete = records.tags_of(found)
    assert {
        *("type:document", "kind:order_main", "expected:приказ", "state:signed", "force:in_force", "mark:general"),
        *("day:2021-11-29", "month:2021-11", "year:2021", f"unit:{unit.id}", f"signer:{signer.id}"),
        *("num:#178-п", "num:178", "signed:лукин", "signed:&лукин.о.с", "drafted:демин"),
    } <= complete
    assert found.day == dt.date(2021, 11, 29).toordinal()
    assert found.number == document.number_sort


def test_a_signer_who_is_nobody_of_ours_is_told_by_name(sqlite_database: None) -> None:
    card = Card("order_main", "О смотре", date=TODAY, signer="С.С. Лысёнко", preparation=Preparation.SIGNED)
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    assert "signer:с.с. лысенко" in source(f"document:{document.id}").tags


def test_the_file_of_the_last_version_is_found_and_none_before(database: str) -> None:
    document = make.document()
    version(document, stored("Старый текст", "a"), 1)
    version(document, stored("Новый текст", "b"), 2, "приказ_о_чтении.docx")
    Attachment.create(
        document=document, file=stored("Скан с подписью", "c"), name="скан.pdf", title="Лист ознакомления", added_by="", added_at=NOW
    )
    taken_off = stored("Снято", "d")
    Attachment.create(document=document, file=taken_off, name="x.pdf", added_by="", added_at=NOW, removed_at=NOW)
    found = said(source(f"document:{document.id}"))
    assert found["file"] == ["приказ о чтении", "Новый текст"]
    assert found["attachment"] == ["Лист ознакомления", "скан", "Скан с подписью"]


def test_a_draft_is_found_until_there_is_a_version(sqlite_database: None) -> None:
    document = make.document(preparation=Preparation.DRAFT, date=None)
    content = {"preamble": "В целях развития чтения", "points": [{"text": "Провести смотр библиотек"}]}
    Draft.create(document=document, template="order.docx", content=content, changed_by="", changed_at=NOW)
    (text,) = said(source(f"document:{document.id}"))["text"]
    assert text.split("\n") == ["В целях развития чтения", "Провести смотр библиотек"]
    version(document, stored("Напечатанный текст"))
    assert "text" not in said(source(f"document:{document.id}"))


def test_a_draft_that_fits_no_template_any_more_says_nothing(sqlite_database: None) -> None:
    document = make.document(preparation=Preparation.DRAFT, date=None)
    Draft.create(document=document, template="order.docx", content={"points": 5}, changed_by="", changed_at=NOW)
    assert "text" not in said(source(f"document:{document.id}"))


def test_what_is_said_about_a_document_is_found(database: str) -> None:
    document = make.document()
    comment(document, "Прошу ускорить", by=person(Role.CLERK), now=NOW)
    run = Run.create(document=document, number=1, plan={}, started_by="", started_at=NOW, state="agreed")
    visa = Visa.create(run=run, document=document, step=0, place=0, name="Громов Г. Г.", decided_name="Громов Г. Г.", comment="Не возражаю")
    Remark.create(visa=visa, document=document, place="п. 2", text="Уточнить срок", by="Громов Г. Г.", at=NOW, answer="Уточнили")
    found = source(f"document:{document.id}")
    assert said(found)["comment"] == ["Прошу ускорить", "Не возражаю"]
    assert said(found)["remark"] == ["п. 2\nУточнить срок\nУточнили"]
    talk = [passage for passage in found.passages if passage.zone is Zone.TALK]
    assert [passage.name for passage in talk] == [person(Role.CLERK).name, "Громов Г. Г.", "Громов Г. Г."]


@pytest.mark.parametrize(
    ("decision", "where"), [("agreed", "comment"), ("seen", "comment"), ("remarks", "remark"), ("refused", "remark")]
)
def test_what_is_written_beside_a_visa_is_a_remark_where_it_objects(sqlite_database: None, decision: str, where: str) -> None:
    document = make.document()
    run = Run.create(document=document, number=1, plan={}, started_by="", started_at=NOW)
    Visa.create(run=run, document=document, step=0, place=0, name="Громов", state="given", decision=decision, comment="Срок мал")
    assert said(source(f"document:{document.id}"))[where] == ["Срок мал"]


def test_what_a_document_proves_is_found_with_it(database: str) -> None:
    edition = make.roadmap(make.item("1.1.", "Провести смотр", make.deadline(2026, 5, 1), section="1"))
    document, expected = make.document(), ExpectedDocument.get()
    (slot,) = slots_of(expected)
    link(expected.id, slot.key, document, by=SYSTEM, now=NOW)
    found = source(f"document:{document.id}")
    assert said(found)["item"] == ["Провести смотр"]
    assert {"item:1.1", f"roadmap:{edition.roadmap_id}", f"section:{expected.item.section_id}"} <= found.tags


def test_items_and_sections_of_the_current_edition_are_found_and_no_others(database: str) -> None:
    unit = make.unit()
    first = make.roadmap(make.item("1.1", "Старое"))
    edition = make.roadmap(
        make.item("1.1", "Провести смотр", make.deadline(2026, 5, 1), section="1", responsible=("УО",), planned={"2026": "12 школ"}),
        edition_of=first.roadmap,
    )
    old, new = Item.get(Item.edition == first), Item.get(Item.edition == edition)
    found = records.sources([f"item:{old.id}", f"item:{new.id}", f"section:{new.section_id}", f"section:{old.section_id}"], today=TODAY)
    assert list(found) == [f"item:{new.id}", f"section:{new.section_id}"]
    item = found[f"item:{new.id}"]
    assert said(item) == {
        "title": ["Провести смотр"],
        "number": ["пункт 1.1"],
        "responsible": ["УО", "Управление образования"],
        "term": ["до 01.05.2026"],
        "expected": ["Приказ об итогах смотра"],
        "value": ["12 школ"],
        "section": ["Раздел 1"],
        "roadmap": ["Развитие чтения"],
    }
    assert {"type:item", "kind:item", "item:1.1", "year:2026", f"unit:{unit.id}", f"section:{new.section_id}", "may:staff"} <= item.tags
    assert {"type:section", "kind:section", "item:1", "may:staff"} <= found[f"section:{new.section_id}"].tags


def test_a_batch_costs_the_same_number_of_statements_however_large(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [make.document().id for _number in range(12)]
    make.roadmap(*(make.item(f"1.{number}") for number in range(1, 9)))
    every = [f"document:{one}" for one in ids] + [f"item:{row.id}" for row in Item.select()] + ["section:1"]
    sent = make.count_queries(monkeypatch)
    records.sources([every[0], "item:1", "section:1"], today=TODAY)
    few = len(sent)
    sent.clear()
    assert len(records.sources(every, today=TODAY)) == len(every)
    assert len(sent) == few <= 20


def test_what_is_no_more_is_left_out(database: str) -> None:
    assert records.sources(["document:77", "item:77", "section:77"], today=TODAY) == {}
    assert records.sources([], today=TODAY) == {}


def test_a_long_text_is_cut_and_the_record_says_so() -> None:
    long = "ы" * (LONGEST_PASSAGE + 1)
    short = Passage("title", "О чтении")
    kept = fitted([short, Passage("file", long), Passage("file", long), Passage("file", "за пределом"), Passage("text", " ")])
    assert [passage.cut for passage in kept] == [False, True, True]
    assert sum(len(passage.text) for passage in kept) == LONGEST_RECORD
    assert [passage.as_json().get("cut") for passage in kept] == [None, True, True]


@pytest.mark.parametrize(
    ("before", "on", "after"),
    [
        ({"force_from": TODAY}, Force.IN_FORCE, Force.IN_FORCE),
        ({"force_until": TODAY}, Force.ENDED, Force.ENDED),
        ({"force_from": TODAY + dt.timedelta(1)}, Force.NOT_IN_FORCE, Force.IN_FORCE),
    ],
)
def test_the_facet_of_force_is_that_of_the_day(sqlite_database: None, before: dict[str, dt.date], on: Force, after: Force) -> None:
    document = make.document()
    Document.update(before).where(Document.id == document.id).execute()
    key = f"document:{document.id}"
    assert f"force:{on}" in source(key).tags
    assert f"force:{after}" in source(key, TODAY + dt.timedelta(1)).tags


@given(
    facts=st.builds(
        Facts,
        state=st.sampled_from(Force),
        annulled=st.booleans(),
        since=st.none() | _DAYS,
        until=st.none() | _DAYS,
        suspensions=st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=3).map(tuple),
    ),
    day=_DAYS,
)
def test_spans_of_force_say_the_same_as_the_rule_on_every_day(facts: Facts, day: dt.date) -> None:
    told = frozenset(tag for since, until in force_spans(facts) for tag in tags.span_tags(since, until))
    assert bool(told & tags.force_tags_on(day)) == legal_force(facts, day).binds


@pytest.fixture
def kinds(database: str) -> list[Kind]:
    return list(Kind.select().order_by(Kind.id).limit(3))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whoever_may_read_a_document_has_a_tag_of_it_and_nobody_else(kinds: list[Kind], data: st.DataObject) -> None:
    with db.database.atomic() as block:
        units = [make.unit().id, make.unit("Отдел чтения", "ОЧ").id]
        organisations = [make.organisation().id, make.organisation("Школа № 5").id]
        people = [make.employee(name).id for name in ("Лукина", "Дёмина", "Громов")]
        some = st.none() | st.sampled_from(people)
        for _number in range(data.draw(st.integers(1, 5))):
            row = {
                "kind": data.draw(st.sampled_from(kinds)),
                "title": "О чтении",
                "listed_on": TODAY,
                "search_key": "",
                "mark": str(data.draw(st.sampled_from(Mark))),
                "readers": mask(data.draw(st.sets(st.sampled_from([*map(str, Role), *map(str, Tie)])))),
                "drafter": data.draw(some),
                "signer_employee": data.draw(some),
                "unit": data.draw(st.none() | st.sampled_from(units)),
                "organisation": data.draw(st.none() | st.sampled_from(organisations)),
                "created_at": NOW,
                "changed_at": NOW,
            }
            number = Document.insert(row).execute()
            for one in data.draw(st.sets(st.sampled_from(people))):
                invite(number, one)
        stead = st.builds(
            Standing,
            employee_id=st.sampled_from(people[1:]),
            name=st.just("Громов"),
            kinds=st.frozensets(st.sampled_from([kind.code for kind in kinds]), max_size=2),
            acting=st.booleans(),
            basis=st.just("отпуск"),
        )
        actor = Actor(
            1,
            "Некто",
            data.draw(st.frozensets(st.sampled_from(list(Role)), max_size=2)),
            data.draw(st.none() | st.just(people[0])),
            data.draw(st.frozensets(st.sampled_from(units))),
        )
        if actor.employee_id is not None:
            actor = replace(actor, stands_for=tuple(data.draw(st.lists(stead, max_size=2))))
        actor = replace(actor, organisations=data.draw(st.frozensets(st.sampled_from(organisations))))
        asked = {f"document:{row.id}" for row in Document.select(Document.id).where(visible_to(actor))}
        keys = [f"document:{row.id}" for row in Document.select(Document.id)]
        found = records.sources(keys, today=TODAY)
        assert {key for key in keys if found[key].tags & tags.readable_by(actor)} == asked
        block.rollback()
