"""Words that composing takes from outside: the forms of a kind, and the declension of people and posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from roadmapdocs.errors import Refusal
from roadmapdocs.russian import names
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName
from roadmapdocs.russian.noun_phrases import decline_noun_phrase
from roadmapdocs.russian.posts import decline_post


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of documents in words: ``name`` is the nominative in lower case («приказ»), the others its case forms;
    ``gender`` is m, f, n, or p for what has only a plural.
    """

    code: str
    name: str
    gender: str
    gen: str
    dat: str
    acc: str
    ins: str
    pre: str

    @classmethod
    def of(cls, code: str, name: str, gender: str, forms: Mapping[str, str]) -> KindWords:
        """From what the registry has: «Приказ по основной деятельности» is a name, «приказом» a form; what is not
        stored is declined.
        """
        low = name[:1].lower() + name[1:]
        word = low.partition(",")[0].partition(" (")[0]
        # But for feminine kinds the accusative of what is no person is the nominative, and has no more words.
        word = forms.get("nom") or (word if gender == "f" else forms.get("acc", word))
        told = {case: forms.get(case) or decline_noun_phrase(word, case) for case in Case if case is not Case.NOM}
        return cls(code, word, gender, **{str(case): form for case, form in told.items()})

    def form(self, case: Case) -> str:
        return self.name if case is Case.NOM else str(getattr(self, case))


class Declension(Protocol):
    """Names and posts in any case; the forms that people have corrected win over the rules."""

    def person(self, name: str, gender: str, case: Case) -> FullName:
        """
        :raise Refusal: ``unreadable_name``
        """

    def post(self, title: str, case: Case, gender: str) -> str: ...


class _Rules:
    """By the rules of the language alone."""

    def person(self, name: str, gender: str, case: Case) -> FullName:
        return names.decline(FullName.read(name, gender or None), case)

    def post(self, title: str, case: Case, gender: str) -> str:
        return decline_post(title, case, gender or "m")


BY_RULES: Final[Declension] = _Rules()


def surname_first(name: str, gender: str = "", case: Case = Case.NOM, declension: Declension = BY_RULES) -> str:
    """«Лысенко С.С.» in a case, as lists and tasks have it; what is no name stays as it is."""
    read = _read(name, gender, case, declension)
    return read.initials_after if read else name.strip()


def initials_first(name: str, gender: str = "", declension: Declension = BY_RULES) -> str:
    """«С.С. Лысенко», as signatures have it."""
    read = _read(name, gender, Case.NOM, declension)
    return read.initials_before if read else name.strip()


def gender_of(name: str, gender: str, declension: Declension = BY_RULES) -> str:
    """What the name or its owner says: m or f; empty where nothing does."""
    read = _read(name, gender, Case.NOM, declension) if name.strip() else None
    return read.gender if read else gender


def _read(name: str, gender: str, case: Case, declension: Declension) -> FullName | None:
    try:
        return declension.person(name, gender, case)
    except Refusal:
        return None
