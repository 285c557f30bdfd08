"""The draft of a document that an item of a roadmap expects: cards, heading, preamble, points, appendix, link."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.db import transaction
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.drafting.citing import small
from roadmapdocs.drafting.filling import values_shape
from roadmapdocs.drafting.sources.item_words import (
    ItemFacts,
    basis,
    executors,
    heading,
    meeting,
    period_end,
    preamble,
    term,
    title_of,
)
from roadmapdocs.drafting.sources.kinds import APPROVED, chosen_kind, named_in, own_words
from roadmapdocs.drafting.sources.making import (
    Act,
    Drafted,
    LookAt,
    Office,
    begin,
    new_card,
    office_of,
    refuse_second,
)
from roadmapdocs.drafting.sources.skeletons import blocks_for
from roadmapdocs.drafting.values import (
    Appendix,
    BlockKind,
    NoteValues,
    OrderValues,
    PlanValues,
    Point,
    PointKind,
    ProtocolValues,
    Question,
    RegulationValues,
    Values,
)
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Responsible, Roadmap
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.phrases import decline_phrase


def draft_from_item(
    expected_document_id: int,
    *,
    period: str = "",
    kind: str = "",
    order_kind: str = "order_main",
    again: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Drafted:
    """Make what an item expects: a card of that kind and its draft. What an order puts into force gets that order as
    well, and is linked to it as an appendix that it approves.

    ``period`` is the key of the period for which it is made; ``kind`` the code of a kind where the words leave it
    open; ``again``: although there is one.

    :raise NotFound: if the item expects no such document any more, or ``period`` is no period of it
    :raise Forbidden: if the person keeps no cards
    :raise Refusal: ``drafted_already`` with the document, ``kind_choice`` with the codes, ``unknown_kind``, ``no_template``
    """
    act = Act(by, now, today)
    with transaction():
        facts = _facts(expected_document_id, period, act)
        origin = f"expected:{expected_document_id}:{period}".rstrip(":")
        refuse_second(origin, again, act)
        wanted = chosen_kind(facts.expected, kind)
        values_shape(wanted.template)
        office = office_of(facts.roadmap.organisation, act)
        made_from = {"expected": expected_document_id, **({"period": period} if period else {})}
        if wanted.group in APPROVED and not wanted.own_number:
            approved = new_card(wanted, title_of(facts, wanted), office, act)
            begin(approved, _text(wanted), made_from, act, origin=origin, period=period)
            ordering, look_at = _order_for(approved, wanted, facts, _kind(order_kind), office)
            return Drafted(approved, (ordering,), look_at)
        document = new_card(wanted, heading(facts, wanted), office, act)
        values, look_at = _values(facts, wanted)
        begin(document, values, made_from, act, origin=origin, period=period, look_at=look_at)
    return Drafted(document, (), look_at)


def _facts(expected_id: int, period: str, act: Act) -> ItemFacts:
    rows = ExpectedDocument.select(ExpectedDocument, Item, Edition, Roadmap).join(Item).join(Edition).join(Roadmap)
    expected: ExpectedDocument | None = rows.where(ExpectedDocument.id == expected_id).first()
    if expected is None:
        raise NotFound(
            "no_expected", _("The item expects no such document any more. Reload the page: it may have changed.")
        )
    if period:
        period_end(period)
    item = expected.item
    answering = list(Responsible.select().where(Responsible.item == item).order_by(Responsible.id))
    return ItemFacts(expected, item, item.edition, item.edition.roadmap, answering, list(item.terms), period, act)


def _kind(code: str) -> Kind:
    found: Kind | None = Kind.get_or_none((Kind.code == code) & Kind.active)
    if found is None or found.group != "order":
        raise Refusal("unknown_kind", _("There is no kind of orders %(code)s. Choose another.", code=code))
    return found


def _order_for(
    approved: Document, wanted: Kind, facts: ItemFacts, order: Kind, office: Office
) -> tuple[Document, tuple[LookAt, ...]]:
    """The order that puts it into force: one package, signed together (``domain.md`` §9)."""
    act, title = facts.act, _named(wanted, str(approved.title))
    ordering = new_card(order, f"Об утверждении {decline_phrase(title, Case.GEN)}", office, act)
    tasks, look_at = _tasks(facts, title, is_text=wanted.group != "appendix")
    appendix = Appendix(kind=wanted.code, title=approved.title, separate=True, landscape=wanted.template == "plan.docx")
    points = (Point(kind=PointKind.APPROVE, approves=title, appendix=1), *tasks, Point(kind=PointKind.CONTROL))
    values = OrderValues(preamble=preamble(facts), points=points, appendices=(appendix,))
    begin(ordering, values, {"expected": facts.expected.id, "approves": approved.id}, act, look_at=look_at)
    _link(approved, LinkKind.APPENDIX_TO, ordering, act)
    _link(ordering, LinkKind.APPROVES, approved, act)
    return ordering, look_at


def _named(kind: Kind, title: str) -> str:
    """What is approved as a sentence names it: a Положение has a capital letter, a plan or a list has not."""
    return title if kind.group == "normative" else small(title)


def _link(source: Document, kind: LinkKind, target: Document, act: Act) -> None:
    link_documents(source.id, target.id, kind, by=act.by, now=act.now, today=act.today)


def _text(kind: Kind) -> RegulationValues:
    shape = values_shape(kind.template)
    return shape(blocks=blocks_for(kind)) if issubclass(shape, RegulationValues) else RegulationValues()


def _values(facts: ItemFacts, kind: Kind) -> tuple[Values, tuple[LookAt, ...]]:
    shape = values_shape(kind.template)
    if issubclass(shape, OrderValues):
        return _order(facts, kind)
    if issubclass(shape, ProtocolValues):
        question = Question(title=heading(facts, None), decided=_tasks(facts)[0])
        return shape(meeting=meeting(facts), agenda=(question,)), ()
    if issubclass(shape, NoteValues):
        return NoteValues(basis=basis(facts), blocks=blocks_for(kind)), ()
    # An office may have its own kinds, which no order approves, in the shape of a regulation or a plan.
    return (shape(blocks=blocks_for(kind)) if issubclass(shape, RegulationValues | PlanValues) else shape()), ()


def _order(facts: ItemFacts, kind: Kind) -> tuple[OrderValues, tuple[LookAt, ...]]:
    appendix = _approved_inside(facts, kind)
    approves: tuple[Point, ...] = ()
    if appendix is not None:
        appendix_kind = Kind.get(Kind.code == appendix.kind)
        approves = (Point(kind=PointKind.APPROVE, approves=_named(appendix_kind, appendix.title), appendix=1),)
    is_text = appendix is None or appendix.blocks[0].kind is not BlockKind.TABLE
    tasks, look_at = _tasks(facts, appendix.title if appendix else "", is_text=is_text)
    points = (*approves, *tasks, Point(kind=PointKind.CONTROL))
    appendices = (appendix,) if appendix is not None else ()
    return OrderValues(preamble=preamble(facts), points=points, appendices=appendices), look_at


def _approved_inside(facts: ItemFacts, order: Kind) -> Appendix | None:
    """What the words say the order approves, «Приказ об утверждении состава …»: an appendix in its own file."""
    kinds = list(Kind.select().where(Kind.active & Kind.group.in_(sorted(APPROVED))).order_by(Kind.position))
    for words in (own_words(facts.expected, order), facts.title):
        start = words.casefold().find("утвержд")
        found = named_in(words[start:], kinds) if start >= 0 else None
        if found is not None:
            kind, rest = found
            title, across = f"{kind.short} {rest}".strip(), kind.template == "plan.docx"
            return Appendix(kind=kind.code, title=title, blocks=blocks_for(kind), landscape=across)
    return None


def _tasks(
    facts: ItemFacts, approved: str = "", *, is_text: bool = True
) -> tuple[tuple[Point, ...], tuple[LookAt, ...]]:
    """The item as a task of those who answer for it, with its term. ``approved`` is what the order approves."""
    due, words, over = term(facts)
    text = facts.task(decline_phrase(approved, Case.GEN) if approved else "", is_text=is_text)
    point = Point(kind=PointKind.TASK, text=text, executors=executors(facts), due=due, term=words)
    look_at = [LookAt("past", "points", over)] if over else []
    look_at += [LookAt("words", "points", one.text) for one in point.executors if one.text]
    return (point,), tuple(look_at)
