"""Whom a step may ask, as forms offer and carry them, and what pages call them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from roadmapdocs.approvals.plans import Addressee, How
from roadmapdocs.approvals.routes_checking import naming_fields
from roadmapdocs.documents.fields import catalogue, fields_of
from roadmapdocs.documents.models import Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post, Unit
from roadmapdocs.people.rules import Role
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.words import role_word

#: A title of a post is text without a limit; nothing longer comes back from a form.
LONGEST_TOKEN = 700

Groups = list[tuple[str, list[tuple[str, str]]]]


def token(one: Addressee) -> str:
    """An addressee as one word of a form: «person:12», «post:3:юрист», «guest:anna@zao.example:Анна»."""
    if one.how is How.GUEST:
        return f"{one.how}:{one.email}:{one.value}"
    return f"{one.how}:{one.value}"


def read_token(text: str) -> Addressee | None:
    """The addressee back; None for what no form of ours wrote."""
    how, _colon, value = text.partition(":")
    if how not in set(How) or len(text) > LONGEST_TOKEN:
        return None
    if how == How.GUEST:
        email, _colon, name = value.partition(":")
        return Addressee(How.GUEST, plain_line(name), plain_line(email))
    return Addressee(How(how), value)


def offered(day: dt.date, kinds: Collection[str] = ()) -> Groups:
    """All but persons and guests, who are typed: groups of (token, words) for a list to choose from."""
    rows = (
        Post.held_on(day).select(Post.unit, Post.title, Unit).join(Unit).order_by(Unit.name, Post.heads.desc(), Post.title)
    )
    posts = {token(Addressee(How.POST, f"{row.unit_id}:{row.title}")): _of_post(row.title, str(row.unit)) for row in rows}
    fields = [(token(Addressee(How.FIELD, one.name)), one.label) for one in naming_fields(kinds)]
    return [
        (_("By place"), [(token(Addressee(How.HEAD)), _head())]),
        (_("By post"), list(posts.items())),
        (_("By role, all who have it"), [(token(Addressee(How.ROLE, one)), _of_role(one)) for one in Role]),
        (_("By a field of the card"), fields),
    ]


@dataclass(frozen=True, slots=True)
class Names:
    """What to call addressees, looked up for all of a page at once."""

    people: dict[int, str]
    units: dict[int, str]
    fields: dict[str, str]

    @classmethod
    def of(cls, addressees: Iterable[Addressee]) -> Names:
        named = list(addressees)
        people = {number for one in named if one.how is How.PERSON and (number := _whole(one.value)) is not None}
        units = {number for one in named if one.how is How.POST and (number := _whole(one.value.partition(":")[0])) is not None}
        fields = any(one.how is How.FIELD for one in named)
        return cls(
            {row.id: str(row) for row in Employee.select().where(Employee.id.in_(people))} if people else {},
            {row.id: str(row) for row in Unit.select().where(Unit.id.in_(units))} if units else {},
            _field_labels() if fields else {},
        )

    def label(self, one: Addressee) -> str:
        if one.how is How.PERSON:
            return self.people.get(_whole(one.value) or 0, _("somebody who is not in the list of people"))
        if one.how is How.POST:
            unit, _colon, title = one.value.partition(":")
            return _of_post(title, self.units.get(_whole(unit) or 0, ""))
        if one.how is How.ROLE:
            return _of_role(one.value)
        if one.how is How.FIELD:
            return _("whom “%(field)s” of the card names", field=self.fields.get(one.value, one.value))
        if one.how is How.GUEST:
            return _("%(name)s, guest, %(email)s", name=one.value, email=one.email)
        return _head()


def _field_labels() -> dict[str, str]:
    rows = Kind.select(Kind.fields)
    return {one.name: one.label for stored in [list(catalogue()), *(row.fields for row in rows)] for one in fields_of(stored)}


def _of_post(title: str, unit: str) -> str:
    return f"{title}, {unit}" if unit else title


def _of_role(role: str) -> str:
    return _("everybody who is: %(role)s", role=role_word(role) if role in set(Role) else role)


def _head() -> str:
    return _("head of the author's unit")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
