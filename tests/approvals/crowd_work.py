"""What two people do at the same moment, each in a process of their own: see test_crowd.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from roadmapdocs.approvals.deciding import Verdict, decide, withdraw_visa
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.signing import sign_confirmed
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor

NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


def told(act: Callable[[], object]) -> str:
    """"done", or the code of the refusal, which says why in a sentence."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code if refusal.message.endswith(".") else f"no sentence: {refusal.message}"
    return "done"


def who(surname: str) -> Actor:
    return actor_of(User.get(User.employee == Employee.get(Employee.surname == surname)), today=TODAY)


def decides(visa: int, surname: str, version: int, decision: str = "agreed") -> str:
    verdict = Verdict(Decision(decision), "нет" if decision == "refused" else "")
    return told(lambda: decide(visa, verdict, version=version, by=who(surname), now=NOW, today=TODAY))


def takes_back(visa: int, surname: str) -> str:
    return told(lambda: withdraw_visa(visa, by=who(surname), now=NOW, today=TODAY))


def signs(document: int, version: int) -> str:
    assert SignatureRule.select().exists()
    return told(lambda: sign_confirmed(document, version=version, by=who("Ветрова"), now=NOW, today=TODAY))


def brings_text(document: int) -> str:
    return told(
        lambda: add_version(
            get_document(document), "Совсем другое".encode(), "приказ.txt", store=MemoryStore(), by=who("Лукина"), now=NOW
        )
    )


def sends(document: int, *people: int) -> str:
    step = Step(Mode.TOGETHER, tuple(Addressee(How.PERSON, str(one)) for one in people))
    answers = Answers(enclosed=Start(Plan((step,))))
    return told(lambda: perform(document, "send_for_approval", answers=answers, by=who("Лукина"), now=NOW, today=TODAY))
