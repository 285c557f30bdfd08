"""Words of approval on pages and in the history: decisions, states of runs and visas, entries of the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from roadmapdocs.approvals.rules import Decision, RunState
from roadmapdocs.approvals.words import RemarkState, SignatureWay
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext

Say = Callable[[str], str]


def decision_word(decision: str) -> str:
    """«согласовано», «не согласовано»: forms that agree with no gender (domain.md §7.3)."""
    words: dict[str, str] = {
        Decision.AGREED: _("agreed without remarks"),
        Decision.REMARKS: _("agreed with remarks"),
        Decision.REFUSED: _("not agreed"),
        Decision.SEEN: _("took note of it"),
    }
    return words.get(decision, decision)


def run_word(state: str) -> str:
    words: dict[str, str] = {
        RunState.UNDER_WAY: _("visas are being collected"),
        RunState.AGREED: _("the visas are collected"),
        RunState.RETURNED: _("returned for rework"),
        RunState.WITHDRAWN: _("taken back"),
        RunState.SUPERSEDED: _("begun anew with another text"),
    }
    return words.get(state, state)


def remark_word(state: str) -> str:
    words: dict[str, str] = {
        RemarkState.OPEN: pgettext("remark", "not answered"),
        RemarkState.ACCEPTED: pgettext("remark", "accepted"),
        RemarkState.REJECTED: pgettext("remark", "rejected with a reason"),
        RemarkState.WITHDRAWN: pgettext("remark", "withdrawn"),
    }
    return words.get(state, state)


def signature_word(way: str) -> str:
    words = {
        SignatureWay.SIMPLE: _("simple electronic signature"),
        SignatureWay.QUALIFIED: _("qualified electronic signature"),
        SignatureWay.PAPER: _("on paper"),
    }
    return words[SignatureWay(way)]


def approval_events(say: Say) -> dict[str, Callable[[], str]]:
    """Sentences of the journal's entries about approval, by code."""
    return {
        "route_started": lambda: _said(_("sent it for approval: %(people)s", people=say("people")), say("route")),
        "route_ended": lambda: _said(_ended(say), say("reason")),
        "visa_given": lambda: _given(say),
        "visa_carried": lambda: _("the visa of %(name)s holds and is repeated", name=say("name")),
        "visa_withdrawn": lambda: _("took the visa back"),
        "visa_asked_of_another": lambda: _said(_("asks %(name)s for an opinion", name=say("name")), say("note")),
        "visa_forwarded": lambda: _said(_("handed the visa on: %(name)s decides", name=say("name")), say("note")),
        "visa_replaced": lambda: _said(
            _("changed who decides: %(name)s instead of %(old)s", name=say("name"), old=say("from")), say("note")
        ),
        "visa_reminded": lambda: _("reminded: %(name)s", name=say("name")),
        "remark_answered": lambda: _said(
            _("remark of %(of)s: %(state)s", of=say("of"), state=remark_word(say("state"))), say("answer")
        ),
        "mail_sent_again": lambda: _("sent a mail again: %(to)s", to=say("to")),
        "signature_rule_set": lambda: _("made it the rule on simple signatures from %(day)s", day=say("since")),
        "signature_rule_ended": lambda: _("ended the rule on simple signatures on %(day)s", day=say("until")),
    }


def _ended(say: Say) -> str:
    return _("approval: %(outcome)s", outcome=run_word(say("outcome")))


def _given(say: Say) -> str:
    """«согласовано с замечаниями (замещает: Ветрова М. И.): указать срок»"""
    said = decision_word(say("decision"))
    if say("for"):
        said += " " + _("(stands in for %(name)s)", name=say("for"))
    if say("way") == "paper":
        said += " " + _("(on paper: %(name)s)", name=say("name"))
    if say("way") == "link":
        said += " " + _("(by the link of a guest)")
    if say("committee"):
        said += f", {say('committee')}"
    return _said(said, say("comment"))


def _said(head: str, why: str) -> str:
    return f"{head}: {why}" if why else head


def part_word(name: str) -> str:
    """A part of a route, as the history of its changes calls it."""
    words = {
        "name": _("name of the route"),
        "position": _("place in the list"),
        "active": _("whether it is in use"),
        "kinds": _("kinds of documents"),
        "units": _("units it fits"),
        "cases": _("cases it fits"),
        "condition": _("condition on the card"),
        "obligatory": _("whether it is obligatory"),
        "changeable": _("whether it may be changed at the start"),
        "plan": _("steps and rules"),
    }
    return words.get(name, name)


def route_event(what: str, effect: Mapping[str, Any]) -> str:
    """An entry of the journal about a route, as a sentence without its subject."""
    if what == "route_retired":
        return _("took the route “%(route)s” out of use", route=effect.get("name", ""))
    if effect.get("made"):
        return _("made the route “%(route)s”", route=effect.get("name", ""))
    parts = ", ".join(part_word(one) for one in effect.get("changed", []))
    return _("changed the route “%(route)s”: %(parts)s", route=effect.get("name", ""), parts=parts)
