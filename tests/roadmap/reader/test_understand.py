"""Layouts that other offices use; every roadmap here is made up."""

from __future__ import annotations

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.text import read_text
from roadmapdocs.roadmap.reader.understand import understand
from tests.roadmap.reader.seeds import months, shapes, until, whole


def read(*lines: str) -> Draft:
    """Lines of a TXT file; « | » stands for a tab."""
    return understand(read_text("\n".join(line.replace(" | ", "\t") for line in lines).encode()))


def table(*rows: tuple[str | Cell, ...]) -> Table:
    """A Word table."""
    numbered = enumerate(rows, start=1)
    return Table(
        tuple(Row(tuple(one if isinstance(one, Cell) else Cell(one) for one in row), at) for at, row in numbered)
    )


def word(*blocks: Block) -> Draft:
    return understand(blocks)


def codes(draft: Draft) -> set[str]:
    return {defect.code for defect in draft.defects}


def outline(draft: Draft) -> list[tuple[str, str | None, str]]:
    return [(item.number, item.section, item.title) for item in draft.items]


HEADER = "№ | Мероприятия | Сроки | Ответственные"


def test_period_and_responsible_first_and_the_number_inside_the_title() -> None:
    draft = read(
        "План мероприятий («дорожная карта») на 2023-2024 годы",
        "Срок исполнения | Ответственный исполнитель | Содержание работы | Форма отчёта",
        "I. Организационная работа |  |  | ",
        "до 10.02.2023 | отдел кадров | 1.1. Сверить анкеты | Аналитическая справка",
        "март 2023 | методисты, директора школ | 1.2. Собрать заявки | Реестр заявок, протокол",
        "II. Методическая работа |  |  | ",
        "ежегодно | Методисты | 2.1. Обновить банк уроков | Приказ",
    )

    assert draft.title == "План мероприятий («дорожная карта») на 2023-2024 годы"
    assert outline(draft) == [
        ("1.1", "I", "Сверить анкеты"),
        ("1.2", "I", "Собрать заявки"),
        ("2.1", "II", "Обновить банк уроков"),
    ]
    assert shapes(draft.items[0]) == [until("2023-02-10")]
    assert shapes(draft.items[1]) == [months(2023, 3)]
    assert draft.items[1].responsible == ("методисты", "директора школ")
    assert [one.kind for one in draft.items[1].expected_documents] == ["перечень", "протокол"]


def test_a_table_without_numbers_and_with_unnumbered_sections() -> None:
    draft = read(
        "Дорожная карта на 2024 год",
        "Мероприятия | Сроки | Исполнители",
        "Работа с кадрами |  | ",
        "Провести собеседования | январь 2024 | начальник отдела",
        "Работа с родителями |  | ",
        "Провести собрание | в течение года | школы",
    )

    assert [(one.number, one.title) for one in draft.sections] == [
        ("1", "Работа с кадрами"),
        ("2", "Работа с родителями"),
    ]
    assert outline(draft) == [("", "1", "Провести собеседования"), ("", "2", "Провести собрание")]
    assert {"missing_numbers", "section_without_number"} <= codes(draft)
    assert draft.items[1].expected_documents == ()


@pytest.mark.parametrize(
    "rows",
    [
        ("1. | Провести собеседования со всеми | январь 2024 | начальник отдела",),
        (
            "1) | Провести собеседования со всеми | январь 2024 | начальник отдела",
            "2) | Составить график отпусков | до 15.12.2024 | отдел кадров",
        ),
    ],
)
def test_a_table_without_a_header_is_told_by_its_content(rows: tuple[str, ...]) -> None:
    draft = read(*rows)

    assert [item.number for item in draft.items] == ["1", "2"][: len(rows)]
    assert draft.items[0].title == "Провести собеседования со всеми"
    assert shapes(draft.items[0]) == [months(2024, 1)]
    assert draft.items[0].responsible == ("начальник отдела",)


def test_year_columns_of_figures_under_a_merged_header_with_column_numbers() -> None:
    draft = read(
        "№ | Мероприятие | Плановое значение |  |  | Ответственные",
        " |  | 2022 | 2023 | 2024 | ",
        "1 | 2 | 3 | 4 | 5 | 6",
        "Раздел 1. Обучение |  |  |  |  | ",
        "1.1 | Обучить педагогов | 5 | 6 | 7 | УО",
        "1.2 | Провести форум | 0 | 1 (май) | – | УО",
    )

    assert draft.period == (2022, 2024)
    assert [item.planned for item in draft.items] == [
        {"2022": "5", "2023": "6", "2024": "7"},
        {"2022": "0", "2023": "1 (май)", "2024": "–"},
    ]
    assert shapes(draft.items[0]) == [whole(year, column=year) for year in (2022, 2023, 2024)]
    assert shapes(draft.items[1]) == [months(2023, 5, column=2023)]
    assert draft.sections[0].title == "Обучение"


