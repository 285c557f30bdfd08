"""Bringing an old journal in: what each line would come to, and then the documents, each in a transaction of its own.

A second run takes nothing twice: what the registry has is told by its number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.fields import fields_of, read_fields
from roadmapdocs.documents.journals.cards import People, card_of
from roadmapdocs.documents.journals.import_rows import ReadRow, read_rows
from roadmapdocs.documents.journals.known import Known, Place, known_numbers
from roadmapdocs.documents.journals.sheet import MOST_ROWS, Sheet
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, check_card
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.numbers import HIGHEST, NUMBER_LIMIT, normalise_number, sort_key
from roadmapdocs.registration.operations import journals_for
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rules import Reset, period_key
from roadmapdocs.registration.wishes import pattern_of


class Verdict(StrEnum):
    """What will become of a line, or has become of it."""

    READY = "ready"
    DOUBT = "doubt"
    KNOWN = "known"
    REFUSED = "refused"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file. ``card`` is there for what can be taken; ``document`` is the id of what was made or is known."""

    row: ReadRow
    verdict: Verdict
    why: str = ""
    card: Card | None = None
    document: int | None = None


def kinds_of(journal: Journal) -> list[Kind]:
    """Kinds whose documents the journal numbers."""
    rows = Kind.select().where(Kind.own_number & Kind.active & (Kind.series == journal.series)).order_by(Kind.position)
    return list(rows)


def preview(
    sheet: Sheet, mapped: dict[str, int], journal: Journal, kind: Kind, *, by: Actor, today: dt.date
) -> list[Line]:
    """What each row would come to. Nothing is written.

    :raise Forbidden: if the actor does not register
    :raise Refusal: ``columns`` if there is no column of numbers, dates or titles; ``journal_closed``
    """
    require(by, Action.REGISTER)
    _check_columns(mapped)
    if not journal.active:
        raise Refusal("journal_closed", _("The journal «%(name)s» is closed. Choose another journal.", name=journal.name))
    reader = _Reader(journal, kind, People.known(), today)
    lines = [reader.line(row) for row in read_rows(sheet, mapped, today)]
    lines = list(_without_repetitions(lines, reader))
    lines = _compared(lines, reader, known_numbers(journal, kind, _places(lines, reader)))
    return _in_doubt(lines, reader)


def take(
    lines: Sequence[Line], *, doubtful: bool, most: int = MOST_ROWS, by: Actor, now: dt.datetime, today: dt.date
) -> Iterator[Line]:
    """Make ``most`` documents, a line of the report for each row; rows beyond stay as they are in the preview.

    :param doubtful: whether doubtful rows are taken, too
    :raise Forbidden: if the actor does not register
    """
    require(by, Action.REGISTER)
    tried = 0
    for line in lines:
        wanted = line.verdict is Verdict.READY or (doubtful and line.verdict is Verdict.DOUBT)
        if wanted and tried < most:
            tried += 1
            yield _taken(line, by, now, today)
        else:
            yield line


def _taken(line: Line, by: Actor, now: dt.datetime, today: dt.date) -> Line:
    assert line.card is not None, "a line that can be taken has its card"
    try:
        document = create_document(line.card, by=by, now=now, today=today)
    except Refusal as refusal:
        return replace(line, verdict=Verdict.REFUSED, why=_sentences(refusal), card=None)
    return replace(line, verdict=Verdict.TAKEN, document=document.id)


def _check_columns(mapped: dict[str, int]) -> None:
    wanted = {
        _("number"): {"number", "number_date"},
        _("date"): {"date", "number_date", "number"},
        _("title"): {"title", "agenda"},
    }
    missing = [word for word, names in wanted.items() if names.isdisjoint(mapped)]
    if missing:
        sentence = _("No column is chosen for: %(missing)s. Choose it above the table.", missing=", ".join(missing))
        raise Refusal("columns", sentence)


