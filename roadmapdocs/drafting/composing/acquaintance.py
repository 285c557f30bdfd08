"""A sheet of acquaintance as its page: with what, and a row for everybody."""

from __future__ import annotations

from typing import Final

from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import Context, digits, one_line
from roadmapdocs.drafting.values import AcquaintanceValues, Person
from roadmapdocs.drafting.values import Acquainted as Known
from roadmapdocs.drafting.vocabulary import AcquaintancePage, Acquainted
from roadmapdocs.russian.cases import Case

#: Rows to fill in by hand where nobody is named.
_EMPTY_ROWS: Final = 15


def compose_acquaintance(values: AcquaintanceValues, context: Context) -> AcquaintancePage:
    people = (*values.acquainted, *values.people) or (Person(),) * _EMPTY_ROWS
    return AcquaintancePage(
        **(common.requisites(values, context) | {"kind": "ЛИСТ ОЗНАКОМЛЕНИЯ"}),
        document=f"с {common.cited_words(values.document, Case.INS, context)}" if values.document else "",
        people=tuple(_row(number, one) for number, one in enumerate(people, start=1)),
        notes=tuple(one_line(note) for note in values.notes),
    )


def _row(number: int, person: Person) -> Acquainted:
    known = person if isinstance(person, Known) else None
    return Acquainted(
        number=str(number),
        post=(one_line(person.post),) if person.post.strip() else (),
        name=one_line(person.name),
        date=digits(known.day) if known else "",
        mark=one_line(known.mark) if known else "",
    )
