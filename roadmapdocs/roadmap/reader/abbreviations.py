"""Abbreviations that the file itself explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from roadmapdocs.files.reading.blocks import Paragraph
from roadmapdocs.roadmap.reader.clean import fold, one_line, strip_markup

_LIST_HEAD = re.compile(r"(?:\w+\s+){0,3}(?:сокращени|аббревиатур|условные обозначения)\w*(?:[^:]{0,60}):?$")
_ENTRY = re.compile(r"(?P<short>[^:]{1,60}?)\s*(?:[-–—]\s|\s[-–—]|[-–—](?=[А-ЯЁа-яё]{3,}\s))\s*(?P<long>\S.{2,})")
# Inside a list also «ОО: организации» and «ОО = организации».
_LISTED = re.compile(r"(?P<short>[^:=]{1,30}?)\s*[:=]\s*(?P<long>\S.{2,})")
_HEREAFTER = re.compile(r"\(\s*далее(?:\s+по\s+тексту)?\s*[-–—:]?\s*(?P<short>[^()]{1,60}?)\s*\)")
_TOKEN = re.compile(r"\b[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?\b")
# The words that an abbreviation stands for are looked for among so many characters before it.
_LONGEST_WORDS = 500
# Legal forms that need no explanation.
COMMON = frozenset(
    "МБОУ МКОУ МАОУ МОУ МБДОУ МКДОУ МАДОУ МДОУ МБУ МКУ МАУ МУ МУП ГБУ ГАУ ГКУ ГБОУ ГАОУ ФГБОУ ФГАОУ ГБПОУ ГАПОУ СПО ВО "
    "ДПО ДО ДОД УДО РФ СМИ МБУДО МБОУДО МАУДО ФИО".split()
)


def find_abbreviations(paragraphs: Sequence[Paragraph], cells: Iterable[str]) -> dict[str, str]:
    """Short form to its words, in reading order: from lists of abbreviations and from «(далее – …)»."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        found.update(_hereafter(one_line(strip_markup(paragraph.text)[0])))
    for cell in cells:
        if "алее" in cell:
            for short, words in _hereafter(cell).items():
                found.setdefault(short, words)
    return _listed(paragraphs) | found


def tokens(text: str) -> list[str]:
    """Words in capitals: «Специалисты УО, МБОУ ДО «МЦДОД»» has УО, МБОУ, ДО, МЦДОД."""
    return _TOKEN.findall(text)


def _listed(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    found: dict[str, str] = {}
    inside = False
    for paragraph in paragraphs:
        text = one_line(strip_markup(paragraph.text)[0])
        if _LIST_HEAD.match(fold(text)):
            inside = True
            continue
        bare = text.strip(" ;")
        entry = (_ENTRY.fullmatch(bare) or _LISTED.fullmatch(bare)) if inside else None
        if entry and _TOKEN.search(entry["short"]):
            found[entry["short"].strip()] = entry["long"].strip(" .;")
        elif text:
            inside = False
    return found


def _hereafter(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _HEREAFTER.finditer(text):
        before = re.sub(r"\s*\([^()]*\)", "", text[max(0, match.start() - _LONGEST_WORDS) : match.start()])
        words = _meant(before.strip(), match["short"])
        if words:
            found[match["short"].strip("«»\" ")] = words
    return found


def _meant(before: str, short: str) -> str:
    """The words in front that the short form stands for: back to the word with its first letter, if the others'
    letters follow in order; else the words since the last comma."""
    words = before.split()
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if re.fullmatch(r"[А-ЯЁ]{2,}", short.strip()):
        for start in range(len(words) - 1, -1, -1):
            initials = [word.strip("«»\"(,-").lower()[:1] for word in words[start:]]
            if initials[:1] == letters[:1] and _in_order(letters, initials):
                return " ".join(words[start:]).strip(" ,;")
    clause = re.split(r"[,;:]\s", before)[-1].strip()
    return re.sub(r"^(?:[а-яё]+\s+)+(?=[А-ЯЁ]{2,}\b)", "", clause) if len(clause) <= 200 else ""


def _in_order(letters: list[str], initials: list[str]) -> bool:
    """Most of the letters stand in the initials in the same order."""
    at = 0
    for initial in initials:
        if at < len(letters) and initial == letters[at]:
            at += 1
    return at == len(letters) or (len(letters) > 3 and at >= len(letters) - 1)
