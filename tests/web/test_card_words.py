"""Entries of the history in words."""

from __future__ import annotations

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.i18n import use_language
from roadmapdocs.web.event_words import event_sentence

OUT = {"kind": "amends", "target": 5, "to": "положение от 01.02.2026", "points": "2, 4.1"}
BACK = {"kind": "amends", "source": 4, "from": "приказ от 01.03.2026 № 7"}


@pytest.mark.parametrize(
    ("what", "effect", "sentence"),
    [
        ("document_linked", OUT, "made a link: amends: положение от 01.02.2026, points 2, 4.1"),
        ("document_linked", BACK, "made a link: amended by: приказ от 01.03.2026 № 7"),
        ("document_unlinked", {**BACK, "reason": "не тот"}, "took a link off: amended by: приказ от 01.03.2026 № 7. Reason: не тот"),
        ("document_linked", {"kind": "moons", "target": 5, "to": "x"}, "made a link: moons: x"),
        ("document_linked", {"expected": "Приказ об итогах"}, "linked a document: Приказ об итогах"),
    ],
)  # fmt: skip
def test_a_link_is_told_from_its_own_end(what: str, effect: dict[str, object], sentence: str) -> None:
    with use_language("en"):
        assert event_sentence(Event(what=what, effect=effect)) == sentence


def test_what_an_effect_denies_is_not_told() -> None:
    effect = {"to": "everyone", "asked": 9, "steads": 0, "new_readers": 0, "standing": False, "due": "", "note": "", "anew": False}
    with use_language("en"):
        assert event_sentence(Event(what="acquaintance_sent", effect=effect)) == "sent it to be read: everyone (people: 9)"
        anew = event_sentence(Event(what="acquaintance_sent", effect=effect | {"anew": True, "standing": True}))
    assert anew == "a new edition: asks anew to read it: everyone (people: 9); those who come later are asked, too"
