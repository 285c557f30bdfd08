"""What texts cite, against the registry."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.citations import (
    KEPT,
    Finding,
    Verdict,
    findings,
    note_citations,
    resolve_open,
)
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Citation, Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import SYSTEM, Actor
from tests.conftest import NOW, TODAY
from tests.documents.linked import annul, draft, link, order

CITING = "Внести изменения в приказ от 02.03.2026 № 41 –п «О чтении»."


@pytest.fixture
def known(database: str) -> Document:
    return order("41-П", "2026-03-02")


def judged(document: Document, *, by: Actor = SYSTEM) -> list[Finding]:
    return findings(get_document(document.id), by=by, today=TODAY)


def verdicts(document: Document) -> list[Verdict]:
    return [one.verdict for one in judged(document)]


def test_a_citation_of_a_known_document_is_linked_however_its_number_is_written(known: Document) -> None:
    citing = draft()
    note_citations(citing, [CITING])
    (one,) = judged(citing)
    assert (one.verdict, one.target, one.citation.kind_word, one.citation.number) == (
        Verdict.LINKED, known, "приказ", "41 –п",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "приказ от 03.03.2026 № 41-П",
        "приказ от 02.03.2026 № 42-П",
        "распоряжение от 02.03.2026 № 41-П",
        "приказ № 41-П",
    ],
)
def test_another_day_number_or_kind_is_not_the_document(known: Document, text: str) -> None:
    citing = draft()
    note_citations(citing, [text])
    assert verdicts(citing) == [Verdict.OPEN]


def test_a_new_text_replaces_what_the_former_cited(known: Document) -> None:
    citing = draft()
    note_citations(citing, [CITING, "и приказ от 01.01.2020 № 1"])
    note_citations(citing, ["и приказ от 01.01.2020 № 1", "приказ от 01.01.2020 № 1"])
    assert [one.number for one in Citation.select()] == ["1"]
    note_citations(citing, [])
    assert Citation.select().count() == 0


def test_a_document_does_not_cite_itself(known: Document) -> None:
    assert note_citations(known, ["утверждён приказом от 02.03.2026 № 41-П"]) == []


def test_an_open_citation_is_linked_when_the_document_gets_its_number(database: str) -> None:
    citing = draft()
    note_citations(citing, [CITING])
    assert verdicts(citing) == [Verdict.OPEN]
    assert resolve_open(order("40-П", "2026-03-02")) == 0
    assert resolve_open(draft()) == 0
    meant = order("41-П", "2026-03-02")
    Citation.update(target=None).execute()
    assert resolve_open(meant) == 1
    assert verdicts(citing) == [Verdict.LINKED]


def test_acts_of_the_state_are_outside_even_when_a_number_fits(known: Document) -> None:
    citing = draft()
    note_citations(
        citing,
        ["Федеральный закон от 29.12.2012 г N 273-ФЗ", "приказ Минобрнауки России от 02.03.2026 № 41-П"],
    )
    assert verdicts(citing) == [Verdict.OUTSIDE, Verdict.OUTSIDE]


def test_a_citation_without_a_number_names_what_it_may_mean(known: Document) -> None:
    citing = create_document(Card("order_main", "О чтении", date=dt.date(2026, 3, 2)), by=SYSTEM, now=NOW, today=TODAY)
    note_citations(citing, ["утверждённым приказом от 02.03.2026 № «О письме»", "приказом от 01.01.2020 № ___"])
    same_day, other = judged(citing)
    assert (same_day.verdict, same_day.candidates) == (Verdict.UNNUMBERED, [known])
    assert (other.verdict, other.candidates) == (Verdict.UNNUMBERED, [])
    assert same_day.sentence != other.sentence


def test_a_citation_of_what_has_lost_force_warns(known: Document) -> None:
    before, after = order("45-П", "2026-03-03"), order("46-П", "2026-03-12")
    for citing in (before, after):
        note_citations(citing, [CITING])
    link(order("44-П", "2026-03-10"), LinkKind.REPEALS, known)
    (later,), (earlier,) = judged(before), judged(after)
    assert (later.verdict, earlier.verdict) == (Verdict.WARNING, Verdict.WARNING)
    assert all("10.03.2026" in one.sentence and "44-П" in one.sentence for one in (later, earlier))
    assert later.sentence != earlier.sentence


def test_a_citation_of_an_annulled_document_warns(known: Document) -> None:
    citing = draft()
    note_citations(citing, [CITING])
    annul(known)
    assert verdicts(citing) == [Verdict.WARNING]


def test_a_document_that_is_not_open_to_the_reader_is_to_them_as_if_unknown(known: Document, staff: Actor) -> None:
    citing = order("47-П", "2026-03-12")
    note_citations(citing, [CITING])
    assert [one.verdict for one in judged(citing, by=staff)] == [Verdict.LINKED]
    Document.update(readers=0).where(Document.id == known.id).execute()
    (one,) = judged(citing, by=staff)
    assert (one.verdict, one.target) == (Verdict.OPEN, None)


def test_of_two_documents_of_a_number_and_day_the_one_of_the_same_organisation_is_meant(database: str) -> None:
    schools = [Organisation.create(name=name, short_name=name, genitive=name) for name in ("Школа № 1", "Школа № 2")]
    orders = [order("41-П", "2026-03-02"), order("42-П", "2026-03-02")]
    Document.update(number="41-П", number_key="41-П").where(Document.id == orders[1].id).execute()
    for school, act in zip(schools, orders, strict=True):
        Document.update(organisation=school).where(Document.id == act.id).execute()
    citing = draft()
    note_citations(citing, [CITING])
    assert verdicts(citing) == [Verdict.OPEN]
    Document.update(organisation=schools[1]).where(Document.id == citing.id).execute()
    note_citations(get_document(citing.id), [CITING])
    assert [one.target for one in judged(citing)] == [orders[1]]


def test_a_text_with_a_sign_that_no_database_keeps_is_read(known: Document) -> None:
    citing = draft()
    note_citations(citing, ["приказ\x00отдела от 02.03.2026\x00№ 41-П"])
    assert verdicts(citing) == [Verdict.LINKED]


def test_a_new_version_is_read_and_an_unreadable_one_cites_nothing(known: Document) -> None:
    citing, store = draft(), MemoryStore()
    add_version(citing, CITING.encode(), "проект.txt", store=store, by=SYSTEM, now=NOW)
    assert verdicts(citing) == [Verdict.LINKED]
    scan = io.BytesIO()
    sheet = Canvas(scan)
    sheet.rect(50, 50, 100, 100)
    sheet.save()
    add_version(citing, scan.getvalue(), "скан.pdf", store=store, by=SYSTEM, now=NOW)
    assert verdicts(citing) == []


def test_registration_links_what_waited_for_it(database: str) -> None:
    citing = draft()
    note_citations(citing, [CITING])
    order("41-П", "2026-03-02")
    assert verdicts(citing) == [Verdict.LINKED]
    waiting = draft("О чтении")
    Document.update(preparation="signed", date=dt.date(2026, 3, 16)).where(Document.id == waiting.id).execute()
    note_citations(citing, ["приказ от 16.03.2026 № 1"])
    assert verdicts(citing) == [Verdict.OPEN]
    perform(waiting.id, "register", answers=Answers(number="1"), by=SYSTEM, now=NOW, today=TODAY)
    assert verdicts(citing) == [Verdict.LINKED]


def test_a_text_of_nothing_but_citations_is_kept_in_part(sqlite_database: None) -> None:
    citing = draft()
    kept = note_citations(citing, [f"приказ от 01.01.2020 № {number}" for number in range(KEPT + 50)])
    assert len(kept) == KEPT == Citation.select().count()
