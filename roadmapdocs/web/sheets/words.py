"""From facts of a sheet to the words that are printed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import Mode, Step
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.approvals.sheet import Disagreement, RunSheet, Sheet, Standing, VisaLine
from roadmapdocs.approvals.words import Added, ObjectionKind, RemarkState, VisaWay
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.web.approval_words import decision_word, remark_word, run_word
from roadmapdocs.web.pages import capital
from roadmapdocs.web.sheets.printed import SHORT_HASH, Captions, Printed, Row, Table
from roadmapdocs.web.sheets.signature_words import signature_mark

DAY: Final = "%d.%m.%Y"


def printed(sheet: Sheet, *, address: str, now: dt.datetime, zone: dt.tzinfo) -> Printed:
    """``address`` is where the card is, ``zone`` the office's clock, ``now`` when the sheet is made."""
    return Printed(
        title=_("Sheet of approval"),
        facts=tuple(_facts(sheet)),
        columns=columns(),
        tables=tuple(_table(found, zone) for found in sheet.runs),
        disagreements=tuple(disagreement_words(one) for one in sheet.disagreements),
        signatures=tuple(signature_mark(one, sheet, zone) for one in sheet.signatures),
        hashes=_hashes(sheet),
        captions=Captions(
            attached=_("Remarks in full"),
            see_below=_("Remarks are attached"),
            disagreements=_("Disagreements that were not settled"),
            signatures=_("Signatures"),
            versions=_("Versions of the text by SHA-256"),
            nothing=_("The document was not sent for approval."),
            code=_("The code opens the card of the document"),
        ),
        address=address,
        made=_("Made on %(moment)s from the document registry", moment=moment(now, zone)),
        on=now.astimezone(zone).date(),
        language=language(),
    )


def columns() -> tuple[str, ...]:
    """Headings of the columns, in the order of domain.md §7.3."""
    return (
        _("No."),
        _("Post"),
        _("Surname and initials"),
        _("Received, term"),
        _("Result"),
        _("Remarks"),
        _("Decided"),
        _("Signature or mark"),
        _("Version"),
    )


def moment(value: dt.datetime | None, zone: dt.tzinfo) -> str:
    """«10.11.2025 16:05» by the office's clock."""
    return value.astimezone(zone).strftime(f"{DAY} %H:%M") if value is not None else ""


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    document, version = sheet.document, sheet.version
    latest = sheet.runs[0].run if sheet.runs else None
    facts = [
        (_("Document"), capital(reference(document))),
        (_("Title"), document.title),
        (_("Drafter"), str(document.drafter) if document.drafter_id else ""),
        (_("Version of the text"), _("%(number)s, %(name)s", number=version.number, name=version.name) if version else ""),
        ("SHA-256", version.file.sha256 if version else ""),
        (_("Route"), _route(latest)),
    ]
    if version is not None and version.number != sheet.versions[0].number:
        later = _("The card has version %(number)s by now; the sheet is of the signed one.", number=sheet.versions[0].number)
        facts.append((_("Note"), later))
    return [(caption, value) for caption, value in facts if value]


def _route(run: Run | None) -> str:
    if run is None:
        return ""
    name = run.name or _("the document's own")
    return _("%(name)s, round %(number)s: %(state)s", name=name, number=run.number, state=run_word(run.state))


def _table(found: RunSheet, zone: dt.tzinfo) -> Table:
    run = found.run
    begun = _("Begun on %(moment)s: %(who)s", moment=moment(run.started_at, zone), who=run.started_by)
    notes = [begun]
    if run.state != RunState.UNDER_WAY:
        ended = _("Ended on %(moment)s: %(state)s", moment=moment(run.ended_at, zone), state=run_word(run.state))
        notes.append(f"{ended} ({run.ended_why})" if run.ended_why else ended)
    title = _("Round %(number)s", number=run.number)
    return Table(title, tuple(notes), tuple(row(line, run, zone) for line in found.lines))


def row(line: VisaLine, run: Run, zone: dt.tzinfo) -> Row:
    """A visa as the sheet prints it."""
    visa = line.visa
    version = _("%(number)s (%(hash)s…)", number=line.version, hash=visa.sha256[:SHORT_HASH]) if line.version else ""
    term = _("term %(day)s", day=visa.due.strftime(DAY)) if visa.due else ""
    return Row(
        number=str(line.number),
        post=visa.decided_post if visa.in_place and visa.decided_post else visa.post,
        name=who_words(visa),
        received="\n".join(part for part in (moment(visa.asked_at, zone), term) if part),
        result=result_words(line, run),
        remarks=(*([visa.comment] if visa.comment else []), *(remark_words(one) for one in line.remarks)),
        decided=moment(visa.decided_at, zone),
        mark=mark_words(line, run),
        version=version,
        standing=standing_words(line),
        holds=line.standing.holds if line.standing is not None else None,
        visa=visa.id,
        objection=_("File: %(kind)s, %(name)s", kind=objection_word(visa.objection_kind), name=visa.objection_name)
        if visa.objection_id
        else "",
    )


