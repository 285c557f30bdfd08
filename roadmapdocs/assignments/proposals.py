"""Assignments proposed out of the text of a document; a person confirms each, the program gives none of itself.

One point is one assignment: the executor stands in the dative before the colon or the infinitive, the deadline at the
end, the point on control names the controller (domain.md §11). Sub-points take over what the point above them says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.assignments.deadline_reading import read_deadline
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.point_parts import Control, Executors, Nothing, Parts, control_of, parts_of_point
from roadmapdocs.assignments.point_people import Candidate, Named, People
from roadmapdocs.assignments.point_texts import Part, PrintedPoint, parts_of
from roadmapdocs.assignments.proposal_sources import Source, source_of
from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.infinitives import first_infinitive
from roadmapdocs.drafting.point_reading import key_of
from roadmapdocs.errors import Refusal
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _

#: Of several deadlines of one point so many are told.
MOST_SHOWN: Final = 5
_RECURS = re.compile(r"(?:еже[а-яё]+|раз\s+в\s+[а-яё]+)", re.IGNORECASE)
_ON_DAYS = re.compile(r"(?:в\s+срок\s+)?(?:до|к|не\s+позднее)\s+\d{1,2}(?:-?го)?\s+числ|по\s+[а-яё]+ам", re.IGNORECASE)
__all__ = ["Candidate", "Named", "Proposal", "Proposals", "proposals_of"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One point. ``printed`` is all of it, ``text`` what is to be done; ``number`` «2.1» or empty.

    ``people`` in the order of the text: the first is the responsible one. ``deadline`` is None where
    ``deadline_words`` could not be read. ``needed`` is False where nothing is to be executed (``reason`` says why, a
    sentence). ``remarks`` are sentences for whoever confirms.
    """

    number: str
    text: str
    printed: str
    people: tuple[Named, ...] = ()
    deadline: Deadline | None = None
    deadline_words: str = ""
    needed: bool = True
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def responsible(self) -> Named | None:
        return self.people[0] if self.people else None

    @property
    def executors(self) -> tuple[Named, ...]:
        return self.people[1:]


@dataclass(frozen=True, slots=True)
class Proposals:
    """``controller`` is whom the control point names (the signer, where control was kept), None where nobody.

    ``counted_from`` is the day from which deadlines were counted. Without points ``why_none`` is a sentence.
    """

    points: tuple[Proposal, ...] = ()
    controller: Named | None = None
    counted_from: dt.date | None = None
    why_none: str = ""


def proposals_of(document: Document, *, today: dt.date, store: FileStore | None = None) -> Proposals:
    """Of a signed document or of one that is not yet; in the order of its text.

    With ``store`` a version is read at once, without it what has been read of it counts. Never raises for what its
    text says: a text that cannot be read is told in ``why_none``.
    """
    counted_from = document.date or today
    source = source_of(document, today=today, store=store)
    if not source.lines:
        return Proposals(counted_from=counted_from, why_none=source.why_none)
    parts = parts_of(source.lines, document.signer)
    if not parts:
        why = _("The text has no points that order or decide anything. Enter the assignments yourself.")
        return Proposals(counted_from=counted_from, why_none=why)
    reader = _Reader(document, source, People(today), counted_from, today)
    points = [_own_control(one, reader.controller) for one in _numbered_apart([list(reader.read(part)) for part in parts], parts)]
    if points and parts[-1].cut:
        more = _("The text goes on: further points are not read. Enter their assignments yourself.")
        points[-1] = replace(points[-1], remarks=(*points[-1].remarks, more))
    return Proposals(tuple(points), reader.controller, counted_from)


