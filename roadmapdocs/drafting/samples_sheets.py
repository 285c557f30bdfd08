"""Samples of the papers that are tables: what the registry prints from its own data, made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from roadmapdocs.drafting.composing.sheets import frame, heading, paragraph, sheet_table, shown
from roadmapdocs.drafting.vocabulary import Cell, Line, TablePage, TableRow

_HASH: Final = "9f2c" * 16
_MADE: Final = "Составлено 16.03.2026 12:30 в реестре документов"
_VISAS: Final = ("№", "Должность", "Фамилия И. О.", "Поступило", "Результат", "Замечания", "Решение", "Отметка", "Версия")
_VISA_WIDTHS: Final = (8, 34, 33, 28, 30, 50, 27, 31, 26)
_ORDERS: Final = ("№ п/п", "Дата", "Номер", "Заголовок", "Подписал", "Исполнитель", "Листов", "Кому", "Отметка", "Дело")
_ORDER_WIDTHS: Final = (11, 21, 21, 68, 28, 28, 15, 31, 24, 15)
_WORKS: Final = ("№", "Мероприятие", "Кто отвечает", "Ожидаемый документ", "Период", "Срок", "Состояние", "Документы")
_WORK_WIDTHS: Final = (12, 68, 34, 42, 30, 22, 28, 31)


def sheet(template: str) -> TablePage:
    return _MAKERS[template](3)


def extreme_sheet(template: str) -> TablePage:
    return _MAKERS[template](100 if template == "approval_sheet.docx" else 300)


def _approval(rows: int) -> TablePage:
    long = "п. 4: приложить смету расходов — принято: смета приложена. " * (1 if rows < 10 else 6)
    visas = [
        shown(
            (
                str(number),
                "начальник отдела кадров и правовой работы",
                "Дербенёв А. Л.",
                "10.03.2026 09:15\nсрок 12.03.2026",
                "согласовано с замечаниями",
                long,
                "11.03.2026 16:40",
                "виза в системе",
                "1 (9f2c9f2c…)\nдействует: с версии 2 правки редакционные",
            )
        )
        for number in range(1, rows + 1)
    ]
    mark = frame(
        "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ",
        ("Сертификат: 00F3 A91C 5D20", "Владелец: Вересова Ирина Аркадьевна", "Действителен: с 01.02.2026 до 01.05.2027"),
    )
    return TablePage(
        caption="ЛИСТ СОГЛАСОВАНИЯ",
        facts=(
            Line(number="Документ", text="Приказ от 16.03.2026 № 41-ОД"),
            Line(number="Заголовок", text="О проведении недели чтения в школах округа"),
            Line(number="Исполнитель", text="Луговая К. Р."),
            Line(number="Версия текста", text="2, приказ.docx"),
            Line(number="SHA-256", text=_HASH),
        ),
        code="Код открывает карточку документа",
        pieces=(
            heading("Круг 1"),
            paragraph("Начато 10.03.2026 09:15: Луговая К. Р.", kept=True),
            sheet_table(_VISAS, _VISA_WIDTHS, visas),
            heading("Подписи"),
            paragraph("Подписано 16.03.2026: начальник Управления образования, Вересова И. А.", kept=True),
            mark,
            heading("Версии текста по SHA-256"),
            paragraph(f"версия 2: {_HASH}"),
        ),
        made=_MADE,
    )


def _journal(rows: int) -> TablePage:
    lines = [shown(_order(number)) for number in range(1, rows + 1)]
    annulled = _order(rows + 1)
    struck = TableRow(
        cells=tuple(
            Cell(text=text, struck=place == 3, note="Аннулирован 12.03.2026: зарегистрирован дважды." if place == 3 else "")
            for place, text in enumerate(annulled)
        )
    )
    empty = ("", "", f"{rows + 2}–{rows + 4}", "", "", "", "", "", "", "")
    gap = TableRow(shaded=True, cells=tuple(Cell(text=text, note="Номера не использованы." if place == 3 else "") for place, text in enumerate(empty)))
    return TablePage(
        organisation=("Управление образования администрации Светлореченского муниципального округа",),
        caption="Журнал регистрации: Приказы по основной деятельности",
        title="с 01.01.2026 по 31.12.2026",
        pieces=(sheet_table(_ORDERS, _ORDER_WIDTHS, [*lines, struck, gap]),),
        made=_MADE,
    )


def _order(number: int) -> tuple[str, ...]:
    title = "О проведении недели чтения в школах округа" if number % 3 else "О создании рабочей группы по развитию школьных библиотек"
    return (str(number), "16.03.2026", f"{number}-ОД", title, "Вересова И. А.", "Луговая К. Р.", "2", "школы", "Исполнен", "01-05")


def _report(rows: int) -> TablePage:
    done = ("1.1", "Провести смотр школьных библиотек", "ИМО", "Приказ об итогах", "I квартал 2026 г.", "31.03.2026", "доказано", "Приказ № 41-ОД от 16.03.2026")
    late = ("1.2", "Провести семинар для библиотекарей сельских школ", "ИМО, МОЦ", "Программа семинара", "февраль 2026 г.", "27.02.2026", "просрочено", "")
    ahead = ("2.1", "Подвести итоги диагностики читательской грамотности", "ООО", "Аналитическая справка", "май 2026 г.", "29.05.2026", "срок впереди", "")
    many: list[TableRow] = []
    for number in range(rows // 3):
        first = (f"{number + 1}.1", *done[1:])
        second = (f"{number + 1}.2", *late[1:])
        many += [
            TableRow(heading=True, title=f"{number + 1}. Библиотека как место встречи (2 из 3 на сегодня, просрочено: 1)"),
            shown(first),
            TableRow(cells=tuple(Cell(text=text, strong=place == 6) for place, text in enumerate(second))),
            shown((f"{number + 1}.3", *ahead[1:])),
        ]
    return TablePage(
        caption="Дорожная карта развития школьных библиотек",
        title="По состоянию на 16.03.2026",
        facts=(
            Line(number="Доказано из того, чей срок наступил", text="2 из 3"),
            Line(number="Всего ожидается документов", text="12"),
            Line(number="Просрочено", text="1"),
        ),
        pieces=(sheet_table(_WORKS, _WORK_WIDTHS, many),),
        made=_MADE,
    )


_MAKERS: Final[dict[str, Callable[[int], TablePage]]] = {
    "approval_sheet.docx": _approval,
    "journal.docx": _journal,
    "roadmap_report.docx": _report,
}
