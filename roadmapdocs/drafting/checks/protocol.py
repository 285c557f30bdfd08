"""Protocols: the day of the meeting, quorum, votes, executors and terms of decisions (§21, 18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.rules import Severity, Trouble
from roadmapdocs.drafting.protocol_rules import DONE_BY_SAYING, protocol_findings
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.letters import fold_word

_MET = re.compile(r"заседани[еяю][^.]{0,200}?\bот\s+(?P<day>[^,;]{6,30}?\d{4})", re.IGNORECASE)
_COUNTED = re.compile(r"присутству\w+\s*[-–—:]?\s*(?P<present>\d{1,4})\s*(?:человек\w?\s*)?(?:из|\()\s*(?:из\s+)?(?P<members>\d{1,4})", re.IGNORECASE)
_DECIDED = re.compile(r"^(?:постановили|решили)\s*:?", re.IGNORECASE)
_OTHER = re.compile(r"^(?:слушали|выступили|голосовали|повестка)\b", re.IGNORECASE)
_TERM = re.compile(r"\bсрок|\bдо \d|не позднее|постоянно|ежегодно|ежеквартально|ежемесячно|еженедельно|в течение|немедленно|незамедлительно|\bк \d|\d{1,2}\.\d{1,2}\.\d{4}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 25
_QUORUM = frozenset({"no_quorum", "too_many_present", "present_twice"})
_PEOPLE = frozenset({"no_chair", "no_secretary", "unknown_speaker", "no_agenda"})
_VOTES = frozenset({"too_many_votes", "no_votes", "not_carried", "no_decision"})


def protocol_date(facts: Facts) -> Iterator[Trouble]:
    if facts.kind.group != "protocol" or facts.card.date is None:
        return
    said = [facts.card.title]
    if isinstance(facts.values, v.ProtocolValues):
        said.append(facts.values.meeting)
    if facts.text is not None:
        said += [one.text for one in facts.text.main.passages[:_HEAD]]
    for text in said:
        found = _MET.search(text)
        met = read_date(found["day"]) if found is not None else None
        if met is not None and met != facts.card.date:
            told = _("The meeting was on %(met)s, and the protocol is dated %(date)s: they are one day.", met=met.strftime("%d.%m.%Y"), date=facts.card.date.strftime("%d.%m.%Y"))
            yield Trouble(_("date"), told)
            return


def protocol_quorum(facts: Facts) -> Iterator[Trouble]:
    yield from _told(facts, _QUORUM)
    for one in _head(facts):
        found = _COUNTED.search(one)
        if found is not None and int(found["present"]) * 2 <= int(found["members"]):
            told = _("%(present)s of %(members)s members are present: there is no quorum.", present=found["present"], members=found["members"])
            yield Trouble(_("attendance"), told)


def protocol_people(facts: Facts) -> Iterator[Trouble]:
    return _told(facts, _PEOPLE)


def protocol_votes(facts: Facts) -> Iterator[Trouble]:
    return _told(facts, _VOTES)


def decision_executor(facts: Facts) -> Iterator[Trouble]:
    return _told(facts, frozenset({"no_executor"}))


def decision_term(facts: Facts) -> Iterator[Trouble]:
    yield from _told(facts, frozenset({"no_term"}))
    if isinstance(facts.values, v.ProtocolValues) or facts.kind.group != "protocol" or facts.text is None:
        return
    deciding = False
    for one in facts.text.main.passages:
        if _DECIDED.match(one.words or one.text):
            deciding = True
        elif _OTHER.match(one.words or one.text):
            deciding = False
        elif deciding and one.number and not one.table and _is_to_be_done(one.words) and not _TERM.search(one.text):
            yield Trouble(places.passage(facts.text, facts.text.main, one), _("Decision %(number)s has no term.", number=one.number))


def _is_to_be_done(words: str) -> bool:
    first = _WORD.search(words)
    return first is not None and fold_word(first.group()) not in DONE_BY_SAYING


def _head(facts: Facts) -> list[str]:
    if isinstance(facts.values, v.ProtocolValues) or facts.kind.group != "protocol" or facts.text is None:
        return []
    return [one.text for one in facts.text.main.passages[: 2 * _HEAD]]


def _told(facts: Facts, codes: frozenset[str]) -> Iterator[Trouble]:
    """What the rules of protocols say; what is not serious to them is a warning here."""
    if not isinstance(facts.values, v.ProtocolValues):
        return
    for found in protocol_findings(facts.values):
        if found.code in codes:
            yield Trouble(_where(found.place), found.message, None if found.serious else Severity.WARNING)


def _where(place: str) -> str:
    """«agenda[0].decided[1]» as people say it."""
    numbers = [int(one) + 1 for one in re.findall(r"\[(\d+)\]", place)]
    if not place.startswith("agenda") or not numbers:
        return _("attendance") if place.startswith(("present", "chair", "secretary")) else _("agenda")
    if "decided" in place and len(numbers) > 1:
        return places.point(".".join(map(str, numbers)))
    return _("question %(number)s", number=numbers[0])

