"""Every entry of the journal about acquaintance is a sentence."""

from __future__ import annotations

import pytest

from roadmapdocs.i18n import use_language
from roadmapdocs.web.acquaintance.event_words import acquaintance_events

EFFECT = {
    "to": "Отдел кадров; директор",
    "asked": "12",
    "steads": "1",
    "new_readers": "0",
    "due": "20.03.2026",
    "name": "Дёмина О. С.",
    "names": "Белова А. П., Чернова А. П.",
    "count": "7",
    "edition": "2",
    "dropped": "3",
    "day": "16.03.2026",
    "way": "paper",
    "witnesses": "Громова О. С., Ветрова О. С.",
    "reason": "edition",
}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("acquaintance_sent", "sent it to be read: Отдел кадров; директор (people: 12); in the stead of the absent: 1; term 20.03.2026"),
        ("acquaintance_newcomers", "asked those who came later to read it: Белова А. П., Чернова А. П."),
        ("acquaintance_reminded", "reminded those who have not read it: 7"),
        ("acquaintance_ended", "ended the list of readers of edition 2; not read by: 3: there is a new edition"),
        ("acquaintance_confirmed", "entered the signature of Дёмина О. С. on paper, edition 2, 16.03.2026"),
        (
            "acquaintance_refused",
            "entered the refusal of Дёмина О. С. to sign; witnesses: Громова О. С., Ветрова О. С.: edition",
        ),
        ("acquaintance_dropped", "took Дёмина О. С. off the list: edition"),
        ("acquaintance_taken_back", "took back what was entered for Дёмина О. С.: edition"),
    ],
)
def test_each_entry_is_a_sentence(code: str, sentence: str) -> None:
    with use_language("en"):
        sentences = acquaintance_events(lambda name: EFFECT.get(name, ""))
        assert sentences[code]() == sentence


@pytest.mark.parametrize(
    ("code", "changed", "part"),
    [
        ("acquaintance_sent", {"anew": "True"}, "a new edition"),
        ("acquaintance_sent", {"new_readers": "4"}, "got the right to read it by this: 4"),
        ("acquaintance_confirmed", {"way": "electronic"}, "simple signature"),
        ("acquaintance_confirmed", {"way": "aloud"}, "read aloud to Дёмина"),
        ("acquaintance_dropped", {"left": "True"}, "does not work in the office"),
        ("acquaintance_ended", {"reason": "отложено"}, "отложено"),
    ],
)
def test_what_is_special_is_said(code: str, changed: dict[str, str], part: str) -> None:
    effect = {**EFFECT, **changed}
    with use_language("en"):
        assert part in acquaintance_events(lambda name: effect.get(name, ""))[code]()
