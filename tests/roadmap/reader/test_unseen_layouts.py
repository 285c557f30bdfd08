"""Layouts, stamps and wordings that further offices use; every roadmap here is made up."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.files.reading.blocks import Cell, Paragraph
from roadmapdocs.roadmap.draft import Approval
from roadmapdocs.roadmap.reader.expected import split_expected
from roadmapdocs.roadmap.reader.heading import find_years, names_school_years
from roadmapdocs.roadmap.reader.inferred import infer_expected
from roadmapdocs.roadmap.reader.responsibles import split_responsible
from roadmapdocs.roadmap.reader.text import read_text
from roadmapdocs.roadmap.reader.understand import understand
from tests.roadmap.reader.seeds import months, shapes, until, whole
from tests.roadmap.reader.test_understand import codes, outline, read, table, word

TITLE = "План мероприятий («дорожная карта») на 2022-2024 годы"
HEADER = "№ | Мероприятие | Срок | Ответственный"


def test_a_row_of_work_whose_cells_could_head_columns_is_no_second_header() -> None:
    draft = read(
        TITLE,
        "Мероприятие | Сроки | Исполнитель | Результат | Показатель",
        "Раздел 1. Отбор",
        "1.1. Составление списка участников | апрель 2022 | УО | Перечень участников | количество участников",
        "1.2. Открытие клуба | май 2022 | УО | Приказ | число занятий",
    )

    assert outline(draft) == [("1.1", "1", "Составление списка участников"), ("1.2", "1", "Открытие клуба")]
    assert shapes(draft.items[0]) == [months(2022, 4)]


def test_beginning_and_end_without_a_year_stand_under_the_period_and_years_under_the_indicator() -> None:
    draft = read(
        TITLE,
        "№ | Мероприятие | Срок реализации |  | Ответственный | Индикатор |  | ",
        " |  | начало | окончание |  | 2022 | 2023 | 2024",
        "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8",
        "1. | Собрать анкеты | март 2022 | декабрь 2023 | Отдел | 10 | 20 | 30",
    )

    (item,) = draft.items
    assert shapes(item) == [(None, "range", "2022-03-01", "2023-12-31", None)]
    assert item.planned == {"2022": "10", "2023": "20", "2024": "30"}


def test_figures_of_years_are_the_terms_where_no_period_is_printed() -> None:
    draft = read(TITLE, "№ | Мероприятие | Ответственный | 2022 | 2023", "1 | Собрать анкеты | Отдел | 0 | 20", "2 | Опрос | Отдел | 1 | 1")

    assert shapes(draft.items[0]) == [whole(2023, column=2023)]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("1 направление. Люди", "1", "Люди"),
        ("II этап – основной", "II", "основной"),
        ("Первый этап. Подготовка", "1", "Подготовка"),
        ("2-й этап: внедрение", "2", "внедрение"),
    ],
)
def test_a_number_may_stand_before_the_word_of_a_section(line: str, number: str, title: str) -> None:
    draft = read(TITLE, HEADER, line, "1 | Собрать анкеты | май 2022 | Отдел")

    assert [(section.number, section.title) for section in draft.sections] == [(number, title)]
    assert draft.items[0].section == number


def test_numbers_that_begin_anew_in_every_section_are_all_kept() -> None:
    draft = read(
        TITLE,
        HEADER,
        "I. Люди",
        "1. | Собрать анкеты | май 2022 | Отдел",
        "2. | Провести беседы | июнь 2022 | Отдел",
        "II. Места",
        "1. | Осмотреть залы | май 2023 | Отдел",
        "1. | Осмотреть сцены | июнь 2023 | Отдел",
    )

    assert [(item.number, item.section) for item in draft.items] == [("1", "I"), ("2", "I"), ("1", "II"), ("1", "II")]
    assert [(one.item, one.line) for one in draft.defects if one.code == "duplicate_number"] == [("1", 8)]


def test_lines_of_the_last_cell_below_its_row_belong_to_it() -> None:
    draft = read(
        TITLE,
        HEADER,
        "1 | Собрать анкеты | май 2022 | Ромашкина О.О.",
        "Василькова А.А.",
        "2 | Провести беседы | июнь 2022 | Сектор",
        "культуры",
        "3 | Подвести итоги | июль 2022 | Сектор культуры",
    )

    assert [item.responsible for item in draft.items] == [
        ("Ромашкина О.О.", "Василькова А.А."),
        ("Сектор культуры",),
        ("Сектор культуры",),
    ]


def test_a_first_cell_of_several_lines_is_put_together() -> None:
    draft = read(
        TITLE,
        "Мероприятие | Срок | Ответственный",
        "1.1. Собрать анкеты | май 2022 | Отдел",
        "1.2. Назначить кураторов:",
        "а) от клубов;",
        "б) от библиотек | июнь 2022 | Отдел",
    )

    assert outline(draft)[1] == ("1.2", None, "Назначить кураторов: а) от клубов; б) от библиотек")


def test_words_between_two_fragments_that_head_nothing_are_told() -> None:
    draft = read(
        TITLE,
        HEADER,
        "1 | Собрать анкеты | май 2022 | Отдел",
        "Сведения уточняются.",
        "2 | Провести беседы | июнь 2022 | Отдел",
    )

    assert [one.line for one in draft.defects if one.code == "unplaced_text"] == [4]


def test_rows_above_a_header_printed_again_on_a_new_page_are_kept() -> None:
    draft = read(
        TITLE,
        HEADER,
        "1. Люди",
        "1.1 | Собрать анкеты | май 2022 | Отдел",
        "1.2 | Провести беседы | июнь 2022 | Отдел",
        HEADER,
        "1.3 | Подвести итоги | июль 2022 | Отдел",
    )

    assert [item.number for item in draft.items] == ["1.1", "1.2", "1.3"]


def test_a_first_column_of_numbers_numbers_the_rows_whatever_its_header() -> None:
    draft = read(TITLE, "Этап | Содержание | Срок | Кто проводит", "1 | Собрать анкеты | май 2022 | Отдел", "2 | Опрос | июнь 2022 | Отдел")

    assert [item.number for item in draft.items] == ["1", "2"]
    assert "unplaced_text" not in codes(draft)


def test_marks_under_shortened_months_are_those_months() -> None:
    draft = read("План работы клуба на 2023 год", "№ | Мероприятие | янв | фев | мар | Ответственный", "1 | Встреча | + |  | + | Отдел", "2 | Беседа |  | + |  | Отдел")

    assert shapes(draft.items[0]) == [months(2023, 1), months(2023, 3)]


def test_a_dash_in_a_column_that_has_no_place_is_not_told() -> None:
    draft = read(TITLE, HEADER + " | Источник финансирования", "1 | Встреча | май 2022 | Отдел | -", "2 | Беседа | май 2022 | Отдел | сбор средств")

    assert [one.item for one in draft.defects if one.code == "unplaced_text"] == ["2"]


def test_a_column_of_directions_beside_the_measures_heads_sections() -> None:
    draft = read(
        TITLE,
        "Направление | Мероприятия | Сроки | Ответственные",
        "Работа с людьми | Собрать анкеты | май 2022 | Отдел",
        " | Провести беседы | июнь 2022 | Отдел",
        "Работа с залами | Осмотреть залы | июль 2022 | Сектор",
    )

    assert [section.title for section in draft.sections] == ["Работа с людьми", "Работа с залами"]
    assert outline(draft) == [("", "1", "Собрать анкеты"), ("", "1", "Провести беседы"), ("", "2", "Осмотреть залы")]


def test_parts_of_an_item_in_rows_of_their_own_are_one_item_with_all_their_terms() -> None:
    draft = read(
        TITLE,
        HEADER + " | Документ",
        "1 | Люди |  |  | ",
        "1.1 | Утвердить: |  |  | ",
        " | - положение о клубе; | май 2022 | Отдел | Положение",
        " | - план клуба | июнь 2022 | Отдел | План",
        "1.2 | Собрать анкеты | июль 2022 | Отдел | Реестр",
    )

    assert outline(draft) == [
        ("1.1", "1", "Утвердить: - положение о клубе; - план клуба"),
        ("1.2", "1", "Собрать анкеты"),
    ]
    first = draft.items[0]
    assert shapes(first) == [months(2022, 5), months(2022, 6)]
    assert first.responsible == ("Отдел",)
    assert [one.title for one in first.expected_documents] == ["Положение", "План"]


def test_a_signature_of_a_deputy_under_the_table_is_no_item() -> None:
    draft = read(TITLE, HEADER, "1 | Встреча | май 2022 | Отдел", "Зам. директора по досугу |  |  | К.П. Рощина")

    assert [item.number for item in draft.items] == ["1"]
    assert "unplaced_text" in codes(draft)


def test_a_cell_per_line_with_a_bar_behind_it_is_a_table() -> None:
    # Not by «read», which takes « | » for a tab.
    lines = [
        "Приложение N 2",
        "к приказу комитета культуры",
        "от 3 мая 2022 г. N 76",
        TITLE,
        *("N |", "Мероприятия |", "Сроки |", "Ответственные лица |"),
        "I. Люди | |||",
        *("1. |", "Собрать анкеты |", "июнь 2022 |", "К.П. Рощина Н.В. Лугова |"),
        *("2. |", "Провести беседы", "и встречи |", "июль 2022 |", "Отдел |"),
        "Документ действует без изменений.",
    ]
    draft = understand(read_text("\n".join(lines).encode()))

    assert outline(draft) == [("1", "I", "Собрать анкеты"), ("2", "I", "Провести беседы и встречи")]
    assert draft.items[0].responsible == ("К.П. Рощина", "Н.В. Лугова")
    assert [item.line for item in draft.items] == [10, 14]


@pytest.mark.parametrize(
    ("title", "years", "school"),
    [
        ("на 2022-2023, 2023-2024 учебные годы", (2022, 2024), True),
        ("на 2021/2022 – 2023/2024 учебные годы", (2021, 2024), True),
        ("на 2023/24 уч. год", (2023, 2024), True),
        ("на 2022 год и плановый период 2023-2024 годов", (2022, 2024), False),
        ("на 2022, 2023, 2024 годы", (2022, 2024), False),
        ("на сентябрь 2022 – май 2023 года", (2022, 2023), False),
        ("на период с 2021 по 2024 год", (2021, 2024), False),
        ("на период с 01.09.2021 по 31.12.2024 года", (2021, 2024), False),
        ("на 2022 год", (2022, 2022), False),
    ],
)
def test_years_of_a_title(title: str, years: tuple[int, int], school: bool) -> None:
    assert find_years(title) == years
    assert names_school_years(title) is school


def test_in_a_plan_of_one_school_year_every_month_comes_once() -> None:
    draft = read(
        "План работы клуба на 2022-2023 учебный год",
        HEADER,
        "1 | Собрать анкеты | октябрь | Отдел",
        "2 | Подвести итоги | до 25 мая | Отдел",
        "3 | Встречи | ежемесячно | Отдел",
    )

    assert [shapes(item) for item in draft.items] == [
        [months(2022, 10)],
        [until("2023-05-25")],
        [(None, "recurring", "2022-09-01", "2023-08-31", "monthly")],
    ]


def test_an_order_cited_under_the_stamp_of_a_person() -> None:
    draft = read(
        "«Утверждаю»",
        "Директор МБУ «Клуб «Заря»",
        "Приказ от 31.08.2022 года № 15",
        "_________ Т.А. Лугова",
        "",
        TITLE,
        HEADER,
        "1 | Встреча | май 2022 | Отдел",
    )

    assert draft.approval == Approval(
        "утверждаю", "МБУ «Клуб «Заря»", "Директор МБУ «Клуб «Заря»", "Т.А. Лугова", dt.date(2022, 8, 31), "15"
    )


def test_stamps_side_by_side_parted_by_spaces_alone() -> None:
    draft = read(
        "СОГЛАСОВАНО                         УТВЕРЖДАЮ",
        "Председатель совета                 Директор клуба «Заря»",
        "________ К.П. Рощина                ________ Н.В. Лугова",
        "«30» мая 2022 г.                    «31» мая 2022 г.",
        "",
        TITLE,
        HEADER,
        "1 | Встреча | май 2022 | Отдел",
    )

    assert (draft.approval.person, draft.approval.date) == ("Н.В. Лугова", dt.date(2022, 5, 31))


@pytest.mark.parametrize(
    ("stamp", "date", "number", "other_act"),
    [
        (["Приложение к приказу", "от « 10»______01____2022 г. № 6а"], dt.date(2022, 1, 10), "6а", False),
        (["Утверждено на заседании совета клуба", "протокол № 3 от 15.12.2021"], dt.date(2021, 12, 15), "3", True),
        (["Утверждена", "решением коллегии района", "(протокол от 24 июня 2022 г. № 8)"], dt.date(2022, 6, 24), "8", True),
    ],
)
def test_stamps_that_cite_an_act(stamp: list[str], date: dt.date, number: str, other_act: bool) -> None:
    draft = read(*stamp, "", TITLE, HEADER, "1 | Встреча | май 2022 | Отдел")

    assert (draft.approval.kind, draft.approval.date, draft.approval.number) == ("приказ", date, number)
    assert ("approval_by_other_act" in codes(draft)) is other_act


def test_a_list_of_abbreviations_in_several_notations() -> None:
    draft = read(
        TITLE,
        "Используемые сокращения:",
        "ДК – дом культуры;",
        "ЦБ — центральная библиотека",
        "КДУ: клубные учреждения",
        "ДШИ = детские школы искусств",
        "",
        HEADER,
        "1 | Встреча | май 2022 | ДК, ЦБ, КДУ, ДШИ",
    )

    assert draft.abbreviations == {
        "ДК": "дом культуры",
        "ЦБ": "центральная библиотека",
        "КДУ": "клубные учреждения",
        "ДШИ": "детские школы искусств",
    }


@pytest.mark.parametrize(
    ("title", "documents"),
    [
        ("Формирование плана-графика встреч", [("План-график встреч", "план")]),
        ("Проведение опроса и составление аналитической справки о досуге", [("Аналитическая справка о досуге", "аналитическая справка")]),
        ("Встреча кураторов с оформлением протокола", [("Протокол", "протокол")]),
        ("Осмотр залов (с подготовкой справки)", [("Справка", "аналитическая справка")]),
        ("Опрос с последующим составлением отчёта о досуге", [("Отчёт о досуге", "отчёт")]),
        ("Утверждение «дорожной карты» клуба", [("Дорожная карта клуба", "план")]),
        ("Разработка комплекса мер", [("Комплекс мер", "план")]),
        ("Разработка положения и плана работы клуба", [("Положение", "положение"), ("План работы клуба", "план")]),
        ("Опрос с оформлением стенда", []),
    ],
)
def test_documents_that_a_title_promises(title: str, documents: list[tuple[str, str]]) -> None:
    assert [(one.title, one.kind) for one in infer_expected(title)] == documents


def test_in_word_the_stamps_stand_in_a_table_and_section_rows_are_merged() -> None:
    draft = word(
        table(("СОГЛАСОВАНО", "УТВЕРЖДАЮ"), ("Глава совета\nК.П. Рощина", "Директор клуба\nН.В. Лугова\n31.05.2022")),
        Paragraph(TITLE, 5),
        table(
            ("№", "Мероприятие", "Срок", "Ответственный"),
            (Cell("1 направление. Люди", span=4),),
            ("1", "Собрать анкеты", "май 2022", "Отдел"),
            (Cell("2 направление. Места", span=4),),
            ("1", "Осмотреть залы", "май 2023", "Отдел"),
        ),
    )

    assert draft.approval.person == "Н.В. Лугова"
    assert outline(draft) == [("1", "1", "Собрать анкеты"), ("1", "2", "Осмотреть залы")]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Сетевой план-график работы клуба на 2023 год"], "Сетевой план-график работы клуба на 2023 год"),
        (["Областная «дорожная карта» досуга на 2023 год"], "Областная «дорожная карта» досуга на 2023 год"),
        (["МЕРЫ", "по поддержке клубов на 2023 год", "(дорожная карта)"], "МЕРЫ по поддержке клубов на 2023 год (дорожная карта)"),
    ],
)
def test_titles_in_further_words(lines: list[str], title: str) -> None:
    assert read(*lines, "", HEADER, "1 | Встреча | май 2023 | Отдел").title == title


@pytest.mark.parametrize(
    ("stamp", "organisation", "date", "number"),
    [
        (
            ["Утвержден приказом директора", "МБУК ДК № 4 от 31.08.2023 № 210-од"],
            "МБУК ДК № 4",
            dt.date(2023, 8, 31),
            "210-од",
        ),
        (["Утверждена", "приказом МКУ «Досуг»", "№ 88 от «05» февраля 2024 г."], "МКУ «Досуг»", dt.date(2024, 2, 5), "88"),
        (["УТВЕРЖДЕНА", "приказом от 15.03.2022г. №57"], None, dt.date(2022, 3, 15), "57"),
        (["(утв. приказом отдела культуры от 20.01.2023 № 7)"], "отдел культуры", dt.date(2023, 1, 20), "7"),
    ],
)
def test_the_number_of_the_act_is_the_one_beside_its_date(
    stamp: list[str], organisation: str | None, date: dt.date, number: str
) -> None:
    approval = read(*stamp, "", TITLE, HEADER, "1 | Встреча | май 2022 | Отдел").approval

    assert (approval.organisation, approval.date, approval.number) == (organisation, date, number)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("УК, ДК/ЦБ", ["УК", "ДК", "ЦБ"]),
        ("ЦПК и ППК", ["ЦПК и ППК"]),
        ("Отдел культуры и ЦБ", ["Отдел культуры", "ЦБ"]),
        ("Отдел культуры и молодёжной политики", ["Отдел культуры и молодёжной политики"]),
        ("Руководители УК и ДК", ["Руководители УК и ДК"]),
        ("Институт ЦПК и ППК", ["Институт ЦПК и ППК"]),
        ("Директора школ № 1, № 2, 5 и 7", ["Директора школ № 1, № 2, 5 и 7"]),
        ("Ответственный исполнитель: УК; соисполнители: ДК, ЦБ", ["УК", "ДК", "ЦБ"]),
        ("Ромашкина О.О. Василькова А.А.", ["Ромашкина О.О.", "Василькова А.А."]),
    ],
)
def test_responsible_in_further_wordings(cell: str, names: list[str]) -> None:
    assert split_responsible([cell])[0] == names


def test_two_abbreviations_joined_by_and_are_two_names_where_each_stands_alone_elsewhere() -> None:
    draft = read(
        TITLE,
        HEADER,
        "1 | Встреча | май 2022 | УК, ДК",
        "2 | Беседа | май 2022 | УК",
        "3 | Опрос | май 2022 | ДК",
        "4 | Итоги | май 2022 | УК и ДК",
        "5 | Отчёт | май 2022 | ЦПК и ППК",
    )

    assert [item.responsible for item in draft.items[3:]] == [("УК", "ДК"), ("ЦПК и ППК",)]


def test_a_numbered_list_of_responsible_has_no_numbers_in_its_names() -> None:
    assert split_responsible(["1. УК", "2. ДК"])[0] == ["УК", "ДК"]


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Справка и приказ", ["Справка", "приказ"]),
        ("Положение и план работы", ["Положение", "план работы"]),
        ("Приказ о создании группы и план работы", ["Приказ о создании группы и план работы"]),
    ],
)
def test_bare_names_of_documents_joined_by_and_are_two(cell: str, titles: list[str]) -> None:
    assert [one.title for one in split_expected([cell])] == titles
