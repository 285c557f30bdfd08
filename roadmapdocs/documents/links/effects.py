"""What a link in effect does to its target, and how that is taken back (``domain.md`` §12).

Steps are transitions that the target's own workflow leaves to rules; a step that is not open is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.editions import AMENDING, ENDING, acting_on
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Force, Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


class Door(Protocol):
    """How a rule moves a document: :func:`roadmapdocs.documents.transitions.perform_by_rule`."""

    def __call__(
        self, document_id: int, name: str, *, answers: Answers | None, by: Actor, now: dt.datetime, today: dt.date
    ) -> Document | None: ...


@dataclass(frozen=True, slots=True)
class Act:
    """A link at work: on whose account, and when. ``since`` and ``points`` are the link's."""

    link_id: int
    kind: LinkKind
    source: Document
    target: Document
    since: dt.date | None
    points: str
    door: Door
    by: Actor
    now: dt.datetime
    today: dt.date

    @property
    def day(self) -> dt.date:
        """From which day the effect counts: said with the link, else when the source comes into force, else its date."""
        return self.since or self.source.force_from or self.source.date or self.today


def have_effect(act: Act) -> bool:
    """Whether anything was done to the target."""
    return _DO[act.kind](act)


def take_back(act: Act) -> None:
    """Once the link is gone, or its source in effect no more."""
    _UNDO[act.kind](act)


def _approve(act: Act) -> bool:
    target = act.target
    confirmed = _step(act, "confirm_by_document", date=act.source.date)
    if not confirmed and target.preparation != Preparation.SIGNED:
        return False
    if target.force == Force.NOT_IN_FORCE and (act.since or target.force_from is None):
        # The step that starts force reads the day from the card.
        Document.update(force_from=act.day).where(Document.id == target.id).execute()
    return _step(act, "register_with_document", date=act.source.registered_on) or confirmed


def _disapprove(act: Act) -> None:
    others = _others(act, (LinkKind.APPROVES,))
    if others:
        _hand_over(others[:1])
        return
    came = act.since or act.source.force_from or act.source.date
    planned = None if act.since or act.target.force_from == came else act.target.force_from
    _step(act, "annul_with_document")
    _step(act, "unconfirm_by_document")
    if get_document(act.target.id).force == Force.NOT_IN_FORCE:
        Document.update(force_from=planned).where(Document.id == act.target.id).execute()


def _amend(act: Act) -> bool:
    # An edition more of what is amended already is no other state, and is taken back like the first.
    return _step(act, "amend", date=act.day) or act.target.force == Force.AMENDED


def _unamend(act: Act) -> None:
    if not _others(act, AMENDING):
        _step(act, "unamend")


def _end(act: Act) -> bool:
    """Not before the target comes into force: what never did ends on the day on which it would have."""
    begins = act.target.force_from or act.target.date
    return _step(act, "end", date=max(act.day, begins) if begins else act.day)


def _restore(act: Act) -> None:
    """What else stands counts anew: amendments that came after the end, and another repeal with a day of its own."""
    if not _step(act, "restore"):
        return
    for kinds, again in ((AMENDING, _amend), (ENDING, _end)):
        for link in _others(act, kinds):
            target = get_document(act.target.id)
            source = get_document(link.source_id)
            if again(replace(act, kind=LinkKind(link.kind), source=source, target=target, since=link.since, points=link.points)):
                _hand_over([link])


def _step(act: Act, name: str, *, date: dt.date | None = None) -> bool:
    words = {
        LinkKind.APPROVES: _("approved by %(reference)s", reference=reference(act.source, "ins")),
        LinkKind.AMENDS: _("amended by %(reference)s", reference=reference(act.source, "ins")),
        LinkKind.REPEALS_PARTLY: _("amended by %(reference)s", reference=reference(act.source, "ins")),
        LinkKind.REPEALS: _("repealed by %(reference)s", reference=reference(act.source, "ins")),
        LinkKind.REPLACES: _("replaced by %(reference)s", reference=reference(act.source, "ins")),
    }
    answers = Answers(reason=words[act.kind], date=date, document=act.source.id, points=act.points)
    return act.door(act.target.id, name, answers=answers, by=act.by, now=act.now, today=act.today) is not None


def _others(act: Act, kinds: tuple[LinkKind, ...]) -> list[DocumentLink]:
    """Other links of these kinds, whose sources are in effect, to the same target, by the day of effect."""
    return [link for link in acting_on([act.target.id], kinds) if link.id != act.link_id]


def _hand_over(links: list[DocumentLink]) -> None:
    """These keep up an effect that another link had first: it is theirs now, to be taken back with them."""
    DocumentLink.update(acted=True).where(DocumentLink.id.in_([link.id for link in links])).execute()


_DO: dict[LinkKind, Callable[[Act], bool]] = {
    LinkKind.APPROVES: _approve,
    LinkKind.AMENDS: _amend,
    LinkKind.REPEALS_PARTLY: _amend,
    LinkKind.REPEALS: _end,
    LinkKind.REPLACES: _end,
}
_UNDO: dict[LinkKind, Callable[[Act], None]] = {
    LinkKind.APPROVES: _disapprove,
    LinkKind.AMENDS: _unamend,
    LinkKind.REPEALS_PARTLY: _unamend,
    LinkKind.REPEALS: _restore,
    LinkKind.REPLACES: _restore,
}
