"""Roadmaps, their sections and items: those of the current editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.phrases import state_word
from roadmapdocs.coverage.rules import State
from roadmapdocs.coverage.totals import Score
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.models import slots
from roadmapdocs.erp.odoo.models.shared import address, ids_by_owner, readable, words_in
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    ItemTerm,
    Responsible,
    Roadmap,
    Section,
    current_editions,
)

#: An item stands as the worst of its periods does, in this order.
_WORST_FIRST: Final = (State.LATE, State.MISSING, State.IN_WORK, State.PROVED, State.NOT_REQUIRED)


def _editions(rows: Sequence[Row], env: Env) -> dict[int, Edition]:
    """The current edition of each roadmap, read once a call."""
    if "editions" not in env.kept:
        found = Edition.select().where(Edition.id.in_(current_editions()))
        env.kept["editions"] = {edition.roadmap_id: edition for edition in found}
    known: dict[int, Edition] = env.kept["editions"]
    return {row.id: known[row.id] for row in rows if row.id in known}


def _of_edition(take: Callable[[Edition], object]) -> Any:
    def read(rows: Sequence[Row], env: Env) -> Iterable[object]:
        known = _editions(rows, env)
        return [take(known[row.id]) if row.id in known else None for row in rows]

    return read


def _counted(take: Callable[[Score], object]) -> Any:
    """Of the whole roadmap: how many of its periods stand so."""

    def read(rows: Sequence[Row], env: Env) -> Iterable[object]:
        known = slots.coverage(env)
        return [take(known[row.id].totals.whole) if row.id in known else 0 for row in rows]

    return read


def _standing(state: State) -> Any:
    return _counted(lambda one: one.counts[state])


def _below(table: Any) -> Any:
    """Sections or items of the current edition of each roadmap."""

    def read(rows: Sequence[Row], _env: Env) -> Iterable[object]:
        ids = [row.id for row in rows]
        found = table.select(Edition.roadmap, table.id).join(Edition)
        asked = found.where(Edition.roadmap.in_(ids) & Edition.id.in_(current_editions()))
        return ids_by_owner(asked.order_by(table.position, table.id).tuples(), rows)

    return read


def _urls(rows: Sequence[Row], env: Env) -> Iterable[object]:
    return [address(env, f"roadmaps/{row.id}") for row in rows]


def _plan_occurrences(rows: Sequence[Row], env: Env) -> Iterable[object]:
    return ids_by_owner(((one.plan, one.id) for one in slots.listed(env)), rows)


PLAN: Final = Model(
    name="roadmap.plan",
    description=lazy("Roadmap"),
    table=Roadmap,
    rows=lambda _env: Roadmap.select(),
    display=Field(Type.CHAR, lazy("Name"), column=Roadmap.title),
    fields={
        "name": Field(Type.CHAR, lazy("Heading"), column=Roadmap.title, required=True),
        "first_year": Field(Type.INTEGER, lazy("First year"), column=Roadmap.first_year),
        "last_year": Field(Type.INTEGER, lazy("Last year"), column=Roadmap.last_year),
        "company_id": Field(Type.MANY2ONE, lazy("Organisation"), column=Roadmap.organisation, relation="res.company"),
        "coordinator_id": Field(Type.MANY2ONE, lazy("Coordinator"), column=Roadmap.coordinator, relation="hr.employee"),
        "edition_number": Field(Type.INTEGER, lazy("Edition"), read=_of_edition(lambda one: one.number)),
        "edition_date": Field(Type.DATETIME, lazy("Edition stored"), read=_of_edition(lambda one: one.stored_at)),
        "section_ids": Field(
            Type.ONE2MANY, lazy("Sections"), relation="roadmap.plan.section", relation_field="plan_id", read=_below(Section)
        ),
        "item_ids": Field(Type.ONE2MANY, lazy("Items"), relation="roadmap.plan.item", relation_field="plan_id", read=_below(Item)),
        "occurrence_ids": Field(
            Type.ONE2MANY, lazy("Expected documents"), relation="roadmap.occurrence", relation_field="plan_id",
            read=_plan_occurrences,
        ),
        "expected_count": Field(Type.INTEGER, lazy("Expected in all"), read=_counted(lambda one: one.all)),
        "due_count": Field(Type.INTEGER, lazy("Due by today"), read=_counted(lambda one: one.due)),
        "due_proved_count": Field(Type.INTEGER, lazy("Proved of what is due"), read=_counted(lambda one: one.proved)),
        "proved_count": Field(Type.INTEGER, lazy("Proved"), read=_standing(State.PROVED)),
        "in_work_count": Field(Type.INTEGER, lazy("In work"), read=_standing(State.IN_WORK)),
        "missing_count": Field(Type.INTEGER, lazy("Without a document"), read=_standing(State.MISSING)),
        "late_count": Field(Type.INTEGER, lazy("Late"), read=_standing(State.LATE)),
        "create_date": Field(Type.DATETIME, lazy("Made"), column=Roadmap.created_at),
        "res_url": Field(Type.CHAR, lazy("Address"), read=_urls),
    },
    order="name, id",
)

#: A section or an item joined with its edition, which knows the roadmap.
_PLAN: Final = Field(Type.MANY2ONE, lazy("Roadmap"), column=Edition.roadmap, relation="roadmap.plan")


def _numbered(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [f"{row.number} {row.title}".strip() for row in rows]


SECTION: Final = Model(
    name="roadmap.plan.section",
    description=lazy("Section of a roadmap"),
    table=Section,
    rows=lambda _env: Section.select().join(Edition).where(Edition.id.in_(current_editions())),
    display=Field(Type.CHAR, lazy("Name"), column=Section.title),
    fields={
        "name": Field(Type.CHAR, lazy("Heading"), column=Section.title, required=True),
        "number": Field(Type.CHAR, lazy("Number"), column=Section.number),
        "plan_id": _PLAN,
        "parent_id": Field(Type.MANY2ONE, lazy("Section above"), column=Section.parent, relation="roadmap.plan.section"),
        "child_ids": Field(
            Type.ONE2MANY, lazy("Sections below"), relation="roadmap.plan.section", relation_field="parent_id",
            link=Link(Section.parent, Section.id),
        ),
        "item_ids": Field(
            Type.ONE2MANY, lazy("Items"), relation="roadmap.plan.item", relation_field="section_id",
            link=Link(Item.section, Item.id),
        ),
        "sequence": Field(Type.INTEGER, lazy("Place in lists"), column=Section.position),
    },
    order="sequence, id",
    parent="parent_id",
)


def _item_documents(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """Documents that prove the item, as far as the actor may read them."""
    ids = [row.id for row in rows]
    found = Proof.select(ExpectedDocument.item, Proof.document).join(ExpectedDocument).where(ExpectedDocument.item.in_(ids))
    pairs = list(dict.fromkeys(found.order_by(Proof.document).tuples()))
    seen = readable({document for _item, document in pairs}, env)
    return ids_by_owner(((item, document) for item, document in pairs if document in seen), rows)


def _item_documents_searched(_operator: str, value: Any, env: Env) -> Any:
    proving = Proof.select(ExpectedDocument.item).join(ExpectedDocument)
    if value is None:
        seen = readable({document for (document,) in Proof.select(Proof.document).distinct().tuples()}, env)
        return Item.id.in_(proving.where(Proof.document.in_(list(seen))))
    return Item.id.in_(proving.where(Proof.document.in_(value)))


def _item_occurrences(rows: Sequence[Row], env: Env) -> Iterable[object]:
    found = slots.of_items({row.id for row in rows}, env)
    return [[one.id for one in found[row.id]] for row in rows]


def _item_states(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """As the worst of the periods that count; None where nothing is expected."""
    found = slots.of_items({row.id for row in rows}, env)
    standing = [{one.covered.state for one in found[row.id] if not one.covered.slot.suggested} for row in rows]
    return [next((state.value for state in _WORST_FIRST if state in states), None) for states in standing]


def _states() -> Pairs:
    return [(state.value, state_word(state.value)) for state in State]


def _texts(table: Any, column: Any) -> Any:
    """What a table below items says of each, joined."""

    def read(rows: Sequence[Row], _env: Env) -> Iterable[object]:
        found = table.select(table.item, column).where(table.item.in_([row.id for row in rows])).order_by(table.id)
        return ["; ".join(texts) for texts in ids_by_owner(found.tuples(), rows)]  # type: ignore[arg-type]  # texts as well as ids

    return read


ITEM: Final = Model(
    name="roadmap.plan.item",
    description=lazy("Item of a roadmap"),
    table=Item,
    rows=lambda _env: Item.select().join(Edition).where(Edition.id.in_(current_editions())),
    display=Field(Type.CHAR, lazy("Name"), needs=(Item.number, Item.title), read=_numbered, search=lambda operator, value, _env: words_in(
        operator, value, Item.number, Item.title
    ), sort=Item.position),
    fields={
        "name": Field(Type.CHAR, lazy("Work"), column=Item.title, required=True),
        "number": Field(Type.CHAR, lazy("Number"), column=Item.number),
        "plan_id": _PLAN,
        "section_id": Field(Type.MANY2ONE, lazy("Section"), column=Item.section, relation="roadmap.plan.section"),
        "sequence": Field(Type.INTEGER, lazy("Place in lists"), column=Item.position),
        "responsible": Field(Type.CHAR, lazy("Who answers, as printed"), column=Item.responsible_text),
        "term": Field(Type.CHAR, lazy("Term as printed"), read=_texts(ItemTerm, ItemTerm.text)),
        "expected": Field(Type.CHAR, lazy("Expected documents as printed"), read=_texts(ExpectedDocument, ExpectedDocument.title)),
        "department_ids": Field(
            Type.MANY2MANY, lazy("Units that answer"), relation="hr.department", link=Link(Responsible.item, Responsible.unit)
        ),
        "employee_ids": Field(
            Type.MANY2MANY, lazy("People who answer"), relation="hr.employee", link=Link(Responsible.item, Responsible.employee)
        ),
        "occurrence_ids": Field(
            Type.ONE2MANY, lazy("Expected documents"), relation="roadmap.occurrence", relation_field="item_id",
            read=_item_occurrences,
        ),
        "document_ids": Field(
            Type.MANY2MANY, lazy("Documents"), relation="roadmap.document", read=_item_documents, search=_item_documents_searched
        ),
        "state": Field(Type.SELECTION, lazy("State"), selection=_states, read=_item_states, help=lazy("Of its worst period.")),
    },
    order="plan_id, sequence, id",
)
MODELS = (PLAN, SECTION, ITEM)