@dataclass(slots=True)
class _Reader:
    document: Document
    source: Source
    people: People
    counted_from: dt.date
    today: dt.date
    controller: Named | None = None

    def read(self, part: Part) -> Iterator[Proposal]:
        for point in part.points:
            yield from self._point(point, None)

    def _point(self, point: PrintedPoint, above: Parts | None) -> Iterator[Proposal]:
        parts = parts_of_point(point.words, self.counted_from)
        whole = parts
        if above is not None:
            whole = _inherited(parts, above)
        if point.below and _only_heads(parts, point.below):
            whole = Parts(whole.text, whole.executors, whole.deadlines, Nothing.PARTS)
        yield self._proposal(point, whole)
        for one in point.below:
            yield from self._point(one, whole)

    def _proposal(self, point: PrintedPoint, parts: Parts) -> Proposal:
        remarks = [_("A table stands below this point. Look at it in the document.")] if point.table else []
        if parts.nothing is Nothing.CONTROL:
            remarks += self._control(control_of(point.words))
        if parts.nothing is not None:
            reason = _reason(parts.nothing)
            return Proposal(point.number, _capital(parts.text), point.words, needed=False, reason=reason, remarks=tuple(remarks))
        people = self._people(parts.executors)
        deadline, words, told = self._deadline(parts.deadlines)
        return Proposal(
            number=point.number,
            text=_capital(parts.text.rstrip(" :,") or point.words),
            printed=point.words,
            people=people,
            deadline=deadline,
            deadline_words=words,
            remarks=(*remarks, *told, *([] if people else [_("The point names nobody. Choose who answers for it.")])),
        )

    def _people(self, executors: Executors) -> tuple[Named, ...]:
        found = [
            self.people.of_employee(self.source.known[key], words)
            if (key := key_of(words)) in self.source.known
            else self.people.named(words, case)
            for words, case in zip(executors.words, executors.cases, strict=True)
        ]
        # «Отделу кадров (Ивановой И.И.), Ивановой И.И.»: nobody does a thing with themselves.
        return tuple({one.employee_id or one.words: one for one in reversed(found)}.values())[::-1]

    def _deadline(self, words: Sequence[str]) -> tuple[Deadline | None, str, list[str]]:
        """The deadline, its words, and what to say of it."""
        words = _one_deadline(words)
        if len(words) > 1:
            shown = "; ".join(words[:MOST_SHOWN])
            several = _("The point names several deadlines: %(words)s. Choose, or give several assignments.", words=shown)
            return None, shown, [several]
        said = words[0] if words else ""
        try:
            return read_deadline(said, counted_from=self.counted_from, today=self.today), said, []
        except Refusal as refusal:
            return None, said, [refusal.message]

    def _control(self, control: Control) -> list[str]:
        """Keep the controller of the first such point, and say what is to be known of the others."""
        if control.kept:
            signer = self.document.signer_employee_id
            found = self.people.of_employee(signer, self.document.signer) if signer is not None else Named(self.document.signer)
            self.controller = self.controller or found
            return []
        named = [self.people.named(words, control.case) for words in control.who]
        if named and self.controller is None:
            self.controller = named[0]
        if len(named) > 1:
            return [_("The point names several controllers; an assignment has one: %(name)s.", name=named[0].words)]
        return []


def _one_deadline(words: Sequence[str]) -> Sequence[str]:
    """«ежеквартально» before the task and «до 15 числа» behind it are one deadline."""
    how = [one for one in words if _RECURS.fullmatch(one)]
    when = [one for one in words if one not in how]
    return [f"{how[0]} {when[0]}"] if len(how) == len(when) == 1 and _ON_DAYS.match(when[0]) else words


def _only_heads(parts: Parts, below: Sequence[PrintedPoint]) -> bool:
    """Whether a point only begins what its parts say: «Руководителям школ:», «Отделу кадров обеспечить:», or more words
    that some part has no verb without.
    """
    bare = parts.text.rstrip(" :,")
    if parts.nothing is not None:
        return False
    if " " not in bare:
        return True
    return parts.text.endswith(":") and any(first_infinitive(one.words) is None for one in below)


def _inherited(parts: Parts, above: Parts) -> Parts:
    """A part of a point has the executors and the deadline of that point where it says none of its own.

    «2. Отделу кадров обеспечить: 2.1. сбор заявок»: what is to be done with it stands above, too.
    """
    if parts.nothing is not None or above.nothing not in {None, Nothing.PARTS}:
        return parts
    text = parts.text
    lead = above.text.rstrip(" :,")
    if above.nothing is Nothing.PARTS and lead and first_infinitive(text) is None:
        text = f"{lead}: {text[:1].lower()}{text[1:]}" if text[:2] != text[:2].upper() else f"{lead}: {text}"
    return Parts(text, parts.executors or above.executors, parts.deadlines or above.deadlines)


def _own_control(point: Proposal, controller: Named | None) -> Proposal:
    """Told once the whole text is read: the point on control is among the last."""
    responsible = point.responsible
    if controller is None or responsible is None or responsible.employee_id is None or responsible.employee_id != controller.employee_id:
        return point
    own = _("%(name)s would control the own work. Choose another controller.", name=responsible.offers[0].name)
    return replace(point, remarks=(*point.remarks, own))


def _reason(nothing: Nothing) -> str:
    return {
        Nothing.APPROVES: _("The point approves: it is done by signing."),
        Nothing.REPEALS: _("The point repeals: it is done by signing."),
        Nothing.FORCE: _("The point says from when the document is in force."),
        Nothing.CONTROL: _("The point says who controls the execution."),
        Nothing.DECLARES: _("The point decides something: it is done by signing."),
        Nothing.PARTS: _("What is to be done stands in the points below it."),
    }[nothing]


def _numbered_apart(blocks: Sequence[Sequence[Proposal]], parts: Sequence[Part]) -> Iterator[Proposal]:
    """Points of all questions of minutes; where two have the same number, that of the question goes before it."""
    numbers = [point.number for block in blocks for point in block if point.number]
    repeated = len(numbers) != len(set(numbers))
    for question, (block, part) in enumerate(zip(blocks, parts, strict=True), 1):
        for point in block:
            number = f"{question}.{point.number}" if repeated and part.decided and point.number else point.number
            yield replace(point, number=number)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
