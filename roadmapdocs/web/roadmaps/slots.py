"""Addresses of slots: one expected document in one period, as pages name it to each other."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from roadmapdocs.documents.models import Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Roadmap


def slot_key(expected_id: int, period: str) -> str:
    """``17~2021-01-01/2021-12-31``: safe in an address, unique in the whole registry."""
    return f"{expected_id}~{period}"


def split_key(key: str) -> tuple[int, str] | None:
    """Expected document and period of a key, or None for what is not one."""
    expected, tilde, period = key.partition("~")
    return (int(expected), period) if tilde and expected.isdecimal() and len(expected) < 16 else None


@dataclass(frozen=True, slots=True)
class Place:
    """A slot that a card is being made for."""

    key: str
    expected_id: int
    period: str
    expected_title: str
    expected_kind: str
    item_number: str
    roadmap_id: int
    roadmap_title: str

    def url(self) -> str:
        address: str = url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=self.roadmap_id, slot=self.key)
        return address

    def kind_code(self) -> str | None:
        """The first kind of document that roadmaps expect by this word."""
        kind = Kind.select(Kind.code).where(Kind.expected == self.expected_kind).order_by(Kind.position).first()
        return kind.code if kind else None

    def sentence(self) -> str:
        return _(
            "The card will prove item %(number)s of “%(roadmap)s”: %(expected)s.",
            number=self.item_number,
            roadmap=self.roadmap_title,
            expected=self.expected_title,
        )


def place_of(key: str | None) -> Place | None:
    """The slot that an address names, or None if it names none (an old link must still open a form)."""
    parts = split_key(key or "")
    if parts is None:
        return None
    expected = (
        ExpectedDocument.select(ExpectedDocument, Item, Edition, Roadmap)
        .join(Item)
        .join(Edition)
        .join(Roadmap)
        .where(ExpectedDocument.id == parts[0])
        .first()
    )
    if expected is None:
        return None
    roadmap = expected.item.edition.roadmap
    return Place(
        key=slot_key(*parts),
        expected_id=expected.id,
        period=parts[1],
        expected_title=expected.title,
        expected_kind=expected.kind,
        item_number=expected.item.number,
        roadmap_id=roadmap.id,
        roadmap_title=roadmap.title,
    )
