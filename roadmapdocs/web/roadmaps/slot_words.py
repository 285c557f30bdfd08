"""What a slot says in two short lines: which document, and its number, its term or how late it is."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.coverage.matrix import CoveredSlot, LinkedDocument
from roadmapdocs.coverage.phrases import day_words
from roadmapdocs.coverage.plans import LoadedItem
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.rules import Expected, State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.words import preparation_word

#: Titles up to this long stand in a cell as they are; of longer ones the kind is told.
_SHORT = 34
_LONGEST = 60


class SlotWords:
    """What is said to one reader. Remembers it: a matrix of a thousand slots has few different terms."""

    def __init__(self, today: dt.date, reader: Reader) -> None:
        self._today, self._reader = today, reader
        self._kinds: dict[int, str] = {}
        self._terms: dict[tuple[State, dt.date | None, str], str] = {}

    def kind(self, expected: Expected) -> str:
        """«Приказ об итогах», or «Приказ» where the title is long."""
        said = self._kinds.get(expected.id)
        if said is None:
            title = expected.title.strip()
            short = title if len(title) <= _SHORT or expected.kind == "прочее" else expected.kind
            said = self._kinds[expected.id] = cut(short[:1].upper() + short[1:], _LONGEST)
        return said

    def detail(self, covered: CoveredSlot) -> str:
        """«№ 5 от 12.12.2024», «на подписании, до 31.12.2025», «срок 31.10.2025, 14 дней», «до 31.12.2026»."""
        if covered.waiver is not None:
            return cut(covered.waiver, _LONGEST)
        slot, state = covered.slot, covered.state
        key = (state, slot.due, slot.label)
        term = self._terms.get(key)
        if term is None:
            term = self._terms[key] = self._term(*key)
        if not covered.documents:
            return term if slot.quantity == 1 else f"{_wanted(covered)}, {term}"
        if state is State.PROVED:
            said = "; ".join(_number(document) for document in self._reader.seen(covered.documents[:3]))
            return said if len(covered.documents) <= 3 else said + "…"
        begun = term
        unfinished = [one for one in covered.documents if not one.finished and self._reader.may_read(one)]
        if unfinished:
            begun = f"{preparation_word(unfinished[0].preparation)}, {term}"
        return begun if slot.quantity == 1 else f"{_wanted(covered)}, {begun}"

    def _term(self, state: State, due: dt.date | None, label: str) -> str:
        if due is None:
            return cut(label, _LONGEST) or _("without a term")
        if state is State.LATE:
            days = (self._today - due).days
            return ngettext("due %(date)s, %(num)s day", "due %(date)s, %(num)s days", days, date=day_words(due))
        return _("by %(date)s", date=day_words(due))


def _wanted(covered: CoveredSlot) -> str:
    given = len({document.id for document in covered.documents if document.finished})
    return _("%(given)s of %(wanted)s", given=given, wanted=covered.slot.quantity)


def _number(document: LinkedDocument) -> str:
    """The number is the name of a document; one without a number is told by its date."""
    number = f"№\N{NO-BREAK SPACE}{document.number}" if document.number else document.kind
    return f"{number} " + _("of %(date)s", date=day_words(document.date)) if document.date else number


def answering_words(item: LoadedItem) -> str:
    """Names as they were read; the printed cell, with all its stray commas, only where no name was read."""
    return ", ".join(item.responsibles) or item.responsible_text


def inner_quotes(text: str) -> str:
    """For words that will stand in «» themselves: Russian writes „…“ inside."""
    return text.translate({ord("«"): "„", ord("»"): "“"})


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
