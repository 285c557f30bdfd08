"""Which periods in running text are deadlines, and which only tell of years, titles and cited documents."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapdocs.russian.binding import Bounds
from roadmapdocs.russian.calendar_words import CONTINUING, COURSE, NOMINATIVE_MONTHS
from roadmapdocs.russian.pieces import (
    ByPlan,
    Dated,
    Lasts,
    OnDemand,
    Onward,
    Piece,
    Repeats,
    Unread,
    Window,
    Years,
)
from roadmapdocs.russian.tokens import Token, at, word_at

# «за сентябрь 2020», «на 1 января», «итоги I полугодия»: the time that something is about.
_ABOUT = frozenset("за на от итогам итоги итогов результатам отчет отчета после".split())
_SOFT = frozenset({",", "и", "-", "(", ")", "в", "во", ".", ":", "«", "»"})
_PREPOSITIONS = frozenset("в во до с со к ко по не начиная конец конца срок".split())


def is_all_period(tokens: Sequence[Token], pieces: Sequence[Piece]) -> bool:
    """Whether the text is a period and nothing else but a quantity or marks: «1 (май)», «Ежегодно»."""
    if all(isinstance(piece.what, Unread) for piece in pieces):
        return False
    if len(pieces) == 1 and at(tokens, 0).kind == "daymonth":
        return False
    if isinstance(pieces[0].what, ByPlan) and len(tokens) <= 12 and word_at(tokens, 0) in ("по", "согласно"):
        return True
    return all(
        not isinstance(piece.what, Unread)
        or all(at(tokens, i).kind != "word" for i in range(piece.first, piece.after))
        for piece in pieces
    )


def periods(tokens: Sequence[Token], pieces: Sequence[Piece], bounds: Bounds) -> list[list[Piece]]:
    """The deadlines among the pieces, those that stand together in one group."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece.what, Unread):
            if any(at(tokens, i).word not in _SOFT for i in range(piece.first, piece.after)):
                groups.append([])
        else:
            groups[-1].append(piece)
    kept = [_deadlines(tokens, group, bounds) for group in groups]
    return [group for group in kept if group]


def _deadlines(tokens: Sequence[Token], group: list[Piece], bounds: Bounds) -> list[Piece]:
    kept: list[Piece] = []
    for i, piece in enumerate(group):
        if isinstance(piece.what, Years):
            if kept and i and kept[-1] is group[i - 1] and isinstance(kept[-1].what, Window | Years | Lasts):
                kept.append(piece)
        elif _counts(tokens, group, i, bounds):
            kept.append(piece)
    return kept


def _counts(tokens: Sequence[Token], group: Sequence[Piece], i: int, bounds: Bounds) -> bool:
    piece = group[i]
    before = word_at(tokens, piece.first - 1)
    match piece.what:
        case Window():
            if before in _ABOUT:
                return False
            has_year = i + 1 < len(group) and isinstance(group[i + 1].what, Years | Window)
            return has_year or _stands_alone(tokens, piece, bounds)
        case Dated(start=start, end=end):
            return before not in _ABOUT and (start is not None or end is not None)
        case Repeats(counted=counted):
            return counted or _is_adverb(tokens, piece)
        case Lasts():
            return _is_course_of_a_year(tokens, piece, group, i) or _closes_a_clause(tokens, piece)
        case OnDemand():
            return word_at(tokens, piece.first) != "при" or before == "("
        case ByPlan(weak=weak):
            return before == "(" and not weak
        case Onward():
            return False
    return False


def _is_adverb(tokens: Sequence[Token], piece: Piece) -> bool:
    return piece.after == piece.first + 1 or word_at(tokens, piece.first).startswith(("кажд", "еже"))


def _stands_alone(tokens: Sequence[Token], piece: Piece, bounds: Bounds) -> bool:
    """«(май)», «Входной мониторинг – сентябрь»: a month of the column's year, set off from the sentence."""
    if bounds.column is None:
        return False
    first = word_at(tokens, piece.first)
    if first in _PREPOSITIONS:
        return True
    if (
        at(tokens, piece.first).kind in ("number", "daymonth")
        and isinstance(piece.what, Window)
        and piece.what.is_day
    ):
        return False
    before, behind = word_at(tokens, piece.first - 1), at(tokens, piece.after)
    set_off = (
        before in ("(", "-", ":", "в", "") or behind.kind == "end" or behind.word in (".", ";", ")", ",")
    )
    return set_off and (
        first in NOMINATIVE_MONTHS or before in ("в", "(") or at(tokens, piece.first).kind == "number"
    )


def _is_course_of_a_year(tokens: Sequence[Token], piece: Piece, group: Sequence[Piece], i: int) -> bool:
    in_course = any(word_at(tokens, place) in COURSE for place in range(piece.first, piece.after))
    return in_course and (
        piece.after - piece.first > 2 or (i + 1 < len(group) and isinstance(group[i + 1].what, Years))
    )


def _closes_a_clause(tokens: Sequence[Token], piece: Piece) -> bool:
    adverb = word_at(tokens, piece.first) in CONTINUING
    behind = at(tokens, piece.after)
    return adverb and (behind.kind == "end" or behind.word in (".", ",", ";", ")"))
