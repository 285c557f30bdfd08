"""What is typed on the page «Направить на ознакомление»: nothing of it is lost, whatever is wrong with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.acquaintance.addressees import Placed
from roadmapdocs.acquaintance.operations import Outlook
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Role
from roadmapdocs.web.acquaintance.words import number_of
from roadmapdocs.web.documents.people import employee_called
from roadmapdocs.web.forms import plain_line, plain_text
from roadmapdocs.web.words import role_word

#: More than a person picks one by one; whoever wants more names a unit.
MOST_CHOSEN = 300
LONGEST_NOTE, _LONGEST_TOKEN = 2_000, 500
_KINDS = ("person", "unit", "post", "role")


@dataclass(slots=True)
class SendDraft:
    """``chosen`` are words of the form («unit:3»), ``named`` ids of those ticked of whom the text names.

    ``errors`` are sentences by field, ``trouble`` one about none of them; ``seen`` stands for the list last shown.
    """

    chosen: list[str] = field(default_factory=list)
    named: frozenset[int] = frozenset()
    everyone: bool = False
    typed: str = ""
    due: str = ""
    days: str = ""
    standing: bool = False
    substitutes: bool = True
    note: str = ""
    seen: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @classmethod
    def begun(cls, named: Iterable[Placed]) -> SendDraft:
        """All whom the text names are ticked: the person sees who they are, and unticks."""
        return cls(named=frozenset(one.employee_id for one in named))

    @classmethod
    def read(cls, form: Any, today: dt.date) -> SendDraft:
        """The form as it was sent; who was just typed or picked is chosen, and one asked to go is left out."""
        draft = cls(
            chosen=[one for one in dict.fromkeys(form.getlist("who")) if _known(one)][:MOST_CHOSEN],
            named=frozenset(number_of(one) for one in form.getlist("named")[:MOST_CHOSEN]),
            everyone="everyone" in form,
            typed=plain_line(form.get("person"))[:_LONGEST_TOKEN],
            due=plain_line(form.get("due"))[:20],
            days=plain_line(form.get("days"))[:10],
            standing="standing" in form,
            substitutes="substitutes" in form,
            note=plain_text(form.get("note"))[:LONGEST_NOTE],
            seen=plain_line(form.get("seen"))[:64],
        )
        draft._pick(form, today)
        gone = plain_line(form.get("do")).partition("without:")[2]
        draft.chosen = [one for one in draft.chosen if one != gone]
        return draft

    def _pick(self, form: Mapping[str, str], today: dt.date) -> None:
        for kind in ("unit", "post", "role"):
            value = plain_line(form.get(f"add_{kind}"))
            if value and _known(f"{kind}:{value}"):
                self._choose(f"{kind}:{value}")
        if not self.typed:
            return
        try:
            found = employee_called(self.typed) or _by_surname(self.typed, today)
        except Refusal as refusal:
            self.errors["person"] = refusal.message
            return
        if found is None:
            self.errors["person"] = _("Nobody of the office is called so. Choose a name of the list.")
            return
        self._choose(f"person:{found.id}")
        self.typed = ""

    def _choose(self, token: str) -> None:
        if token in self.chosen:
            return
        if len(self.chosen) >= MOST_CHOSEN:
            self.errors["person"] = _("More than %(most)s are chosen one by one. Choose a unit or a post instead.", most=MOST_CHOSEN)
            return
        self.chosen.append(token)

    def addressees(self, found: Iterable[Placed]) -> Addressees:
        """Whom it asks. Whom the text names stay together under that name where all of them are ticked."""
        known = {one.employee_id for one in found}
        ticked = self.named & known
        everybody = bool(known) and ticked == known
        return Addressees(
            employees=tuple(dict.fromkeys([*self._ids("person"), *(() if everybody else sorted(ticked))])),
            units=tuple(self._ids("unit")),
            posts=tuple(self._values("post")),
            roles=tuple(self._values("role")),
            everyone=self.everyone,
            named=everybody,
        )

    def term(self) -> tuple[dt.date | None, int | None]:
        """The last day and the working days, as typed; a sentence beside the field for what is neither."""
        due, days = None, None
        if self.due:
            try:
                due = _day(self.due)
            except ValueError:
                self.errors["due"] = _("Write the day as 16.03.2026.")
        if self.days:
            days = number_of(self.days)
            if not days:
                self.errors["days"] = _("Write a whole number of working days: 3.")
        return due, days

    def tokens(self) -> list[tuple[str, str]]:
        """(word of the form, what a person calls it) of all that is chosen."""
        people = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(self._ids("person") or [0]))}
        units = {row.id: row.name for row in Unit.select().where(Unit.id.in_(self._ids("unit") or [0]))}
        named = {"person": people, "unit": units}
        return [(one, _label(one, named)) for one in self.chosen]

    def take(self, refusal: Refusal) -> None:
        """Put a refusal beside the field it is about; what is about the people stands above all."""
        about = str(refusal.details.get("field") or "")
        if about in {"due", "days"}:
            self.errors[about] = refusal.message
        else:
            self.trouble = refusal.message

    def _values(self, kind: str) -> list[str]:
        return [value for one in self.chosen for found, _colon, value in [one.partition(":")] if found == kind]

    def _ids(self, kind: str) -> list[int]:
        return [number_of(value) for value in self._values(kind)]


def fingerprint(outlook: Outlook) -> str:
    """Stands for the very people that were shown: another list has another one."""
    people = sorted(one.employee_id for one in outlook.people)
    steads = sorted((one.employee_id, absent.employee_id) for one, absent in outlook.steads)
    return hashlib.sha256(repr((people, steads)).encode()).hexdigest()[:32]


def _by_surname(text: str, today: dt.date) -> Employee | None:
    """The one who bears this surname; of several those who work here today.

    :raise Refusal: ``namesakes`` if that is still several
    """
    wanted = _plain(text.strip(" .,"))
    bearers = [row for row in Employee.select() if _plain(row.surname) == wanted]
    here = works_on([row.id for row in bearers], today)
    found = [row for row in bearers if row.id in here] or bearers
    if len(found) > 1:
        names = ", ".join(sorted(" ".join(part for part in (row.surname, row.name, row.patronymic) if part) for row in found))
        raise Refusal("namesakes", _("Several employees are called so: %(names)s. Write the name in full.", names=names))
    return found[0] if found else None


def _plain(surname: str) -> str:
    return surname.casefold().replace("ё", "е")


def _known(token: str) -> bool:
    kind, _colon, value = token.partition(":")
    if kind not in _KINDS or not value or len(token) > _LONGEST_TOKEN or plain_line(token) != token:
        return False
    if kind == "role":
        return value in set(Role)
    return kind == "post" or bool(number_of(value))


def _label(token: str, named: Mapping[str, Mapping[int, str]]) -> str:
    kind, _colon, value = token.partition(":")
    if kind in named:
        return named[kind].get(number_of(value), _("one who is not there any more"))
    if kind == "role":
        return _("everybody who is: %(role)s", role=role_word(value))
    return _("everybody whose post is: %(post)s", post=value)


def _day(text: str) -> dt.date:
    """
    :raise ValueError: if it is no day
    """
    return dt.date.fromisoformat(text) if "-" in text else dt.datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=dt.UTC).date()
