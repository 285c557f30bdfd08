"""Where a document stands among those to read, and which one opens next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from roadmapdocs.acquaintance.queries import ToRead
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.acquaintance.words import number_of
from roadmapdocs.web.worklist.documents import shown

#: Nobody reads more in one go; what an address says beyond it is no number of ours.
MOST_IN_A_GO = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """``place`` of ``total`` in this go, from 1; ``following`` are the documents that open after this one."""

    place: int
    total: int
    following: tuple[int, ...]

    @property
    def words(self) -> str:
        return _("%(place)s of %(total)s to read", place=self.place, total=self.total)


def standing_of(document_id: int, queue: Sequence[ToRead], of: int) -> Standing:
    """``of`` is how many waited when this go was begun (0: it begins here): what was confirmed since counts as done.

    Those after it come first, then what was passed over before it: nothing is left behind.
    """
    at = next((place for place, one in enumerate(queue) if one.document_id == document_id), len(queue))
    others = [one.document_id for one in (*queue[at:], *queue[:at]) if one.document_id != document_id]
    waiting = max(len(queue), 1)
    total = of if waiting <= of <= MOST_IN_A_GO else waiting
    done = total - waiting
    return Standing(done + 1 if done else min(at + 1, total), total, tuple(dict.fromkeys(others)))


def go_total() -> int:
    """What the address or the form says of the go under way."""
    return number_of(request.values.get("of"))


def address(document_id: int, of: int = 0, part: int = 0, form: str = "") -> str:
    """Where a document is read; ``form`` as pages or as text."""
    found: str = url_for("roadmapdocs_acquaintance.document", document_id=document_id, of=of or None, part=part or None, form=form or None)
    return found


def named(document_id: int, of: int) -> dict[str, str] | None:
    """Name and address of the next document; the right to read it was looked at when it was found to wait."""
    found = shown({document_id}).get(document_id)
    return None if found is None else {"title": found.name, "url": address(document_id, of)}
