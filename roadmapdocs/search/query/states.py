"""What documents are said to be among plain words: «утратившие силу», «приказы на согласовании», «проекты приказов»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from roadmapdocs.search.query import words as vocabulary

#: Not «утратившим силу»: an order «О признании утратившим силу приказа» has force itself.
_ENDED: Final = re.compile("утрати(?:л[аио]?|вш(?:ий|ая|ее|ие|их|его|ему|ую|ем)) силу")
_PHRASES: Final = tuple(state for state in vocabulary.STATES if state.startswith(("на ", "не зарегистрирован")))
#: «подписан», «подписаны», «подписанных»: no verb that says what somebody did or is to do.
_PARTICIPLE: Final = re.compile(
    "(?P<stem>согласован|подписан|отозван|зарезервирован|зарегистрирован|аннулирован|приостановлен|отменен)"
    "(?:[аоы]|н(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми))?"
)
_DRAFT: Final = re.compile("(?P<stem>проект|черновик)(?:[ауеи]|ы|ом|ов|ам|ами|ах)?")
#: Behind these it is what a document is about, not what it is.
_ABOUT: Final = frozenset({"не", "о", "об", "по", "к", "на", "в", "для"})


def ended(first: str, second: str) -> bool:
    """«утратил силу», «утратившие силу». Words are folded."""
    return _ENDED.fullmatch(f"{first} {second}") is not None


def state_of_kind(before: str, word: str, following: str, *, behind: bool, ahead: Mapping[int, bool]) -> tuple[int, str] | None:
    """How many words say the state of a document whose kind stands beside them, and the state of
    :data:`roadmapdocs.search.query.words.STATES`. Without a kind beside, «согласован» is a word like others; a draft is
    told by the first word only: «Об утверждении проекта плана» is a title.

    :param behind: whether the kind stands right before the words
    :param ahead: whether it stands behind so many words
    """
    two = f"{word} {following}"
    phrase = next((state for state in _PHRASES if two == state or (state[:3] == "не " and _inflected(two, state))), None)
    if phrase:
        return (2, phrase) if behind or ahead[2] else None
    if (said := _PARTICIPLE.fullmatch(word)) and (behind or ahead[1]) and before not in _ABOUT:
        return 1, said["stem"]
    if (said := _DRAFT.fullmatch(word)) and ahead[1] and not before:
        return 1, said["stem"]
    return None


def _inflected(two: str, state: str) -> bool:
    return two.startswith(state) and _PARTICIPLE.fullmatch(two[3:]) is not None
