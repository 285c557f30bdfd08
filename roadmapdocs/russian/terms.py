"""The grammar of deadlines: the words of a period, read by the conventions of Russian plans.

The text is cut into tokens, the tokens into pieces of meaning (months, years, «ежегодно», «по графику» …),
the pieces get their years, and what stands together becomes terms. What no rule knows is a term of the
kind «unspecified» with its words, so nothing is lost and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.russian import prose, reading
from roadmapdocs.russian.binding import Bounds
from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.scanning import scan
from roadmapdocs.russian.tokens import Token, tokenize

__all__ = ["LONGEST_CELL", "Term", "find_terms", "read_date", "read_terms", "unread_words"]

# A period cell longer than this is no period; the longest year cell of prose seen has some 2,000 characters.
LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Term:
    """One deadline or stretch of time of an item.

    ``kind`` is range, deadline, recurring, continuous, external_plan, on_demand or unspecified. ``start`` and
    ``end`` are the first and the last day, None where that side is open or not said; a deadline has only an
    end. ``recurrence`` of a recurring term is yearly, half-yearly, quarterly, monthly, weekly, daily,
    "every N years|months|weeks|days", "N per year|school year|half-year|quarter|month|week|day",
    "N per M years" or "1 per school quarter|trimester|semester"; None for the other kinds. ``text`` is the
    words as printed, ``year`` the year column they stand in.
    """

    kind: str
    start: dt.date | None
    end: dt.date | None
    recurrence: str | None
    text: str
    year: int | None = None


def read_terms(
    text: str,
    *,
    years: tuple[int, int] | None = None,
    column_year: int | None = None,
    school_years: bool = False,
) -> tuple[Term, ...]:
    """The terms of a period cell, in reading order; () for an empty cell or a dash.

    ``years`` (first, last) are the plan's: they bound what recurs or continues and say which years a month
    without a year means; with ``school_years`` the plan runs from September of the first to August of the last,
    so that each month comes once in a school year. ``column_year`` is the year column the cell stands in: it takes their place.
    Words that could not be read come as terms of the kind «unspecified» (``unread_words`` lists them); words
    that only comment («в рамках …», «(раз в год)», a label before a dash) stay in the text of their term.
    """
    bounds = _bounds(years, column_year, school_years)
    if len(text) > LONGEST_CELL:
        return (Term("unspecified", None, None, None, text.strip(), column_year),)
    tokens = tokenize(text)
    if not any(token.kind != "mark" or token.word.isalnum() for token in tokens):
        return _unspecified_marks(text, tokens, column_year)
    found = reading.read_cell(tokens, scan(tokens), bounds)
    return tuple(_term(text, tokens, one, column_year) for one in found)


def find_terms(
    text: str,
    *,
    years: tuple[int, int] | None = None,
    column_year: int | None = None,
    school_years: bool = False,
) -> tuple[Term, ...]:
    """The terms inside prose, in reading order; () if there are none.

    Takes no period from the years of a programme's title, the date of a cited document or a year that only
    tells when something was. ``Term.text`` is the words of the period alone. A cell that is nothing but a
    period is read as by ``read_terms``.
    """
    if len(text) > LONGEST_CELL:
        return ()
    bounds = _bounds(years, column_year, school_years)
    tokens = tokenize(text)
    pieces = scan(tokens)
    if prose.is_all_period(tokens, pieces):
        return tuple(
            term
            for term in read_terms(text, years=years, column_year=column_year, school_years=school_years)
            if term.kind != "unspecified"
        )
    groups = prose.periods(tokens, pieces, bounds)
    found = [one for group in groups for one in reading.read_group(group, bounds)]
    return tuple(_term(text, tokens, one, column_year) for one in found if one.kind != "unspecified")


def unread_words(terms: Sequence[Term]) -> tuple[str, ...]:
    """The words of a cell that were not understood, for a defect or a question to the clerk."""
    return tuple(term.text for term in terms if term.kind == "unspecified")


def _bounds(years: tuple[int, int] | None, column_year: int | None, school_years: bool) -> Bounds:
    """A plan with its years in the wrong order or longer than a century bounds nothing."""
    sound = years is not None and 1900 <= years[0] <= years[1] <= min(years[0] + 100, 2200)
    column = column_year if column_year is not None and 1900 <= column_year <= 2200 else None
    return Bounds(years if sound else None, column, school_years)


def _unspecified_marks(text: str, tokens: Sequence[Token], column_year: int | None) -> tuple[Term, ...]:
    """A cell of marks alone: a date that the calendar lacks is stated, dashes and dots are an empty cell."""
    if not any(any(letter.isdigit() for letter in token.word) for token in tokens):
        return ()
    return (Term("unspecified", None, None, None, text.strip(), column_year),)


def _term(text: str, tokens: Sequence[Token], one: reading.Reading, column_year: int | None) -> Term:
    words = text[tokens[one.first].start : tokens[one.after - 1].end]
    if one.first == 0 and one.after == len(tokens):
        words = text.strip()
    return Term(one.kind, one.start, one.end, one.recurrence, words, column_year)
