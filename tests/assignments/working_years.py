"""The official calendars of 2025 and 2026, written out by hand: what tests count deadlines against.

Labour Code, article 112; decrees of the Government of 04.10.2024 № 1335 (2025) and of 24.09.2025 № 1466 (2026).
"""

from __future__ import annotations

import datetime as dt

Months = dict[int, dict[int, tuple[int, ...]]]
#: Days off that are neither a Saturday nor a Sunday, «month: days».
OFF: Months = {
    2025: {1: (1, 2, 3, 6, 7, 8), 5: (1, 2, 8, 9), 6: (12, 13), 11: (3, 4), 12: (31,)},
    2026: {1: (1, 2, 5, 6, 7, 8, 9), 2: (23,), 3: (9,), 5: (1, 11), 6: (12,), 11: (4,), 12: (31,)},
}
#: Saturdays that are worked.
WORKED: Months = {2025: {11: (1,)}, 2026: {}}
#: Working days of each month, as the calendars print them.
WORKING_DAYS = {
    2025: (17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22),
    2026: (15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22),
}


def _days(table: Months) -> set[dt.date]:
    return {dt.date(year, month, day) for year, months in table.items() for month, days in months.items() for day in days}


ALL_DAYS = tuple(dt.date(2025, 1, 1) + dt.timedelta(number) for number in range(730))
WORKING = frozenset(day for day in ALL_DAYS if (day.weekday() < 5 and day not in _days(OFF)) or day in _days(WORKED))
