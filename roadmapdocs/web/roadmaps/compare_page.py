"""Two editions of a roadmap side by side: which item changed, in which words."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdocs.coverage.phrases import day_words
from roadmapdocs.coverage.plans import LoadedItem, load_items
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, Item, Roadmap, Section
from roadmapdocs.roadmap.rules import Change, ItemKey, compare_items
from roadmapdocs.web.roadmaps.head import approval_words, roadmap_words

#: Cells longer than this (in words) are shown as taken out and put in, without looking for what is the same.
_LONGEST_COMPARED = 400

Parts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CompareCell:
    label: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class CompareRow:
    """``left`` and ``right`` are None where the edition has no such item."""

    change: str
    number: str
    left: list[CompareCell] | None
    right: list[CompareCell] | None


def compare_context(roadmap: Roadmap, left: Edition, right: Edition, *, only_changes: bool, page: str) -> dict[str, object]:
    """``page`` is the address of the comparison without its query."""
    editions = list(Edition.select().where(Edition.roadmap == roadmap).order_by(Edition.number))
    old, new = load_items(Item.edition == left), load_items(Item.edition == right)
    sections = _section_words([left, right])
    was = {one.id: _facts(one, sections) for one in old}
    became = {one.id: _facts(one, sections) for one in new}
    changes = compare_items([_key(one) for one in old], [_key(one) for one in new], was, became)
    numbers = {one.id: one.number for one in (*old, *new)}
    counts = Counter(one.change for one in changes)
    rows = []
    for one in changes:
        if not (only_changes and one.change is Change.SAME):
            before, after = was.get(one.old or 0), became.get(one.new or 0)
            cells = _cells(before, after)
            rows.append(CompareRow(one.change.value, numbers[one.new or one.old or 0], *cells))
    address = f"{page}?left={left.id}&right={right.id}"
    different = len(changes) - counts[Change.SAME]
    return {
        "roadmap": roadmap_words(roadmap),
        "editions": [{"id": row.id, "label": edition_label(row)} for row in editions],
        "left": _side(left),
        "right": _side(right),
        "counts": {change.value: counts[change] for change in Change},
        "chips": [
            _chip(_("Only differences"), address, only_changes, different),
            _chip(_("All"), f"{address}&all=1", not only_changes, len(changes)),
        ],
        "rows": rows,
    }


def edition_label(edition: Edition) -> str:
    return _("Edition %(number)s of %(date)s", number=edition.number, date=day_words(edition.stored_at.date()))


def _side(edition: Edition) -> dict[str, object]:
    return {"id": edition.id, "label": edition_label(edition), "approved": approval_words(edition.approval or {})}


def _chip(label: str, url: str, current: bool, count: int) -> dict[str, object]:
    return {"label": label, "url": url, "current": current, "count": count, "late": False, "symbol": None}


def _section_words(editions: list[Edition]) -> dict[int | None, str]:
    rows = Section.select().where(Section.edition.in_(editions))
    return {row.id: f"{row.number} {row.title}".strip() for row in rows}


def _facts(item: LoadedItem, sections: Mapping[int | None, str]) -> dict[str, object]:
    """What is compared, by the heading under which it is shown."""
    plan = item.plan
    return {
        _("Section"): sections.get(item.section, ""),
        _("Number"): item.number,
        _("Work"): item.title,
        _("Terms"): "; ".join(f"{term.year}: {term.text}" if term.year else term.text for term in plan.terms),
        _("Who answers"): item.responsible_text or ", ".join(item.responsibles),
        _("Expected documents"): "; ".join(expected.title for expected in plan.expected),
        _("Planned values"): "; ".join(
            f"{_('in all') if column == 'total' else column}: {value}" for column, value in plan.planned.items()
        ),
    }


def _cells(
    before: dict[str, object] | None, after: dict[str, object] | None
) -> tuple[list[CompareCell] | None, list[CompareCell] | None]:
    """Cells of both sides; of an unchanged cell of a changed item only the title is kept, to tell it by."""
    if before is None or after is None:
        return (_whole(before, "del"), _whole(after, "ins"))
    left, right = [], []
    for label, new in after.items():
        old = before.get(label, "")
        if old == new and label != _("Work"):
            continue
        was, became = word_diff(str(old), str(new))
        left.append(CompareCell(label, was))
        right.append(CompareCell(label, became))
    return left, right


def _whole(facts: dict[str, object] | None, operation: str) -> list[CompareCell] | None:
    if facts is None:
        return None
    return [CompareCell(label, [(operation, str(text))]) for label, text in facts.items() if text]


def word_diff(old: str, new: str) -> tuple[Parts, Parts]:
    """Both texts as pairs ("same", "del" or "ins", piece); joined again they are the texts themselves."""
    ours, theirs = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if max(len(ours), len(theirs)) > _LONGEST_COMPARED and old != new:
        return [("del", old)], [("ins", new)]
    left: Parts = []
    right: Parts = []
    for operation, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        same = operation == "equal"
        if a < b:
            left.append(("same" if same else "del", "".join(ours[a:b])))
        if c < d:
            right.append(("same" if same else "ins", "".join(theirs[c:d])))
    return left, right


def _key(item: LoadedItem) -> ItemKey:
    return ItemKey(item.id, item.number, item.title)
