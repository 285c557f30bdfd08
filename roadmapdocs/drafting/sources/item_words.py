"""What a draft says of the item of a roadmap that it is made for: heading, grounds, executors, term."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.citing import NBSP, roadmap_words, small
from roadmapdocs.drafting.infinitives import is_infinitive
from roadmapdocs.drafting.sources.kinds import named_in, own_words
from roadmapdocs.drafting.sources.making import Act
from roadmapdocs.drafting.values import Executor
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, ItemTerm, Responsible, Roadmap
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.noun_phrases import head_word
from roadmapdocs.russian.organisations import organisation_genitive
from roadmapdocs.russian.phrases import decline_phrase, heading_of
from roadmapdocs.russian.typography import tidy

_RECURRING = {
    "yearly": "ежегодно",
    "half-yearly": "раз в полугодие",
    "quarterly": "ежеквартально",
    "monthly": "ежемесячно",
    "weekly": "еженедельно",
    "daily": "ежедневно",
}


_MAKING = re.compile(r"(?:разработ|утвер[дж]|подготов|состав|сформиров|формиров|планиров|принят|принять)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An expected document with its item and roadmap, as read for one draft. ``period`` is a key of coverage."""

    expected: ExpectedDocument
    item: Item
    edition: Edition
    roadmap: Roadmap
    answering: Sequence[Responsible]
    terms: Sequence[ItemTerm]
    period: str
    act: Act

    @property
    def title(self) -> str:
        return " ".join(self.item.title.split()).strip(" .;")

    def task(self, approved: str = "", *, is_text: bool = True) -> str:
        """The item as an infinitive: its own, else «обеспечить» with what it is about. Where the item was to make
        what the order approves (``approved``, in the genitive), the task is to live by it, or to make it known.
        """
        if approved and _MAKING.match(self.title):
            return f"обеспечить исполнение {approved}" if is_text else "довести настоящий приказ до сведения заинтересованных лиц"
        first = self.title.split(" ")[0]
        if is_infinitive(first):
            return small(self.title)
        return f"обеспечить {small(decline_phrase(self.title, Case.ACC))}"


def heading(facts: ItemFacts, kind: Kind | None) -> str:
    """«О назначении координатора» of «Приказ о назначении координатора»; else what the item's title suggests."""
    own = own_words(facts.expected, kind) if kind is not None else ""
    if re.match(r"об?о?\s", own, re.IGNORECASE):
        return own[:1].upper() + own[1:]
    if kind is not None and kind.group == "protocol" and len(meeting(facts).split()) > 1:
        return meeting(facts)[:1].upper() + meeting(facts)[1:]
    if kind is not None and kind.group == "note" and own:
        return heading_of(facts.title, kind_word(kind)) if re.match(r"по\s|к\s", own) else f"{kind.short} {own}"
    return heading_of(facts.title, kind_word(kind) if kind is not None else "")


def title_of(facts: ItemFacts, kind: Kind) -> str:
    """The name of what is to be approved: «Положение о рабочей группе», out of the words that say most."""
    own = own_words(facts.expected, kind)
    if own:
        return own if own.casefold().startswith(kind.short.casefold()) else f"{kind.short} {own}"
    found = named_in(facts.title, [kind])
    if found is not None and found[1]:
        return f"{kind.short} {found[1]}"
    planned = re.match(r"планирование\s+(?P<what>.+)", facts.title, re.IGNORECASE)
    if planned is not None and kind.group == "planning":
        return f"{kind.short} {planned['what']}"
    if kind.group == "planning":
        return f"{kind.short} мероприятий по {decline_phrase(small(facts.title), Case.DAT)}"
    if kind.group == "normative":
        return f"{kind.short} {small(heading_of(facts.title, ''))}"
    return f"{kind.short} {decline_phrase(small(facts.title), Case.GEN)}"


def preamble(facts: ItemFacts) -> str:
    """«Во исполнение пункта 1.1 дорожной карты «…», утверждённой приказом … от … № …,»"""
    return tidy(f"Во исполнение {basis(facts, Case.GEN)},")


