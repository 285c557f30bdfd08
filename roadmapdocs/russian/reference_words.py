"""Words of citations: kinds of documents in every case, laws and bodies of the state, headings in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile("[«»„“”\"]")
_BEGINS = re.compile("[ \n,]{0,8}[«„“\"]")
# «“» opens a quotation in English and closes a „quotation“ in Russian.
_CLOSING, _EITHER = "»”", "“\""
#: Longest heading looked for; a quotation mark that nobody closes opens none.
_TITLE_LIMIT = 1_000

_HARD = "(?:а|у|ом|е|ы|ов|ам|ами|ах)?"
_NEUTER = "(?:е|я|ю|ем|и|й|ям|ями|ях)"
_SOFT_F = "(?:а|ы|и|е|у|ой|ою|ам|ами|ах)?"
_ABLE = "(?:ый|ого|ому|ым|ом|ые|ых|ыми|ая|ой|ую)"
# Kinds that carry a number of their own are cited by it; the rest mostly name what such a document approved.
_NUMBERED = {
    "федеральный закон": rf"федеральн{_ABLE}\s{{1,4}}(?:конституционн{_ABLE}\s{{1,4}})?закон{_HARD}|фз",
    "приказ": f"приказ{_HARD}",
    "распоряжение": f"распоряжени{_NEUTER}",
    "постановление": f"постановлени{_NEUTER}",
    "решение": f"решени{_NEUTER}",
    "письмо": "пис(?:ьмо|ьма|ьму|ьмом|ьме|ем|ьмам|ьмами|ьмах)",
    "протокол": f"протокол{_HARD}",
    "указ": f"указ{_HARD}",
    "закон": f"закон{_HARD}",
    "договор": f"договор{_HARD}",
    "соглашение": f"соглашени{_NEUTER}",
    "служебная записка": r"служебн(?:ая|ой|ую|ые|ых|ым|ыми)\s{1,4}запис(?:ок|к[а-я]{1,3})",
    "справка": "справ(?:ок|к(?:а|и|е|у|ой|ою|ам|ами|ах))",
    "акт": f"акт{_HARD}",
}
_UNNUMBERED = {
    "положение": f"положени{_NEUTER}",
    "порядок": "поряд(?:ок|к(?:а|у|ом|е|и|ов|ам|ами|ах))",
    "дорожная карта": rf"дорожн(?:ая|ой|ую|ые|ых|ым|ыми)\s{{1,4}}карт{_SOFT_F}",
    "план": f"план{_HARD}",
    "программа": f"программ{_SOFT_F}",
    "регламент": f"регламент{_HARD}",
    "правила": "правил(?:а|ам|ами|ах)?",
    "инструкция": "инструкци(?:я|и|ю|ей|й|ям|ями|ях)",
    "методика": "методик(?:а|и|е|у|ой|ам|ами|ах)?",
    "рекомендации": "рекомендаци(?:и|й|ям|ями|ях)",
    "перечень": "переч(?:ень|н(?:я|ю|ем|е|и|ей|ям|ями|ях))",
    "график": "график(?:а|у|ом|е|и|ов|ам|ами|ах)?",
}
#: Kinds in the order of the groups of the pattern.
_KINDS = (*_NUMBERED, *_UNNUMBERED)
NUMBERED = frozenset(_NUMBERED)
_LAWS = frozenset({"закон", "федеральный закон", "указ"})
_KIND = re.compile(
    "|".join(f"(?<![^\\W_])({pattern})(?![^\\W_])" for pattern in (*_NUMBERED.values(), *_UNNUMBERED.values()))
)
_LAW_NUMBER = re.compile(r"-\s?фк?з$", re.IGNORECASE)
_STATE_BODY = re.compile(
    r"\b(?:министерств|мин(?:обр|прос|труд|здрав|фин|юст|культ|спорт|строй)|правительств|президент|губернатор|рос(?:обр|потреб|архив|"
    r"стандарт)|федеральн\w{2,3} служб|государственн\w{2,3} дум|главн\w{2,3} государственн)",
    re.IGNORECASE,
)


def kind_words(low: str) -> Iterator[tuple[str, int, int]]:
    """(kind in the nominative, start, end) of each word or pair of words that names a kind, in folded text."""
    for found in _KIND.finditer(low):
        assert found.lastindex is not None, "every alternative is one group"
        yield _KINDS[found.lastindex - 1], found.start(), found.end()


def is_law(kind: str, number: str) -> bool:
    """Whether this is an act of the state by its kind or by the letters of its number (273-ФЗ)."""
    return kind in _LAWS or _LAW_NUMBER.search(number.strip()) is not None


def is_state_body(issuer: str) -> bool:
    """Whether the issuer is a body of the state, by the usual words and abbreviations of such bodies."""
    return _STATE_BODY.search(issuer) is not None


def quoted_at(text: str, position: int) -> tuple[str, int]:
    """The heading in quotation marks that begins here, without the marks, and the place behind it; "" if none."""
    begins = _BEGINS.match(text, position)
    if begins is None:
        return "", position
    start, depth = begins.end() - 1, 0
    for found in _MARK.finditer(text, start, start + _TITLE_LIMIT):
        mark, place = found.group(), found.start()
        closes = mark in _CLOSING or (mark in _EITHER and place > start)
        depth += -1 if closes else 1
        if depth <= 0:
            title = " ".join(text[start + 1 : place].split())
            return (title, place + 1) if title[:1].isalpha() else ("", position)
    return "", position


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Places of quotations that are both opened and closed; one inside another counts as well."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for found in _MARK.finditer(text):
        mark, place = found.group(), found.start()
        inside = bool(opened)
        if mark in _CLOSING or (mark in _EITHER and inside and opened[-1][0] in (mark, "„")):
            if inside:
                spans.append((opened.pop()[1], place + 1))
        else:
            opened.append((mark, place))
    return spans
