"""A shelf of records that every engine is asked about; nobody writes to it."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.search.tags import day_tags, span_tags
from tests.search.engines.entries import entry


def _dated(day: dt.date, until: dt.date | None = None) -> str:
    return " ".join(sorted(day_tags(day) | span_tags(day, until)))


_2021, _2022, _2024 = dt.date(2021, 11, 29), dt.date(2022, 1, 10), dt.date(2024, 2, 29)

SHELF = (
    entry(
        1,
        "приказывать назначать|назначить лысенко|&лысенко.с отвечать|ответственный за план|планировать",
        title="о план мероприятие #178-п|178",
        people="лысенко|&лысенко.с|&лысенко.с.с",
        tags=f"kind:order type:document unit:1 signer:4 {_dated(_2021, _2022)}",
        day=_2021.toordinal(),
        sort="00178-п",
    ),
    entry(
        2,
        "признать|признавать утратить|утрачивать сила приказ #178-п|178 от @2021-11-29|@2021-11|@2021",
        title="о признание приказ",
        tags=f"kind:order type:document unit:2 signer:4 {_dated(_2022)}",
        day=_2022.toordinal(),
        sort="00003",
    ),
    entry(
        3,
        "план мероприятие утвердить|утверждать до конец год год год",
        title="положение о школа",
        talk="план исправить",
        tags=f"kind:regulation type:document unit:1 signer:5 {_dated(_2024)}",
        day=_2024.toordinal(),
        sort="00012",
    ),
    entry(4, "мероприятие план", title="шнор", tags="kind:item type:item section:1 section:2 item:2.1.1"),
    entry(5, "школа школьный", title="мсоко 500+", tags="kind:section type:section section:2"),
    entry(
        6,
        "тайна",
        title="о план",
        tags="kind:order may:drafter.7 may:head",
        day=_2024.toordinal(),
        sort="00178",
    ),
    entry(7, "тайна другой", talk="школа", tags="kind:regulation may:unit.3", day=_2022.toordinal()),
    entry(8, "", tags="kind:blank type:document"),
)
