"""Stamps and marks against the document that approves: date, number, kind, author, agreement (§21, 1 and 5)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import ActFact, Facts, Part, PrintedMark, PrintedStamp
from roadmapdocs.drafting.checks.rules import Fix, Trouble
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_code, fold_word

_GENDERS = {"УТВЕРЖДЕН": "m", "УТВЕРЖДЕНА": "f", "УТВЕРЖДЕНО": "n", "УТВЕРЖДЕНЫ": "p"}
_WORDS = {"m": "УТВЕРЖДЁН", "f": "УТВЕРЖДЕНА", "n": "УТВЕРЖДЕНО", "p": "УТВЕРЖДЕНЫ"}
_TITLE_WORDS = 8
_LETTERS = re.compile(r"[^\W\d_]+")
#: Kinds that take their force from a document that approves them.
_APPROVED = frozenset({"normative", "planning", "appendix"})


def _printed(facts: Facts) -> Iterator[tuple[str, PrintedStamp | PrintedMark, ActFact]]:
    """Every stamp and mark of the file with its place and the act that it must name, where that is known."""
    text = facts.text
    if text is None:
        return
    for part in text.parts:
        own = facts.approved_by or facts.appendix_to
        act = _itself(facts) if part.appendix else own
        if act is None:
            continue
        if part.stamp is not None and part.stamp.act:
            yield places.stamp_of(text, part), part.stamp, act
        if part.mark is not None and (part.mark.date or part.mark.number):
            marked = act if part.appendix else facts.appendix_to or act
            yield places.part_of(text, part) if part.appendix else _("appendix mark"), part.mark, marked


def _itself(facts: Facts) -> ActFact | None:
    """An appendix in the file of an order names that very order."""
    if facts.kind.group in _APPROVED:
        return None
    head = facts.text.head if facts.text else None
    date = facts.card.date or (head.date if head else None)
    number = facts.card.number or (head.number if head else "")
    return ActFact(facts.kind.instrumental, "", date, number)


def stamp_date(facts: Facts) -> Iterator[Trouble]:
    for place, printed, act in _printed(facts):
        if act.date is not None and printed.date is not None and printed.date != act.date:
            told = _("The date here is %(printed)s, and the document named has %(real)s.", printed=_day(printed.date), real=_day(act.date))
            yield _refreshed(facts, place, told)


def stamp_number(facts: Facts) -> Iterator[Trouble]:
    for place, printed, act in _printed(facts):
        if act.number and printed.number and fold_code(printed.number) != fold_code(act.number):
            told = _("The number here is %(printed)s, and the document named has %(real)s.", printed=printed.number, real=act.number)
            yield _refreshed(facts, place, told)
        elif act.number and not printed.number and facts.card.registered:
            yield _refreshed(facts, place, _("The number is not filled in. It is %(real)s.", real=act.number))


def stamp_letter_case(facts: Facts) -> Iterator[Trouble]:
    for place, printed, act in _printed(facts):
        same = act.number and printed.number and fold_code(printed.number) == fold_code(act.number)
        if same and _bare(printed.number) != _bare(act.number):
            told = _("The number here is written %(printed)s, and in the journal %(real)s.", printed=printed.number, real=act.number)
            yield _refreshed(facts, place, told)


def stamp_act(facts: Facts) -> Iterator[Trouble]:
    for place, printed, act in _printed(facts):
        if isinstance(printed, PrintedStamp) and act.instrumental and printed.act != act.instrumental:
            told = _("The stamp says “%(printed)s”, and it is approved by “%(real)s”.", printed=printed.act, real=act.instrumental)
            yield _refreshed(facts, place, told)


def stamp_organisation(facts: Facts) -> Iterator[Trouble]:
    for place, printed, act in _printed(facts):
        words = [fold_word(word) for word in _LETTERS.findall(printed.text)]
        wanted = [fold_word(word) for word in _LETTERS.findall(act.organisation)]
        if isinstance(printed, PrintedStamp) and wanted and not set(wanted) <= set(words):
            told = _("The stamp does not name the author of the act as the card has it: %(name)s.", name=act.organisation)
            yield _refreshed(facts, place, told)


def stamp_missing(facts: Facts) -> Iterator[Trouble]:
    if facts.text is None or facts.approved_by is None or facts.kind.group not in _APPROVED:
        return
    if facts.text.main.stamp is None:
        words = _WORDS[facts.kind.gender]
        yield _refreshed(facts, _("stamp"), _("Another document approves this one, and the text has no stamp “%(word)s …”.", word=words))


def stamp_gender(facts: Facts) -> Iterator[Trouble]:
    text = facts.text
    for part in text.parts if text is not None else ():
        if part.stamp is None:
            continue
        gender = gender_of(facts, part)
        printed = _GENDERS.get(part.stamp.participle.replace("Ё", "Е"))
        if gender and printed and printed != gender:
            told = _("“%(printed)s” does not agree with what is approved: here it is “%(right)s”.", printed=part.stamp.participle, right=_WORDS[gender])
            assert text is not None
            yield Trouble(places.stamp_of(text, part), told)


def gender_of(facts: Facts, part: Part) -> str:
    """m, f, n or p by the kind's word that the title begins with; empty where the title names no kind we know."""
    if not part.appendix and not facts.kind.own_number:
        return facts.kind.gender
    title = " ".join(one.text for one in part.passages[:3])
    words = [fold_word(word) for word in _LETTERS.findall(title)[:_TITLE_WORDS]]
    known = {tuple(fold_word(word) for word in name.split()): gender for name, gender in facts.kind_genders.items()}
    for at in range(len(words)):
        for name in sorted(known, key=len, reverse=True):
            if name and tuple(words[at : at + len(name)]) == name:
                return known[name]
    return ""


def _refreshed(facts: Facts, place: str, told: str) -> Trouble:
    """A file made of a draft gets its stamps anew with the next one; a file written by hand is mended by hand."""
    return Trouble(place, told, fix=Fix.FILE if facts.values is not None else None)


def _bare(number: str) -> str:
    return re.sub(r"\s+", "", number)


def _day(date: dt.date) -> str:
    return date.strftime("%d.%m.%Y")

