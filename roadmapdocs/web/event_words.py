"""Entries of the journal of events as sentences: who did it stands before, so each begins with what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.rules import source_words, target_words
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.web.acquaintance.event_words import acquaintance_events
from roadmapdocs.web.approval_words import approval_events, route_event
from roadmapdocs.web.assignments.event_words import assignment_events
from roadmapdocs.web.guests.words import guest_events
from roadmapdocs.web.people_import.event_words import incoming_events
from roadmapdocs.web.webhooks.event_words import webhook_events
from roadmapdocs.workflow.rules import Line, Workflow

#: A reason or a comment is told whole up to this many characters.
_LONGEST = 400
#: Links between documents and links with items of roadmaps go by the same codes; only the former have a kind.
_LINK_EVENTS = frozenset({"document_linked", "document_unlinked"})
#: Their sentences list parts of a route, which are words of its own page.
_ROUTE_EVENTS = frozenset({"route_saved", "route_retired"})
Effect = Mapping[str, object]
Say = Callable[[str], str]


def event_sentence(event: Event, workflow: Workflow | None = None, gender: str = "m") -> str:
    """What an entry says to people; one with an unknown code is shown by its code.

    ``workflow`` and ``gender`` are those of the document that it is about: they word the states it moved between.
    """
    effect: Effect = event.effect if isinstance(event.effect, dict) else {}
    if event.what == "document_moved":
        return _moved(effect, workflow, gender)

    def say(name: str) -> str:
        return _told(effect.get(name))

    if event.what in _ROUTE_EVENTS:
        return route_event(event.what, effect)
    if event.what in _LINK_EVENTS and effect.get("kind"):
        return _link(event.what, say, gender)
    for table in _TABLES:
        sentence = table(say).get(event.what)
        if sentence is not None:
            return sentence()
    return str(event.what)


def _told(value: object) -> str:
    """A value of an effect as people read it: days as they are written here, long texts cut; what is not so, nothing."""
    if value is None or value is False:
        return ""
    text = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    if len(text) == len("2025-11-10") and text[4:5] == "-":
        try:
            return dt.date.fromisoformat(text).strftime("%d.%m.%Y")
        except ValueError:
            return text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moved(effect: Effect, workflow: Workflow | None, gender: str) -> str:
    """«Зарегистрировать: не зарегистрирован → зарегистрирован; № 12-О. Причина: …»"""
    name, source, target = (_told(effect.get(key)) for key in ("transition", "from", "to"))
    line = effect.get("line")
    if workflow is not None and line in set(Line):
        states = workflow.definitions[Line(str(line))].states
        source, target = (
            states[one].label.in_language(language(), gender) if one in states else one for one in (source, target)
        )
        transition = workflow.transition(name)
        name = transition.label.in_language(language(), gender) if transition is not None else name
    head = f"{name}: {source} → {target}" if source != target else name
    facts = [words for key, words in _facts(effect) if effect.get(key) not in (None, "")]
    sentences = ["; ".join([head, *facts]).rstrip(".")]
    if effect.get("reason"):
        sentences.append(_("Reason: %(reason)s", reason=_told(effect["reason"])).rstrip("."))
    if effect.get("comment"):
        sentences.append(_("Comment: %(comment)s", comment=_told(effect["comment"])).rstrip("."))
    return ". ".join(sentences)


def _facts(effect: Effect) -> list[tuple[str, str]]:
    told = {name: _told(effect.get(name)) for name in ("number", "date", "case_name", "due", "points")}
    return [
        ("number", _("No. %(number)s", number=told["number"])),
        ("date", _("date %(date)s", date=told["date"])),
        ("case_name", _("case %(case)s", case=told["case_name"])),
        ("due", _("term %(due)s", due=told["due"])),
        ("points", _("points %(points)s", points=told["points"])),
        ("rule", _("by rule")),
    ]


def _documents(say: Say) -> dict[str, Callable[[], str]]:
    return {
        "document_created": lambda: _("made the card"),
        "document_changed": lambda: _("changed the card"),
        "workflow_renewed": lambda: _("goes on under the workflow of the new program"),
        "workflows_renewed": lambda: _("%(count)s signed documents go on under this workflow of the new program", count=say("documents")),
        "version_added": lambda: _("added version %(number)s: %(name)s", number=say("version"), name=say("name")),
        "file_attached": lambda: _("attached a file: %(name)s", name=say("title") or say("name")),
        "file_detached": lambda: _("took a file off: %(name)s. Reason: %(reason)s", name=say("name"), reason=say("reason")),
        "commented": lambda: _("wrote a comment"),
        "list_exported": lambda: _("saved a list to a file"),
        "lock_taken_over": lambda: _("took the editing of the card over from %(who)s", who=say("from")),
        "working_copy_taken": lambda: _("made a working copy"),
        "working_copy_made": lambda: _("made this working copy"),
        "working_copy_brought_in": lambda: _said(_("brought the working copy in"), say("comment")),
        "working_copy_discarded": lambda: _said(_("gave the working copy up"), say("reason")),
        "draft_started": lambda: _("began the draft of the text"),
        "checks_mended": lambda: _("mended what the check before signing had found"),
        "draft_saved": lambda: _("changed the draft of the text"),
        "draft_rendered": lambda: _("made version %(number)s from the draft", number=say("version")),
        "draft_returned": lambda: _(
            "took changes from version %(number)s over into the draft: %(count)s", number=say("version"), count=say("count")
        ),
        "phrase_kept": lambda: _said(_("changed the library of phrases"), say("text")),
    }


def _said(head: str, why: str) -> str:
    return f"{head}: {why}" if why else head


def _link(what: str, say: Say, gender: str) -> str:
    """«добавлена связь: утверждает положение от …», told from the side of the document whose history it is."""
    kind = say("kind")
    known = LinkKind(kind) if kind in set(LinkKind) else None
    if say("target"):
        words, other = source_words(known) if known else kind, say("to")
    else:
        words, other = target_words(known, gender) if known else kind, say("from")
    points = _("points %(points)s", points=say("points")) if say("points") else ""
    told = ", ".join(part for part in (f"{words}: {other}", points, say("note")) if part)
    head = _("made a link") if what == "document_linked" else _("took a link off")
    reason = say("reason")
    ending = ". " + _("Reason: %(reason)s", reason=reason) if reason else ""
    return f"{head}: {told}{ending}"


def _roadmaps(say: Say) -> dict[str, Callable[[], str]]:
    return {
        "edition_stored": lambda: _("stored edition %(number)s", number=say("edition")),
        "document_linked": lambda: _("linked a document: %(expected)s", expected=say("expected")),
        "document_unlinked": lambda: _("took a link back: %(expected)s", expected=say("expected")),
        "period_waived": lambda: _("not required: %(reason)s", reason=say("reason")),
        "waiver_ended": lambda: _("required again: %(expected)s", expected=say("expected")),
        "external_link_made": lambda: _("linked with another program: %(title)s", title=say("title")),
        "external_link_removed": lambda: _("took off the link with another program: %(title)s", title=say("title")),
        "expected_confirmed": lambda: _("confirmed what is expected: %(title)s", title=say("title")),
        "expected_rejected": lambda: _("not expected: %(title)s", title=say("title")),
        "expected_added": lambda: _("added what is expected: %(title)s", title=say("title")),
    }


def _registry(say: Say) -> dict[str, Callable[[], str]]:
    return {
        "template_added": lambda: _(
            "put a template of documents in place: %(path)s, version %(number)s from %(since)s",
            path=say("path"),
            number=say("number"),
            since=say("since"),
        ),
        "template_withdrawn": lambda: _("withdrew version %(number)s of the template %(path)s", number=say("number"), path=say("path")),
        "number_given": lambda: _("gave No. %(number)s", number=say("number")),
        "number_reserved": lambda: _("reserved No. %(number)s: %(reason)s", number=say("number"), reason=say("reserved_for")),
        "number_released": lambda: _("gave No. %(number)s back: %(reason)s", number=say("number"), reason=say("reason")),
        "number_annulled": lambda: _("annulled No. %(number)s: %(reason)s", number=say("number"), reason=say("reason")),
        "gap_explained": lambda: _(
            "explained why Nos. %(first)s–%(last)s were not given: %(reason)s",
            first=say("first"),
            last=say("last"),
            reason=say("reason"),
        ),
        "period_closed": lambda: _("closed the period %(period)s: %(reason)s", period=say("period"), reason=say("reason")),
        "period_reopened": lambda: _("opened the period %(period)s again: %(reason)s", period=say("period"), reason=say("reason")),
        "journal_added": lambda: _("added the journal %(name)s", name=say("name")),
        "journal_changed": lambda: _("changed the journal %(name)s", name=say("name")),
        "kind_kept": lambda: _("changed the kind of document %(name)s", name=say("name") or say("code")),
        "abbreviation_added": lambda: _("added the abbreviation “%(text)s”", text=say("text")),
        "abbreviation_renamed": lambda: _("wrote the abbreviation “%(before)s” as “%(text)s”", before=say("before"), text=say("text")),
        "abbreviation_switched": lambda: (
            _("switched the abbreviation “%(text)s” on", text=say("text"))
            if say("active") == "True"
            else _("switched the abbreviation “%(text)s” off", text=say("text"))
        ),
        "abbreviation_removed": lambda: _("removed the abbreviation “%(text)s”", text=say("text")),
        "case_added": lambda: _said(_("added a case"), say("title")),
        "case_changed": lambda: _said(_("changed the case"), say("title")),
        "retention_added": lambda: _said(_("added a term of storage"), say("documents")),
        "retention_changed": lambda: _said(_("changed the term of storage"), say("documents")),
        "nomenclature_copied": lambda: _("copied the nomenclature of cases"),
        "case_year_closed": lambda: _("closed the year %(year)s", year=say("year")),
        "case_year_reopened": lambda: _("opened the year %(year)s again", year=say("year")),
        "case_removed": lambda: _("took the case off by the act %(act)s", act=say("act")),
    }


def _people(say: Say) -> dict[str, Callable[[], str]]:
    return {
        "user_created": lambda: _("made the account %(login)s", login=say("login")),
        "organisation_added": lambda: _said(_("added an organisation"), say("name")),
        "organisation_changed": lambda: _said(_("changed the organisation"), say("name")),
        "unit_added": lambda: _said(_("added a unit"), say("name")),
        "unit_changed": lambda: _said(_("changed the unit"), say("name")),
        "employee_added": lambda: _said(_("added an employee"), say("surname")),
        "employee_changed": lambda: _said(_("changed the employee"), say("surname")),
        "employee_forms_set": lambda: _said(_("corrected the cases of the name"), say("name")),
        "post_forms_set": lambda: _said(_("corrected the cases of the post"), say("title")),
        "post_added": lambda: _said(_("added a post"), say("title")),
        "post_changed": lambda: _said(_("changed the post"), say("title")),
        "api_called": lambda: _("asked by a program: %(what)s", what=f"{say('model')}.{say('method')}"),
        "organisations_changed": lambda: _(
            "changed the organisations in which the roles of the account %(login)s count", login=say("login")
        ),
        "token_made": lambda: _("made the token “%(name)s”", name=say("name")),
        "token_revoked": lambda: _("revoked the token “%(name)s”", name=say("name")),
        "grants_changed": lambda: _("changed the rights of the account %(login)s", login=say("login")),
        "user_changed": lambda: _("changed the account"),
        "user_locked": lambda: _("shut the account %(login)s after wrong passwords", login=say("login")),
        "password_changed": lambda: _("gave the account %(login)s a new password", login=say("login")),
    }


def _absences(say: Say) -> dict[str, Callable[[], str]]:
    def days() -> str:
        if not say("until"):
            return _("from %(since)s", since=say("since"))
        return f"{say('since')}–{say('until')}"

    def away(head: str, alone: str) -> str:
        told = head % {"absent": say("absent"), "substitute": say("substitute"), "days": days()}
        if not say("substitute"):
            told = alone % {"absent": say("absent"), "days": days()}
        return _said(told, say("reason"))

    return {
        "substitution_set": lambda: away(
            _("%(substitute)s stands in for %(absent)s, %(days)s"), _("recorded that %(absent)s is away, %(days)s")
        ),
        "substitution_revoked": lambda: away(
            _("revoked that %(substitute)s stands in for %(absent)s, %(days)s"),
            _("revoked that %(absent)s is away, %(days)s"),
        ),
        "acting_set": lambda: _(
            "recorded: %(printed)s is %(employee)s, %(days)s; %(basis)s",
            printed=say("printed"),
            employee=say("employee"),
            days=days(),
            basis=say("basis"),
        ),
        "acting_revoked": lambda: _(
            "revoked: %(printed)s was %(employee)s, %(days)s; %(basis)s",
            printed=say("printed"),
            employee=say("employee"),
            days=days(),
            basis=say("basis"),
        ),
        "day_exception_set": lambda: _("changed the working calendar: %(day)s, %(name)s", day=say("day"), name=say("name")),
        "day_exception_removed": lambda: _(
            "took %(day)s out of the office's own days: %(name)s", day=say("day"), name=say("name")
        ),
    }


_TABLES: Final = (
    _documents,
    approval_events,
    guest_events,
    acquaintance_events,
    assignment_events,
    _roadmaps,
    _registry,
    _people,
    _absences,
    webhook_events,
    incoming_events,
)
