"""A note as its page: to whom, why, what was found, conclusions and proposals, each with its number."""

from __future__ import annotations

from typing import Final

from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import Context, one_line, with_stop
from roadmapdocs.drafting.composing.points import Place, point_lines
from roadmapdocs.drafting.composing.tables import pieces
from roadmapdocs.drafting.composing.words import gender_of, surname_first
from roadmapdocs.drafting.values import NoteValues, Person
from roadmapdocs.drafting.vocabulary import Line, NotePage
from roadmapdocs.russian.cases import Case

#: Signs of a line of the addressee, in the right corner.
_LINE: Final = 28


def compose_note(values: NoteValues, context: Context) -> NotePage:
    return NotePage(
        **common.requisites(values, context),
        addressee=_addressee(values.addressee, context) if values.addressee else (),
        basis=with_stop(one_line(values.basis)),
        pieces=pieces(values.blocks),
        conclusions=tuple(
            Line(number=f"{number}.", text=with_stop(common.capital(one_line(text))))
            for number, text in enumerate(filter(str.strip, values.conclusions), start=1)
        ),
        proposals=point_lines(values.proposals, Place(context)),
    )


def _addressee(person: Person, context: Context) -> tuple[str, ...]:
    """«Начальнику Управления образования / Вересовой И.А.»: post and name in the dative."""
    gender = gender_of(person.name, person.gender, context.declension)
    posts = (context.declension.post(one_line(line), Case.DAT, gender) for line in person.post.splitlines() if line.strip())
    lines = [part for post in posts for part in common.broken(common.capital(post), _LINE)]
    name = surname_first(person.name, gender, Case.DAT, context.declension) if person.name.strip() else ""
    return (*lines, name) if name else tuple(lines)
