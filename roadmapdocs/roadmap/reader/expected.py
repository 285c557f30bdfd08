"""Splitting the cell of expected documents into documents and giving each its kind."""

from __future__ import annotations

import re

from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.reader.documents import OTHER, begins_with_document, kind_of
from roadmapdocs.roadmap.reader.outside import split_outside

_BULLET = re.compile(r"^(?:[-–—•·*▪]\s*|\d{1,2}[.)]\s+(?=\D))")
_LEANS_ON_NEXT = re.compile(r"\b(?:и|о|об|по|для|на|с|со|в|во|к|из|от|при|или|за)$|[-–,]$", re.IGNORECASE)
_ABBREVIATION_FIRST = re.compile(r"[А-ЯЁ]{2,}\b")
# A capitalised document in the middle of a line, with nothing between it and the document before.
_UNPARTED = re.compile(
    r"(?<=[\w»)\"])(?<!ый)(?<!ий)(?<!ой)(?<!ая)(?<!ое)(?<!ые)(?<!ие)(?<!ен)(?<!на)(?<!ны)(?<!ть)\s+"
    r"(?=(?:Приказы?|Протоколы?|Отч[её]ты?|Планы?|Договоры?|Графики?|Список|Списки|Реестр|Перечень|Оргпроекты?|Справк[аи]|"
    r"Аналитическ\w+ (?:справк[аи]|отч[её]ты?))[\s,])"
)
_SENTENCE_END = re.compile(r"(?<=[а-яё»)]\.)\s+(?=[А-ЯЁ])|\s+(?=\d{1,2}[.)]\s*[А-ЯЁ])")


def split_expected(lines: list[str]) -> tuple[DraftExpected, ...]:
    """``lines`` are the printed lines of the cell; one document may run over several of them."""
    titles = [title for entry in _entries(lines) for title in _documents_in(entry)]
    return tuple(DraftExpected(title, kind_of(title)) for title in titles)


def _entries(lines: list[str]) -> list[str]:
    entries: list[str] = []
    for line in lines:
        bare = _BULLET.sub("", line).strip()
        if not bare:
            continue
        if entries and bare == line and _continues(entries[-1], line):
            entries[-1] += " " + line
        else:
            entries.append(bare)
    return entries


def _continues(upper: str, line: str) -> bool:
    if begins_with_document(line) and not _LEANS_ON_NEXT.search(upper.rstrip(",")):
        return False
    return not line[0].isupper() or bool(_LEANS_ON_NEXT.search(upper)) or bool(_ABBREVIATION_FIRST.match(line))


def _documents_in(entry: str) -> list[str]:
    found: list[str] = []
    for sentence in _parted(_SENTENCE_END, entry):
        for chunk in _parted(_UNPARTED, sentence):
            found.extend(_by_commas(chunk))
    return found


def _parted(pattern: re.Pattern[str], text: str) -> list[str]:
    """Parts at the places of ``pattern`` after which a document begins."""
    parts = [text]
    for place in reversed(list(pattern.finditer(text))):
        after = _BULLET.sub("", parts[0][place.end() :])
        if begins_with_document(after):
            parts[0:1] = [parts[0][: place.start()], after]
    return parts


def _by_and(text: str) -> list[str]:
    """«Справка и приказ» are two documents; «Приказ о сборе и перечень …» may be one, so only bare names are parted."""
    left, _and, right = text.partition(" и ")
    bare = len(left.split()) <= 2 and begins_with_document(left) and kind_of(left) != OTHER
    return [left, right] if bare and begins_with_document(right) and kind_of(right) != OTHER else [text]


def _by_commas(text: str) -> list[str]:
    """A semicolon always parts documents, a comma only where a document's name follows it."""
    found: list[str] = []
    for piece in split_outside(text, ";"):
        parts: list[str] = []
        for part in split_outside(piece, ","):
            if parts and not begins_with_document(part):
                parts[-1] += ", " + part
            else:
                parts.append(part)
        found.extend(one for part in parts for one in _by_and(part))
    return [part for part in (part.strip(" ,;") for part in found) if part]
