"""A small roadmap of an office that does not exist, as text, for the tests of sheets and imports."""

from __future__ import annotations

from roadmapdocs.roadmap.reader.files import read_blocks
from roadmapdocs.roadmap.reader.sheet import Meaning, Sheet
from roadmapdocs.roadmap.reader.understand import sheet_of

HEADER = "№\tМероприятие\tСрок\tОтветственный\tДокумент"
ROWS = (
    "1. Чтение в школах",
    "1.1\tПровести смотр школьных библиотек\tсентябрь 2025\tМетодист\tСправка",
    "1.2\tПодготовить список книг\tдо 01.12.2025\tМетодист, библиотекарь\tСписок",
    "2. Учителя",
    "2.1\tПровести курсы для учителей\tоктябрь 2025\tДиректор\tДоговор",
    "2.2\tОбсудить итоги на совете\tежегодно\tСовет школы\tПротокол",
)
TITLE = "Дорожная карта «Читающий округ» на 2025-2026 годы"


def roadmap_text(*rows: str, title: str = TITLE, header: str = HEADER) -> str:
    table = "\n".join([header, *(rows or ROWS)])
    # A heading stands in a table of as many columns as the others.
    table = "\n".join(line if "\t" in line else line + "\t" * header.count("\t") for line in table.split("\n"))
    return f"{title}\n\n{table}\n"


def roadmap_file(*rows: str, **words: str) -> bytes:
    return roadmap_text(*rows, **words).encode()


def sheet(*rows: str, meanings: dict[int, Meaning] | None = None, **words: str) -> Sheet:
    return sheet_of(read_blocks(roadmap_file(*rows, **words), "карта.txt"), meanings)
