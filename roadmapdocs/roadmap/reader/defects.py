"""Everything doubtful about a roadmap, with a sentence for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft import Defect

_LONGEST_QUOTE = 300


Key = tuple[str, int | None, str | None, str]


@dataclass(slots=True)
class Defects:
    """Gathers findings; the sentences are made at the end, in the language of the moment."""

    _found: dict[Key, dict[str, object]] = field(default_factory=dict)

    def add(self, code: str, line: int | None = None, item: str | None = None, **values: object) -> Key:
        """The same finding (code, line, item and values) is kept once; its key is given back."""
        short = {key: _quote(value) for key, value in values.items()}
        key = (code, line, item, repr(sorted(short.items())))
        self._found.setdefault(key, short)
        return key

    def listed(self) -> tuple[Defect, ...]:
        """By line; those of the whole file first."""
        return tuple(sorted((defect for _key, defect in self.keyed()), key=lambda defect: defect.line or 0))

    def found(self) -> list[tuple[Key, dict[str, object]]]:
        """Keys and values in the order in which they were added."""
        return list(self._found.items())

    def keyed(self) -> list[tuple[Key, Defect]]:
        """Keys and sentences in the order in which they were added."""
        sentences = _sentences()
        return [
            (key, Defect(key[2], key[1], key[0], sentences[key[0]] % values if values else sentences[key[0]]))
            for key, values in self._found.items()
        ]


def _quote(value: object) -> object:
    if isinstance(value, str) and len(value) > _LONGEST_QUOTE:
        return value[:_LONGEST_QUOTE] + "…"
    return value


def _sentences() -> dict[str, str]:
    return _about_items() | _about_cells() | _about_periods() | _about_file()


def _about_items() -> dict[str, str]:
    return {
        "missing_title": _("The row has no words that say what is to be done. Write the title."),
        "missing_number": _("The row has no printed number. Give it one, or leave it empty."),
        "missing_numbers": _("None of the items has a printed number. They are kept in the order of the file."),
        "numbering_gap": _("After %(before)s comes %(number)s: numbers are missing between them. Compare with the source."),
        "numbering_order": _("%(number)s comes after %(before)s: the numbers do not rise. Compare with the source."),
        "duplicate_number": _("The number %(number)s is printed twice in the same section. Correct one of them."),
        "duplicate_section": _("The section number %(number)s is printed a second time; here it is kept as %(kept)s."),
        "section_without_number": _("The section has no printed number; it is kept as %(kept)s."),
        "number_with_stray_dot": _("The number is printed as “%(printed)s”; it was read as %(number)s."),
        "missing_responsible": _("Nobody is named as responsible. Name a unit or a post."),
        "missing_expected_document": _("The cell of expected documents is empty. Say what will prove the item, or leave it."),
        "missing_period": _("No period is printed. Set one, or leave the item without a term."),
        "item_without_section": _("The item stands before the first section."),
        "section_outside_table": _("The heading of section %(number)s stands outside the table; it was taken as a section."),
    }


def _about_cells() -> dict[str, str]:
    return {
        "extra_cells": _("The row has more cells than the table has columns; surplus: %(text)s. Compare with the source."),
        "shifted_cells": _("The cells stand in the wrong columns; they were put where they belong by content. Check the row."),
        "shifted_header": _("The heading “%(header)s” stands over the wrong column; the column was told by its content."),
        "page_break": _("The row was cut in two by a page; the parts were joined. Check the joint."),
        "markup": _("Marks of a converter were left in the text; they were removed."),
        "unplaced_text": _("This text has no place in an item and was not taken: %(text)s"),
        "surplus_separator": _("A comma or semicolon too many among the responsible: %(text)s"),
        "missing_separator": _("Two responsible are printed without a comma; they were read as %(first)s and %(second)s."),
        "broken_word": _("A word is torn: “%(printed)s”; it was read as “%(read)s”."),
        "unknown_abbreviation": _("The abbreviation %(abbreviation)s is not explained in the file. Say what it stands for."),
    }


def _about_periods() -> dict[str, str]:
    return {
        "unreadable_period": _("The period “%(text)s” could not be read. Set the dates by hand."),
        "year_outside_plan": _("The period “%(text)s” lies outside the years of the plan, %(first)s–%(last)s."),
        "year_outside_column": _("The cell of the year %(year)s names another year: “%(text)s”."),
        "date_in_responsible_cell": _("A period is printed among the responsible: “%(text)s”; it was taken as the term."),
        "date_in_value_cell": _("A period is printed beside the planned figure: “%(text)s”; it was taken as the term."),
        "frequency_in_total_cell": _("A frequency is printed in the cell of the total: “%(text)s”; it was taken as a term."),
        "two_values_in_cell": _("Several figures are printed in one cell: “%(text)s”."),
        "total_does_not_add_up": _("The total %(total)s is not the sum of the years: %(years)s. Correct one of them."),
    }


def _about_file() -> dict[str, str]:
    return {
        "no_title": _("No title was found above the table. Write one."),
        "other_table": _("The table of %(rows)s rows was not taken as measures. It begins: %(text)s"),
        "approval_mismatch": _("The order has the number %(order)s, the stamp on the roadmap %(stamp)s."),
        "approval_date_mismatch": _("The order is dated %(order)s, the stamp on the roadmap %(stamp)s."),
        "approval_by_other_act": _("The roadmap was approved by another act than an order: %(text)s"),
    }