def who_words(visa: Visa) -> str:
    """Both names where somebody stood in (domain.md §8), in words that decline neither."""
    if visa.in_place:
        return _("%(who)s (stands in: %(absent)s)", who=visa.decided_name, absent=visa.name)
    return str(visa.name)


def result_words(line: VisaLine, run: Run) -> str:
    """«согласовано», or how the visa stands while it is not given; forms that agree with no gender."""
    visa = line.visa
    if visa.decision:
        return decision_word(visa.decision)
    if visa.state == VisaState.HANDED:
        return _("handed on: %(name)s", name=line.handed_to) if line.handed_to else _("handed on")
    if visa.state == VisaState.DROPPED:
        return _("was not needed")
    if visa.state == VisaState.OPEN:
        return _("no decision yet")
    return _("not asked yet") if run.state == RunState.UNDER_WAY else _("was not needed")


def remark_words(remark: Remark) -> str:
    """«п. 3: указать срок — отклонено с обоснованием: срок есть в приложении»"""
    head = f"{remark.place}: {remark.text}" if remark.place else str(remark.text)
    state = remark_word(remark.state) if remark.state != RemarkState.OPEN else _("no answer yet")
    return f"{head} — {state}: {remark.answer}" if remark.answer else f"{head} — {state}"


def mark_words(line: VisaLine, run: Run) -> str:
    """By what the visa was given, and how the person came into the run."""
    visa = line.visa
    words = {
        VisaWay.ACCOUNT: _("visa in the registry"),
        VisaWay.PAPER: _("on paper"),
        VisaWay.LINK: _("by a link, without an account"),
        VisaWay.PROTOCOL: visa.committee,
        VisaWay.CARRIED: _carried(line, run),
    }
    came = {
        Added.ASKED: _("asked by: %(name)s", name=visa.added_by),
        Added.FORWARDED: _("handed on by: %(name)s", name=visa.added_by),
        Added.REPLACED: _("named by: %(name)s", name=visa.added_by),
    }
    parts = (words[VisaWay(visa.way)] if visa.way else "", came.get(Added(visa.added), ""))
    return "\n".join(part for part in parts if part)


def _carried(line: VisaLine, run: Run) -> str:
    """Of an earlier round, or in the same one from the step before: who agrees twice in a row is asked once."""
    if line.carried_from == run.number:
        return _("repeats the visa of the step before")
    return _("carried over from round %(number)s", number=line.carried_from)


def standing_words(line: VisaLine) -> str:
    """«действует: с версии 2 правки редакционные», «не действует: версия 3 изменила существо»."""
    if line.standing is None:
        return ""
    words = {
        Standing.SAME: _("holds: given on this text"),
        Standing.EDITORIAL: _("holds: from version %(number)s on only wording changed", number=line.since),
        Standing.LAPSED: _("does not hold: version %(number)s changed the substance", number=line.since),
        Standing.REPLACED: _("decided anew in round %(number)s", number=line.since),
        Standing.WITHOUT_TEXT: _("given without a file of the text"),
    }
    return words[line.standing]


def objection_word(kind: str) -> str:
    words = {
        ObjectionKind.REDLINE: _("text with changes marked"),
        ObjectionKind.OPINION: _("separate opinion"),
        ObjectionKind.PROTOCOL: _("protocol of disagreements"),
        ObjectionKind.OTHER: _("with the decision"),
    }
    return words[ObjectionKind(kind or ObjectionKind.OTHER)]


def disagreement_words(one: Disagreement) -> str:
    """Whose it is and in which words, with the drafter's answer."""
    visa = one.visa
    name = who_words(visa)
    if one.remark is not None:
        return f"{name}: {remark_words(one.remark)}"
    said = f"{name}: {decision_word(visa.decision)}"
    return f"{said}. {visa.comment}" if visa.comment else said


def _hashes(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Of the sheet's own version and of all on which somebody decided, the newest first."""
    named = {line.version for found in sheet.runs for line in found.lines}
    if sheet.version is not None:
        named.add(sheet.version.number)
    return tuple(
        (_("version %(number)s", number=one.number), one.file.sha256) for one in sheet.versions if one.number in named
    )


def mode_words(step: Step) -> str:
    """How a step asks: «все вместе», «достаточно согласия: 2»."""
    words = {
        Mode.TURN: _("one after another"),
        Mode.TOGETHER: _("all together"),
        Mode.ANY: _("any one is enough"),
        Mode.QUORUM: _("how many have to agree: %(needed)s", needed=step.needed),
        Mode.COMMITTEE: step.body or _("a body by its protocol"),
        Mode.INFORMATION: _("for information"),
    }
    return words[step.mode]