def test_year_columns_of_words() -> None:
    draft = read(
        "Ответственные | Мероприятие | 2021 год | 2022 год | Результат",
        "УО | Разработать модель | Модель разработана, март 2021 | Модель внедрена | Положение о модели",
        "ИМО | Провести форум | Проведён форум |  | Программа форума",
    )

    assert shapes(draft.items[0]) == [months(2021, 3, column=2021), whole(2022, column=2022)]
    assert draft.items[1].results == {"2021": "Проведён форум"}
    assert shapes(draft.items[1]) == [whole(2021, column=2021)]


def test_a_month_left_in_the_column_of_another_year_is_told() -> None:
    draft = read(
        "№ | Мероприятие | 2021 | 2022 | Ответственные",
        "1 | Провести форум | Форум проведён. Май 2021 | Форум проведён. Май 2021 | УО",
    )

    assert shapes(draft.items[0]) == [months(2021, 5, column=2021), months(2021, 5, column=2022)]
    assert [one.code for one in draft.defects if one.item == "1"].count("year_outside_column") == 1


def test_columns_of_beginning_and_end_make_one_stretch() -> None:
    draft = read(
        "№ | Наименование мероприятия | Дата начала | Дата окончания | Вид документа | Ответственные",
        "1 | Провести торги | 01.02.2022 | 01.03.2022 | Договор | Бухгалтерия",
        "2 | Вести журнал | 01.02.2022 |  | Журнал | Бухгалтерия",
    )

    assert shapes(draft.items[0]) == [(None, "range", "2022-02-01", "2022-03-01", None)]
    assert shapes(draft.items[1]) == [(None, "range", "2022-02-01", None, None)]


def test_beginning_and_end_may_stand_under_a_merged_header() -> None:
    draft = read(
        "№ | Мероприятия | Сроки исполнения |  | Ответственный",
        " |  | начало | окончание | ",
        "1 | 2 | 3 | 4 | 5",
        "1 | Разработать акты | 01.09.2021 | 30.09.2021 | директор",
    )

    assert outline(draft) == [("1", None, "Разработать акты")]
    assert shapes(draft.items[0]) == [(None, "range", "2021-09-01", "2021-09-30", None)]


def test_an_appendix_mark_in_the_corner_names_the_order() -> None:
    draft = read(
        "Приложение № 1",
        "к приказу управления образования",
        "администрации Берёзовского района",
        "от 14.09.2020 г. № 312/1-ОД",
        "ПЛАН МЕРОПРИЯТИЙ («ДОРОЖНАЯ КАРТА»)",
        "ПО РАЗВИТИЮ НАСТАВНИЧЕСТВА",
        "НА 2020/2021 УЧЕБНЫЙ ГОД",
        HEADER,
        "1 | Провести форум | май 2021 | УО",
    )

    assert draft.title == "ПЛАН МЕРОПРИЯТИЙ («ДОРОЖНАЯ КАРТА») ПО РАЗВИТИЮ НАСТАВНИЧЕСТВА НА 2020/2021 УЧЕБНЫЙ ГОД"
    assert draft.approval.number == "312/1-ОД"
    assert draft.approval.organisation == "управление образования администрации Берёзовского района"


def test_an_approval_by_another_act_is_told() -> None:
    draft = read(
        "Утверждено",
        "решением педагогического совета",
        "(протокол от 30.08.2021 № 1)",
        "Дорожная карта на 2021-2024 гг.",
        HEADER,
        "1 | Провести форум | май 2021 | УО",
    )

    assert draft.approval.organisation == "педагогический совет"
    assert "approval_by_other_act" in codes(draft)


def test_columns_of_months_are_marked() -> None:
    draft = read(
        "План на 2023 год",
        "Мероприятие | сентябрь | октябрь | ноябрь | Ответственный",
        "Провести сбор | + |  |  | Школа",
        "Провести слёт |  | + | + | Школа",
    )

    assert shapes(draft.items[0]) == [months(2023, 9)]
    assert shapes(draft.items[1]) == [months(2023, 10), months(2023, 11)]


