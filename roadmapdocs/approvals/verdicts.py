"""What somebody says with a decision, and what of it is missing or too much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from roadmapdocs.approvals.plans import NAME_LIMIT, Mode
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.words import ObjectionKind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

TEXT_LIMIT: Final = 10_000
PLACE_LIMIT: Final = 200
MOST_REMARKS: Final = 100


@dataclass(frozen=True, slots=True)
class RemarkText:
    """``place`` is where in the text: «п. 3», a heading; empty for the whole."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """A file beside a refusal."""

    data: bytes
    name: str
    kind: ObjectionKind = ObjectionKind.OTHER


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decides. ``committee`` is the body and its protocol, where a body decides («… от … № …»)."""

    decision: Decision
    comment: str = ""
    remarks: tuple[RemarkText, ...] = ()
    objection: Objection | None = None
    committee: str = ""


def check_verdict(verdict: Verdict, mode: Mode) -> None:
    """Whether a step of this mode can take the decision.

    :raise Refusal: ``verdict``, whose ``details["fields"]`` has a sentence for each field in question
    """
    problems = {field: sentence for field, sentence in _problems(verdict, mode).items() if sentence is not None}
    if problems:
        raise Refusal("verdict", next(iter(problems.values())), fields=problems)


def _problems(verdict: Verdict, mode: Mode) -> dict[str, str | None]:
    return {
        "decision": _why_not_decision(verdict, informed=mode is Mode.INFORMATION),
        "comment": _why_not_comment(verdict),
        "remarks": _why_not_remarks(verdict),
        "committee": _why_not_committee(verdict) if mode is Mode.COMMITTEE else None,
    }


def _why_not_decision(verdict: Verdict, *, informed: bool) -> str | None:
    if informed == (verdict.decision is Decision.SEEN):
        return None
    return _("You are only informed: confirm that you have seen it.") if informed else _("Say whether you agree.")


def _why_not_comment(verdict: Verdict) -> str | None:
    if len(verdict.comment) > TEXT_LIMIT:
        return _too_long()
    if verdict.decision is Decision.REFUSED and not verdict.comment.strip():
        return _("Write what has to be changed: without a reason the drafter cannot go on.")
    return None


def _why_not_remarks(verdict: Verdict) -> str | None:
    remarks = verdict.remarks
    if any(not one.text.strip() for one in remarks):
        return _("A remark without words says nothing. Write it or take it out.")
    if len(remarks) > MOST_REMARKS or any(len(one.text) > TEXT_LIMIT or len(one.place) > PLACE_LIMIT for one in remarks):
        return _too_long()
    if verdict.decision is Decision.REMARKS and not remarks and not verdict.comment.strip():
        return _("Write at least one remark, or agree without remarks.")
    if verdict.decision is Decision.AGREED and remarks:
        return _("You agree without remarks, but wrote some. Agree with remarks, or take them out.")
    return None


def _why_not_committee(verdict: Verdict) -> str | None:
    if len(verdict.committee) > NAME_LIMIT:
        return _("The body and its protocol are longer than %(limit)s characters. Shorten it.", limit=NAME_LIMIT)
    if not verdict.committee.strip():
        return _("Write the protocol by which the body decided: its date and number.")
    return None


def _too_long() -> str:
    return _("That is more than a person reads. Shorten it, or attach it as a file.")
