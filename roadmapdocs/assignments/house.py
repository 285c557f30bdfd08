"""What this office decided of deadlines. It comes out of the settings (``roadmapdocs/assembly.py``)."""

from __future__ import annotations

from roadmapdocs.installation import Kept
from roadmapdocs.settings import ON_DAY_OFF

_on_day_off = Kept("deadline_on_day_off", lambda: ON_DAY_OFF[0])


def keep(on_day_off: str) -> None:
    """``on_day_off`` is one of :data:`roadmapdocs.settings.ON_DAY_OFF`."""
    _on_day_off.set(on_day_off)


def on_day_off() -> str:
    """Where a deadline goes from a day off: «before», «after» or «stay»."""
    return _on_day_off.get()
