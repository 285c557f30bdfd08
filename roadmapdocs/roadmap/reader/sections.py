"""Headings of sections: their printed number and title, and how they nest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from roadmapdocs.roadmap.draft import DraftSection
from roadmapdocs.roadmap.reader.numbers import split_number, split_roman

_WORD = re.compile(
    r"(?P<word>(?:под)?раздел|направлени[ея]|стратегическ\w+ направлени[ея]|блок|этап|модуль|глава|часть|задача|цель)"
    r"(?P<space>\s*(?:№|N)?\s*)(?P<number>\d{1,3}(?:\.\d{1,3})*|[IVXLCІХ]{1,6})(?![\w])"
    r"\s*[.:)–—-]*\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)


# «1 направление. Кадры», «II этап – основной», «Первый этап».
_NUMBER_FIRST = re.compile(
    r"(?:(?P<number>\d{1,2}|[IVXІХ]{1,5})(?:\s?-?\s?(?:ый|ой|ий|ое|ая|й|е|я))?|(?P<ordinal>перв|втор|трет|четв[её]рт|пят|шест)(?:ый|ий|ой|ое|ье|ая|ья))"
    r"\s+(?P<word>раздел|направление|блок|этап|модуль|задача|цель)(?!\w)\s*[.:)(–—-]*\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ORDINALS = ("перв", "втор", "трет", "четверт", "пят", "шест")


@dataclass(frozen=True, slots=True)
class Heading:
    """``form`` tells headings of one level from those of another: «раздел», «roman», «arabic2», «plain»."""

    number: str
    title: str
    form: str
    line: int | None = None


def has_section_word(text: str) -> bool:
    """«Направление № 1 …», «Раздел 2. …», «Блок III»."""
    return bool(_WORD.match(text) or _NUMBER_FIRST.match(text))


def read_heading(text: str, line: int | None = None) -> Heading:
    """Any text as a heading; without a printed number its number is empty and its form «plain»."""
    found = _WORD.match(text)
    if found:
        number = found["number"].upper().replace("І", "I").replace("Х", "X")
        return Heading(number, found["title"].strip(), found["word"].lower()[:7], line)
    first = _NUMBER_FIRST.match(text)
    if first:
        return Heading(_number_first(first), first["title"].strip() or text, first["word"].lower()[:7], line)
    number_read, rest = split_number(text)
    if number_read:
        return Heading(number_read.value, rest, f"arabic{len(number_read.parts)}", line)
    roman, rest = split_roman(text)
    if roman:
        return Heading(roman, rest, "roman", line)
    return Heading("", text, "plain", line)


def _number_first(found: re.Match[str]) -> str:
    if found["number"]:
        return found["number"].upper().replace("І", "I").replace("Х", "X")
    return str(_ORDINALS.index(found["ordinal"].lower().replace("ё", "е")) + 1)


@dataclass(slots=True)
class SectionTree:
    """Grows by headings in reading order. A heading with a dotted number belongs to the section it names; one of a
    new form straight after another heading opens a level below it; one of a known form returns to its level."""

    sections: list[DraftSection] = field(default_factory=list)
    repeated: list[DraftSection] = field(default_factory=list)
    unnumbered: list[DraftSection] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)  # (form, number) from the top level down
    _items_since: bool = True

    @property
    def current(self) -> str | None:
        return self._open[-1][1] if self._open else None

    def item_seen(self) -> None:
        self._items_since = True

    def add(self, heading: Heading) -> None:
        same = next((s for s in self.sections if heading.number in ("", s.number) and s.title == heading.title), None)
        if same:  # printed again on the next page
            self._open = [*self._path(same.parent), (heading.form, same.number)]
            return
        parent = self._parent_of(heading)
        number = self._unique(heading, parent)
        section = DraftSection(number, heading.title, parent, heading.line)
        self.sections.append(section)
        if not heading.number:
            self.unnumbered.append(section)
        self._open = [*self._path(parent), (heading.form, number)]
        self._items_since = False

    def _parent_of(self, heading: Heading) -> str | None:
        prefix = heading.number
        while "." in prefix:
            prefix = prefix.rpartition(".")[0]
            if any(section.number == prefix for section in self.sections):
                return prefix
        forms = [form for form, _number in self._open]
        if heading.form in forms:
            level = forms.index(heading.form)
            return self._open[level - 1][1] if level else None
        if self._open and not self._items_since:
            return self._open[-1][1]
        return None

    def _path(self, number: str | None) -> list[tuple[str, str]]:
        known = [number_ for _form, number_ in self._open]
        if number in known:
            return self._open[: known.index(number) + 1]
        return [("", number)] if number is not None else []

    def _unique(self, heading: Heading, parent: str | None) -> str:
        taken = {section.number for section in self.sections}
        number = heading.number
        if not number:
            ordinal = 1
            while self._under(parent, str(ordinal)) in taken:
                ordinal += 1
            return self._under(parent, str(ordinal))
        if number not in taken:
            return number
        if parent is not None and self._under(parent, number) not in taken:
            return self._under(parent, number)
        copy = 2
        while f"{number}/{copy}" in taken:
            copy += 1
        self.repeated.append(DraftSection(f"{number}/{copy}", heading.title, parent, heading.line))
        return f"{number}/{copy}"

    @staticmethod
    def _under(parent: str | None, number: str) -> str:
        return f"{parent}.{number}" if parent is not None else number
