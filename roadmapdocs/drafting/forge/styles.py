"""Styles of the shipped templates: every measure of ``domain.md`` §6, once. Visible names are Russian, for offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FONT: Final = "Times New Roman"
#: A free font of the same widths, where the first is missing.
FALLBACK: Final = "Liberation Serif"
SIZE, TABLE_SIZE, SHEET_SIZE = 14, 12, 10
#: A4 and its margins, millimetres; 30 on the left is for what is kept over ten years.
SHORT, LONG = 210, 297
LEFT, RIGHT, TOP, BOTTOM = 30, 10, 20, 20
#: From the edge of the sheet to the page number.
HEADER: Final = 10
FIRST_LINE: Final = 12.5
#: Above and below the words of a cell.
CELL_AIR: Final = 0.6
#: The longest line of a requisite in the corner, and of one along the page.
CORNER_WIDTH, CENTRED_WIDTH = 75, 120
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = SHORT - LEFT - RIGHT, LONG - LEFT - RIGHT

TEXT: Final = "Текст документа"
TEXT_KEPT: Final = "Текст перед подписью"
BULLET: Final = "Перечисление"
ORGANISATION: Final = "Наименование организации"
UNIT: Final = "Подразделение"
KIND: Final = "Вид документа"
HEADING: Final = "Заголовок к тексту"
DECREE: Final = "Распорядительное слово"
LABEL: Final = "Слово раздела"
REQUISITE: Final = "Реквизит"
REQUISITE_CENTRED: Final = "Реквизит по центру"
REQUISITE_RIGHT: Final = "Реквизит справа"
ACCESS: Final = "Гриф доступа"
CORNER: Final = "Угловой реквизит"
CORNER_HEAD: Final = "Угловой реквизит: слово"
CORNER_WIDE: Final = "Угловой реквизит альбомный"
CORNER_WIDE_HEAD: Final = "Угловой реквизит альбомный: слово"
TITLE: Final = "Название приложения"
TITLE_KIND: Final = "Вид приложения"
TITLE_LAST: Final = "Название приложения: последняя строка"
SECTION: Final = "heading 1"
SUBSECTION: Final = "heading 2"
CELL: Final = "Ячейка таблицы"
CELL_CENTRED: Final = "Ячейка таблицы по центру"
CELL_HEAD: Final = "Шапка таблицы"
CELL_SECTION: Final = "Раздел таблицы"
PARTICIPANT: Final = "Участник"
ADDRESSEE: Final = "Адресат"
SHEET_TITLE: Final = "Название ведомости"
SHEET_CELL: Final = "Ячейка ведомости"
SHEET_HEAD: Final = "Шапка ведомости"
SHEET_LINE: Final = "Строка ведомости"
SHEET_KEPT: Final = "Строка ведомости с продолжением"
NOTE: Final = "Отметка"
NOTE_KEPT: Final = "Отметка с продолжением"
SIGNATURE: Final = "Подпись"
SIGNATURE_RIGHT: Final = "Подпись: имя"
SIGNED_LINE: Final = "Строка для подписи"
BEFORE_SIGNATURE: Final = "Промежуток перед подписью"
GAP: Final = "Промежуток"
GAP_KEPT: Final = "Промежуток перед таблицей"
BREAK: Final = "Конец раздела"
PAGE_HEADER: Final = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Measures are points, but for indents in millimetres. ``spread`` is space between letters, so that search finds
    «ПРИКАЗ» and not «П Р И К А З»; ``keep``: on one page with what follows; ``exact``: height of a line.
    """

    id: str
    align: str = "left"
    before: int = 0
    after: int = 0
    spacing: float = 1.0
    exact: int = 0
    left: float = 0
    right: float = 0
    first: float = 0
    size: int = SIZE
    bold: bool = False
    caps: bool = False
    spread: int = 0
    keep: bool = False
    outline: int | None = None


_SIDE: Final = (PORTRAIT_WIDTH - CENTRED_WIDTH) / 2
_CORNER: Final = PORTRAIT_WIDTH - CORNER_WIDTH
_CORNER_WIDE: Final = LANDSCAPE_WIDTH - CORNER_WIDTH

