"""Figures in year columns: what counts as one, what counts as nothing, and whether a total adds up."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIGURE = re.compile(
    r"(?:(?:не\s+менее|не\s+более|не\s+ниже|до|более|свыше|от|≥|>|<|≤)\s*)?\d+(?:[.,]\d+)?\s*(?:%|шт\.?|ед\.?|чел\.?|раза?)?"
    r"(?:\s*[;/]\s*\d+(?:[.,]\d+)?\s*%?)*\s*(?:\([^)]*\))?",
    re.IGNORECASE,
)
_MARK = re.compile(r"[+xхv✓✔*]", re.IGNORECASE)
_NOTHING = re.compile(r"0+(?:[.,]0+)?\s*%?|[-–—]+|нет|0(?:\s*[;/]\s*0)+", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<least>не\s+менее\s+)?(?P<number>\d+)", re.IGNORECASE)


def is_figure(text: str) -> bool:
    """«2», «не менее 1», «1; 4», «1 (май)», «100 %», «+», «–»."""
    bare = text.strip()
    return bool(_FIGURE.fullmatch(bare) or _MARK.fullmatch(bare) or _NOTHING.fullmatch(bare))


def means_nothing(text: str) -> bool:
    """An empty cell, a zero or a dash: nothing is planned."""
    bare = text.strip()
    return not bare or bool(_NOTHING.fullmatch(bare))


def bracketed(text: str) -> str:
    """«1 (май)» gives «май»; without brackets empty."""
    found = re.search(r"\(([^()]*)\)", text)
    return found[1].strip() if found else ""


def adds_up(planned: Mapping[str, str]) -> bool | None:
    """Does the total equal the years' sum (or stay under it for «не менее»)? None where there is nothing to add."""
    total = _PLAIN.fullmatch(planned.get("total", "").strip())
    years = [text for key, text in planned.items() if key != "total" and not means_nothing(text)]
    figures = [_PLAIN.fullmatch(re.sub(r"\([^)]*\)", "", text).strip()) for text in years]
    if not total or not years:
        return None
    numbers = [int(figure["number"]) for figure in figures if figure]
    if len(numbers) != len(figures):
        return None
    wanted = int(total["number"])
    return sum(numbers) >= wanted if total["least"] else sum(numbers) == wanted
