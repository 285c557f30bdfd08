"""The office's list of retention terms: ours to begin with, then kept by the administrator."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from importlib.resources import files

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.rules import LONGEST_TERM
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def load_retention() -> int:
    """Add the lines that we ship and the table lacks; give how many were added. Lines of the office stay as they are."""
    shipped = tomllib.loads((files("roadmapdocs.cases") / "retention.toml").read_text(encoding="utf-8"))
    with transaction():
        known = {row.code for row in Retention.select(Retention.code)}
        missing = [(place, code) for place, code in enumerate(shipped, start=1) if code not in known]
        for place, code in missing:
            Retention.create(code=code, position=place, **shipped[code])
    return len(missing)


def keep_retention(row: Retention | None, values: Mapping[str, object], *, by: Actor, now: dt.datetime) -> Retention:
    """Add a line to the list, or change ``row``. ``values``: documents, article, years, text, epk.

    :raise Refusal: ``field`` names what is not right: ``no_documents``, ``no_text``, ``years``, or ``in_use`` for a
        term by which closed cases are kept
    """
    require(by, Action.MANAGE_REGISTRY)
    _check(values)
    with transaction():
        # Whoever changes the list queues here, so that two new lines get two places.
        Retention.update(position=Retention.position).where(Retention.id == _first()).execute()
        kept = Retention.get_by_id(row.id) if row is not None else _new()
        if row is not None and kept.years != values["years"]:
            _check_no_closed_case(kept)
        for name in ("documents", "article", "years", "text", "epk"):
            setattr(kept, name, values[name])
        kept.save()
        what = "retention_changed" if row is not None else "retention_added"
        record(what, subject=kept, effect=dict(values), by=by, now=now)
    return kept


def _check(values: Mapping[str, object]) -> None:
    if not str(values["documents"]).strip():
        raise Refusal("no_documents", _("Write which documents the term is for."), field="documents")
    if not str(values["text"]).strip():
        raise Refusal("no_text", _("Write the term as it is printed: 5 years, permanent."), field="text")
    years = values["years"]
    if years is not None and not (isinstance(years, int) and 0 <= years <= LONGEST_TERM):
        sentence = _("A term is of 0 to %(longest)s years, or empty for good. Correct it.", longest=LONGEST_TERM)
        raise Refusal("years", sentence, field="years")


def _check_no_closed_case(row: Retention) -> None:
    """A term once begun does not change under the cases that are kept by it."""
    number = Case.select().where((Case.retention == row) & Case.closed_on.is_null(False)).count()
    if number:
        sentence = _(
            "Closed cases are kept by this term (%(number)s): it stays. Add a line with the new term instead.",
            number=number,
        )
        raise Refusal("in_use", sentence, field="years")


def _first() -> pw.ModelSelect:
    return Retention.select(pw.fn.MIN(Retention.id))


def _new() -> Retention:
    place = (Retention.select(pw.fn.MAX(Retention.position)).scalar() or 0) + 1
    return Retention(code=f"own_{place}", position=place)
