"""How drafts name roadmaps in their sentences."""

from __future__ import annotations

import re

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.phrases import decline_phrase

NBSP = "\N{NO-BREAK SPACE}"
_PLAN = re.compile(r"(?:муниципальн\w+\s+)?(?:дорожная карта|план(?: мероприятий)?|комплекс мер|программа)(?!\w)", re.IGNORECASE)


def roadmap_words(title: str) -> str:
    """A roadmap in the genitive: «дорожной карты развития чтения», or with its name in quotation marks.

    >>> roadmap_words("Развитие чтения")
    'дорожной карты «Развитие чтения»'
    """
    text = " ".join(title.split()).strip(" .")
    if _PLAN.match(text):
        return small(decline_phrase(text, Case.GEN))
    return f"дорожной карты {text if text.startswith('«') else quoted(text)}"


def quoted(text: str) -> str:
    return f"«{text.translate(str.maketrans('«»', '„“'))}»"


def small(text: str) -> str:
    """With a small first letter, but for abbreviations."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]
