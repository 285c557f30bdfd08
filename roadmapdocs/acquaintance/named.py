"""Whom the text of an order names: by a name in any case, with initials or in full, or by a post that one person holds."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from roadmapdocs.acquaintance.staff import Placed, Staff
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.declension import forms_of_employee, forms_of_post
from roadmapdocs.people.models import Employee
from roadmapdocs.russian.names import FullName
from roadmapdocs.texts.operations import marks_of, text_of
from roadmapdocs.texts.rules import State

_GAP = r"[ \u00a0\u202f]{0,2}"
_WORD = "[А-ЯЁ][а-яё]{1,40}"
_SURNAME = f"{_WORD}(?:-{_WORD})?"
_INITIALS = rf"(?P<name>[А-ЯЁ])\.{_GAP}(?:(?P<patronymic>[А-ЯЁ])\.)?"
_BEHIND = re.compile(rf"\b(?P<surname>{_SURNAME})[ \u00a0\n]{{1,2}}{_INITIALS}")
_BEFORE = re.compile(rf"\b{_INITIALS}{_GAP}(?P<surname>{_SURNAME})\b")
_PATRONYMIC = "[А-ЯЁ][а-яё]{1,40}(?:ич(?:а|у|ем|е)?|(?:вн|ичн)(?:а|ы|е|у|ой|ою))"
_FULL = re.compile(rf"\b(?P<surname>{_SURNAME})\s{{1,2}}(?P<name>{_WORD})\s{{1,2}}(?P<patronymic>{_PATRONYMIC})\b")
_FULL_BEFORE = re.compile(rf"\b(?P<name>{_WORD})\s{{1,2}}(?P<patronymic>{_PATRONYMIC})\s{{1,2}}(?P<surname>{_SURNAME})\b")
#: Letters in which all forms of a surname agree: «Лев», «Льва» share one.
_STEM = 1
#: Letters on either side of a name in which the person's post may stand.
_AROUND = 150


@dataclass(frozen=True, slots=True)
class Named:
    """``people`` are those named; ``doubtful`` the names that fit several, as the text has them: nobody is taken for them."""

    people: tuple[Placed, ...]
    doubtful: tuple[str, ...] = ()


def named_among(document_id: int, staff: Staff) -> Named:
    """Those of the staff whom the current text names, but for who signs it.

    Of people with one name the post beside the name tells who is meant. A post tells who is meant where one person holds it.

    :raise Refusal: ``text_unread`` while the text has not been read
    """
    document = get_document(document_id)
    text = f"{_text(document_id)}\n{document.body}"
    found, doubtful = _by_names(text, staff)
    found |= _by_posts(text, staff)
    found.discard(document.signer_employee_id)
    people = (person for employee_id, person in staff.people.items() if employee_id in found)
    return Named(tuple(people), tuple(sorted(doubtful)))


def _text(document_id: int) -> str:
    rows = DocumentVersion.select(DocumentVersion.file).where(DocumentVersion.document == document_id)
    found = rows.order_by(DocumentVersion.number.desc()).tuples().first()
    if found is None:
        return ""
    mark = marks_of([found[0]]).get(found[0])
    if mark is not None and mark.state in (State.WAITING, State.WORKING):
        raise Refusal(
            "text_unread",
            _("The file with the text is being read at the moment. Choose “all who are named” in a minute, or choose people by hand."),
            field="addressees",
        )
    return text_of(found[0])


def _by_names(text: str, staff: Staff) -> tuple[set[int], set[str]]:
    names = [(match, FullName(match["surname"], match["name"], match["patronymic"] or "")) for match in _names_in(text)]
    called = _called({named for _match, named in names}, staff)
    found: set[int] = set()
    doubtful: set[str] = set()
    for match, named in names:
        meant = called[named]
        if len(meant) > 1:
            meant = _beside(match, text, meant, staff)
        if len(meant) == 1:
            found.add(meant[0].id)
        elif meant:
            doubtful.add(" ".join(match.group().split()))
    return found, doubtful


def _called(names: Collection[FullName], staff: Staff) -> dict[FullName, list[Employee]]:
    """By name as the text has it, who is called so. However often the text names somebody, people are read once."""
    known = _initials(staff)
    alike = {named: known.get((named.surname[:_STEM], named.name[:1]), []) for named in names}
    ids = {one for found in alike.values() for one in found}
    people = {row.id: row for row in Employee.select().where(Employee.id.in_(list(ids)))} if ids else {}
    forms = functools.cache(lambda employee_id: list(forms_of_employee(people[employee_id]).values()))
    return {
        named: [people[one] for one in found if _may_be(people[one], named) and any(_fits(form, named) for form in forms(one))]
        for named, found in alike.items()
    }


def _names_in(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_BEHIND, _BEFORE, _FULL, _FULL_BEFORE):
        yield from pattern.finditer(text)


def _initials(staff: Staff) -> dict[tuple[str, str], list[int]]:
    """Ids by the first letters of surname and name: «Лукина О. С.» is under «Л», «О»."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person in staff.people.values():
        surname, *initials = person.name.split("\N{NO-BREAK SPACE}")
        found[surname[:_STEM], initials[0][:1] if initials else ""].append(person.employee_id)
    return found


def _may_be(employee: Employee, named: FullName) -> bool:
    """The cheap look before all cases of the name are: few of those with these initials begin alike."""
    if named.patronymic and employee.patronymic[:1] != named.patronymic[:1]:
        return False
    return len(employee.surname) <= 4 or _plain(employee.surname)[:3] == _plain(named.surname)[:3]


def _fits(form: FullName, named: FullName) -> bool:
    full = len(named.name) > 1
    same = _plain(form.surname) == _plain(named.surname)
    return same and (not full or (_plain(form.name), _plain(form.patronymic)) == (_plain(named.name), _plain(named.patronymic)))


def _beside(match: re.Match[str], text: str, people: list[Employee], staff: Staff) -> list[Employee]:
    """Those of the people whose post stands beside the name; all of them, where none does."""
    around = _plain(text[max(0, match.start() - _AROUND) : match.end() + _AROUND])
    told = [one for one in people if _has_post(around, staff.people[one.id].post)]
    return told or people


def _has_post(text: str, title: str) -> bool:
    return bool(title) and any(_plain(form) in text for form in forms_of_post(title).values())


def _by_posts(text: str, staff: Staff) -> set[int]:
    """Holders of posts that the text names and one person holds; a longer title hides a shorter one within it."""
    plain = _plain(text)
    found: set[int] = set()
    for title in sorted(staff.posts, key=len, reverse=True):
        if _plain(title)[:4] not in plain:
            continue
        forms = sorted({_plain(form) for form in forms_of_post(title).values()}, key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])")
        if pattern.search(plain) is None:
            continue
        plain = pattern.sub("\n", plain)
        if len(staff.posts[title]) == 1:
            found |= staff.posts[title]
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("ё", "е"))