def basis(facts: ItemFacts, case: Case = Case.NOM) -> str:
    point = decline_phrase("пункт", case) if case is not Case.GEN else "пункта"
    number = f"{point}{NBSP}{facts.item.number.strip(' .')} " if facts.item.number.strip(" .") else ""
    plan = roadmap_words(facts.roadmap.title)
    participle = "утверждённого" if plan.startswith(("плана", "муниципального", "комплекса")) else "утверждённой"
    return f"{number}{plan}{_approval(facts.edition, participle)}"


def meeting(facts: ItemFacts) -> str:
    """«заседания рабочей группы», out of «Протоколы заседаний рабочей группы»; by the item's title otherwise."""
    words = " ".join(facts.expected.title.split())
    found = re.match(r"протокол\w*\s+(?P<rest>.+)", words, re.IGNORECASE)
    rest = found["rest"].strip(" .;,") if found else ""
    if rest.casefold().startswith("заседани"):
        return f"заседания {' '.join(rest.split()[1:])}".strip()
    return f"заседания {rest}".strip() if rest else "заседания"


def executors(facts: ItemFacts) -> tuple[Executor, ...]:
    """Those who answer for the item: people and units that we know, posts and spelled-out abbreviations otherwise."""
    return tuple(_executor(row, facts.edition.abbreviations) for row in facts.answering)


def _executor(row: Responsible, abbreviations: dict[str, str]) -> Executor:
    if row.employee_id is not None:
        person = row.employee
        name = " ".join(part for part in (person.surname, person.name, person.patronymic) if part)
        return Executor(name=name, gender=person.gender, employee_id=person.id)
    if row.unit_id is not None:
        return Executor(unit=row.unit.name, unit_id=row.unit_id)
    words = " ".join(row.text.split())
    spelled = abbreviations.get(words)
    if spelled:
        return Executor(unit=spelled)
    # Abbreviations do not decline; posts and groups do («муниципальный координатор», «руководители школ»).
    return Executor(text=words) if words.isupper() else Executor(post=small(words))


def period_end(key: str) -> dt.date | None:
    """The last day of a period by its key, «2026-01-01/2026-12-31»; None where its end is open, «..».

    :raise NotFound: if this is no key. Whether the item has such a period, coverage says when it links the draft.
    """
    first, slash, last = key.partition("/")
    days = [None if part == ".." else _day(part) for part in (first, last)]
    # As coverage writes it, and in no other way: the key names the period in the draft too.
    if not slash or [str(day or "..") for day in days] != [first, last]:
        raise NotFound(
            "no_period", _("The roadmap has no such expected document in this period. Reload the page: it may have changed.")
        )
    return days[1]


def term(facts: ItemFacts) -> tuple[dt.date | None, str, str]:
    """The day that the task is due, or the words of a term without one; last, the words of a term that is over."""
    end = period_end(facts.period) if facts.period else None
    days = [end] if end else sorted(row.end for row in facts.terms if row.end is not None and row.recurrence is None)
    coming = [day for day in days if day >= facts.act.today]
    if coming:
        return coming[0], "", ""
    words = next((_RECURRING.get(row.recurrence or "", "") or row.text for row in facts.terms if row.end is None or row.recurrence), "")
    over = f"{days[-1]:%d.%m.%Y}" if days and not words else ""
    return None, small(" ".join(words.split()).strip(" .;,")), over


def _approval(edition: Edition, participle: str) -> str:
    """«, утверждённой приказом … от 29.11.2021 № 178-П»: as the edition says of itself."""
    told: dict[str, Any] = edition.approval or {}
    date, number = _day(told.get("date")), told.get("number") or ""
    organisation = " ".join(str(told.get("organisation") or "").split())
    word = "приказом" if told.get("kind") == "приказ" else ""
    parts: Iterable[str] = (
        word,
        _of(organisation) if word else "",
        f"от{NBSP}{date:%d.%m.%Y}" if date and word else f"{date:%d.%m.%Y}" if date else "",
        f"№{NBSP}{number}" if number and word else "",
    )
    said = " ".join(part for part in parts if part)
    return f", {participle} {said}" if said and (date or number) else ""


def _of(organisation: str) -> str:
    """Behind «приказом»: stamps have it in the genitive already, forms of a roadmap often as it is called."""
    head = head_word(organisation)
    return organisation_genitive(organisation) if head is not None and "sing" in head.grammemes else organisation


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None

