"""The sheet of approval (лист согласования, domain.md §7.3): who decided what on which text, and whether it still holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import peewee as pw

from roadmapdocs.approvals.models import Remark, Run, Signature, SignatureRule, Visa
from roadmapdocs.approvals.rules import Decision, Version, VisaState, lapsed_by
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.versions import versions_of


class Standing(StrEnum):
    """Whether a visa counts for the text of the sheet, and why.

    ``SAME``: it was given on this very text; ``EDITORIAL``: only wording changed since; ``LAPSED``: the substance did;
    ``REPLACED``: the person decided anew later; ``WITHOUT_TEXT``: there was no file when it was given.
    """

    SAME = "same"
    EDITORIAL = "editorial"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    WITHOUT_TEXT = "without_text"

    @property
    def holds(self) -> bool:
        return self in {Standing.SAME, Standing.EDITORIAL, Standing.WITHOUT_TEXT}


@dataclass(frozen=True, slots=True)
class VisaLine:
    """A line of the sheet. ``number`` counts within its run, from 1; ``version`` is of the text that was seen.

    ``standing`` is None while nothing was decided, for those who were only informed, and for a refusal, which stands
    until the person decides anew. ``since`` is the version by
    which it lapsed, the first one that is only editorial, or the run in which it was replaced. ``carried_from`` is the
    run whose visa is repeated; ``handed_to`` is the name of whoever decides instead.
    """

    number: int
    visa: Visa
    remarks: tuple[Remark, ...] = ()
    version: int | None = None
    standing: Standing | None = None
    since: int | None = None
    carried_from: int | None = None
    handed_to: str = ""


@dataclass(frozen=True, slots=True)
class RunSheet:
    run: Run
    lines: tuple[VisaLine, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was not settled: a refusal, or a remark (then given) that is open or was rejected."""

    visa: Visa
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``version`` is the text that the sheet is about, with its file: the signed one, else the current one.

    ``runs`` begin with the latest. ``versions`` are all of the document, the current one first.
    """

    document: Document
    version: DocumentVersion | None
    versions: tuple[DocumentVersion, ...]
    runs: tuple[RunSheet, ...]
    signatures: tuple[Signature, ...]
    disagreements: tuple[Disagreement, ...]


def sheet_of(document: Document) -> Sheet:
    """The sheet of a document that the asker may read: five statements, however long it is."""
    versions = tuple(versions_of(document))
    signatures = tuple(_signatures(document.id))
    text = _text(versions, signatures)
    runs = tuple(_runs(document.id, versions, text))
    return Sheet(document, text, versions, runs, signatures, tuple(_disagreements(runs)))


def has_visas(document_id: int) -> bool:
    """Whether somebody decided on the document: then a new text is either a matter of wording or is looked at again."""
    given = (Visa.document == document_id) & (Visa.state == VisaState.GIVEN) & (Visa.decision != Decision.SEEN)
    return bool(Visa.select().where(given).exists())


def _text(versions: Sequence[DocumentVersion], signatures: Iterable[Signature]) -> DocumentVersion | None:
    """What was signed last, else what the document says now."""
    signed = {one.version_id for one in signatures if one.version_id is not None}
    return next((one for one in versions if one.id in signed), next(iter(versions), None))


def _signatures(document_id: int) -> pw.ModelSelect:
    """Those that count, with the document of the office by which simple ones do."""
    return (
        Signature.select(Signature, SignatureRule, Document, Kind)
        .join(SignatureRule, pw.JOIN.LEFT_OUTER)
        .join(Document, pw.JOIN.LEFT_OUTER, on=(SignatureRule.document == Document.id))
        .join(Kind, pw.JOIN.LEFT_OUTER)
        .where((Signature.document == document_id) & Signature.revoked_at.is_null())
        .order_by(Signature.signed_at, Signature.id)
    )


def _runs(document_id: int, versions: Sequence[DocumentVersion], text: DocumentVersion | None) -> Iterator[RunSheet]:
    runs = list(Run.select().where(Run.document == document_id).order_by(Run.number.desc()))
    if not runs:
        return
    visas = list(Visa.select().where(Visa.document == document_id).order_by(Visa.step, Visa.place, Visa.id))
    remarks: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in Remark.select().where(Remark.document == document_id).order_by(Remark.id):
        remarks[remark.visa_id].append(remark)
    lines = _Lines(visas, remarks, versions, text, {run.id: run.number for run in runs})
    for run in runs:
        yield RunSheet(run, tuple(lines.of(run)))


class _Lines:
    """Makes lines of one run after the other, the latest first: what was decided later replaces what was before."""

    def __init__(
        self,
        visas: Sequence[Visa],
        remarks: dict[int, list[Remark]],
        versions: Sequence[DocumentVersion],
        text: DocumentVersion | None,
        runs: dict[int, int],
    ) -> None:
        self._visas, self._remarks, self._text, self._runs = visas, remarks, text, runs
        self._by_id = {one.id: one for one in visas}
        self._numbers = {one.id: one.number for one in versions}
        self._known = [Version(one.number, one.substantial) for one in reversed(versions)]
        #: By person, the latest run in which they decided anew.
        self._later: dict[object, int] = {}

    def of(self, run: Run) -> Iterator[VisaLine]:
        visas = [one for one in self._visas if one.run_id == run.id]
        for number, visa in enumerate(visas, start=1):
            yield self._line(number, visa)
        for visa in visas:
            if visa.state == VisaState.GIVEN and visa.carried_from_id is None:
                self._later.setdefault(person(visa), run.number)

    def _line(self, number: int, visa: Visa) -> VisaLine:
        standing, since = self._standing(visa)
        source = self._by_id.get(visa.carried_from_id)
        return VisaLine(
            number,
            visa,
            tuple(self._remarks.get(visa.id, ())),
            self._numbers.get(visa.version_id),
            standing,
            since,
            self._runs[source.run_id] if source is not None else None,
            self._handed_to(visa),
        )

    def _standing(self, visa: Visa) -> tuple[Standing | None, int | None]:
        if visa.state != VisaState.GIVEN or visa.decision == Decision.SEEN:
            return None, None
        if (later := self._later.get(person(visa))) is not None:
            return Standing.REPLACED, later
        if visa.decision == Decision.REFUSED:
            return None, None
        given = self._numbers.get(visa.version_id)
        if given is None or self._text is None:
            return Standing.WITHOUT_TEXT, None
        if (lapsed := lapsed_by(self._known, given, self._text.number)) is not None:
            return Standing.LAPSED, lapsed
        return (Standing.SAME, None) if given == self._text.number else (Standing.EDITORIAL, given + 1)

    def _handed_to(self, visa: Visa) -> str:
        if visa.state != VisaState.HANDED:
            return ""
        same_place = (visa.run_id, visa.step, visa.place)
        others = (one for one in self._visas if (one.run_id, one.step, one.place) == same_place and one.id > visa.id)
        return next((str(one.name) for one in others), "")


def person(visa: Visa) -> object:
    """Who was asked, as one compares people: an employee, or a guest's address."""
    return visa.employee_id if visa.employee_id is not None else visa.email


def _disagreements(runs: Sequence[RunSheet]) -> Iterator[Disagreement]:
    """What the signer decides on (domain.md §8): refusals and remarks that nobody has settled since."""
    settled: set[object] = set()
    for found in runs:
        for line in found.lines:
            if person(line.visa) in settled:
                continue
            if line.visa.decision == Decision.REFUSED:
                yield Disagreement(line.visa)
            unsettled = (one for one in line.remarks if one.state in {RemarkState.OPEN, RemarkState.REJECTED})
            yield from (Disagreement(line.visa, one) for one in unsettled)
        given = (line.visa for line in found.lines if line.visa.state == VisaState.GIVEN)
        settled |= {person(visa) for visa in given if visa.decision != Decision.SEEN}
