"""The report of a roadmap as plain rows, ready to be written as a Word or Excel file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot, LinkedDocument, RoadmapCoverage, SectionRow
from roadmapdocs.coverage.phrases import day_words, look, period_words, state_word
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.rules import State
from roadmapdocs.coverage.totals import Score
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

OUTSIDE_SECTIONS = ""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One expected document in one period. ``state`` is the code, ``state_word`` what is printed."""

    number: str
    title: str
    responsible: str
    expected: str
    period: str
    due: dt.date | None
    state: str
    state_word: str
    documents: str

    def cells(self) -> tuple[str, ...]:
        due = day_words(self.due) if self.due else ""
        return (self.number, self.title, self.responsible, self.expected, self.period, due, self.state_word, self.documents)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """``score`` says how much of the section is proved, in words."""

    title: str
    score: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """As of the day ``on``; ``totals`` are pairs of words and figures for the whole roadmap."""

    title: str
    on: dt.date
    as_of: str
    totals: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    sections: tuple[ReportSection, ...]


def build(title: str, coverage: RoadmapCoverage, *, reader: Actor, today: dt.date) -> Report:
    """The report as of ``today``, in the language of the reader, sections and items in the order of the file.

    Documents that the reader may not read are counted and not named.
    """
    eyes = Reader(reader)
    by_section: dict[int | None, list[ReportRow]] = {}
    for item in coverage.items:
        by_section.setdefault(item.item.section, []).extend(_rows(item, eyes))
    headings = {row.id: section_words(row) for row in coverage.sections}
    order = [*headings, *(key for key in by_section if key not in headings)]
    return Report(
        title=title,
        on=today,
        as_of=_("As of %(date)s", date=day_words(today)),
        totals=_totals(coverage.totals.whole),
        columns=_columns(),
        sections=tuple(
            ReportSection(
                headings.get(key or 0, OUTSIDE_SECTIONS), score_words(coverage.totals.sections.get(key)), tuple(rows)
            )
            for key in order
            if (rows := by_section.get(key))
        ),
    )


def score_words(score: Score | None) -> str:
    """«Доказано 5 из 6, просрочено 1» of what is due in a section by today."""
    if score is None or not score.due:
        return _("not due yet")
    said = _("%(proved)s of %(due)s by today", proved=score.proved, due=score.due)
    return said + (", " + _("late: %(number)s", number=score.late) if score.late else "")


def printable(text: str) -> str:
    """The text without what XML refuses: control characters, lone surrogates and two that are none."""
    return _UNPRINTABLE.sub("", text)


def section_words(section: SectionRow) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


def document_name(document: LinkedDocument) -> str:
    """«Приказ № 178-П от 29.11.2021», as far as the card is filled in."""
    parts = [document.kind]
    if document.number:
        parts.append(f"№\N{NO-BREAK SPACE}{document.number}")
    if document.date:
        parts.append(_("of %(date)s", date=day_words(document.date)))
    return " ".join(parts)


def _columns() -> tuple[str, ...]:
    return (
        "№",
        _("Work"),
        _("Who answers"),
        _("Expected document"),
        _("Period"),
        _("Due"),
        _("State"),
        _("Documents"),
    )


def _totals(whole: Score) -> tuple[tuple[str, str], ...]:
    proved = _("%(proved)s of %(due)s", proved=whole.proved, due=whole.due)
    counts = [(state_word(state.value), str(whole.counts[state])) for state in State]
    return ((_("Proved of what is due by today"), proved), (_("All expected documents"), str(whole.all)), *counts)


def _rows(covered: CoveredItem, reader: Reader) -> Sequence[ReportRow]:
    item = covered.item
    answer = ", ".join(item.responsibles) or item.responsible_text
    titles = {expected.id: expected.title for expected in item.plan.expected}
    return [
        ReportRow(
            number=item.number,
            title=item.title,
            responsible=answer,
            expected=titles[one.slot.expected],
            period=period_words(one.slot),
            due=one.slot.due,
            state=(code := look(one.slot, one.state)),
            state_word=state_word(code),
            documents=_proof_words(one, reader),
        )
        for one in covered.slots
    ] or [ReportRow(item.number, item.title, answer, "", "", None, "", "", "")]


def _proof_words(covered: CoveredSlot, reader: Reader) -> str:
    if covered.waiver is not None:
        return covered.waiver
    return "; ".join(document_name(document) for document in reader.seen(covered.documents))
