"""What roadmaps expect in each period, and whether it is there, as roadmap.occurrence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from roadmapdocs.access.rules import Action
from roadmapdocs.coverage import operations
from roadmapdocs.coverage.phrases import state_word
from roadmapdocs.coverage.rules import State
from roadmapdocs.erp.odoo.commands import Command, final_ids
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Type, Write, lazy
from roadmapdocs.erp.odoo.models.slots import Occurrence, forget, link, listed, taken, unlink
from roadmapdocs.erp.odoo.registry import Method, Model, Parameter, Values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: Links of documents with occurrences beyond these in one call are no matter of one person's word.
_MOST: Final = 200


def _link(ids: Sequence[int], env: Env, document_id: int) -> bool:
    _each(ids, env, lambda one: link(one, document_id, env))
    return True


def _unlink(ids: Sequence[int], env: Env, document_id: int) -> bool:
    _each(ids, env, lambda one: unlink(one, document_id, env))
    return True


def _waive(ids: Sequence[int], env: Env, reason: str) -> bool:
    _each(ids, env, lambda one: operations.waive(*_slot(one), reason, by=env.actor, now=env.now))
    return True


def _unwaive(ids: Sequence[int], env: Env, reason: str = "") -> bool:
    _each(ids, env, lambda one: operations.unwaive(*_slot(one), reason, by=env.actor, now=env.now))
    return True


def _slot(one: Occurrence) -> tuple[int, str]:
    return one.covered.slot.expected, one.covered.slot.key


def _each(ids: Sequence[int], env: Env, act: Callable[[Occurrence], object]) -> None:
    if len(ids) > _MOST:
        raise Refusal("too_many", _("At most %(most)s periods are changed at once. Send them in parts.", most=_MOST))
    # Linking changes what is linked, not which occurrences there are.
    chosen = [taken(one, env) for one in ids]
    for one in chosen:
        act(one)
    forget(env)


def _write(occurrence_id: int, _values: Values, env: Env) -> None:
    """The one thing that is written are the documents, which are commands."""
    taken(occurrence_id, env)


def _change_documents(occurrence_id: int, commands: Sequence[Command], env: Env) -> None:
    occurrence = taken(occurrence_id, env)
    present = occurrence.documents
    wanted = final_ids(commands, present)
    for one in _without(present, wanted):
        unlink(occurrence, one, env)
    for one in _without(wanted, present):
        link(occurrence, one, env)
    forget(env)


def _without(ids: Iterable[int], others: Collection[int]) -> list[int]:
    return [one for one in ids if one not in others]


def _states() -> Pairs:
    return [(state.value, state_word(state.value)) for state in State]


_REASON: Final = Parameter("reason", Type.TEXT, required=True, help=lazy("Why; it is shown to everybody."))
_DOCUMENT: Final = Parameter("document_id", Type.MANY2ONE, required=True, relation="roadmap.document")

OCCURRENCE: Final = Model(
    name="roadmap.occurrence",
    description=lazy("What a roadmap expects in a period"),
    listed=listed,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "name": Field(Type.CHAR, lazy("Expected document")),
        "plan_id": Field(Type.MANY2ONE, lazy("Roadmap"), relation="roadmap.plan"),
        "section_id": Field(Type.MANY2ONE, lazy("Section"), relation="roadmap.plan.section"),
        "item_id": Field(Type.MANY2ONE, lazy("Item"), relation="roadmap.plan.item"),
        "kind": Field(Type.CHAR, lazy("Expected kind")),
        "period": Field(Type.CHAR, lazy("Period")),
        "period_key": Field(Type.CHAR, lazy("Key of the period")),
        "year": Field(Type.INTEGER, lazy("Year")),
        "date_start": Field(Type.DATE, lazy("First day")),
        "date_end": Field(Type.DATE, lazy("Last day")),
        "date_deadline": Field(Type.DATE, lazy("Due"), help=lazy("The last day on which it is not late.")),
        "quantity": Field(Type.INTEGER, lazy("How many are wanted")),
        "state": Field(Type.SELECTION, lazy("State"), selection=_states),
        "suggested": Field(Type.BOOLEAN, lazy("Only suggested"), help=lazy("Read out of the item's title, not confirmed yet.")),
        "waiver": Field(Type.CHAR, lazy("Why none is required")),
        "responsible": Field(Type.CHAR, lazy("Who answers")),
        "document_ids": Field(
            Type.MANY2MANY, lazy("Documents"), relation="roadmap.document", write=Write.ALWAYS, apply=_change_documents
        ),
        "document_count": Field(Type.INTEGER, lazy("How many are linked"), help=lazy("With those that are not open to you.")),
    },
    order="id",
    write=_write,
    methods={
        "action_link": Method(_link, lazy("Link a document"), (_DOCUMENT,)),
        "action_unlink": Method(_unlink, lazy("Take the link back"), (_DOCUMENT,)),
        "action_waive": Method(_waive, lazy("No document is required"), (_REASON,)),
        "action_unwaive": Method(_unwaive, lazy("A document is required again"), (Parameter("reason", Type.TEXT, default=""),)),
    },
    access={"write": Action.LINK_DOCUMENT},
)
MODELS = (OCCURRENCE,)