@dataclass(frozen=True, slots=True)
class _Reader:
    journal: Journal
    kind: Kind
    people: People
    today: dt.date
    by_body: dict[str, list[Journal]] = field(default_factory=dict)

    def line(self, row: ReadRow) -> Line:
        if row.problem:
            return Line(row, Verdict.REFUSED, row.problem)
        card = card_of(row, self.journal, self.kind, self.people)
        try:
            check_card(card, today=self.today)
            read_fields(fields_of(self.kind.fields), card.fields, {})
            self.place(row, card.body)
        except Refusal as refusal:
            return Line(row, Verdict.REFUSED, _sentences(refusal))
        return Line(row, Verdict.DOUBT if row.doubts else Verdict.READY, " ".join(row.doubts), card)

    def place(self, row: ReadRow, body: str) -> Place:
        """Where in the journal the number stands.

        :raise Refusal: ``number_too_long``, ``number_range``, ``other_journal``, ``number_unreadable``, ``before_term``
        """
        assert row.day is not None, "a row without a problem has a day"
        if len(row.number) > NUMBER_LIMIT:
            raise Refusal("number_too_long", _("The number is longer than %(limit)s characters. Shorten it.", limit=NUMBER_LIMIT))
        context = Context(year=row.day.year, body=body or self.journal.body)
        for journal in self._journals(body):
            found = pattern_of(journal.pattern).read(row.number, context)
            if found is None:
                continue
            if not 1 <= found[0] <= HIGHEST:
                raise Refusal("number_range", _("A running number goes from 1 to %(highest)s. Correct it.", highest=HIGHEST))
            if journal.id != self.journal.id:
                sentence = _("By its number it belongs to the journal «%(name)s».", name=journal.name)
                raise Refusal("other_journal", sentence)
            return (period_key(Reset(journal.reset), row.day, journal.term_since), *found)
        example = pattern_of(self.journal.pattern).preview(45, context)
        sentence = _(
            "«%(number)s» is not a number of this journal: its numbers look like %(example)s. "
            "Correct the number, or have the administrator change the pattern.",
            number=row.number,
            example=example,
        )
        raise Refusal("number_unreadable", sentence)

    def _journals(self, body: str) -> list[Journal]:
        """Journals that would number what is brought into this one, the most fitting first."""
        if body not in self.by_body:
            ours = self.journal
            self.by_body[body] = journals_for(ours.series, ours.organisation_id, body or ours.body)
        return self.by_body[body]


def _places(lines: Sequence[Line], reader: _Reader) -> list[tuple[Place, str]]:
    return [(_place(line, reader), normalise_number(line.row.number)) for line in lines if line.card is not None]


def _place(line: Line, reader: _Reader) -> Place:
    assert line.card is not None, "asked of lines with a card only"
    return reader.place(line.row, line.card.body)


def _without_repetitions(lines: Sequence[Line], reader: _Reader) -> Iterator[Line]:
    """Of rows with one number, written this way or that, the first counts."""
    seen: dict[object, int] = {}
    for line in lines:
        if line.card is None:
            yield line
            continue
        place = _place(line, reader)
        keys = (place, (place[0], normalise_number(line.row.number)))
        earlier = next((seen[key] for key in keys if key in seen), None)
        if earlier is None:
            seen |= dict.fromkeys(keys, line.row.line)
            yield line
        else:
            sentence = _("The number stands in row %(row)s already. Leave one of the two.", row=earlier)
            yield replace(line, verdict=Verdict.REFUSED, why=sentence, card=None)


def _compared(lines: Sequence[Line], reader: _Reader, known: Known) -> list[Line]:
    found = []
    for line in lines:
        row = line.row
        same = known.find(_place(line, reader), row.number, row.day) if line.card is not None and row.day else None
        if same is None:
            found.append(line)
        elif same.is_that(line.row.day, line.card.title if line.card else ""):
            why = _("The registry has this document.")
            found.append(replace(line, verdict=Verdict.KNOWN, why=why, card=None, document=same.document))
        else:
            found.append(replace(line, verdict=Verdict.REFUSED, why=same.sentence, card=None, document=same.document))
    return found


def _in_doubt(lines: Sequence[Line], reader: _Reader) -> list[Line]:
    """A date before that of the number before is worth a look: one of the two may be mistyped."""
    places = {line.row.line: _place(line, reader) for line in lines if line.card is not None}
    order = sorted((line for line in lines if line.card is not None), key=lambda line: _order(places[line.row.line]))
    doubtful: dict[int, str] = {}
    for earlier, later in pairwise(order):
        same_period = places[earlier.row.line][0] == places[later.row.line][0]
        if same_period and earlier.row.day and later.row.day and later.row.day < earlier.row.day:
            doubtful[later.row.line] = _(
                "The date is before that of No. %(number)s (%(date)s).",
                number=earlier.row.number,
                date=f"{earlier.row.day:%d.%m.%Y}",
            )
    return [
        replace(line, verdict=Verdict.DOUBT, why=f"{line.why} {doubtful[line.row.line]}".strip())
        if line.row.line in doubtful
        else line
        for line in lines
    ]


def _order(place: Place) -> tuple[str, str]:
    period, n, suffix = place
    return period, sort_key(n, suffix, "")


def _sentences(refusal: Refusal) -> str:
    fields = refusal.details.get("fields")
    return " ".join(fields.values()) if isinstance(fields, dict) and fields else refusal.message
