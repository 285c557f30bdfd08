"""Routes in words: how steps ask, what flags mean, which documents a route fits, what a change of one was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.approvals.routes_checking import card_fields, in_several_steps
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.models import Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Unit
from roadmapdocs.web.approvals.addressees import Names


def mode_words() -> dict[str, str]:
    """For a list to choose from."""
    return {
        Mode.TURN: _("one after another"),
        Mode.TOGETHER: _("all at once"),
        Mode.ANY: _("any one of them"),
        Mode.QUORUM: _("so many of them"),
        Mode.COMMITTEE: _("a body by its protocol"),
        Mode.INFORMATION: _("only to inform"),
    }


def flag_words() -> dict[str, tuple[str, str]]:
    """Name and explanation of each flag of a plan."""
    return {
        "once": (
            _("Twice in a row counts once"),
            _("Whoever agreed in a step is not asked again in the very next one."),
        ),
        "own": (
            _("The drafter may give a visa"),
            _("Otherwise nobody agrees to their own text: the drafter's name is left out of the steps."),
        ),
        "four_eyes": (
            _("Four eyes"),
            _("Nobody gives two visas on one document under two names, their own and that of somebody they stand in for."),
        ),
        "to_signer": (
            _("The signer decides on disagreement"),
            _("A refusal does not return the document: it goes on to the signer with the list of what is not agreed."),
        ),
    }


def operation_words() -> dict[str, str]:
    return {
        "filled": _("is filled in"),
        "empty": _("is empty"),
        "equals": _("equals"),
        "differs": _("differs from"),
        "contains": _("contains the words"),
        "at_least": _("is a number from"),
    }


def condition_fields(kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a condition may be about: columns of every card, then fields of the kinds."""
    columns = [("title", _("Title")), ("summary", _("Summary")), ("signer", _("Signer")), ("mark", _("Access"))]
    return [*columns, *((one.name, one.label) for one in card_fields(list(kinds)))]


def step_words(step: Step, names: Names) -> dict[str, Any]:
    """A step for the picture of a route: {title, how, who (list of str), term, information}."""
    how = mode_words()[step.mode]
    if step.mode is Mode.QUORUM:
        how = _("%(needed)s of them are enough", needed=step.needed)
    if step.mode is Mode.COMMITTEE and step.body:
        how = _("by the protocol: %(body)s", body=step.body)
    alone = len(step.addressees) == 1 and step.mode in {Mode.TURN, Mode.TOGETHER, Mode.ANY}
    return {
        "title": step.title,
        "how": "" if alone else how,
        "who": [names.label(one) for one in step.addressees],
        "term": ngettext("%(num)s working day", "%(num)s working days", step.term) if step.term else _("the same day"),
        "information": step.mode is Mode.INFORMATION,
        "at_once": step.at_once,
    }


def plan_notes(plan: Plan, names: Names) -> list[str]:
    """What is allowed and worth a second look."""
    return [
        _(
            "%(who)s stands in several steps: %(steps)s. That is no mistake if it is meant.",
            who=names.label(one),
            steps=", ".join(str(place + 1) for place in places),
        )
        for one, places in in_several_steps(plan)
    ]


def set_flags(plan: Plan) -> list[str]:
    return [words for name, (words, _about) in flag_words().items() if getattr(plan, name)]


class Fits:
    """Which documents routes fit, in words; what they name is looked up once."""

    def __init__(self, routes: Iterable[Route]) -> None:
        rows = list(routes)
        cases = {one for row in rows for one in row.cases}
        self._kinds = dict(Kind.select(Kind.code, Kind.name).tuples())
        self._units = {row.id: str(row) for row in Unit.select()} if any(row.units for row in rows) else {}
        self._cases = {row.id: row.case_index for row in Case.select().where(Case.id.in_(cases))} if cases else {}
        self._fields = dict(condition_fields()) if any(row.condition for row in rows) else {}

    def words(self, route: Route) -> list[str]:
        """One sentence for each kind of condition; none for a route that fits everything."""
        found = []
        if route.kinds:
            found.append(_("kinds: %(names)s", names=", ".join(self._kinds.get(one, one) for one in route.kinds)))
        if route.units:
            found.append(_("units: %(names)s", names=", ".join(self._units.get(one, "?") for one in route.units)))
        if route.cases:
            found.append(_("cases: %(names)s", names=", ".join(self._cases.get(one, "?") for one in route.cases)))
        if route.condition:
            found.append(self._condition(route.condition))
        return found

    def _condition(self, condition: dict[str, str]) -> str:
        field = self._fields.get(condition["field"], condition["field"])
        operation = operation_words()[condition["op"]]
        return _("“%(field)s” %(operation)s %(value)s", field=field, operation=operation, value=condition.get("value", "")).rstrip()
