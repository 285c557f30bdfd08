"""The whole text cut into pieces of meaning, from left to right, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapdocs.russian import calendar_words as words
from roadmapdocs.russian.calendar_grammar import calendar_pieces
from roadmapdocs.russian.dates import years
from roadmapdocs.russian.habits import habit
from roadmapdocs.russian.pieces import Dated, Piece, Unread, Window
from roadmapdocs.russian.tokens import Token, at, word_at

_STARTERS = frozenset(
    "в во с со до к ко по при не но на за и из весь всего все срок раз начиная согласно соответственно план "
    "график расписание сроки постоянной постоянном текущем круглый период периода далее "
    "дальше затем дважды трижды позднее позже поздней у втечение втечении конец конца концу конце "
    "начало начала началу начале середина последняя последней последнюю последние середине середины окончания протяжении".split()
)
_VOCABULARY = _STARTERS.union(
    words.MONTHS, words.ORDINALS, words.MISTYPED_ROMAN, words.NUMERALS, words.SEASONS, words.SEASONAL,
    words.ADVERBS, words.CONTINUING, words.COURSE, words.EACH, words.RELATIVE_YEARS, words.SCHOOL, words.YEAR,
)  # fmt: skip
_CITING = frozenset({"от", "п", "пп", "пункт", "пункта", "№"})


def scan(tokens: Sequence[Token]) -> list[Piece]:
    """The pieces in reading order; they cover every token, and neighbouring unread words are one piece."""
    pieces: list[Piece] = []
    i = 0
    while i < len(tokens):
        for piece in _pieces_at(tokens, i) or [Piece(i, i + 1, Unread())]:
            goes_on = isinstance(piece.what, Unread) and pieces and isinstance(pieces[-1].what, Unread)
            pieces.append(Piece(pieces.pop().first, piece.after, Unread()) if goes_on else piece)
        i = pieces[-1].after
    return pieces


def _pieces_at(tokens: Sequence[Token], i: int) -> list[Piece]:
    token = tokens[i]
    if token.kind in ("word", "mark") and token.word not in _VOCABULARY:
        return []
    found = habit(tokens, i)
    if found:
        return [found]
    pieces = calendar_pieces(tokens, i)
    return _without_cited_date(tokens, i, pieces) if pieces else []


def _without_cited_date(tokens: Sequence[Token], i: int, pieces: list[Piece]) -> list[Piece]:
    """«приказ от 29.12.2018 № 1056»: the date of another document is no period."""
    last = pieces[-1]
    if not isinstance(last.what, Dated | Window):
        return pieces
    span = years(tokens, last.after) if isinstance(last.what, Window) else None
    after = span[0] if span else last.after
    before = word_at(tokens, i - 1) if word_at(tokens, i - 1) != "." else word_at(tokens, i - 2)
    if before in _CITING or at(tokens, after).word in ("№", "n", "no"):
        return [Piece(i, after, Unread())]
    return pieces
