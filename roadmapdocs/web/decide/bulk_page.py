"""Several documents at once: those that may go without being opened, and those that may not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from roadmapdocs.approvals.bulk import (
    MOST_AT_ONCE,
    Candidate,
    Choice,
    Outcome,
    candidates,
    decide_many,
    sign_many,
)
from roadmapdocs.approvals.models import Seen
from roadmapdocs.approvals.waiting import ACTS, Waiting, waiting_for
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.decide.order import address
from roadmapdocs.web.decide.words import act_words, group_word, in_place_words
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.worklist.documents import Shown, shown
from roadmapdocs.web.worklist.rows import term_of

_LONGEST_ID = 9
_SIGNED = ("sign", "confirm")


def bulk_page(act: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """All that waits for this act, the most urgent first; a page of them.

    :raise NotFound: ``no_act``
    """
    _known(act)
    waiting = [one for one in waiting_for(actor()) if one.act == act]
    found = candidates(waiting[:MOST_AT_ONCE], by=actor(), today=today())
    names = shown([one.waiting.document_id for one in found])
    opened = _opened(found)
    ticked = {(one.document, one.visa) for one in _choices()} if refusal is not None else None
    rows = [_row(one, names) for one in found if one.waiting.document_id in names]
    for row in rows:
        row["ticked"] = row["key"] in ticked if ticked is not None else "all" in request.args or row["document"] in opened
    page = pages.render(
        "decide_bulk.html",
        step="choose",
        act=_act(act),
        will=[row for row in rows if row["why_not"] is None],
        will_not=[row for row in rows if row["why_not"] is not None],
        more=len(waiting) - len(found),
        password=act in _SIGNED,
        trouble=refusal.message if refusal is not None else None,
        all_url=f"{url_for('roadmapdocs_decide.bulk')}?act={act}&all=1",
        back_url=url_for("roadmapdocs_worklist.index"),
    )
    return page, status_of(refusal) if refusal is not None else 200


def report_page(act: str) -> ResponseReturnValue:
    """Do it for what was ticked, and tell of each."""
    _known(act)
    choices = _choices()
    try:
        if act in _SIGNED:
            password = request.form.get("password", "")
            outcomes = sign_many(choices, password, by=actor(), now=now(), today=today())
        else:
            outcomes = decide_many(choices, by=actor(), now=now(), today=today())
    except Refusal as refusal:
        return bulk_page(act, refusal)
    return pages.render(
        "decide_bulk.html",
        step="report",
        act=_act(act),
        done=_told([one for one in outcomes if one.why_not is None]),
        not_done=_told([one for one in outcomes if one.why_not is not None]),
        summary=_("done for %(done)s of %(total)s", done=sum(one.why_not is None for one in outcomes), total=len(outcomes)),
        back_url=url_for("roadmapdocs_worklist.index"),
    )


def _known(act: str) -> None:
    if act not in ACTS:
        raise NotFound("no_act", _("There is no such list. See what waits for you."))


def _act(act: str) -> dict[str, str]:
    words = act_words(act)
    return {"code": act, "title": group_word(act), "label": words.verb, "symbol": words.symbol}


def _opened(found: Sequence[Candidate]) -> set[int]:
    """Documents whose present text the person has had before them: these are ticked to begin with."""
    ids = [one.version for one in found if one.version is not None]
    rows = (
        Seen.select(Seen.document)
        .join(DocumentVersion, on=(DocumentVersion.document == Seen.document) & (DocumentVersion.number == Seen.number))
        .where((Seen.employee == actor().employee_id) & DocumentVersion.id.in_(ids))
    )
    return {document for (document,) in rows.tuples()}


def _row(one: Candidate, names: dict[int, Shown]) -> dict[str, Any]:
    waits: Waiting = one.waiting
    urgency, when, note = term_of(waits.due, today())
    document = names[waits.document_id]
    return {
        "document": waits.document_id,
        "key": (waits.document_id, waits.visa_id),
        "choice": f"{waits.document_id}:{one.version or 0}:{waits.visa_id or 0}",
        "title": document.name,
        "url": address(waits.document_id),
        "urgency": urgency,
        "when": when,
        "note": note,
        "about": [
            _("Drafted by: %(name)s", name=document.drafter) if document.drafter else "",
            in_place_words(waits.in_place_of, waits.acting) if waits.in_place_of else "",
        ],
        "why_not": one.why_not,
    }


def _choices() -> list[Choice]:
    """What was ticked: document, version and visa as the page had them; what makes no sense is passed over."""
    found = []
    for sent in request.form.getlist("choice"):
        parts = [_whole(part) for part in sent.split(":")]
        if len(parts) == 3 and all(part is not None for part in parts):
            document, version, visa = parts
            found.append(Choice(document or 0, version or None, visa or None))
    return list(dict.fromkeys(found))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID else None


def _told(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Nothing is told of what the person may not read: somebody wrote its number into the form."""
    ids = [one.choice.document for one in outcomes]
    mine = {id_ for (id_,) in Document.select(Document.id).where(Document.id.in_(ids) & visible_to(actor(), few=True)).tuples()}
    names = shown(mine)
    return [
        {
            "title": names[one.choice.document].name if one.choice.document in names else _("Document"),
            "url": address(one.choice.document) if one.choice.document in names else None,
            "why_not": one.why_not,
        }
        for one in outcomes
    ]
