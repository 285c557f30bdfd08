"""The rule of the office under which a simple signature counts: a document of its own, from a day until a day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.rules import Registration
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: State of the line of force in which a document binds nobody.
_ENDED: Final = "ended"


def rule_on(day: dt.date) -> SignatureRule | None:
    """The rule of the office under which a simple signature counts on that day."""
    live = (SignatureRule.since <= day) & (SignatureRule.until.is_null() | (SignatureRule.until >= day))
    # A rule goes with its document: annulled or repealed, it lets nobody sign any more.
    binding = (Document.registration == Registration.REGISTERED) & (Document.force != _ENDED)
    rows = SignatureRule.select(SignatureRule, Document).join(Document).where(live & binding)
    found: SignatureRule | None = rows.order_by(SignatureRule.since.desc(), SignatureRule.id.desc()).first()
    return found


def set_rule(document_id: int, since: dt.date, *, by: Actor, now: dt.datetime) -> SignatureRule:
    """Name the document by which a simple signature counts from that day on; the rule before ends the day before.

    :raise Forbidden: if the actor does not keep the registry
    :raise Refusal: ``rule`` if the document is not registered, or is later than the day
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        document = read_document(document_id, by=by)
        if document.registration != Registration.REGISTERED or document.date is None:
            raise _wrong("document", _("Only a registered document can be the rule on simple signatures. Register it first."))
        if since < document.date:
            raise _wrong("since", _("The rule cannot count before the day of its document. Correct the day."))
        day_before = since - dt.timedelta(days=1)
        if SignatureRule.select().where(SignatureRule.since >= since).exists():
            raise _wrong("since", _("A rule that begins on this day or later is there already. Choose a later day."))
        SignatureRule.update(until=day_before).where(
            SignatureRule.until.is_null() | (SignatureRule.until > day_before)
        ).execute()
        rule = SignatureRule.create(document=document, since=since, set_by=by.name, set_at=now)
        record("signature_rule_set", subject=document, effect={"since": since.isoformat()}, by=by, now=now)
    return rule


def end_rule(rule_id: int, until: dt.date, *, by: Actor, now: dt.datetime) -> None:
    """From the day after ``until`` on, nobody signs by account."""
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        rule = SignatureRule.get_or_none(SignatureRule.id == rule_id)
        if rule is None or (rule.until is not None and rule.until < until):
            raise Refusal("no_rule", _("This rule has ended already. Nothing was changed."))
        if until < rule.since:
            raise _wrong("until", _("A rule does not end before it begins. Correct the day."))
        SignatureRule.update(until=until).where(SignatureRule.id == rule_id).execute()
        record("signature_rule_ended", subject=rule.document, effect={"until": until.isoformat()}, by=by, now=now)


def _wrong(name: str, sentence: str) -> Refusal:
    return Refusal("rule", sentence, fields={name: sentence})
