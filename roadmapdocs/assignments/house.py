"""What this office decided of deadlines. It is lent once a process (``roadmapdocs/assembly.py``) out of the settings."""

from __future__ import annotations

from roadmapdocs.settings import ON_DAY_OFF

_on_day_off = ON_DAY_OFF[0]


def keep(on_day_off: str) -> None:
    """``on_day_off`` is one of :data:`roadmapdocs.settings.ON_DAY_OFF`."""
    global _on_day_off  # noqa: PLW0603  # like the database itself: one installation a process
    _on_day_off = on_day_off


def on_day_off() -> str:
    """Where a deadline goes from a day off: «before», «after» or «stay»."""
    return _on_day_off