def test_what_has_no_column_in_an_item_is_told_with_its_words() -> None:
    draft = read(
        "№ | Мероприятие | Срок | Ответственный | Отметка об исполнении",
        "1 | Провести слёт | май 2023 | Школа | выполнено частично",
        "Итого: одно мероприятие |  |  |  | ",
        "Директор школы |  |  | И.И. Лебедев | ",
    )

    told = " ".join(one.message for one in draft.defects if one.code == "unplaced_text")
    assert len(draft.items) == 1
    assert all(words in told for words in ("выполнено частично", "Итого: одно", "И.И. Лебедев"))


def test_fragments_with_headings_between_them_and_other_tables_around() -> None:
    draft = read(
        "Паспорт",
        "Наименование программы | Программа развития",
        "Сроки реализации | 2021-2022 годы",
        "Дорожная карта поддержки школ на 2021-2022 годы",
        "1. Подготовка",
        HEADER,
        "1.1 | Создать рабочую группу | январь 2021 | УО",
        "2. Обучение",
        HEADER,
        "2.1 | Обучить | март 2021 | ИМО",
        "Обобщение опыта",
        "3.1 | Издать сборник | май 2021 | ИМО",
        "Список рабочей группы",
        "№ | ФИО | Должность",
        "1 | Лебедев И.И. | начальник",
    )

    assert outline(draft) == [
        ("1.1", "1", "Создать рабочую группу"),
        ("2.1", "2", "Обучить"),
        ("3.1", "3", "Издать сборник"),
    ]
    assert draft.title == "Дорожная карта поддержки школ на 2021-2022 годы"
    assert [one.code for one in draft.defects].count("other_table") == 2
    assert [one.code for one in draft.defects].count("section_outside_table") == 3


def test_a_table_of_indicators_is_no_table_of_measures() -> None:
    draft = read(
        "План на 2022 год",
        "№ | Наименование показателя | 2021 | 2022",
        "1 | Доля школ | 10 | 20",
        "Мероприятия",
        HEADER,
        "1 | Провести семинар | май 2022 | ИМЦ",
    )

    assert [item.title for item in draft.items] == ["Провести семинар"]
    assert "other_table" in codes(draft)


def test_sections_nest_three_levels_and_keep_unlike_numbers() -> None:
    draft = read(
        HEADER,
        "I. Блок первый |  |  | ",
        "1. | Задача про кадры |  | ",
        "1.1 | Обучить | март 2021 | ИМО",
        "2. | Задача про школы |  | ",
        "2.1 | Проверить | март 2021 | ИМО",
        "II. Блок второй |  |  | ",
        "1. | Задача про детей |  | ",
        "1.1 | Собрать | март 2021 | ИМО",
    )

    assert [(one.number, one.parent) for one in draft.sections] == [
        ("I", None),
        ("1", "I"),
        ("2", "I"),
        ("II", None),
        ("II.1", "II"),
    ]
    assert [item.section for item in draft.items] == ["1", "2", "II.1"]


@pytest.mark.parametrize(
    ("printed", "number", "title"),
    [
        ("Направление № 1. Кадры", "1", "Кадры"),
        ("Раздел 1 Кадры", "1", "Кадры"),
        ("Блок II. Кадры", "II", "Кадры"),
        ("IV. Кадры", "IV", "Кадры"),
        ("3. Кадры", "3", "Кадры"),
        ("Кадры", "1", "Кадры"),
    ],
)
def test_a_section_row_gives_its_number_and_title(printed: str, number: str, title: str) -> None:
    draft = read(HEADER, f"{printed} |  |  | ", "1 | Обучить | март 2021 | ИМО", "2 | Проверить | май 2021 | ИМО")

    assert [(one.number, one.title) for one in draft.sections] == [(number, title)]
    assert {item.section for item in draft.items} == {number}


def test_a_section_repeated_in_every_cell_or_printed_again_is_one_section() -> None:
    draft = read(
        HEADER,
        "Раздел 1. Кадры | Раздел 1. Кадры | Раздел 1. Кадры | Раздел 1. Кадры",
        "1 | Обучить | март 2021 | ИМО",
        HEADER,
        "Раздел 1. Кадры |  |  | ",
        "2 | Проверить | апрель 2021 | ИМО",
    )

    assert [one.title for one in draft.sections] == ["Кадры"]
    assert [item.section for item in draft.items] == ["1", "1"]


def test_a_numbered_row_without_anything_else_is_an_item_if_the_numbers_run_on() -> None:
    draft = read(
        HEADER,
        "1 | Обучить | март 2021 | ИМО",
        "2 | Проверить |  | ",
        "3 | Обобщить | май 2021 | ИМО",
    )

    assert [item.number for item in draft.items] == ["1", "2", "3"]
    assert draft.sections == ()
    assert {"missing_period", "missing_responsible"} <= codes(draft)


