"""What the grammar left: a comment on its neighbour, nothing, or words to be stated as unread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from roadmapdocs.russian.calendar_words import WEEKDAYS
from roadmapdocs.russian.pieces import ByPlan, Lasts, OnDemand, Piece, Repeats, What
from roadmapdocs.russian.tokens import Token, at, word_at

Place = Literal["label", "note", "nothing", "unread"]

# Words that say nothing about time by themselves, when a period stands beside them.
_FILLERS = frozenset(
    "в во на за и или а г гг год года году годы с по до срок сроки период месяц ориентировочно "
    "примерно также так же не планируется плановый дата число числа мес течение течении "
    "самого только всего".split()
)
# Comments on where, for whom and in what form, not on when, by their preposition.
_NOT_TIME_AFTER: dict[str, tuple[str, ...]] = {
    "в": ("рамках", "каждой", "каждом", "форме", "формате", "режиме", "ходе", "онлайн", "дистанционном", "т"),
    "на": ("базе", "уровне", "площадке", "каждую", "каждого", "сайте", "заседаниях", "совещаниях"),
    "при": ("участии", "проведении", "поддержке"),
    "с": ("участием", "учетом", "привлечением"),
    "по": ("каждой", "каждому", "всем", "адресу", "отдельным", "предметам", "классам", "школам"),
}
_WITHIN_EACH = frozenset(
    "позднее позже итогам окончании окончанию конце конца концу начале месяца квартала полугодия следующего следующим "
    "отчетным отчетного отчетному последнего последняя последний последнюю последней первая первый первую первой рабочий рабочего "
    "отчетных периода периодом периодами месяцем кварталом рабочих день дня дней неделя неделю недели четверти к за".split()
) | WEEKDAYS
_ALWAYS = frozenset("для совместно дистанционно очно онлайн включительно отдельно".split())


def judge(tokens: Sequence[Token], piece: Piece, before: What | None, following: What | None) -> Place:
    """Where unread words belong: to the reading behind («label»), before («note»), nowhere, or unread.

    ``before`` and ``following`` are the meanings that stand beside them.
    """
    words = [i for i in range(piece.first, piece.after) if _says_something(tokens, i, following)]
    if not words:
        return "note" if _closes(tokens, piece) and before else "nothing"
    if before and isinstance(before, ByPlan | OnDemand | Lasts):
        return "note"
    if isinstance(before, Repeats) and word_at(tokens, piece.first) in ("в", "по", "на", "с", "для"):
        return "note"
    if (isinstance(before, Repeats) or isinstance(following, Repeats)) and _within_each(tokens, words):
        return "note" if isinstance(before, Repeats) else "label"
    if _in_brackets(tokens, piece):
        return "note" if before else "label"
    last = word_at(tokens, piece.after - 1)
    if following and (last in ("-", ":") or (last == "(" and len(words) <= 8)):
        return "label"
    if before and _is_qualifier(tokens, words[0]):
        return "note"
    if before and word_at(tokens, piece.first) in ("-", ":") and len(words) <= 8:
        return "note"
    return "unread"


def trimmed(tokens: Sequence[Token], piece: Piece) -> Piece | None:
    """The piece without the commas and joints at its edges; None if nothing else is there."""
    first, after = piece.first, piece.after
    joints = (",", ";", ".", "-", ":", "и", "/")
    while first < after and word_at(tokens, first) in joints:
        first += 1
    while first < after and word_at(tokens, after - 1) in joints[:2]:
        after -= 1
    return Piece(first, after, piece.what) if first < after else None


def _says_something(tokens: Sequence[Token], i: int, following: What | None) -> bool:
    token = at(tokens, i)
    if token.kind == "number":
        # «1 (май)», «2) июнь»: a quantity or the number of a list.
        return word_at(tokens, i + 1) not in ("(", ")", ".") or following is None
    if token.kind == "mark":
        return any(letter.isalnum() for letter in token.word)
    return token.kind != "word" or token.word not in _FILLERS


def _within_each(tokens: Sequence[Token], telling: Sequence[int]) -> bool:
    """«до 10 числа», «по итогам»: a day within each period of a recurrence."""
    return all(at(tokens, i).kind == "number" or at(tokens, i).word in _WITHIN_EACH for i in telling)


def _closes(tokens: Sequence[Token], piece: Piece) -> bool:
    return word_at(tokens, piece.first) in (")", "года", "год", "г", "»")


def _in_brackets(tokens: Sequence[Token], piece: Piece) -> bool:
    first, last = piece.first, piece.after - 1
    while last > first and word_at(tokens, last) in (".", ",", ";"):
        last -= 1
    return word_at(tokens, first) == "(" and word_at(tokens, last) == ")"


def _is_qualifier(tokens: Sequence[Token], i: int) -> bool:
    word = word_at(tokens, i)
    if word in _ALWAYS:
        return True
    # The words that open a qualifier are fillers by themselves, so they stand before the first telling word.
    return word in _NOT_TIME_AFTER.get(word_at(tokens, i - 1), ())
