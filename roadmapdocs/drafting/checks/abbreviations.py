"""Abbreviations of a text: expanded somewhere, known to the registry, or everybody's (``domain.md`` §18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from roadmapdocs.drafting.checks.facts import OfficeFacts, Part, Passage, Text
from roadmapdocs.drafting.checks.known import stem
from roadmapdocs.russian.letters import fold_word

#: What needs no expansion in an office of education.
EVERYBODYS: Final = frozenset(
    "РФ РСФСР СССР США ООН ФЗ ФКЗ КЗ ОЗ ГК ТК НК КоАП ГОСТ СанПиН ФИО СМИ МВД МЧС ГИБДД МФЦ ЖКХ ИНН КПП ОГРН ЕГРЮЛ СНИЛС БИК ОКПО ПК ИТ ИКТ "
    "ФГОС ОГЭ ЕГЭ ГВЭ ГИА ВПР ОВЗ ДПО СПО ВПО ГТО ОБЖ МХК ООП ФОП ФАОП ЕСИА ФИС КПК МБОУ МКОУ МАОУ МОУ МБДОУ МКДОУ МАДОУ МДОУ ДОУ "
    "МКУ МБУ МАУ ГБУ ГКУ ГАУ ГБОУ ГКОУ ГАОУ ГБПОУ ФГБОУ ФГБУ ДО ДОД ДЮСШ СОШ ООШ НОШ СШ ОШ НКО АНО ООО ОАО ПАО АО ЗАО ИП УЗ БУ КУ".split()
)
_SHORT = re.compile(r"(?<![\w/-])[А-ЯЁ]{2,10}(?![\w/-])|(?<![\w/-])[А-ЯЁ]{2,6}[а-яё][А-ЯЁ]{1,6}(?![\w-])")
_EXPANDED = re.compile(r"\(\s*далее\s*(?:по тексту\s*)?[-–—:]?\s*«?(?P<later>[\w -]{2,40})»?|(?P<before>[\w-]{2,14})\s*[-–—]\s*(?P<words>[А-ЯЁа-яё«][^.;\n]{5,300})")
_IN_BRACKETS = re.compile(r"\((?P<short>[А-ЯЁ]{2,10})\)")
_LEGAL_FORMS = ("казен", "бюдже", "автон")
_QUOTED = re.compile(r"«([^«»]{3,200})»")
_WORDS = re.compile(r"[^\W\d_]+")
#: Roman numerals are written with Latin letters, and with Cyrillic ones by the hurried.
_ROMAN = re.compile(r"[ХІVIХMМС]+")
_LINE_IN_CAPITALS = 0.6


def unexpanded(text: Text, office: OfficeFacts) -> list[str]:
    """Those that the text uses and nobody expands, in the order of the text."""
    known = {*EVERYBODYS, *office.abbreviations, *_expanded(text)}
    named = " ".join((*office.units, *office.organisations))
    found: dict[str, None] = {}
    for one in (one for part in text.parts for one in part.passages):
        if not _in_capitals(one.text):
            found |= dict.fromkeys(short for short in _SHORT.findall(one.text) if not _ROMAN.fullmatch(short))
    return [short for short in found if short not in known and short not in named]


def _expanded(text: Text) -> set[str]:
    found: set[str] = set()
    for one in (one for part in text.parts for one in part.passages):
        found |= {short["short"] for short in _IN_BRACKETS.finditer(one.text)}
        for expansion in _EXPANDED.finditer(one.text):
            short = expansion["later"] or expansion["before"]
            found |= {short.strip(), *short.split()}
    return found


def _in_capitals(text: str) -> bool:
    return sum(map(str.isupper, text)) > _LINE_IN_CAPITALS * sum(map(str.isalpha, text))


def contradicting(text: Text, office: OfficeFacts) -> Iterator[tuple[Part, Passage, str, str]]:
    """(part, passage, abbreviation, what the registry says) of expansions that say something else."""
    for part in text.parts:
        for one in part.passages:
            found = _EXPANDED.match(one.text) if not one.table else None
            if found is None or found["before"] is None:
                continue
            known = office.abbreviations.get(found["before"])
            if known is None:
                continue
            organisation = next((name for name in office.organisations if _quoted(name) and _quoted(name) == _quoted(found["words"])), None)
            if organisation is not None and _forms(organisation) != _forms(found["words"]):
                yield part, one, found["before"], organisation
            elif organisation is None and not _stems(known) & _stems(found["words"]):
                yield part, one, found["before"], known


def _quoted(name: str) -> frozenset[str]:
    found = _QUOTED.search(name)
    return _stems(found[1]) if found else frozenset()


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORDS.findall(words) if len(word) > 3)


def _forms(name: str) -> frozenset[str]:
    """Legal forms that a name says: казённое, бюджетное, автономное."""
    folded = [fold_word(word) for word in _WORDS.findall(name)]
    return frozenset(form for form in _LEGAL_FORMS if any(word.startswith(form) for word in folded))
