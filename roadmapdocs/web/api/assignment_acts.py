"""What can be done to an assignment by its name, and the operation behind each name."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.assignments import executing, extensions, judging
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import confirm_draft, correct
from roadmapdocs.assignments.people import reassign
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.act_form import ACTS
from roadmapdocs.web.context import store

#: Name of each act → what it asks; a star: it cannot go without. "give" is the author's word on a draft.
ASKS: Final[Mapping[str, tuple[str, ...]]] = {"give": (), **{name: asked for name, (_act, asked) in ACTS.items()}}
NAMES: Final[Mapping[Act, str]] = {Act.GIVEN: "give", **{act: name for name, (act, _asked) in ACTS.items()}}
Sent = Mapping[str, Any]


def carry_out(assignment: Assignment, name: str, sent: Sent, told: dict[str, Any]) -> None:
    """Do it. ``told`` are revision, by, now and today.

    :raise Refusal: ``values`` for what the act does not ask, or lacks; as the operations
    """
    asked = {one.rstrip("*"): one.endswith("*") for one in ASKS[name]}
    problems = {field: _("This act does not ask for it.") for field in sent if field not in asked}
    problems |= {field: _("Fill this in.") for field, needed in asked.items() if needed and not sent.get(field)}
    if problems:
        raise Refusal("values", _("Some values are not what this call takes."), fields=problems)
    _DOORS[name](assignment.id, sent, told)


def _report(assignment_id: int, sent: Sent, told: dict[str, Any]) -> None:
    files = [executing.ReportFile(_bytes(one["content"], place), one["name"]) for place, one in enumerate(sent.get("files", ()))]
    document_id = sent.get("document")
    executing.report(assignment_id, sent["text"], document_id=document_id, files=files, store=store(), **told)


def _bytes(content: str, place: int) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as problem:
        sentence = _("This is no file in base64.")
        raise Refusal("values", sentence, fields={f"files.{place}.content": sentence}) from problem


def _people(assignment_id: int, sent: Sent, told: dict[str, Any]) -> None:
    responsible, controller = sent.get("responsible"), sent.get("controller")
    reassign([assignment_id], responsible=responsible, controller=controller, reason=sent["reason"], **told)


Door = Callable[[int, Sent, dict[str, Any]], object]


def _with(operation: Callable[..., object], field: str) -> Door:
    """The door to an operation that takes one text."""
    return lambda id_, sent, told: operation(id_, sent[field], **told)


def _alone(operation: Callable[..., object]) -> Door:
    """The door to an operation that asks nothing."""
    return lambda id_, _sent, told: operation(id_, **told)


_DOORS: Final[Mapping[str, Door]] = {
    "give": _alone(confirm_draft),
    "take": _alone(executing.take),
    "recall": _alone(executing.recall),
    "ask": _with(executing.ask, "text"),
    "explain": _with(executing.explain, "text"),
    "report": _report,
    "accept": lambda id_, sent, told: judging.accept(
        id_, comment=sent.get("text", ""), children=sent.get("children", False), **told
    ),
    "return": _with(judging.send_back, "reason"),
    "remove": lambda id_, sent, told: judging.remove(
        id_, sent.get("reason", ""), children=sent.get("children", False), **told
    ),
    "reopen": _with(judging.reopen, "reason"),
    "cancel": _with(judging.cancel, "reason"),
    "extension": lambda id_, sent, told: extensions.ask_extension(id_, sent["due"], sent["reason"], **told),
    "grant": lambda id_, sent, told: extensions.grant(id_, due=sent["due"], answer=sent.get("reason", ""), **told),
    "refuse": _with(extensions.refuse, "reason"),
    "withdraw": _alone(extensions.withdraw),
    "due": lambda id_, sent, told: extensions.move_due(
        id_, sent["due"], sent["reason"], tree=sent.get("tree", False), **told
    ),
    "people": _people,
    "correct": lambda id_, sent, told: correct(id_, text=sent["text"], **told),
}
