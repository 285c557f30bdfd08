"""Stamps of documents that others put into force: lines made anew from present data each time (``domain.md`` §7.3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: The participle agrees with the approved kind. Stamps are Russian text, whatever language the reader has.
APPROVED: Final = {"m": "УТВЕРЖДЁН", "f": "УТВЕРЖДЕНА", "n": "УТВЕРЖДЕНО", "p": "УТВЕРЖДЕНЫ"}
_BLANK_DATE, _BLANK_NUMBER = "____________", "______"


@dataclass(frozen=True, slots=True)
class Act:
    """The document that approves. ``instrumental`` and ``dative`` are forms of its kind («приказом», «приказу»),
    ``organisation`` its author as it stands behind them: in the genitive, or a short name that has no cases.
    """

    instrumental: str
    dative: str
    organisation: str = ""
    date: dt.date | None = None
    number: str = ""


def approval_stamp(gender: str, act: Act) -> tuple[str, ...]:
    """«УТВЕРЖДЕНА / приказом МКУ «…» / от 29.11.2021 № 178-П». What is not known yet is a line to fill in."""
    return APPROVED[gender], _joined(act.instrumental, act.organisation), _when(act)


def appendix_mark(act: Act, place: int, among: int) -> tuple[str, ...]:
    """«Приложение № 2 / к приказу … / от … № …»; a single appendix has no number."""
    head = f"Приложение №\u00a0{place}" if among > 1 else "Приложение"
    return head, f"к {_joined(act.dative, act.organisation)}", _when(act)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _when(act: Act) -> str:
    date = act.date.strftime("%d.%m.%Y") if act.date else _BLANK_DATE
    return f"от {date} №\u00a0{act.number or _BLANK_NUMBER}"
