"""Appendices: announced in the text and attached, the reverse, and their numbers (§21, 9)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks.facts import Facts, Part
from roadmapdocs.drafting.checks.rules import Trouble
from roadmapdocs.i18n import gettext as _

# «к приказу …» behind it: an appendix of another document. In quotes behind it: a program of a telephone.
_FOREIGN = r"(?!\s+к\s)(?!\s+«)"
_NUMBERED = re.compile(
    r"приложени\w{1,3}\s*(?:№+\s*)?(?P<numbers>\d{1,2}(?!\d)(?:\s*(?:,|и|[-–—])\s*(?:№\s*)?\d{1,2}(?!\d)){0,30})" + _FOREIGN,
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"(?:\(\s*|(?:согласно|соответствии с|по|указан\w{{2,4}} в)\s+)приложени\w{{1,3}}(?!\s*№)(?!\s*\d){_FOREIGN}", re.IGNORECASE)
_ENCLOSED = re.compile(r"\bприлага(?:е|ю)тся", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s*[-–—]\s*(?:№\s*)?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Announced:
    """Numbers that the text names, and whether it speaks of an appendix without a number; ``enclosed``: of something
    that «прилагается», which may be another paper.
    """

    numbers: frozenset[int]
    plain: bool
    enclosed: bool = False


def announced(texts: list[str]) -> Announced:
    numbers: set[int] = set()
    for text in texts:
        for found in _NUMBERED.finditer(text):
            numbers |= {int(one) for one in re.findall(r"\d{1,2}", found["numbers"])}
            for first, last in _RANGE.findall(found["numbers"]):
                numbers |= set(range(int(first), int(last) + 1))
    plain, enclosed = (any(pattern.search(text) for text in texts) for pattern in (_PLAIN, _ENCLOSED))
    return Announced(frozenset(numbers), plain, enclosed)


def appendix_not_attached(facts: Facts) -> Iterator[Trouble]:
    told = _told(facts)
    marked = {part.mark.place for part in _parts(facts) if part.mark is not None and part.mark.place}
    others = _carriers(facts)
    # Appendices without a number on them stand for the lowest numbers that nothing else has.
    unmarked = itertools.islice((one for one in itertools.count(1) if one not in marked), others)
    for number in sorted(told.numbers - marked - set(unmarked)):
        yield Trouble(_appendix(number), _("The text speaks of appendix No. %(number)s, and there is none: neither in the file nor beside it.", number=number))
    if told.plain and not told.numbers and not marked and not others:
        yield Trouble(_("appendix"), _("The text speaks of an appendix, and there is none: neither in the file nor beside it."))


def appendix_not_announced(facts: Facts) -> Iterator[Trouble]:
    told = _told(facts)
    marked = [part.mark.place for part in _parts(facts) if part.mark is not None]
    for number in marked:
        if number and number not in told.numbers and not (told.plain and len(marked) == 1):
            yield Trouble(_appendix(number), _("Appendix No. %(number)s is there, and the text does not speak of it.", number=number))
        elif not number and not (told.plain or told.enclosed or told.numbers):
            yield Trouble(_("appendix"), _("There is an appendix, and the text does not speak of it."))


def appendix_numbers(facts: Facts) -> Iterator[Trouble]:
    marked = [part.mark.place for part in _parts(facts) if part.mark is not None]
    numbers = [one for one in marked if one]
    if len(marked) > 1 and len(numbers) < len(marked):
        yield Trouble(_("appendices"), _("There are %(count)s appendices, and not every one has a number.", count=len(marked)))
    elif numbers != list(range(1, len(numbers) + 1)) and len(marked) > 0 and numbers:
        shown = ", ".join(map(str, numbers))
        yield Trouble(_("appendices"), _("Numbers of appendices do not run 1, 2, 3 …: in the file they are %(numbers)s.", numbers=shown))


def appendix_unmarked(facts: Facts) -> Iterator[Trouble]:
    """Something goes on behind the signature, and neither mark nor stamp says what it is."""
    for part in _parts(facts):
        if part.mark is None and part.stamp is None:
            yield Trouble(_("appendix"), _("Behind the signature goes on a text without the mark «Приложение …» and without a stamp."))


def _told(facts: Facts) -> Announced:
    """What preamble and points say; of a draft without a file, its points."""
    if facts.text is not None:
        return announced([one.text for one in facts.text.main.passages if not one.table])
    if isinstance(facts.values, v.OrderValues):
        points = facts.values.points
        numbers = {point.appendix for point in points if point.appendix}
        said = announced([point.text for point in points])
        return Announced(said.numbers | numbers, said.plain)
    return Announced(frozenset(), plain=False)


def _parts(facts: Facts) -> tuple[Part, ...]:
    return facts.text.appendices if facts.text is not None else ()


def _carriers(facts: Facts) -> int:
    """Appendices without a number on them: stamped parts of the file, files beside it, linked documents."""
    stamped = sum(part.mark is None or not part.mark.place for part in _parts(facts))
    drafted = getattr(facts.values, "appendices", ())
    separate = sum(one.separate or facts.text is None for one in drafted)
    return stamped + max(len(facts.attached), separate)


def _appendix(number: int) -> str:
    return _("appendix No. %(number)s", number=number)

