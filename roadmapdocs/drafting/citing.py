"""How drafts name roadmaps in their sentences."""

from __future__ import annotations

import re

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.phrases import decline_phrase

_BESIDE = re.compile(r"\((дорожная карта|план|комплекс мер|программа)\)", re.IGNORECASE)
NBSP = "\N{NO-BREAK SPACE}"
_PLAN = re.compile(r"(?:муниципальн\w+\s+)?(?:дорожная карта|план(?: мероприятий)?|комплекс мер|программа)(?!\w)", re.IGNORECASE)


def roadmap_words(title: str) -> str:
    """A roadmap in the genitive: «дорожной карты развития чтения», or with its name in quotation marks.

    >>> roadmap_words("Развитие чтения")
    'дорожной карты «Развитие чтения»'
    """
    text = " ".join(title.split()).strip(" .")
    if _PLAN.match(text):
        # «План мероприятий (дорожная карта) …»: what stands in brackets beside the word is declined with it.
        return _BESIDE.sub(lambda found: f"({decline_phrase(found[1], Case.GEN)})", small(decline_phrase(text, Case.GEN)), count=1)
    return f"дорожной карты {text if text.startswith('«') else quoted(text)}"


def quoted(text: str) -> str:
    return f"«{text.translate(str.maketrans('«»', '„“'))}»"


def small(text: str) -> str:
    """With a small first letter, but for abbreviations."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]
