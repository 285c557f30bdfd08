"""What a check is and what it finds: the contract of the families beside this module.

A check is a pure function over :class:`roadmapdocs.drafting.checks.facts.Facts`. Its words, clause and severity stand
in ``checks.toml`` under its name, in both languages: the guide is made of the same rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.i18n import language

#: Findings of one check that are told.
MOST_OF_A_KIND: Final = 10


class Severity(StrEnum):
    """``ERROR``: the document would be void or false; ``WARNING``: a rule is broken; ``NOTE``: to be looked at."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Need(StrEnum):
    """What a check cannot do without: nothing but the card, the text of a file, its pages, structured values, visas."""

    CARD = "card"
    TEXT = "text"
    PAGES = "pages"
    VALUES = "values"
    VISAS = "visas"


class Fix(StrEnum):
    """What the registry can mend itself, at the press of a button: the heading, the texts of card and draft letter by
    letter, or the file, made of its draft anew.
    """

    TITLE = "title"
    TEXTS = "texts"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in Russian and in English."""

    ru: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.ru


@dataclass(frozen=True, slots=True)
class Mend:
    """An offer to mend: ``code`` is the check's, ``before`` and ``after`` what would change (empty: many places)."""

    code: str
    fix: Fix
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a rule tells: where and what. ``severity`` lowers that of the check, ``mend`` replaces its advice."""

    place: str
    sentence: str
    severity: Severity | None = None
    mend: str = ""
    fix: Fix | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the block «Проверка перед подписанием»: where («пункт 3»), what is wrong, what to do."""

    code: str
    severity: Severity
    place: str
    sentence: str
    mend: str
    offered: Mend | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """``points`` are those of ``domain.md`` §21 that it covers, ``clause`` where the rule comes from."""

    code: str
    title: Words
    clause: str
    severity: Severity
    mend: Words
    points: tuple[int, ...]
    need: Need
    run: Callable[[Facts], Iterable[Trouble]]

    def findings(self, facts: Facts) -> list[Finding]:
        """What is found, of one kind of trouble so much as helps: whoever mends ten places finds the eleventh."""
        return [self._finding(trouble, facts) for trouble in itertools.islice(self.run(facts), MOST_OF_A_KIND)]

    def _finding(self, trouble: Trouble, facts: Facts) -> Finding:
        offered = None
        # What is signed is not mended any more.
        if trouble.fix is not None and not facts.card.signed:
            offered = Mend(self.code, trouble.fix, trouble.before, trouble.after)
        severity = trouble.severity or self.severity
        return Finding(self.code, severity, trouble.place, trouble.sentence, trouble.mend or str(self.mend), offered)


@dataclass(frozen=True, slots=True)
class Report:
    """``unchecked`` are checks that could not be made, with the reason; they are no more passed than failed."""

    findings: tuple[Finding, ...]
    passed: tuple[Check, ...]
    unchecked: tuple[tuple[Check, str], ...]

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)
