"""Use cases of the nomenclature: keep cases, draft the next year's, look whether a case takes documents."""

from __future__ import annotations

import dataclasses
import datetime as dt

import peewee as pw

from roadmapdocs.audit.operations import record
from roadmapdocs.cases.models import Case, CaseYear, Retention
from roadmapdocs.cases.rights import require_in
from roadmapdocs.cases.rules import CaseCard, check_case, check_year, index_key, index_sort, next_year
from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import Actor


def cases_of(year: int, organisation_id: int | None) -> pw.ModelSelect:
    """The cases of a nomenclature with retention and unit, in the order of their indexes."""
    return (
        Case.select(Case, Retention, Unit)
        .join(Retention)
        .switch(Case)
        .join(Unit, pw.JOIN.LEFT_OUTER)
        .where((Case.year == year) & same_organisation(Case, organisation_id))
        .order_by(Case.index_sort, Case.id)
    )


def same_organisation(model: type[Case] | type[CaseYear], organisation_id: int | None) -> pw.Expression:
    """Rows of this organisation, or of none where that is asked for."""
    return model.organisation.is_null() if organisation_id is None else model.organisation == organisation_id


def get_case(case_id: int) -> Case:
    """
    :raise NotFound: ``no_case``
    """
    query = Case.select(Case, CaseYear, Retention).join(CaseYear).switch(Case).join(Retention)
    case: Case | None = query.where(Case.id == case_id).first()
    if case is None:
        raise _no_case()
    return case


def find_case(case_id: int, *, by: Actor) -> Case:
    """
    :raise NotFound: ``no_case`` if there is none, or it is another organisation's
    """
    case = get_case(case_id)
    if not by.counts_in(case.organisation_id):
        raise _no_case()
    return case


def _no_case() -> NotFound:
    return NotFound("no_case", _("There is no such case. Choose one from the nomenclature."))


def open_case(case_id: int, organisation_id: int | None = None) -> Case:
    """The case, if it takes documents (of this organisation, where one is named).

    Inside a transaction the case stays open until its end: the closing of the year waits.

    :raise NotFound: ``no_case``
    :raise Refusal: ``case_closed``, or ``other_organisation``
    """
    # The update comes before the read: it is what holds the year, on both databases.
    year_of = Case.select(Case.case_year).where(Case.id == case_id)
    CaseYear.update(year=CaseYear.year).where(CaseYear.id.in_(year_of)).execute()
    case = get_case(case_id)
    why_not = why_shut(case)
    if why_not is not None:
        raise Refusal("case_closed", why_not)
    foreign = why_foreign(case, organisation_id)
    if foreign is not None:
        raise Refusal("other_organisation", foreign)
    return case


def why_foreign(case: Case, organisation_id: int | None) -> str | None:
    """Why the case takes no documents of this organisation; None when it does, and where either has none."""
    if None in (organisation_id, case.organisation_id) or organisation_id == case.organisation_id:
        return None
    return _("The case %(index)s belongs to another organisation. Choose one of your own.", index=case.case_index)


def why_shut(case: Case) -> str | None:
    """Why a case takes no documents; None when it does. ``case`` comes with its ``case_year``."""
    if case.closed_on is not None:
        return _(
            "The case %(index)s of %(year)s is closed. Choose a case of another year, or open the year again.",
            index=case.case_index,
            year=case.year,
        )
    if case.case_year.closed_on is None:
        return None
    return _(
        "The case %(index)s goes on in %(next)s, because %(year)s is closed. Choose the case of %(next)s.",
        index=case.case_index,
        year=case.year,
        next=case.year + 1,
    )


def keep_case(row: Case | None, card: CaseCard, *, by: Actor, now: dt.datetime) -> Case:
    """Add a case to the nomenclature of its year, or change ``row``.

    :raise Refusal: ``case`` with a sentence for each field, ``index_taken``, ``year_closed``, ``case_closed``
    """
    require_in(card.organisation_id, by=by)
    check_case(card)
    with transaction():
        case_year = hold_year(card.year, card.organisation_id)
        if row is None:
            check_year_is_open(case_year)
            kept = Case(case_year=case_year, organisation=card.organisation_id, year=card.year)
        else:
            kept = find_case(row.id, by=by)
            _check_change(kept, card, case_year)
        _check_row_ids(card)
        _check_index_is_free(case_year, card, but=kept.id)
        _write(kept, card)
        what = "case_changed" if row is not None else "case_added"
        record(what, subject=kept, effect=_effect(card), by=by, now=now)
    return kept


