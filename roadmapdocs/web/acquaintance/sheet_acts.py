"""What was sent from the page of a sheet: read, and done by the operations that bind, for all ticked or for none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import request

from roadmapdocs.acquaintance import operations, paper
from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.words import ReadingWay
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.sheet_page import Typed
from roadmapdocs.web.acquaintance.words import number_of
from roadmapdocs.web.context import store
from roadmapdocs.web.forms import plain_line, plain_text

#: As many as a page shows, and some: nothing longer comes from a form of ours.
MOST_LINES = 200
_LONGEST = 2_000
_KEPT = ("paper_day", "paper_way", "refuse_reason", "witness_1", "witness_2", "drop_reason", "back_reason")
#: Refusals of operations name their own fields; on the page each stands in the form of its act.
_FIELDS = {
    "paper": {"day": "paper_day", "way": "paper_way", "scan": "paper_scan"},
    "refuse": {"reason": "refuse_reason", "witnesses": "witness_1"},
    "drop": {"reason": "drop_reason"},
    "back": {"reason": "back_reason"},
}


def carry_out(act: str, document: Document, by: Actor, now: dt.datetime, today: dt.date) -> str:
    """Do what the form says to those who are ticked; give the sentence of what was done.

    :raise Refusal: as the operations of acquaintance, ``nobody_ticked``, or ``day``
    """
    acts: dict[str, Callable[[list[int]], str]] = {
        "paper": lambda ids: _paper(ids, by, now, today),
        "refuse": lambda ids: _refuse(ids, by, now, today),
        "drop": lambda ids: _drop(ids, by, now, today),
        "back": lambda ids: _back(ids, by, now, today),
    }
    with transaction():
        return acts[act](_ticked(document))


def _ticked(document: Document) -> list[int]:
    """Ids of the lines that are ticked, of this very document and no other."""
    sent = {number_of(one) for one in request.form.getlist("line")[:MOST_LINES]}
    rows = Acquaintance.select(Acquaintance.id).where(Acquaintance.id.in_(sorted(sent)) & (Acquaintance.document == document))
    found = [line for (line,) in rows.order_by(Acquaintance.place, Acquaintance.id).tuples()]
    if not found:
        raise Refusal("nobody_ticked", _("Nobody is ticked yet. Tick those in the list whom it is about."))
    return found


def _paper(ids: list[int], by: Actor, now: dt.datetime, today: dt.date) -> str:
    way = request.form.get("paper_way", "")
    chosen = ReadingWay.ALOUD if way == ReadingWay.ALOUD else ReadingWay.PAPER
    paper.confirm_on_paper(ids, day=_day(), way=chosen, scan=_scan("paper_scan"), by=by, now=now, today=today)
    return ngettext("Entered: %(num)s person has signed on paper.", "Entered: %(num)s people have signed on paper.", len(ids))


def _refuse(ids: list[int], by: Actor, now: dt.datetime, today: dt.date) -> str:
    witnesses = tuple(name for one in ("witness_1", "witness_2") if (name := plain_line(request.form.get(one))[:_LONGEST]))
    act = paper.RefusalAct(witnesses, _scan("refuse_scan"))
    for line in ids:
        paper.refuse(line, reason=_reason("refuse_reason"), act=act, by=by, now=now, today=today)
    return ngettext("Entered: %(num)s person refused to sign.", "Entered: %(num)s people refused to sign.", len(ids))


def _drop(ids: list[int], by: Actor, now: dt.datetime, today: dt.date) -> str:
    for line in ids:
        operations.drop(line, reason=_reason("drop_reason"), by=by, now=now, today=today)
    return ngettext("%(num)s person is taken off the list.", "%(num)s people are taken off the list.", len(ids))


def _back(ids: list[int], by: Actor, now: dt.datetime, today: dt.date) -> str:
    for line in ids:
        paper.take_back(line, reason=_reason("back_reason"), by=by, now=now, today=today)
    return ngettext("The mark of %(num)s person is taken back.", "The marks of %(num)s people are taken back.", len(ids))


def _reason(name: str) -> str:
    return plain_text(request.form.get(name))[:_LONGEST]


def _day() -> dt.date:
    sent = plain_line(request.form.get("paper_day"))
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(sent, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    sentence = _("Name the day of the signature: 16.03.2026.")
    raise Refusal("day", sentence, field="day")


def _scan(name: str) -> paper.Scan | None:
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        return None
    return paper.Scan(sent.read(), sent.filename, store())


def typed(act: str, refusal: Refusal) -> Typed:
    """What stays on the page after a refusal: all but files."""
    names = _FIELDS.get(act, {})
    about = str(refusal.details.get("field") or refusal.code)
    fields = {names[about]: refusal.message} if about in names else {}
    return Typed(
        act=act,
        values={name: request.form.get(name, "")[:_LONGEST] for name in _KEPT},
        lines=frozenset(number_of(one) for one in request.form.getlist("line")[:MOST_LINES]),
        trouble=None if fields else refusal.message,
        fields=fields,
    )
