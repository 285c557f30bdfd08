"""What the columns of an old journal are about, by the words of their heads (``domain.md`` §4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import strip_invisible

#: A column that is not taken over.
IGNORED: Final = ""
#: Meanings by what their heads say; the first that fits counts. The order of rows says nothing about a document.
_WORDS: Final = (
    ("row", r"(№|n|no|номер)?\s*п\s*[./\\]?\s*п\b"),
    ("number_date", r"(номер|№).*\bдата|\bдата.*(номер|№)"),
    ("case", r"\bдел[оауе]\b|номенклатур"),
    ("execution", r"отметк|исполнени[ие]|контрол"),
    ("sheets", r"лист"),
    ("chair", r"председател"),
    ("secretary", r"секретар"),
    ("signer", r"подпис|\bкем издан|\bкто издал"),
    ("drafter", r"исполнител|подготов|составил|автор|разработ"),
    ("recipients", r"кому|направлен|адресат|ознакомл|рассыл"),
    ("agenda", r"повестк|вопрос"),
    ("basis", r"основани"),
    ("considered", r"рассмотрен"),
    ("title", r"заголов|содержани|наименовани|название|\bтема\b|о\s?ч[её]м"),
    ("notes", r"примечани"),
    ("date", r"\bдата\b|\bчисло\b"),
    ("body", r"\bорган\b|\bкомисси|\bсовет\b"),
    ("number", r"номер|№|\bиндекс|^n$|^no\.?$"),
)
_PATTERNS: Final = tuple((name, re.compile(words)) for name, words in _WORDS)
_LONGEST_HEAD = 120

#: Place of a column by its meaning.
Mapped = Mapping[str, int]


def meaning_words() -> dict[str, str]:
    """What a person chooses from for a column, in that order."""
    return {
        IGNORED: _("not taken over"),
        "number": _("number"),
        "date": _("date"),
        "number_date": _("number and date in one cell"),
        "title": _("title"),
        "signer": _("signer"),
        "drafter": _("drafter"),
        "sheets": _("sheets"),
        "recipients": _("sent to, acquainted"),
        "case": _("case"),
        "execution": _("mark of execution"),
        "agenda": _("agenda"),
        "body": _("body"),
        "chair": _("chair"),
        "secretary": _("secretary"),
        "basis": _("basis"),
        "considered": _("considered at"),
        "notes": _("notes"),
    }


def guess(head: str) -> str | None:
    """Meaning of one head; "row" for the order of rows, None for words that are not known."""
    words = " ".join(strip_invisible(head).casefold().split())
    if not words or len(words) > _LONGEST_HEAD:
        return None
    return next((name for name, pattern in _PATTERNS if pattern.search(words)), None)


def recognise(heads: Sequence[str]) -> dict[str, int]:
    """Meanings of a head's columns, each once: the first column that has it."""
    found: dict[str, int] = {}
    guesses = [guess(head) for head in heads]
    for place, name in enumerate(guesses):
        if name is not None and name != "row":
            found.setdefault(name, place)
    numbers = [place for place, name in enumerate(guesses) if name == "number"]
    # A bare «№» before a column «Номер приказа» counts the rows.
    if len(numbers) > 1 and heads[numbers[0]].strip() in {"№", "N", "No"}:
        found["number"] = numbers[1]
    if "number_date" in found and "number" in found and heads[found["number"]].strip() in {"№", "N", "No"}:
        del found["number"]
    return found


def unknown(heads: Sequence[str], mapped: Mapped) -> list[str]:
    """Heads of columns that nothing is taken from, but for the order of rows."""
    taken = set(mapped.values())
    return [head for place, head in enumerate(heads) if head and place not in taken and guess(head) != "row"]