STYLES: Final = {
    TEXT: Style(id="DocText", align="both", first=FIRST_LINE, spacing=1.15),
    TEXT_KEPT: Style(id="DocTextKept", align="both", first=FIRST_LINE, spacing=1.15, keep=True),
    BULLET: Style(id="DocBullet", align="both", first=FIRST_LINE, spacing=1.15),
    ORGANISATION: Style(id="Organisation", align="center", bold=True, caps=True, keep=True),
    UNIT: Style(id="Unit", align="center", keep=True),
    KIND: Style(id="DocKind", align="center", bold=True, spread=3, before=18, after=14, keep=True),
    HEADING: Style(id="DocHeading", align="center", bold=True, left=_SIDE, right=_SIDE, before=18, after=16, keep=True),
    DECREE: Style(id="Decree", spread=2, before=8, after=8, keep=True),
    LABEL: Style(id="Label", before=8, after=4, keep=True),
    REQUISITE: Style(id="Requisite", keep=True),
    REQUISITE_CENTRED: Style(id="RequisiteCentred", align="center", keep=True),
    REQUISITE_RIGHT: Style(id="RequisiteRight", align="right", keep=True),
    ACCESS: Style(id="AccessMark", align="right", after=12, keep=True),
    CORNER: Style(id="Corner", left=_CORNER, keep=True),
    CORNER_HEAD: Style(id="CornerHead", left=_CORNER, before=10, after=4, keep=True),
    CORNER_WIDE: Style(id="CornerWide", left=_CORNER_WIDE, keep=True),
    CORNER_WIDE_HEAD: Style(id="CornerWideHead", left=_CORNER_WIDE, before=10, after=4, keep=True),
    TITLE: Style(id="AppendixTitle", align="center", bold=True, keep=True),
    TITLE_KIND: Style(id="AppendixKind", align="center", bold=True, spread=3, before=18, after=2, keep=True),
    TITLE_LAST: Style(id="AppendixTitleLast", align="center", bold=True, after=14, keep=True),
    SECTION: Style(id="Heading1", align="center", bold=True, before=14, after=8, keep=True, outline=0),
    SUBSECTION: Style(id="Heading2", align="center", bold=True, before=10, after=6, keep=True, outline=1),
    CELL: Style(id="TableCell", size=TABLE_SIZE),
    CELL_CENTRED: Style(id="TableCellCentred", size=TABLE_SIZE, align="center"),
    CELL_HEAD: Style(id="TableHead", size=TABLE_SIZE, align="center", bold=True, keep=True),
    CELL_SECTION: Style(id="TableSection", size=TABLE_SIZE, align="center", bold=True, keep=True),
    PARTICIPANT: Style(id="Participant", left=FIRST_LINE),
    ADDRESSEE: Style(id="Addressee", keep=True),
    SHEET_TITLE: Style(id="SheetTitle", align="center", bold=True, after=6, keep=True),
    SHEET_CELL: Style(id="SheetCell", size=SHEET_SIZE),
    SHEET_HEAD: Style(id="SheetHead", size=SHEET_SIZE, align="center", bold=True, keep=True),
    SHEET_LINE: Style(id="SheetLine", size=TABLE_SIZE, after=2),
    SHEET_KEPT: Style(id="SheetLineKept", size=TABLE_SIZE, after=2, keep=True),
    NOTE: Style(id="DocNote", size=TABLE_SIZE),
    NOTE_KEPT: Style(id="DocNoteKept", size=TABLE_SIZE, after=4, keep=True),
    SIGNATURE: Style(id="Signature", before=8, keep=True),
    SIGNATURE_RIGHT: Style(id="SignatureName", align="right", before=8, keep=True),
    SIGNED_LINE: Style(id="SignedLine", size=TABLE_SIZE, before=3, after=3),
    BEFORE_SIGNATURE: Style(id="BeforeSignature", exact=28, keep=True),
    GAP: Style(id="Gap", exact=12),
    GAP_KEPT: Style(id="GapKept", exact=6, keep=True),
    BREAK: Style(id="SectionEnd", exact=1),
    PAGE_HEADER: Style(id="Header", size=TABLE_SIZE, align="center"),
}
