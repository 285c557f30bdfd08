"""What a new text begins with: sections that offices write in documents of a kind, each with its first sentence."""

from __future__ import annotations

from typing import Final

from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.values import Block, BlockKind, Row

_REGULATION: Final = (
    ("Общие положения", ("Настоящее {name} определяет …",)),
    ("Цели и задачи", ("Целью является …", "Задачами являются …")),
    ("Организация работы", ("…",)),
    ("Ответственность и контроль", ("…",)),
    ("Заключительные положения", ("{Name} вступает в силу со дня утверждения.",)),
)
_NOTE: Final = (
    ("Цель и основание", "…"),
    ("Сведения и показатели", "…"),
    ("Анализ", "…"),
)
_PLAN_COLUMNS: Final = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Ожидаемый результат")
_LIST_COLUMNS: Final = ("№ п/п", "Наименование", "Примечание")
_MEMBERS_COLUMNS: Final = ("№ п/п", "Фамилия, имя, отчество", "Должность", "Роль в составе")


def blocks_for(kind: Kind) -> tuple[Block, ...]:
    """The skeleton of a text of this kind; an ellipsis stands where people write."""
    if kind.template == "plan.docx":
        return (_table(_PLAN_COLUMNS, (6, 38, 16, 20, 20)),)
    if kind.template == "list.docx":
        return (_table(_MEMBERS_COLUMNS, (8, 36, 36, 20)) if kind.code == "membership" else _table(_LIST_COLUMNS, (8, 62, 30)),)
    if kind.template == "note.docx":
        return tuple(
            block
            for title, text in _NOTE
            for block in (Block(kind=BlockKind.HEADING, text=title), Block(text=text))
        )
    return _regulation(kind)


def _regulation(kind: Kind) -> tuple[Block, ...]:
    name = kind.short.lower()
    said = {"name": name, "Name": kind.short}
    this = {"m": "Настоящий", "f": "Настоящая", "n": "Настоящее", "p": "Настоящие"}[kind.gender]
    verb = "определяют" if kind.gender == "p" else "определяет"
    force = "вступают" if kind.gender == "p" else "вступает"
    blocks: list[Block] = []
    for title, points in _REGULATION:
        blocks.append(Block(kind=BlockKind.HEADING, text=title))
        for point in points:
            text = point.replace("Настоящее", this).replace("определяет", verb).replace("вступает", force)
            blocks.append(Block(kind=BlockKind.POINT, level=2, text=text.format(**said)))
    return tuple(blocks)


def _table(columns: tuple[str, ...], widths: tuple[int, ...]) -> Block:
    row = Row(cells=("1", *("…" for _column in columns[1:])))
    return Block(kind=BlockKind.TABLE, columns=columns, widths=widths, rows=(row,))
