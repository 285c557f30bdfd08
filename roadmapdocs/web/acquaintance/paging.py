"""Reading part by part, without script: parts are shown in their order, and the server knows which was shown last."""

from __future__ import annotations

from flask import session

#: What the session keeps: what is read, and its last part shown in order.
_KEY = "roadmapdocs_reading"


def next_part(text: str, asked: int, total: int) -> int:
    """The part to show: the one asked for, but none that comes after one not shown yet.

    ``text`` stands for the place on a sheet, the version, and how it is shown.
    """
    return max(1, min(asked, _reached(text) + 1, total))


def shown(text: str, part: int) -> None:
    """Keep that this part was shown."""
    session[_KEY] = [text, max(part, _reached(text))]


def _reached(text: str) -> int:
    kept = session.get(_KEY)
    return int(kept[1]) if isinstance(kept, list) and kept[0] == text else 0
