"""The orders that stand inside two of the real roadmaps, registered as packages; skips where the folder is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.citations import Verdict, findings
from roadmapdocs.documents.links.force import in_force_on
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.links.stamps import appendix_mark_of, approval_stamp_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.registration.journals import JournalCard, keep_journal
from roadmapdocs.russian.document_heads import read_head
from roadmapdocs.russian.references import find_references
from tests.conftest import SEEDS

MKU = "МКУ «Управление образования Мотыгинского района»"
DEPARTMENT = "отдела образования"
SIGNED = dt.date(2021, 11, 29)


def seed_bytes(number: str) -> bytes:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real roadmap {number} is not beside this checkout ({SEEDS})")
    return found[0].read_bytes()


def parts(number: str, appendix: str) -> tuple[bytes, bytes]:
    """The order and its appendix: the latter begins where a line begins with these words."""
    lines = seed_bytes(number).decode("utf-8").split("\n")
    at = next(place for place, line in enumerate(lines) if line.startswith(appendix))
    return "\n".join(lines[:at]).encode(), "\n".join(lines[at:]).encode()


@dataclass
class Office:
    """An organisation with a journal of its own, on the day of one of its orders."""

    organisation: Organisation
    day: dt.date

    @property
    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(9), dt.UTC)

    def draft(self, kind: str, title: str, data: bytes | None = None) -> Document:
        card = Card(kind, title, organisation_id=self.organisation.id, signer="Начальник")
        made = create_document(card, by=SYSTEM, now=self.now, today=self.day)
        if data is not None:
            add_version(made, data, "текст.txt", store=MemoryStore(), by=SYSTEM, now=self.now)
        return made

    def link(self, source: Document, kind: LinkKind, target: Document) -> None:
        link_documents(source.id, target.id, kind, by=SYSTEM, now=self.now, today=self.day)

    def perform(self, document: Document, *steps: str, **said: str) -> Document:
        for step in steps:
            answers = Answers(**said) if step == steps[-1] else Answers()  # type: ignore[arg-type]  # words only
            perform(document.id, step, answers=answers, by=SYSTEM, now=self.now, today=self.day)
        return get_document(document.id)


def office(genitive: str, pattern: str, day: dt.date) -> Office:
    organisation = Organisation.create(name=genitive, short_name=genitive, genitive=genitive)
    card = JournalCard("own", "Приказы", "order_main", pattern, organisation_id=organisation.id)
    made = Office(organisation, day)
    keep_journal(None, card, by=SYSTEM, now=made.now)
    return made


def lines_of(document: Document) -> tuple[str, ...]:
    stamp = approval_stamp_of(get_document(document.id))
    assert stamp is not None
    assert stamp.final
    return tuple(line.replace("\u00a0", " ") for line in stamp.lines)


def test_both_orders_say_their_number_and_date_themselves() -> None:
    heads = [read_head(seed_bytes(number).decode("utf-8")) for number in ("002", "004")]
    assert [(head.kind_word, head.date, head.number) for head in heads if head] == [
        ("приказ", dt.date(2019, 9, 26), "241"),
        ("приказ", SIGNED, "178-П"),
    ]
    assert [head.issuer.endswith(("ОБЛАСТИ", "РАЙОНА»")) for head in heads if head] == [True, True]


def test_every_citation_of_the_fifth_roadmap_is_found_in_the_order_of_its_text() -> None:
    found = find_references("\n".join(paragraphs_of(seed_bytes("004"), "seed.txt")))
    assert [(one.kind_word, one.date, one.number, one.outside) for one in found] == [
        ("федеральный закон", dt.date(2012, 12, 29), "273-ФЗ", True),
        ("приказ", SIGNED, "", False),
        ("приказ", SIGNED, "178-п", False),
        ("приказ", dt.date(2021, 3, 5), "41-П", False),
    ]
    assert {one.issuer for one in found[1:]} == {MKU}


def test_orders_of_the_ministry_cited_by_the_fourth_roadmap_are_found() -> None:
    found = find_references("\n".join(paragraphs_of(seed_bytes("003"), "seed.txt")))
    assert [(one.kind_word, one.date, one.number, one.outside) for one in found] == [
        ("приказ", dt.date(2018, 12, 29), "1056", True),
        ("приказ", dt.date(2020, 7, 30), "603", True),
    ]


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_roadmaps_without_citations_have_none(number: str) -> None:
    assert find_references("\n".join(paragraphs_of(seed_bytes(number), "seed.txt"))) == []


def test_the_package_of_the_fifth_roadmap_is_registered_with_its_stamps(database: str) -> None:
    made = office(MKU, "{n}-П", SIGNED)
    order_text, plan_text = parts("004", "УТВЕРЖДЕНА")
    order = made.draft("order_main", "Об утверждении дорожной карты", order_text)
    plan = made.draft("roadmap", "Дорожная карта", plan_text)
    regulation = made.draft("regulation", "Положение об оценке качества")
    for appendix in (plan, regulation):
        made.link(order, LinkKind.APPROVES, appendix)
        made.link(appendix, LinkKind.APPENDIX_TO, order)
    registered = made.perform(
        order, "send_for_signing", "sign", "register", number="178-п", reason="номера до этого даны на бумаге"
    )
    assert (registered.number, registered.date, registered.registered_on) == ("178-П", SIGNED, SIGNED)
    assert lines_of(plan) == ("УТВЕРЖДЕНА", f"приказом {MKU}", "от 29.11.2021 № 178-П")
    assert lines_of(regulation) == ("УТВЕРЖДЕНО", f"приказом {MKU}", "от 29.11.2021 № 178-П")
    mark = appendix_mark_of(get_document(regulation.id))
    assert mark is not None
    assert [line.replace("\u00a0", " ") for line in mark.lines] == [
        "Приложение № 2", f"к приказу {MKU}", "от 29.11.2021 № 178-П",
    ]  # fmt: skip
    for document in (order, plan, regulation):
        stored = get_document(document.id)
        assert (stored.force, stored.force_from, stored.registered_on) == ("in_force", SIGNED, SIGNED)
    assert Document.select().where(in_force_on(SIGNED)).count() == 3
    assert Document.select().where(in_force_on(dt.date(2021, 11, 28))).count() == 0

    law, without_number = findings(registered, by=SYSTEM, today=SIGNED)
    assert (law.verdict, law.citation.number) == (Verdict.OUTSIDE, "273-ФЗ")
    assert (without_number.verdict, without_number.citation.date) == (Verdict.UNNUMBERED, SIGNED)
    own, former = findings(get_document(plan.id), by=SYSTEM, today=SIGNED)
    assert (own.verdict, own.target) == (Verdict.LINKED, order)
    assert (former.verdict, former.citation.number, former.citation.date) == (
        Verdict.OPEN, "41-П", dt.date(2021, 3, 5),
    )  # fmt: skip


def test_the_package_of_the_third_roadmap_is_registered_with_its_stamp(database: str) -> None:
    day = dt.date(2019, 9, 26)
    made = office(DEPARTMENT, "{n}", day)
    order_text, plan_text = parts("002", "**Муниципальный план")
    order, plan = made.draft("order_main", "Об утверждении плана", order_text), made.draft("plan", "План", plan_text)
    made.link(order, LinkKind.APPROVES, plan)
    made.link(plan, LinkKind.APPENDIX_TO, order)
    registered = made.perform(
        order, "send_for_signing", "sign", "register", number="241", reason="номера до этого даны на бумаге"
    )
    assert (registered.number, registered.registered_on) == ("241", day)
    assert lines_of(plan) == ("УТВЕРЖДЁН", f"приказом {DEPARTMENT}", "от 26.09.2019 № 241")
    assert get_document(plan.id).force_from == day
    assert findings(registered, by=SYSTEM, today=day) == []
