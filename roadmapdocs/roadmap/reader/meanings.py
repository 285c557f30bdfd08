"""What a person says the columns of the main table hold, laid over what the reader found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roadmapdocs.roadmap.reader.columns import Layout, with_figures
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sheet import Meaning
from roadmapdocs.roadmap.reader.tables import ReadTable


def give_meanings(tables: Sequence[ReadTable], meanings: Mapping[int, Meaning]) -> None:
    """Change the layouts of all fragments of the table with the most rows. ``meanings`` go by the file's column."""
    main = max((table for table in tables if table.layout), key=lambda table: len(table.rows), default=None)
    if main is None or main.layout is None:
        return
    before, after = main.layout.columns, _columns(main, main.layout, meanings)
    for table in tables:
        if table.layout is not None and table.layout.columns == before:
            table.layout = replace(table.layout, columns=after, fixed=True)


def _columns(main: ReadTable, layout: Layout, meanings: Mapping[int, Meaning]) -> tuple[Column, ...]:
    found = {column.at: column for column in layout.columns}
    made: list[Column] = []
    for at in range(layout.width):
        meaning, known = meanings.get(at), found.get(at)
        if meaning is not None and (known is None or (known.role, known.year) != (meaning.role, meaning.year)):
            known = Column(meaning.role, at, known.header if known else "", meaning.year)
        if known is not None:
            made.append(known)
    return tuple(with_figures(main.rows[layout.first_row :], made))


def is_complete(meanings: Mapping[int, Meaning]) -> bool:
    """Is there exactly one column of titles, and at most one of numbers and of documents?"""
    roles = [meaning.role for meaning in meanings.values()]
    return roles.count(Role.TITLE) == 1 and roles.count(Role.NUMBER) <= 1 and roles.count(Role.DOCUMENTS) <= 1
