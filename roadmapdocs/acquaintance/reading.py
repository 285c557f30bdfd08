"""Reading and confirming in person: opened, shown to its last page, confirmed with a simple signature."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.acquaintance.lists import current_version, follow, latest_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.operations import no_acquaintance
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.approvals.signature_rules import rule_on
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.operations import lock_document
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.hooks import reading_decided
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def opened(document_id: int, *, by: Actor, now: dt.datetime) -> Acquaintance | None:
    """Note that the person opened the text, if it is asked of them to read it; give their place on the sheet."""
    mine = (Acquaintance.document == document_id) & (Acquaintance.employee == (by.employee_id or 0))
    asked = mine & (Acquaintance.state == str(ReadingState.ASKED))
    rows = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet)
    line: Acquaintance | None = rows.where(asked).order_by(Acquaintance.id.desc()).first()
    if line is not None and line.opened_at is None:
        with transaction():
            first = (Acquaintance.id == line.id) & Acquaintance.opened_at.is_null()
            Acquaintance.update(opened_at=now).where(first).execute()
        line.opened_at = now
    return line


def read_through(acquaintance_id: int, version_id: int, *, by: Actor, now: dt.datetime) -> Acquaintance:
    """Note that the last page of that version (an id) was shown to the person. Once is enough; again changes nothing.

    :raise NotFound: ``no_acquaintance`` if the place on the sheet is not this person's
    :raise Conflict: as :func:`confirm`
    """
    with transaction():
        line = _own(acquaintance_id, by)
        if line.read_through_at is not None:
            return line
        _check_asked(line, version_id)
        seen = {"read_through_at": now, "opened_at": line.opened_at or now}
        Acquaintance.update(seen).where(Acquaintance.id == line.id).execute()
        return _own(acquaintance_id, by)


def confirm(acquaintance_id: int, *, version_id: int, by: Actor, now: dt.datetime, today: dt.date) -> Acquaintance:
    """Confirm with a simple signature that the version (an id) is known. Confirming again changes nothing.

    :raise NotFound: ``no_acquaintance`` if the place on the sheet is not this person's: nobody confirms for another
    :raise Refusal: ``unread`` if the last page was not shown yet; ``no_rule`` if no rule on simple signatures counts
    :raise Conflict: ``superseded`` with ``newer`` (id of the person's place on the newer sheet, or None), ``dropped``,
        ``refused`` if the clerk entered a refusal
    """
    with transaction():
        line = _own(acquaintance_id, by)
        if line.state == ReadingState.CONFIRMED and line.sheet.version_id == version_id:
            return line
        _check_asked(line, version_id)
        if line.read_through_at is None:
            raise Refusal("unread", _("You have not come to the end of the text yet. Read it to the last page, then confirm."))
        rule = rule_on(today)
        if rule is None:
            raise Refusal(
                "no_rule",
                _("The office has no rule on simple signatures, so it does not count here. Sign the paper sheet at the clerk's."),
            )
        signed = {
            "state": str(ReadingState.CONFIRMED),
            "decided_at": now,
            "day": today,
            "way": str(ReadingWay.ELECTRONIC),
            "rule": rule.id,
            "made_by": by.name,
        }
        Acquaintance.update(signed).where(Acquaintance.id == line.id).execute()
        record("acquaintance_confirmed", subject=line, effect=told_of(line, ReadingWay.ELECTRONIC, today), by=by, now=now)
        line = _own(acquaintance_id, by)
        reading_decided.send(line, by=by, now=now)
        follow(line.document_id, by=by, now=now, today=today)
        return line


def told_of(line: Acquaintance, way: ReadingWay, day: dt.date) -> dict[str, object]:
    """What the journal keeps of a confirmation: whose, of which text, how."""
    return {
        "document": line.document_id,
        "name": line.name,
        "edition": line.sheet.edition,
        "version": line.sheet.version_id,
        "sha256": line.sheet.sha256,
        "way": str(way),
        "day": day.isoformat(),
    }


def check_open(line: Acquaintance) -> None:
    """
    :raise Conflict: ``superseded``, ``dropped``, ``refused``, ``decided``: the line waits for nobody
    """
    if line.state == ReadingState.REPLACED:
        raise _superseded(line)
    if line.state == ReadingState.DROPPED:
        raise Conflict("dropped", _("%(name)s is not asked to read this any more.", name=line.name))
    if line.state == ReadingState.REFUSED:
        raise Conflict("refused", _("The clerk entered a refusal of %(name)s. Ask the clerk to take it back.", name=line.name))
    if line.state == ReadingState.CONFIRMED:
        raise Conflict("decided", _("%(name)s has confirmed already.", name=line.name))


def _check_asked(line: Acquaintance, version_id: int) -> None:
    if line.state == ReadingState.REPLACED or line.sheet.version_id != version_id:
        raise _superseded(line)
    check_open(line)


def _superseded(line: Acquaintance) -> Conflict:
    newer = (
        Acquaintance.select(Acquaintance.id)
        .where((Acquaintance.employee == line.employee_id) & Acquaintance.sheet.in_(latest_sheets(line.document_id)))
        .where(Acquaintance.state != str(ReadingState.DROPPED))
        .order_by(Acquaintance.id.desc())
        .tuples()
        .first()
    )
    current = current_version(line.document_id)
    return Conflict(
        "superseded",
        _("The document has another text by now. Open it anew and read that one."),
        newer=newer[0] if newer else None,
        version=current.id if current else None,
    )


def _own(acquaintance_id: int, by: Actor) -> Acquaintance:
    """The person's place with its sheet, as it is now; others wait until the transaction ends."""
    mine = (Acquaintance.id == acquaintance_id) & (Acquaintance.employee == (by.employee_id or 0))
    line = Acquaintance.get_or_none(mine)
    if line is None:
        raise no_acquaintance()
    lock_document(line.document_id)
    return Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet).where(mine).get()
