"""Stamps of stored documents: always made from what is stored now."""

from __future__ import annotations

import pytest

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.stamps import appendix_mark_of, approval_stamp_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.people.models import Organisation
from tests.documents.linked import annul, draft, link, order, take_off


@pytest.fixture
def office(database: str) -> Organisation:
    return Organisation.create(name="Управление образования", short_name="УО", genitive="Управления образования")


def approval(document: Document) -> tuple[str, ...] | None:
    stamp = approval_stamp_of(get_document(document.id))
    return stamp.lines if stamp else None


@pytest.mark.parametrize(
    ("kind", "word"), [("plan", "УТВЕРЖДЁН"), ("regulation", "УТВЕРЖДЕНО"), ("programme", "УТВЕРЖДЕНА"), ("code_of_rules", "УТВЕРЖДЕНЫ")]
)
def test_what_is_approved_says_by_what(office: Organisation, kind: str, word: str) -> None:
    document = draft("О чтении", kind=kind)
    assert approval(document) is None
    link(order("41-П", "2026-03-02"), LinkKind.APPROVES, document)
    assert approval(document) == (word, "приказом Управления образования", "от 02.03.2026 №\u00a041-П")


def test_the_stamp_of_a_package_in_work_has_places_to_fill_in(office: Organisation) -> None:
    act, plan = draft("Об утверждении плана"), draft("План", kind="plan")
    link(act, LinkKind.APPROVES, plan)
    stamp = approval_stamp_of(get_document(plan.id))
    assert stamp is not None
    assert (stamp.final, stamp.lines[2]) == (False, "от ____________ №\u00a0______")


def test_a_corrected_number_is_right_in_the_stamp_at_once(office: Organisation) -> None:
    act, plan = order("41-П", "2026-03-02"), draft("План", kind="plan")
    link(act, LinkKind.APPROVES, plan)
    Document.update(number="41-ПР").where(Document.id == act.id).execute()
    assert approval(plan) == ("УТВЕРЖДЁН", "приказом Управления образования", "от 02.03.2026 №\u00a041-ПР")


def test_an_effective_order_is_named_before_one_in_work(office: Organisation) -> None:
    plan, act = draft("План", kind="plan"), order("41-П", "2026-03-02")
    link(draft("Об утверждении плана"), LinkKind.APPROVES, plan)
    made = link(act, LinkKind.APPROVES, plan)
    stamp = approval_stamp_of(get_document(plan.id))
    assert stamp is not None
    assert (stamp.act, stamp.final) == (act, True)
    take_off(made)
    assert (stamp := approval_stamp_of(get_document(plan.id))) is not None
    assert not stamp.final


def test_appendices_are_numbered_when_there_are_several(office: Organisation) -> None:
    act, first, second = order("41-П", "2026-03-02"), draft("План", kind="plan"), draft("Состав", kind="list")
    assert appendix_mark_of(first) is None
    link(first, LinkKind.APPENDIX_TO, act)
    one = appendix_mark_of(first)
    assert one is not None
    assert one.lines == ("Приложение", "к приказу Управления образования", "от 02.03.2026 №\u00a041-П")
    link(second, LinkKind.APPENDIX_TO, act)
    heads = [mark.lines[0] for document in (first, second) if (mark := appendix_mark_of(document))]
    assert heads == ["Приложение №\u00a01", "Приложение №\u00a02"]


def test_of_several_organisations_the_documents_own_is_named(office: Organisation) -> None:
    school = Organisation.create(name="Школа № 1", short_name="МБОУ СОШ № 1", genitive="")
    act, plan = order("41-П", "2026-03-02"), draft("План", kind="plan")
    link(act, LinkKind.APPROVES, plan)
    assert approval(plan) == ("УТВЕРЖДЁН", "приказом", "от 02.03.2026 №\u00a041-П")
    Document.update(organisation=school).where(Document.id == act.id).execute()
    assert approval(plan) == ("УТВЕРЖДЁН", "приказом МБОУ СОШ № 1", "от 02.03.2026 №\u00a041-П")


def test_an_annulled_order_approves_nothing_any_more(office: Organisation) -> None:
    act, plan = order("41-П", "2026-03-02"), draft("План", kind="plan")
    link(act, LinkKind.APPROVES, plan)
    annul(act)
    assert approval(plan) is None