def test_a_row_cut_by_a_page_is_joined_cell_by_cell() -> None:
    draft = read(
        "№ | Мероприятие | Срок | Исполнители | Документ",
        "1 | Проведение научно- | март- | отдел, | Прото-",
        "",
        " | методических сове- | апрель 2024 | школы | колы",
        "",
        " | щаний |  |  | ",
        "2 | Обобщение | май 2024 | отдел | Приказ",
    )

    first = draft.items[0]
    assert first.title == "Проведение научно-методических совещаний"
    assert shapes(first) == [months(2024, 3, 4)]
    assert first.responsible == ("отдел", "школы")
    assert [one.title for one in first.expected_documents] == ["Протоколы"]
    assert [one.code for one in draft.defects if one.item == "1"].count("page_break") == 2


def test_cells_broken_over_lines_make_one_row() -> None:
    draft = read(
        "№",
        "п/п | Мероприятия | Сроки | Ответственные",
        "1 | Провести форум",
        "для школ района | май 2022 | УО",
        "2 | Обобщить опыт | июнь 2022 | УО",
    )

    assert outline(draft) == [("1", None, "Провести форум для школ района"), ("2", None, "Обобщить опыт")]


def test_a_cell_a_line_with_blank_lines_inside_cells() -> None:
    draft = read_cells(
        ["№", "Мероприятия", "Сроки", "Ответственные", "Результат"],
        ["Раздел 1. Кадры"],
        ["1", "Провести форум\n\nдля школ\n", "май 2022", "УО", "Приказ\n\nПоложение о форуме"],
        ["2", "Обобщить опыт", "июнь 2022", "УО", "Сборник"],
        after="Начальник И.И. Лебедев",
    )

    assert outline(draft) == [("1", "1", "Провести форум для школ"), ("2", "1", "Обобщить опыт")]
    assert [one.kind for one in draft.items[0].expected_documents] == ["приказ", "положение"]
    assert [one.title for one in draft.items[1].expected_documents] == ["Сборник"]


def read_cells(*rows: list[str], after: str) -> Draft:
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    return understand(read_text(f"План мероприятий на 2022 год\n{text}\n\n{after}\n".encode()))


def test_a_table_drawn_with_bars() -> None:
    draft = understand(
        read_text("| № | Мероприятия | Сроки |\n|---|---|---|\n| 1 | Провести форум | май 2022 |\n".encode())
    )

    assert outline(draft) == [("1", None, "Провести форум")]


def test_merged_cells_of_a_word_table_and_automatic_numbers() -> None:
    draft = word(
        Paragraph("УТВЕРЖДЕНА приказом отдела образования от 12.03.2022 № 15-ОД", 1),
        Paragraph("ДОРОЖНАЯ КАРТА", 2),
        Paragraph("по развитию наставничества на 2022 – 2023 годы", 3),
        table(
            ("№", "Мероприятия", Cell("Срок реализации", span=2), "Ответственный"),
            (Cell("", continued=True), Cell("", continued=True), "2022 г.", "2023 г.", Cell("", continued=True)),
            (Cell("Направление № 1. Кадры", span=5),),
            (Cell("", auto_number="1."), "Утвердить положение о наставничестве", "март", "-", "отдел"),
            (Cell("", auto_number="2."), "Провести конкурс", Cell("ежегодно", span=2), "ИМЦ, школы"),
            (Cell("", auto_number="3."), "Подвести итоги", "", "декабрь", Cell("", continued=True)),
        ),
    )

    assert draft.title == "ДОРОЖНАЯ КАРТА по развитию наставничества на 2022 – 2023 годы"
    assert (draft.approval.kind, draft.approval.number) == ("приказ", "15-ОД")
    assert draft.approval.organisation == "отдел образования"
    assert [item.number for item in draft.items] == ["1", "2", "3"]
    assert shapes(draft.items[0]) == [months(2022, 3, column=2022)]
    assert [term.year for term in draft.items[1].terms] == [2022, 2023]
    assert draft.items[2].responsible == ("ИМЦ", "школы")
    assert [one.kind for one in draft.items[0].expected_documents] == ["положение"]


def test_an_item_whose_title_is_merged_downwards_has_several_periods() -> None:
    draft = word(
        table(
            ("№", "Мероприятие", "Сроки", "Ответственные"),
            ("1", "Провести мониторинг", "май 2022", "УО"),
            (Cell("", continued=True), Cell("", continued=True), "декабрь 2022", "ИМО"),
            ("2", "Подвести итоги", "июнь 2022", "УО"),
        )
    )

    assert shapes(draft.items[0]) == [months(2022, 5), months(2022, 12)]
    assert draft.items[0].responsible == ("УО", "ИМО")
    assert len(draft.items) == 2


