"""Splitting at a sign that stands outside brackets and quotation marks."""

from __future__ import annotations

_OPENING = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“"}


def split_outside(text: str, signs: str) -> list[str]:
    """Stripped, non-empty parts. A bracket that is never closed protects nothing."""
    parts, start, awaited = [], 0, list[str]()
    for index, sign in enumerate(text):
        if awaited and sign == awaited[-1]:
            awaited.pop()
        elif sign in _OPENING and _OPENING[sign] in text[index + 1 :]:
            awaited.append(_OPENING[sign])
        elif sign in signs and not awaited:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
