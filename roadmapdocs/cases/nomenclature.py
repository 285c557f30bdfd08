"""The nomenclature of a year as it is printed: headings by unit, then the closing record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmapdocs.cases.models import Case, CaseYear, Retention
from roadmapdocs.cases.operations import cases_of, same_organisation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation

TERMS = ("permanent", "long", "short")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in words: ``amount`` is of storage units and, in brackets, of documents; ``term`` with its article."""

    case_index: str
    title: str
    amount: str
    term: str
    note: str

    def cells(self) -> tuple[str, ...]:
        return (self.case_index, self.title, self.amount, self.term, self.note)


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """``sections`` are pairs of a unit's name, empty for the whole office, and its cases. ``closing`` are the
    lines of the closing record, the first of them the head; nothing while the year is open.
    """

    organisation: str
    title: str
    columns: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    closing_title: str
    closing: tuple[tuple[str, ...], ...]


def build(year: int, organisation_id: int | None, documents: Mapping[int, int]) -> Nomenclature:
    """The nomenclature in the language of the reader. ``documents`` maps a case's id to how many are in it."""
    organisation: Organisation | None = Organisation.get_or_none(Organisation.id == organisation_id)
    closing = closing_of(year, organisation_id)
    return Nomenclature(
        organisation=organisation.name if organisation else "",
        title=_("Nomenclature of cases for %(year)s", year=year),
        columns=(
            _("Index of the case"),
            _("Heading of the case"),
            _("Storage units (documents)"),
            _("Term of storage and article of the list"),
            _("Note"),
        ),
        sections=_sections(list(cases_of(year, organisation_id)), documents),
        closing_title=_("Closing record on the number and terms of cases of %(year)s", year=year),
        closing=closing_lines(closing) if closing else (),
    )


def closing_of(year: int, organisation_id: int | None) -> Mapping[str, object]:
    """The closing record as it was stored; empty while the year is open."""
    case_year: CaseYear | None = CaseYear.get_or_none(
        (CaseYear.year == year) & same_organisation(CaseYear, organisation_id)
    )
    return case_year.closing if case_year is not None and case_year.closed_on is not None else {}


def closing_lines(closing: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """Lines of the closing record for people: by term of storage, then altogether. ``closing`` as it was stored."""
    terms = closing["terms"]
    assert isinstance(terms, Mapping)  # written by ClosingRecord.as_json
    words = {
        "permanent": _("Permanent"),
        "long": _("Temporary, over 10 years"),
        "short": _("Temporary, up to 10 years"),
    }
    rows = [[int(figure) for figure in terms[term]] for term in TERMS]
    whole = [sum(column) for column in zip(*rows, strict=True)]
    return (
        (_("By term of storage"), _("Altogether"), _("of them transitional"), _("of them with the mark ЭПК")),
        *((words[term], *map(str, row)) for term, row in zip(TERMS, rows, strict=True)),
        (_("Altogether"), *map(str, whole)),
    )


def term_words(retention: Retention) -> str:
    """«5 лет ЭПК, ст. 200»."""
    if not retention.article:
        return str(retention.text)
    return ", ".join([retention.text, _("art. %(article)s", article=retention.article)])


def note_words(case: Case) -> str:
    """What was noted about the case, and whether it goes on from year to year."""
    return "; ".join(part for part in (_("transitional case") if case.transitional else "", case.note) if part)


def _sections(cases: Sequence[Case], documents: Mapping[int, int]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Units in the order of their first index; cases of no unit stand where theirs comes."""
    by_unit: dict[str, list[Row]] = {}
    for case in cases:
        unit = case.unit.name if case.unit_id else ""
        by_unit.setdefault(unit, []).append(_row(case, documents.get(case.id, 0)))
    return tuple((unit, tuple(rows)) for unit, rows in by_unit.items())


def _row(case: Case, documents: int) -> Row:
    # A case of the registry is one unit of storage from its first document on.
    amount = f"1 ({documents})" if documents else ""
    return Row(case.case_index, case.title, amount, term_words(case.retention), note_words(case))