def test_stamps_side_by_side_in_a_table_are_read_column_by_column() -> None:
    draft = word(
        table(
            ("СОГЛАСОВАНО", "УТВЕРЖДАЮ"),
            ("Председатель профсоюза", "Директор МБОУ «Школа № 5»"),
            ("_____ И.И. Лебедев", "______ П.П. Дроздова"),
            ("", "«01» сентября 2022 г."),
        ),
        Paragraph("План мероприятий («дорожная карта») на 2022/2023 учебный год", 5),
        table(("№", "Мероприятие", "Дата", "Ответственные"), ("1", "Провести педсовет", "30.08.2022", "Директор")),
    )

    assert draft.approval.person == "П.П. Дроздова"
    assert draft.approval.organisation == "МБОУ «Школа № 5»"
    assert draft.approval.date is not None
    assert draft.period == (2022, 2023)


def test_heading_rows_above_the_header_of_a_sheet_are_its_heading() -> None:
    draft = word(
        table(
            ("Дорожная карта школы на 2023 год", "", "", ""),
            ("", "", "", ""),
            ("№", "Мероприятие", "Срок", "Ответственный"),
            ("1", "Провести бал", "май 2023", "Завуч"),
        )
    )

    assert draft.title == "Дорожная карта школы на 2023 год"
    assert len(draft.items) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        (" \n\t\n", "empty_file"),
        ("Просто текст\nбез таблицы", "no_table"),
        ("Имя\tАдрес\nЛебедев\tЗаозёрск", "no_table"),
        ("№\tМероприятия\tСроки\tОтветственные\n", "no_items"),
    ],
)
def test_a_file_without_measures_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        understand(read_text(text.encode()))

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"])
def test_the_encoding_is_told_by_content(encoding: str) -> None:
    text = "Дорожная карта на 2022 год\nМероприятия\tСроки\tОтветственные\nПровести форум\tмай 2022\tшколы\n"

    draft = understand(read_text(text.encode(encoding)))

    assert draft.title == "Дорожная карта на 2022 год"
    assert draft.items[0].responsible == ("школы",)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 4, b"PK\x03\x04" + bytes(200)])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        understand(read_text(data))

    assert refused.value.code in ("not_text", "no_table")


@pytest.mark.parametrize(
    ("rows", "item", "code"),
    [
        (["1 |  | май 2022 | УО"], "1", "missing_title"),
        (["1 | Первое | май 2022 | УО", " | Второе | июнь 2022 | УО"], None, "missing_number"),
        (["1 | Первое | май 2022 | УО", "3 | Третье | май 2022 | УО"], "3", "numbering_gap"),
        (["1 | Первое | май 2022 | УО", "1 | Второе | май 2022 | УО"], "1", "duplicate_number"),
        ([".1 | Первое | май 2022 | УО"], "1", "number_with_stray_dot"),
        (["1 | Первое | когда-нибудь | УО"], "1", "unreadable_period"),
        (["1 | Первое | май 2022 | УО", "2 | Второе |  | УО"], "2", "missing_period"),
        (["1 | Первое | май 2022 | УО,, ИМО"], "1", "surplus_separator"),
        (["1 | <p>Первое</p> | май 2022 | УО"], "1", "markup"),
        (["1 | Первое | май 2022 | УО (май)"], "1", "date_in_responsible_cell"),
        (["1 | Первое | май 2022 | УО", "2 | Второе | май 2022 | УО | 7"], "2", "extra_cells"),
    ],
)
def test_what_is_doubtful_is_told_at_its_row(rows: list[str], item: str | None, code: str) -> None:
    draft = read(HEADER, *rows)

    (found,) = [one for one in draft.defects if one.code == code]
    assert found.item == item
    assert found.line == 1 + len(rows)
    assert found.message


def test_an_abbreviation_explained_in_the_file_is_known() -> None:
    draft = read(
        "Управление образования (далее – УО) готовит план.",
        HEADER,
        "1 | Провести форум | май 2022 | УО, ИМО",
        "Сокращения:",
        "ИМО – информационно-методический отдел",
    )

    assert draft.abbreviations["ИМО"] == "информационно-методический отдел"
    assert draft.abbreviations["УО"] == "Управление образования"
    assert "unknown_abbreviation" not in codes(draft)