def copy_nomenclature(
    from_year: int, to_year: int, organisation_id: int | None, *, by: Actor, now: dt.datetime
) -> int:
    """Draft the nomenclature of a year from that of another; give how many cases were added.

    Cases whose index is there already stay as they are, so that it can be done again after one was added.

    :raise Refusal: ``nothing_to_copy``, ``year_closed``, ``same_year`` or ``year``
    """
    require_in(organisation_id, by=by)
    check_year(to_year)
    if from_year == to_year:
        raise Refusal("same_year", _("The nomenclature is copied into another year. Choose one."))
    with transaction():
        case_year = hold_year(to_year, organisation_id)
        check_year_is_open(case_year)
        cards = [card_of(case) for case in cases_of(from_year, organisation_id)]
        if not cards:
            raise Refusal(
                "nothing_to_copy",
                _("There are no cases of %(year)s to copy. Choose a year that has them.", year=from_year),
            )
        known = {key for (key,) in Case.select(Case.index_key).where(Case.case_year == case_year).tuples()}
        added = next_year(cards, to_year, known)
        for card in added:
            _write(Case(case_year=case_year, organisation=organisation_id, year=to_year), card)
        effect = {"from": from_year, "year": to_year, "added": len(added)}
        record("nomenclature_copied", subject=case_year, effect=effect, by=by, now=now)
    return len(added)


def hold_year(year: int, organisation_id: int | None) -> CaseYear:
    """The row of a nomenclature, made where it is missing; until the transaction ends nobody else changes its cases."""
    key = str(year) if organisation_id is None else f"{year}:{organisation_id}"
    CaseYear.insert(key=key, organisation=organisation_id, year=year).on_conflict_ignore().execute()
    CaseYear.update(year=CaseYear.year).where(CaseYear.key == key).execute()
    return CaseYear.get(CaseYear.key == key)


def check_year_is_open(case_year: CaseYear) -> None:
    """
    :raise Refusal: ``year_closed``
    """
    if case_year.closed_on is not None:
        raise Refusal(
            "year_closed",
            _(
                "The year %(year)s was closed on %(date)s by %(who)s. Open it again with a reason to change it.",
                year=case_year.year,
                date=f"{case_year.closed_on:%d.%m.%Y}",
                who=case_year.closed_by,
            ),
        )


def card_of(case: Case) -> CaseCard:
    """The case as a person would fill it in."""
    return CaseCard(
        year=case.year,
        case_index=case.case_index,
        title=case.title,
        retention_id=case.retention_id,
        organisation_id=case.organisation_id,
        unit_id=case.unit_id,
        transitional=case.transitional,
        note=case.note,
    )


def _write(case: Case, card: CaseCard) -> None:
    case.case_index = " ".join(card.case_index.split())
    case.index_key, case.index_sort = index_key(card.case_index), index_sort(card.case_index)
    case.title, case.note = card.title.strip(), card.note.strip()
    case.retention, case.unit, case.transitional = card.retention_id, card.unit_id, card.transitional
    case.save()


def _effect(card: CaseCard) -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(card).items() if value not in (None, "")}


def _check_change(case: Case, card: CaseCard, case_year: CaseYear) -> None:
    """A case stays in its year; of a closed one only the words may be corrected."""
    if case.case_year_id != case_year.id:
        sentence = _("A case stays in its year and organisation. Add a case there instead.")
        raise Refusal("case_moved", sentence, fields={"year": sentence})
    if case.closed_on is None and case_year.closed_on is None:
        return
    before = card_of(case)
    sentence = _("The case is closed: this stays as it was. Open the year again to change it.")
    fixed = ("retention_id", "transitional")
    fields = {name: sentence for name in fixed if getattr(card, name) != getattr(before, name)}
    if index_key(card.case_index) != case.index_key:
        fields["case_index"] = sentence
    if fields:
        raise Refusal("case_closed", sentence, fields=fields)


def _check_row_ids(card: CaseCard) -> None:
    """Rows that a form or a program names must be there: a foreign key says so too late and to nobody."""
    if not Retention.select().where(Retention.id == card.retention_id).exists():
        sentence = _("There is no such line in the list of terms. Choose another.")
        raise Refusal("no_retention", sentence, fields={"retention_id": sentence})
    if card.unit_id is None:
        return
    unit: Unit | None = Unit.get_or_none(Unit.id == card.unit_id)
    if unit is None or card.organisation_id not in (None, unit.organisation_id):
        sentence = _("The unit belongs to another organisation. Choose one of the same organisation.")
        raise Refusal("other_organisation", sentence, fields={"unit_id": sentence})


def _check_index_is_free(case_year: CaseYear, card: CaseCard, *, but: int | None) -> None:
    same = (Case.case_year == case_year) & (Case.index_key == index_key(card.case_index)) & (Case.id != (but or 0))
    clash = Case.select().where(same).first()
    if clash is not None:
        sentence = _(
            "The index %(index)s is taken in %(year)s by “%(title)s”. Choose another.",
            index=clash.case_index,
            year=clash.year,
            title=clash.title,
        )
        raise Refusal("index_taken", sentence, case=clash.id, fields={"case_index": sentence})
