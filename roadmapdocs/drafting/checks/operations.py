"""Use cases of checks: look a document through, mend what can be mended, keep what has errors from being signed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.guards import Guard, Situation
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document, lock_document, read_document, update_document
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.drafting.checks.gathering import Surroundings, facts_of
from roadmapdocs.drafting.checks.registry import CHECKS, examine, missing
from roadmapdocs.drafting.checks.rules import Fix, Mend, Report
from roadmapdocs.drafting.checks.texts import MENDERS
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import make_version, save_draft
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people.rules import SYSTEM, Actor

#: Errors that a sentence names; the block beside the document has all of them.
_NAMED = 3
_around: Kept[Surroundings | None] = Kept("surroundings", lambda: None)


def use_surroundings(around: Surroundings) -> None:
    """From now on, guards look into files kept there."""
    _around.set(around)


def check_document(document: Document, around: Surroundings, *, by: Actor, today: dt.date) -> Report:
    """What is wrong with a document that this person may read, said so that nothing else is shown to them."""
    return examine(facts_of(document, around, by=by, today=today))


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be mended, by whom and when. ``offers`` are those of the check ``code``."""

    document: Document
    code: str
    offers: tuple[Mend, ...]
    by: Actor
    now: dt.datetime
    today: dt.date


def mend(
    document_id: int,
    code: str,
    revision: int,
    *,
    around: Surroundings,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Document:
    """Mend what the check ``code`` finds: the heading, texts of card and draft, or the file, made of its draft anew.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if in its states this is not for them
    :raise Conflict: ``stale`` if somebody changed it meanwhile
    :raise Refusal: ``nothing_to_mend`` if the check finds nothing here that it can mend; for a file, as
        :func:`roadmapdocs.drafting.operations.make_version`
    """
    with transaction():
        lock_document(document_id)
        document = read_document(document_id, by=by)
        require_right(document, "change", by)
        if document.revision != revision:
            raise Conflict(
                "stale", _("Somebody changed the document meanwhile. Look at it again and decide then."), revision=document.revision
            )
        task = _Task(document, code, tuple(_offers(document, code, around, by, today)), by, now, today)
        if not task.offers:
            raise Refusal("nothing_to_mend", _("There is nothing here that is mended at a press. See what the check says now."))
        mended = [name for name, mender in _MENDERS.items() if mender(task)]
        if mended:
            record("checks_mended", subject=document, effect={"check": code, "where": mended}, by=by, now=now)
    if any(one.fix is Fix.FILE for one in task.offers):
        # Printing takes a while, and nobody waits for it.
        make_version(document_id, str(CHECKS[code].title), store=around.store, by=by, now=now, today=today)
    return get_document(document_id)


def _offers(document: Document, code: str, around: Surroundings, by: Actor, today: dt.date) -> Iterator[Mend]:
    check = CHECKS.get(code)
    if check is None:
        return
    facts = facts_of(document, around, by=by, today=today)
    if not missing(check, facts):
        yield from (one.offered for one in check.findings(facts) if one.offered is not None)


def _mend_title(task: _Task) -> bool:
    wanted = next((one.after for one in task.offers if one.fix is Fix.TITLE), "")
    title = wanted or MENDERS.get(task.code, str)(task.document.title)
    if title == task.document.title:
        return False
    card = dataclasses.replace(card_of(task.document), title=title)
    update_document(task.document.id, card, revision=task.document.revision, by=task.by, now=task.now, today=task.today)
    return True


def _mend_draft(task: _Task) -> bool:
    draft = Draft.get_or_none(Draft.document == task.document.id)
    mender = MENDERS.get(task.code)
    if draft is None or mender is None:
        return False
    content = _texts(draft.content, mender)
    if content == draft.content:
        return False
    save_draft(task.document.id, content, draft.revision, by=task.by, now=task.now, today=task.today)
    return True


#: Fields of a draft that are texts; names and codes stay as they are.
_TEXTS: Final = frozenset({"text", "title", "preamble", "decree", "term", "basis", "conclusions", "approves", "cells", "columns", "meeting"})


def _texts(content: Any, mender: Callable[[str], str], name: str = "") -> Any:
    """The content of a draft with its texts mended."""
    if isinstance(content, dict):
        return {key: _texts(one, mender, key) for key, one in content.items()}
    if isinstance(content, list):
        return [_texts(one, mender, name) for one in content]
    return mender(content) if isinstance(content, str) and name in _TEXTS else content


_MENDERS: Final[dict[str, Callable[[_Task], bool]]] = {"card": _mend_title, "draft": _mend_draft}


def checked_clean(now: Situation) -> str | None:
    """A guard for definitions of an office's own: nothing goes on while errors stand. Warnings keep nobody.

    What is said here is said to whoever may read the document: no error tells of a document that another cites.
    """
    around = _around.get()
    if around is None:
        return _("The check before signing cannot read files here. Tell the administrator.")
    report = check_document(get_document(now.document_id), around, by=SYSTEM, today=now.today)
    if not report.errors:
        return None
    named = " ".join(f"{one.place}: {one.sentence}" for one in report.errors[:_NAMED])
    return _("The check before signing finds errors. %(errors)s", errors=named)


GUARDS: dict[str, Guard] = {checked_clean.__name__: checked_clean}
